import LoyaltyModel
import LoyaltyRules
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

@Suite("A rule as a form")
struct RuleDraftTests {
  private static let euro: Currency = {
    guard let euro = Currency(code: "EUR") else { preconditionFailure("EUR is a currency") }
    return euro
  }()

  private static let words = RuleWords(.english, euro)

  private static let defaults: [(file: String, text: String)] =
    Resources.paths(under: "rules").map { ($0, Resources.text($0) ?? "") }

  @Test("a rule that is opened and left alone stays byte for byte", arguments: defaults.map(\.file))
  func opens(file: String) throws {
    let text = try #require(Self.defaults.first { $0.file == file }?.text)
    let draft = try RuleDraft(text: text, file: file, currency: Self.euro)
    #expect(!draft.isChanged)
    #expect(draft.written(Self.euro, .english).json == text)
  }

  /// What the form has no field for is still in the file when something else of the group changes.
  @Test("conditions beyond the form are never lost")
  func keeps() throws {
    var edit = RuleEdit(try #require(Resources.text("rules/low-mid.second-category.json")))
    // Its tests name conditions by their places, and its sentence a count that is taken away below.
    edit.remove(["tests"])
    edit.put(["why"], json: "\"Buys one thing.\"")
    let text = edit.text
    var draft = try RuleDraft(text: text, file: "a.json", currency: Self.euro)
    #expect(draft.kept.when.count == 1 && draft[.purchases].hasSuffix("purchases within 12 months"))
    let told = draft.kept.sentences(Self.words)
    #expect(told.count == draft.kept.when.count + draft.kept.unless.count)
    for json in draft.kept.when + draft.kept.unless { #expect(text.contains(json)) }
    draft[.facts] = "recency_days > 14"
    draft[.except] = "complaint_open yes or tag in (staff)"
    draft[.stages] = ""
    let (json, mistakes) = draft.written(Self.euro, .english)
    #expect(mistakes.isEmpty)
    for kept in draft.kept.when + draft.kept.unless { #expect(json.contains(kept)) }
    let again = try RuleDraft(text: json, file: "a.json", currency: Self.euro)
    #expect(again.kept == draft.kept)
    for field in RuleDraft.Field.allCases { #expect(again[field] == draft[field], "\(field)") }
    // With nothing typed at all they alone remain.
    for field in [RuleDraft.Field.facts, .except, .purchases] { draft[field] = "" }
    let bare = try RuleDraft(
      text: draft.written(Self.euro, .english).json, file: "a.json", currency: Self.euro)
    #expect(bare.kept == draft.kept && bare[.facts].isEmpty && bare[.except].isEmpty)
  }

  @Test("a rule for consumers does not fit the form")
  func consumers() throws {
    let text = try #require(Resources.text("rules/low-mid.bigger-basket.json"))
    var edit = RuleEdit(text)
    edit.put(["audience"], json: "\"consumer\"")
    #expect(throws: RuleDraft.Misfit.self) {
      try RuleDraft(text: edit.text, file: "a.json", currency: Self.euro)
    }
  }

  @Test("exceptions beyond the form stay beside those that are typed")
  func keepsExceptions() throws {
    let text = try #require(Resources.text("rules/low-mid.bigger-basket.json"))
    var edit = RuleEdit(text)
    let counted =
      #"{ "some": "offers",  "where": { "fact": "state", "is": "is", "value": "exported" } }"#
    edit.put(
      ["unless"], json: #"{ "any": [ { "fact": "complaint_open", "is": "yes" }, \#(counted) ] }"#)
    var draft = try RuleDraft(text: edit.text, file: "a.json", currency: Self.euro)
    #expect(draft.kept.unless == [counted] && draft[.except] == "complaint_open yes")
    let told = draft.kept.sentences(Self.words)
    #expect(told.count == 1 && told[0].hasPrefix("Not where "))
    draft[.except] = ""
    let json = draft.written(Self.euro, .english).json
    #expect(json.contains("\"unless\": \(counted)"))
  }

  /// Every field changed on its own changes the rule that is read, and nothing else.
  @Test(
    "a changed field changes its part of the rule",
    arguments: [
      (RuleDraft.Field.title, "Another title"), (.campaign, "Summer"), (.from, "none, low"),
      (.to, "high"),
      (.stages, "new"), (.facts, "recency_days > 14 and not complaint_open yes"),
      (.purchases, "at least 2 purchases of Tea within 90 days; at most 50.00 spent within 1 year"),
      (.except, "tag in (staff)"), (.percent, "20"), (.category, "Tea"),
      (.category, "favourite-category"), (.threshold, "1.5"), (.valid, "10 days"),
      (.begins, "2026-07-01"), (.ends, "2026-09-30"), (.response, "7.5"), (.every, "30 days"),
      (.group, "other"), (.priority, "70"), (.holdOut, "20"), (.why, "Because."),
      (.customerBenefit, "joy"), (.businessBenefit, "sales"), (.template, "return"),
    ])
  func changes(field: RuleDraft.Field, value: String) throws {
    let text = try #require(Resources.text("rules/low-mid.bigger-basket.json"))
    var draft = try RuleDraft(text: text, file: "a.json", currency: Self.euro)
    draft[field] = value
    #expect(draft.isChanged)
    let (json, mistakes) = draft.written(Self.euro, .english)
    #expect(mistakes.isEmpty && json != text)
    let again = try RuleDraft(text: json, file: "a.json", currency: Self.euro)
    for other in RuleDraft.Field.allCases where other != field {
      #expect(again[other] == draft[other], "\(other)")
    }
    let opened = again[field].replacing(" ", with: "").lowercased()
    let wanted =
      field == .facts
      ? "recency_days>14andnotcomplaint_openyes" : value.replacing(" ", with: "").lowercased()
    #expect(opened == wanted)
    // Emptied again, what may be left out is left out.
    draft[field] = ""
    _ = draft.written(Self.euro, .english)
  }

  @Test("mistakes are told at their field, and nothing is saved")
  func mistakes() throws {
    let workspace = try TestShop(customers: 40, seed: 3).open()
    var draft = try workspace.newRuleDraft()
    let fields: [(RuleDraft.Field, String)] = [
      (.facts, "recncy_days > 3"), (.percent, "much"), (.ends, "soon"), (.response, "200"),
      (.purchases, "two of Tea"), (.to, "none"), (.valid, "a while"), (.threshold, "x"),
      (.id, "Not An Id"),
    ]
    for (field, value) in fields { draft[field] = value }
    let report = try workspace.check(draft)
    let told = Set(report.mistakes.compactMap(\.field))
    for (field, _) in fields where field != .to { #expect(told.contains(field), "\(field)") }
    #expect(told.contains(.from) || told.contains(.to))
    #expect(report.matched == nil && report.sentences.isEmpty)
    let revision = workspace.revision
    #expect(throws: WorkspaceError.self) { try workspace.save(draft) }
    #expect(workspace.revision == revision)
  }

  @Test("a new rule is saved with tests that pass, reaches people, and can be undone")
  func saves() throws {
    let workspace = try TestShop(customers: 120, seed: 3).open()
    var draft = try workspace.newRuleDraft()
    draft[.id] = "spring.tea"
    draft[.facts] = "recency_days between 1 and 400"
    let report = try workspace.check(draft)
    #expect(report.mistakes.isEmpty, "\(report.mistakes)")
    #expect((report.matched ?? 0) > 0)
    #expect(report.sentences.contains { $0.contains("days since last purchase") })
    let before = try workspace.rules().count
    let receipt = try workspace.save(draft)
    #expect(receipt.text == "Saved the new rule spring.tea.json.")
    #expect(try workspace.rules().count == before + 1)
    let tests = try workspace.testRules().filter { $0.rule == "spring.tea" }
    #expect(tests.count == 2 && tests.allSatisfy(\.passed))
    #expect(try workspace.check(draft).mistakes.map(\.field) == [.id])
    _ = try workspace.undo()
    #expect(try workspace.rules().count == before)
  }

  @Test(
    "what a comparison group can show is told, or why it cannot be",
    arguments: [
      ("0", "nobody is expected to respond"), ("100", "everybody is expected to respond"),
      ("99", "too few people"), ("8", "the smallest difference this test can show is"),
    ])
  func power(response: String, told: String) throws {
    let workspace = try TestShop(customers: 500, seed: 3).open()
    var draft = try workspace.newRuleDraft()
    draft[.id] = "spring.tea"
    draft[.facts] = "recency_days between 1 and 400"
    draft[.holdOut] = "50"
    draft[.response] = response
    let power = try #require(try workspace.check(draft).power)
    #expect(power.contains(told) && !power.contains(" 0 points"), "\(power)")
  }

  @Test("a rule that made offers gets a new version, one that made none keeps its own")
  func versions() throws {
    let workspace = try TestShop(customers: 120, seed: 3).open()
    func percent(_ percent: String) throws -> Int {
      var draft = try workspace.ruleDraft(of: "lapsed.win-back")
      draft[.holdOut] = percent
      _ = try workspace.save(draft)
      return try #require(try workspace.rules().first { $0.id == "lapsed.win-back" }).version
    }
    #expect(try percent("20") == 1)
    _ = try workspace.suggest(SuggestOptions(), progress: { _ in true })
    #expect(try percent("30") == 2)
    #expect(try percent("40") == 2)
  }

  @Test("a rule goes off and on by its status alone, without a new version")
  func switches() throws {
    let workspace = try TestShop(customers: 60, seed: 3).open()
    let line = try #require(try workspace.rules().first)
    _ = try workspace.switchRule(file: line.file, on: false)
    #expect(try workspace.rules().first { $0.file == line.file }?.status == "paused")
    _ = try workspace.undo()
    #expect(try workspace.rules().first { $0.file == line.file }?.status == "active")
  }
}
