import LoyaltyModel
import LoyaltyRules
import TextFormats

extension RuleDraft {
  /// The rule's file with what the form changed, and what of the form cannot be understood.
  func written(
    _ currency: Currency, _ wording: Wording
  ) -> (json: String, mistakes: [RuleDraftReport.Mistake]) {
    var writer = DraftWriter(draft: self, currency: currency, wording: wording)
    writer.write()
    return (writer.edit.text, writer.mistakes)
  }
}

/// Lays the changed fields of a draft over the text that it was opened from.
private struct DraftWriter {
  let draft: RuleDraft
  let currency: Currency
  let wording: Wording
  var edit: RuleEdit
  var mistakes: [RuleDraftReport.Mistake] = []

  init(draft: RuleDraft, currency: Currency, wording: Wording) {
    (self.draft, self.currency, self.wording) = (draft, currency, wording)
    edit = RuleEdit(draft.base)
  }

  mutating func write() {
    for (field, keys) in [
      (RuleDraft.Field.id, ["id"]), (.title, ["title"]), (.why, ["why"]),
      (.customerBenefit, ["benefit", "customer"]), (.businessBenefit, ["benefit", "business"]),
      (.kind, ["offer", "kind"]), (.template, ["offer", "template"]), (.valid, ["offer", "valid"]),
    ] {
      text(field, keys, isRequired: true)
    }
    for (field, keys) in [
      (RuleDraft.Field.campaign, ["campaign"]), (.group, ["group"]),
      (.amount, ["offer", "amount"]),
    ] {
      text(field, keys, isRequired: false)
    }
    day(.begins, ["window", "from"])
    day(.ends, ["window", "until"])
    number(.percent, ["offer", "percent"])
    number(.priority, ["priority"])
    share(.response, ["score", "propensity", "prior"])
    share(.holdOut, ["holdout", "share"])
    move()
    conditions()
    exceptions()
    category()
    threshold()
    limit()
  }

  private mutating func text(_ field: RuleDraft.Field, _ keys: [String], isRequired: Bool) {
    guard draft.differs(field) else { return }
    let text = draft[field].trimmed
    if text.isEmpty, !isRequired {
      edit.remove(keys)
    } else {
      edit.put(keys, json: RuleEdit.quoted(text))
    }
  }

  /// A day, which the file has by ISO 8601; what is none stays text, of which the reader tells.
  private mutating func day(_ field: RuleDraft.Field, _ keys: [String]) {
    guard draft.differs(field) else { return }
    let text = draft[field].trimmed
    if text.isEmpty {
      edit.remove(keys)
    } else {
      let day = wording.display.day(written: text)
      edit.put(keys, json: RuleEdit.quoted(day?.description ?? text))
    }
  }

  /// A number as it was typed; what is none stays text, of which the reader tells.
  private mutating func number(_ field: RuleDraft.Field, _ keys: [String]) {
    guard draft.differs(field) else { return }
    let text = draft[field].trimmed
    if text.isEmpty {
      edit.remove(keys)
    } else {
      edit.put(keys, json: Int(text).map(String.init) ?? RuleEdit.quoted(text))
    }
  }

  /// A percentage as a share.
  private mutating func share(_ field: RuleDraft.Field, _ keys: [String]) {
    guard draft.differs(field) else { return }
    let text = draft[field].filter { $0 != "%" && $0 != " " }
    guard !text.isEmpty || field == .response else {
      edit.remove(["holdout"])
      return
    }
    guard let percent = wording.display.decimal(written: text), (0...100).contains(percent) else {
      mistakes.append(.init(field: field, text: wording["draft.percent"]))
      return
    }
    edit.put(keys, json: Words.decimal(percent / 100))
  }

  private mutating func move() {
    guard draft.differs(.from) || draft.differs(.to) else { return }
    let to = draft[.to].trimmed
    guard !to.isEmpty else {
      edit.remove(["move"])
      return
    }
    let from = words(.from).map(RuleEdit.quoted).joined(separator: ", ")
    edit.put(["move"], json: "{ \"from\": [\(from)], \"to\": \(RuleEdit.quoted(to)) }")
    if draft.differs(.to) { edit.put(["score", "value"], json: "\"clv-gain\"") }
  }

  private mutating func conditions() {
    let group: [RuleDraft.Field] = [.from, .to, .stages, .facts, .purchases]
    guard group.contains(where: draft.differs) else { return }
    if draft.differs(.to), draft[.to].trimmed.isEmpty {
      edit.put(["score", "value"], json: "\"next-basket\"")
    }
    var parts: [Condition] = []
    if draft[.to].trimmed.isEmpty { parts += labels("cohort", words(.from)) }
    parts += labels("stage", words(.stages))
    switch filter(.facts) {
    case .all(let all)?: parts += all
    case .some(let one): parts.append(one)
    case nil: break
    }
    parts += purchases()
    put("when", parts, kept: draft.kept.when, group: "all")
  }

