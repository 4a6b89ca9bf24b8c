extension Texts {
  /// The name of a lifecycle stage: `At risk`.
  package func title(_ stage: LifecycleStage) -> String {
    self["stage.\(Self.key(stage.rawValue))"]
  }

  /// Who is in a stage, and what would lead up from it, in two sentences.
  package func meaning(_ stage: LifecycleStage) -> String {
    let key = Self.key(stage.rawValue)
    return self["stage.\(key).meaning"] + " " + self["stage.\(key).next"]
  }

  /// The name of a value cohort: `High`.
  package func title(_ cohort: ValueCohort) -> String { self["cohort.\(cohort.rawValue)"] }

  /// Where an offer stands: `waiting`.
  package func title(_ state: OfferState) -> String { self["state.\(state.rawValue)"] }

  /// How a customer is reached: `by e-mail`.
  package func title(_ channel: ContactChannel) -> String { self["channel.\(channel.rawValue)"] }

  /// The name of a language: `English`.
  package func title(_ language: Language) -> String { self["language.\(language.rawValue)"] }

  /// The name of an RFM segment.
  package func title(_ segment: RFMSegment) -> String {
    self["segment.\(Self.key(segment.rawValue))"]
  }

  /// A reason for rejecting an offer; one of somebody's own stays as it was written.
  package func reason(_ reason: String) -> String {
    let key = "reason.\(Self.key(reason))"
    return entry(key) == nil ? reason : self[key]
  }

  /// A word of the data, such as the stage `at risk` or the kind `free-delivery`, as it stands in a
  /// sentence; one of a shop's own stays as it is.
  package func value(_ word: String) -> String {
    if let segment = RFMSegment(rawValue: word) { return title(segment) }
    return known("value.\(Self.key(word))") ?? word
  }

  /// The name of a fact: `days since last purchase`.
  package func label(_ fact: Fact) -> String {
    known("fact.\(Self.key(fact.label))") ?? fact.label
  }

  /// The name of a list of a customer: `purchases`.
  package func list(_ name: String) -> String { known("list.\(Self.key(name))") ?? name }

  /// What a number counts: `days`.
  package func unit(_ unit: String) -> String { known("unit.\(Self.key(unit))") ?? unit }

  /// A sentence of a rule that the program brought along, such as its title; one that somebody
  /// wrote or changed stays as it was written.
  package func ruleText(_ text: String) -> String {
    known("rule-text.\(Self.key(text))") ?? text
  }

  private func known(_ key: String) -> String? { entry(key).map { _ in self[key] } }

  /// A name of the data as a part of a key: `at risk` becomes `at-risk`.
  private static func key(_ name: String) -> String {
    var key = ""
    for character in name.lowercased().unicodeScalars {
      switch character {
      case " ": key.append("-")
      case "a"..."z", "0"..."9", "-": key.unicodeScalars.append(character)
      default: break
      }
    }
    return key
  }
}
