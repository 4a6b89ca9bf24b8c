import LoyaltyModel
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

@Suite("Rule files")
struct RuleFileTests {
  let disk: MemoryDisk
  let workspace: LoyaltyWorkspace

  init() throws {
    disk = try Shop.small()
    workspace = try Shop.open(disk)
  }

  /// Changes a text in a rule of the store and opens it again.
  func edited(_ file: String, _ text: String, with other: String) throws -> LoyaltyWorkspace {
    let path = Shop.path + "/rules/" + file
    let before = try disk.text(path)
    let after = before.replacing(text, with: other)
    try #require(after != before)
    disk.put(path, Array(after.utf8))
    return try Shop.open(disk)
  }

  @Test("the list goes by priority and counts offers")
  func list() throws {
    let lines = try workspace.rules()
    #expect(lines.count == Resources.paths(under: "rules").count)
    #expect(lines.map(\.priority) == lines.map(\.priority).sorted(by: >))
    #expect(lines.first?.id == "at-risk.keep-valuable")
    #expect(lines.allSatisfy { $0.isActive && $0.problems == 0 && $0.offers == 0 })
    try workspace.suggest()
    let offers = try workspace.offers()
    for line in try workspace.rules() {
      #expect(line.offers == offers.count { $0.rule.id == line.id }, "\(line.id)")
    }
  }

  @Test("the default rules have no mistakes, and all their tests pass")
  func defaults() throws {
    // What is warned of hangs on the present customers.
    for check in try workspace.checkRules() {
      #expect(check.errors == 0)
      #expect(
        check.messages.allSatisfy { $0.contains("It matches nobody at present. Who is nearest") })
    }
    let outcomes = try workspace.testRules()
    #expect(outcomes.count >= 30)
    #expect(Set(outcomes.map(\.rule)) == Set(try workspace.rules().map(\.id)))
    for outcome in outcomes { #expect(outcome.passed, "\(outcome.text)") }
  }

  @Test("a mistake is named with line and column; the rule is listed as broken")
  func mistake() throws {
    let file = "new.second-purchase.json"
    let workspace = try edited(file, "\"at least\"", with: "\"at lest\"")
    let check = try #require(try workspace.checkRules().first { $0.errors > 0 })
    #expect(check.file == file)
    #expect(check.messages.count == 1)
    // `{ "fact": "recency_days", "is": "at lest", …` stands on line 11, its value from column 37.
    #expect(check.messages.first?.hasPrefix("rules/\(file):11:37") == true, "\(check.messages)")
    #expect(check.messages.first?.contains("at least") == true)
    let line = try #require(try workspace.rules().first { $0.file == file })
    #expect((line.status, line.problems) == ("broken", 1))
    #expect(try workspace.testRules().contains { !$0.passed && $0.rule == file })
  }

  @Test("a file that is no JSON at all is told like any other mistake")
  func noJSON() throws {
    disk.put("/disk/rule.json", Array("{ \"id\": \"x\", }".utf8))
    let check = try #require(try workspace.checkRules(files: ["/disk/rule.json"]).first)
    #expect(check.errors == 1)
    #expect(check.messages.first?.hasPrefix("/disk/rule.json:1:12") == true, "\(check.messages)")
    #expect(throws: WorkspaceError.self) { try workspace.checkRules(files: ["/disk/none.json"]) }
  }

  @Test("a test inside a rule that fails says what was expected and what came")
  func failingTest() throws {
    let workspace = try edited(
      "new.second-purchase.json", "\"is\": \"at least\", \"value\": 7",
      with: "\"is\": \"at least\", \"value\": 30")
    let failed = try workspace.testRules().filter { !$0.passed }
    #expect(failed.map(\.rule) == ["new.second-purchase", "new.second-purchase"])
    #expect(failed.first?.text.contains("bought once, three weeks ago") == true)
    #expect(failed.last?.text.contains("complained") == true)
  }

