package import LoyaltyModel

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

  /// The name of an RFM segment.
  package func title(_ segment: RFMSegment) -> String {
    self["segment.\(Self.key(segment.rawValue))"]
  }

  /// A reason for rejecting an offer; one of somebody's own stays as it was written.
  package func reason(_ reason: String) -> String {
    let key = "reason.\(Self.key(reason))"
    return entry(key) == nil ? reason : self[key]
  }

  /// A name of the data as a part of a key: `at risk` becomes `at-risk`.
  private static func key(_ name: String) -> String {
    String(name.lowercased().map { $0 == " " ? "-" : $0 }.filter { $0 != "'" })
  }
}
