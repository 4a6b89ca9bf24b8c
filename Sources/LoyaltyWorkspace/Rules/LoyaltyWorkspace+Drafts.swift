import LoyaltyModel
import LoyaltyRules
import LoyaltyStore
import TextFormats

extension LoyaltyWorkspace {
  /// What stands for a category that each customer has of their own.
  package static var categoryPicks: [String] { CategoryPick.allCases.map(\.rawValue) }

  /// A new rule in the form.
  package func newRuleDraft() throws(WorkspaceError) -> RuleDraft {
    // The name of a file counts, too: a rule that cannot be read must not be written over.
    let taken = readRules().flatMap { file, reading in
      [String(file.dropLast(".json".count)), reading.rule?.id ?? ""]
    }
    guard let draft = RuleDraft.blank(currency, wording, besides: Set(taken)) else {
      throw .badChange(["no blank rule"])
    }
    return draft
  }

  /// A rule of the store in the form.
  ///
  /// - Throws: An error when there is no such rule, or it says more than the form has fields for.
  package func ruleDraft(of id: String) throws(WorkspaceError) -> RuleDraft {
    _ = try rule(id)
    guard let file = ruleFile(id), let text = ruleText(file) else {
      throw .noSuchRule(id, nearest: [])
    }
    do throws(RuleDraft.Misfit) {
      return try RuleDraft(text: text, file: file, currency: currency, display: display)
    } catch { throw .notForForm(rule: id, error) }
  }

  /// The text of a rule's file; nil where there is none.
  func ruleText(_ file: String) -> String? { state.rules.first { $0.file == file }?.text }

  /// The file of a rule.
  func ruleFile(_ id: String) -> String? {
    readRules().first { $0.reading.rule?.id == id }?.file
  }

  /// What can be said of a draft: the JSON, the sentences, whom it reaches, and what is wrong.
  ///
  /// - Parameters:
  ///   - draft: What the fields hold.
  ///   - progress: Is told how far it is; false stops it.
  /// - Returns: What can be said.
  /// - Throws: `WorkspaceError.cancelled` when it was stopped.
  package func check(
    _ draft: RuleDraft, progress: @escaping ProgressHandler = { _ in true }
  ) throws(WorkspaceError) -> RuleDraftReport {
    let (json, own) = final(draft)
    let reading = readRule(Array(json.utf8), file: draft.file ?? "new")
    var mistakes = own
    for issue in reading.issues where issue.severity == .error {
      let mistake = RuleDraftReport.Mistake(issue, wording)
      // What was told of the field as it is typed says more than what is made of it.
      if mistake.field == nil || !own.contains(where: { $0.field == mistake.field }) {
        mistakes.append(mistake)
      }
    }
    if draft.file == nil, readRules().contains(where: { $0.reading.rule?.id == draft[.id] }) {
      mistakes.append(.init(field: .id, text: wording["draft.id-taken"]))
    }
    guard let rule = reading.rule, mistakes.isEmpty else {
      return RuleDraftReport(
        json: json, sentences: [], matched: nil, kept: draft.kept.sentences(ruleWords), power: nil,
        mistakes: mistakes)
    }
    for result in RuleTester.run(rule, file: besideRules) where !result.passed {
      mistakes.append(.init(field: .facts, text: result.message(wording)))
    }
    let stop = StopCheck(progress)
    try stop.check(texts["job.figures"])
    let facts = factsWithOffers(try prepared(stop, stop.pace.part(0, 0.3)))
    let matched = try RuleChecker.matched(rule, facts, pace: stop.pace.part(0.3, 1)).population
    return RuleDraftReport(
      json: json,
      sentences: ruleWords.lines(rule) + [campaignSentence(of: rule)].compactMap(\.self),
      matched: matched, kept: draft.kept.sentences(ruleWords),
      power: power(of: rule, chosen: matched), mistakes: mistakes)
  }

  /// The JSON with a new version number where offers were made by the present one, and with tests
  /// where the rule is new.
  private func final(
    _ draft: RuleDraft
  ) -> (json: String, mistakes: [RuleDraftReport.Mistake]) {
    let (json, mistakes) = draft.written(currency, wording)
    let rule = readRule(Array(json.utf8), file: "").rule
    var edit = RuleEdit(draft.file.map { versioned(json, file: $0) } ?? json)
    if draft.file == nil, let rule, mistakes.isEmpty, rule.tests.isEmpty {
      let tests = DraftTests(rule, asOf: asOf, currency: currency).json
      if let tests { edit.put(["tests"], json: tests) }
    }
    return (edit.text, mistakes)
  }

  /// A rule's text with the next version number where offers were made by the stored one and its
  /// content is another.
  func versioned(_ text: String, file: String) -> String {
    guard let rule = readRule(Array(text.utf8), file: file).rule,
      let present = readRules().first(where: { $0.file == file })?.reading.rule,
      present.hash != rule.hash, present.version == rule.version, isUsed(present)
    else { return text }
    var edit = RuleEdit(text)
    _ = edit.set("/version", to: String(rule.version + 1))
    return edit.text
  }

  /// Whether offers were made by this very version of a rule.
  private func isUsed(_ rule: Rule) -> Bool {
    offerLines { $0.usedVersions }
      .contains { $0.rule.id == rule.id && $0.rule.version == rule.version }
  }

  /// Saves a draft as the rule's file; it can be undone like any change.
  ///
  /// - Throws: An error when it has mistakes, or cannot be written.
  package func save(_ draft: RuleDraft) throws(WorkspaceError) -> Receipt {
    let report = try check(draft)
    guard report.mistakes.isEmpty else { throw .badChange(report.mistakes.map(\.text)) }
    return try saveRule(report.json, file: draft.file ?? draft[.id] + ".json")
  }