  @Test("a text that nobody wrote is a warning, not an error")
  func missingText() throws {
    let workspace = try edited(
      "high.thank-you.json", "\"template\": \"early-access\"",
      with: "\"template\": \"early\"")
    let check = try #require(
      try workspace.checkRules().first { $0.file == "high.thank-you.json" })
    #expect(
      check.messages.contains {
        $0.hasPrefix("rules/high.thank-you.json:14:17 /offer/template  warning: ")
          && $0.contains("\"early\"")
      }, "\(check.messages)")
    #expect(check.errors == 0)
  }

  @Test("a used version with other content is refused, and what to write is said")
  func changedVersion() throws {
    try workspace.suggest()
    let rule = try #require(try workspace.offers().first { $0.state == .suggested }).rule
    let workspace = try edited(rule.id + ".json", "\"priority\": ", with: "\"priority\": 1")
    let error = #expect(throws: WorkspaceError.self) { try workspace.suggest() }
    #expect(
      error?.message(.english) == """
        rules/\(rule.id).json was changed, but its version is still 1, which offers of 2026-06-30 \
        came from. Write "version": 2 in it, so that those offers can still be explained.
        """)
    let mended = try edited(rule.id + ".json", "\"version\": 1", with: "\"version\": 2")
    _ = try mended.suggest()
  }

  @Test("a rule in sentences names what it asks, gives and limits")
  func describe() throws {
    let text = try workspace.describeRule("new.second-purchase").lines.joined(separator: "\n")
    for part in ["New: the second purchase", "lifecycle stage", "7", "10 %", "12 months"] {
      #expect(text.contains(part), "\(part) in \(text)")
    }
  }

  @Test("a rule that lies elsewhere is checked, tested, shown and asked like one of the store")
  func elsewhere() throws {
    let text = try #require(workspace.ruleText("new.second-purchase.json"))
    let own = text.replacing("\"id\": \"new.second-purchase\"", with: "\"id\": \"mine\"")
      .replacing(
        "\"tests\": [",
        with: """
          "tests": [
              { "name": "from a file", "as_of": "2026-07-15", "expect": "no match",
                "customer": "people/anna.json" },
          """)
    disk.put("/disk/drafts/mine.json", Array(own.utf8))
    let path = "/disk/drafts/mine.json"
    let check = try #require(try workspace.checkRules(files: [path]).first)
    // It would take the same people as the rule of the same group that it was copied from.
    #expect(check.errors == 0)
    #expect(
      check.messages.last
        == "mine.json: New: the second purchase – would match 1 of 6 customers on 2026-06-30.")
    // The person of the test is beside the file, and nowhere above it.
    let missing = try workspace.testRules(files: [path])
    #expect(missing.count { !$0.passed } == 1)
    disk.put(
      "/disk/drafts/people/anna.json",
      Array(#"{ "stage": "loyal", "cohort": "mid", "complaint_open": false }"#.utf8))
    #expect(try workspace.testRules(files: [path]).allSatisfy(\.passed))
    #expect(
      try workspace.describeRule(path).lines == workspace.describeRule("new.second-purchase").lines)
    #expect(try workspace.explainRule(path, customer: "C").lines.count > 1)
    let error = #expect(throws: WorkspaceError.self) {
      try workspace.whatIf(rule: path, set: [("priority", "3")])
    }
    #expect(error?.message(.english).contains("There is no rule") == true)
    disk.put(path, Array(own.replacing("\"at least\"", with: "\"atleast\"").utf8))
    let broken = #expect(throws: WorkspaceError.self) { try workspace.describeRule(path) }
    let message = try #require(broken?.message(.english))
    #expect(message.hasPrefix("/disk/drafts/mine.json:"))
    #expect(message.hasSuffix("ladder rules check /disk/drafts/mine.json"))
    #expect(try workspace.checkRules(files: [path]).first?.messages.count == 1)
  }

  @Test("an explanation shows each condition with the value that it saw")
  func explain() throws {
    let match = try workspace.explainRule("new.second-purchase", customer: "C").lines
      .joined(separator: "\n")
    #expect(match.contains("20"))
    let none = try workspace.explainRule("new.second-purchase", customer: "B").lines
      .joined(separator: "\n")
    #expect(none.contains("repeat"))
    #expect(match != none)
    #expect(throws: WorkspaceError.noSuchCustomer("Z")) {
      try workspace.explainRule("new.second-purchase", customer: "Z").lines
    }
  }

  @Test("a rule that is not there is answered with the nearest")
  func unknownRule() throws {
    let error = #expect(throws: WorkspaceError.self) {
      try workspace.describeRule("second-purchase")
    }
    #expect(
      error?.message(.english)
        == "There is no rule \"second-purchase\". Nearest: new.second-purchase.")
    #expect(error?.exitCode == 2)
  }

  @Test("an offer keeps its explanation when its rule goes on to another version")
  func keptVersion() throws {
    try workspace.suggest()
    let offer = try #require(try workspace.offers().first { $0.state == .suggested })
    let why = try workspace.offerCard(offer.id).why
    _ = try workspace.decide([offer.id], .approve)
    let workspace = try edited(
      offer.rule.id + ".json", "\"version\": 1,", with: "\"version\": 2, \"status\": \"draft\",")
    #expect(try workspace.offerCard(offer.id).why == why)
  }
}