  /// Puts conditions into the rule, and behind them what the form has no field for, byte for byte.
  private mutating func put(_ key: String, _ parts: [Condition], kept: [String], group: String) {
    let all = parts.map(ConditionWriter(currency).json) + kept
    switch all.count {
    case 0: edit.remove([key])
    case 1: edit.put([key], json: all[0])
    default:
      edit.put([key], json: "{ \"\(group)\": [ \(all.joined(separator: ", ")) ] }")
    }
  }

  private mutating func purchases() -> [Condition] {
    do throws(PurchaseCount.Flaw) {
      return try PurchaseCount.all(draft[.purchases], currency).compactMap(\.condition)
    } catch {
      mistakes.append(.init(field: .purchases, text: error.message(wording)))
      return []
    }
  }

  /// The cohorts or stages of a field, in whatever case and language they were written.
  private mutating func words(_ field: RuleDraft.Field) -> [String] {
    let known =
      field == .stages
      ? LifecycleStage.allCases.map(\.rawValue) : ValueCohort.allCases.map(\.rawValue)
    return draft.words(field).compactMap { text in
      if let word = DataWords.embedded.word(written: text, among: known) { return word }
      mistakes.append(
        .init(
          field: field,
          text: wording(
            "draft.word", ["text": text, "known": wording.display.words(known)])))
      return nil
    }
  }

  private func labels(_ fact: String, _ labels: [String]) -> [Condition] {
    guard !labels.isEmpty, let fact = FactCatalogue.customers.fact(fact) else { return [] }
    return [.fact(FactTest(fact: fact, comparison: Comparison(.oneOf, .labels(labels))))]
  }

  private mutating func filter(_ field: RuleDraft.Field) -> Condition? {
    do throws(FilterIssue) {
      let condition = try Filter.read(
        draft[field], catalogue: .customers, currency: currency, words: .embedded)
      guard let condition, !condition.searches else {
        if condition != nil {
          mistakes.append(.init(field: field, text: wording["draft.search"]))
        }
        return nil
      }
      return condition
    } catch {
      mistakes.append(.init(field: field, text: error.message(wording)))
      return nil
    }
  }

  private mutating func exceptions() {
    guard draft.differs(.except) else { return }
    let parts: [Condition] =
      switch filter(.except) {
      case .any(let parts)?: parts
      case .some(let one): [one]
      case nil: []
      }
    put("unless", parts, kept: draft.kept.unless, group: "any")
  }

  private mutating func category() {
    guard draft.differs(.category) else { return }
    let text = draft[.category].trimmed
    if text.isEmpty {
      edit.remove(["offer", "params", "category"])
    } else if let pick = CategoryPick(rawValue: text) {
      edit.put(["offer", "params", "category"], json: "{ \"pick\": \"\(pick.rawValue)\" }")
    } else {
      edit.put(["offer", "params", "category"], json: RuleEdit.quoted(text))
    }
  }

  private mutating func threshold() {
    guard draft.differs(.threshold) else { return }
    let text = draft[.threshold].trimmed
    guard !text.isEmpty else {
      edit.remove(["offer", "threshold"])
      return
    }
    guard let times = wording.display.decimal(written: text), times > 0 else {
      mistakes.append(.init(field: .threshold, text: wording["draft.threshold"]))
      return
    }
    if edit.set("/offer/threshold/times", to: Words.decimal(times)) { return }
    let step =
      PriceLevel(of: currency)?.text(cents: 500)
      ?? currency.decimalText(minorUnits: 5 * Int64(currency.minorUnitsPerMajor))
    edit.put(
      ["offer", "threshold"],
      json: """
        { "times": \(Words.decimal(times)), "of": "average_basket", "round": "\(step)" }
        """)
  }

  private mutating func limit() {
    guard draft.differs(.every) else { return }
    let text = draft[.every].trimmed
    if text.isEmpty {
      edit.remove(["limits", "per customer"])
    } else {
      edit.put(
        ["limits", "per customer"], json: "{ \"times\": 1, \"every\": \(RuleEdit.quoted(text)) }")
    }
  }
}

extension Condition {
  /// Whether it searches names anywhere, which rules do not.
  fileprivate var searches: Bool {
    if case .search = self { return true }
    return parts.contains { $0.searches }
  }
}