  /// Saves a rule's text under the name of its file.
  func saveRule(_ text: String, file: String) throws(WorkspaceError) -> Receipt {
    let before = ruleText(file)
    guard before != text else {
      return Receipt(
        text: wording("receipt.rule-unchanged", ["file": file]), events: [], offers: [])
    }
    let events = try commit([.rule(file: file, from: before, to: text)])
    return Receipt(
      text: wording(
        before == nil ? "receipt.rule-new" : "receipt.rule-saved", ["file": file]),
      events: events.map(\.sequence), offers: [])
  }

  /// Switches a rule on or off; it can be undone like any change.
  package func switchRule(file: String, on: Bool) throws(WorkspaceError) -> Receipt {
    guard let text = ruleText(file),
      let rule = readRules().first(where: { $0.file == file })?.reading.rule
    else { throw .noSuchRule(file, nearest: []) }
    var edit = RuleEdit(text)
    edit.put(["status"], json: on ? "\"active\"" : "\"paused\"")
    let events = try commit([.rule(file: file, from: text, to: edit.text)])
    return Receipt(
      text: wording(
        on ? "receipt.rule-on" : "receipt.rule-off", ["rule": texts.ruleText(rule.title)]),
      events: events.map(\.sequence), offers: [])
  }
}

/// Tests for a rule that was made in the form: made-up customers, of whom the rule itself was asked.
struct DraftTests {
  private let rule: Rule
  private let asOf: Day
  private let writer: ConditionWriter
  private let currency: Currency

  init(_ rule: Rule, asOf: Day, currency: Currency) {
    (self.rule, self.asOf, self.currency) = (rule, asOf, currency)
    writer = ConditionWriter(currency)
  }

  /// One who matches, where such a one can be made up, and one of whom nothing is known.
  var json: String? {
    let fits = fixture
    let cases = [("somebody it is for", fits), ("somebody nothing is known of", [:])]
    let tests = cases.compactMap { name, facts -> String? in
      guard let outcome = outcome(facts), name != cases[0].0 || outcome == .match else {
        return nil
      }
      let members = facts.keys.sorted().compactMap { key in facts[key].map { "\"\(key)\": \($0)" } }
      let customer = members.isEmpty ? "{ }" : "{ \(members.joined(separator: ", ")) }"
      return """
            { "name": "\(name)", "as_of": "\(asOf)", "expect": "\(outcome.rawValue)",
              "customer": \(customer) }
        """
    }
    return tests.isEmpty ? nil : "[\n\(tests.joined(separator: ",\n")) ]"
  }

  private func outcome(_ facts: [String: String]) -> RuleOutcome? {
    let members = facts.map { "\"\($0.key)\": \($0.value)" }.sorted().joined(separator: ", ")
    let (customer, _) = RuleReader.readFixture(
      Array("{ \(members) }".utf8), file: "", catalogue: .customers, currency: currency)
    return customer.map { rule.outcome($0, asOf: asOf) }
  }

  /// Facts that fulfil every comparison that must hold, and none of the exceptions.
  private var fixture: [String: String] {
    var facts: [String: String] = [:]
    for (_, condition) in rule.matching { fulfil(condition, &facts) }
    if let unless = rule.unless {
      for fact in unless.facts where facts[fact.id] == nil {
        if case .yesNo = fact.type { facts[fact.id] = "false" }
      }
    }
    return facts
  }

  private func fulfil(_ condition: Condition, _ facts: inout [String: String]) {
    switch condition {
    case .all(let parts): for part in parts { fulfil(part, &facts) }
    case .any(let parts): if let first = parts.first { fulfil(first, &facts) }
    case .fact(let test): facts[test.fact.id] = value(test)
    default: break
    }
  }

  private func value(_ test: FactTest) -> String? {
    let comparator = test.comparison.comparator
    func text(_ operand: Operand) -> String {
      let json = writer.json(
        .fact(FactTest(fact: test.fact, comparison: Comparison(.equals, operand))))
      let value = json.components(after: "\"value\": ")
      return String(value.dropLast(2))
    }
    switch test.comparison.operand {
    case .integer(let number):
      let step: Int64 =
        [.moreThan: 1, .lessThan: -1, .before: -1, .differs: 1][comparator] ?? 0
      return text(.integer(number + step))
    case .integers(let low, _): return text(.integer(low))
    case .integerList(let list): return list.first.map { text(.integer($0)) }
    case .decimal(let number):
      let step: Double = comparator == .moreThan ? 0.01 : comparator == .lessThan ? -0.01 : 0
      return text(.decimal(number + step))
    case .decimals(let low, _): return text(.decimal(low))
    case .answer(let answer): return answer != (comparator == .differs) ? "true" : "false"
    case .labels(let labels):
      return [.equals, .oneOf].contains(comparator) ? labels.first.map { text(.labels([$0])) } : nil
    case .span(let span):
      return text(
        .integer(
          Int64((comparator == .withinLast ? asOf : span.start(before: asOf) - 1).number)))
    case .nothing: return comparator == .yes ? "true" : comparator == .no ? "false" : nil
    }
  }
}

extension String {
  fileprivate func components(after mark: String) -> Substring {
    range(of: mark).map { self[$0.upperBound...] } ?? ""
  }

  private func range(of mark: String) -> Range<String.Index>? { firstRange(of: mark) }
}
