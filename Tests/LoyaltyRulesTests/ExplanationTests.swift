import LoyaltyModel
import LoyaltyWorkspace
import TestSupport
import Testing
import TextFormats

@testable import LoyaltyRules

struct ExplanationTests {
  private static let words = RuleWords(.english, Fixtures.euro)

  private func facts(_ json: String) throws -> FactTable {
    let (customer, issues) = RuleReader.readFixture(
      Array(json.utf8), file: "c.json", catalogue: .customers, currency: Fixtures.euro)
    guard let customer else { throw Fixtures.Unreadable(issues: issues) }
    return FactTable(customer, asOf: Fixtures.day("2026-07-15"))
  }

  private let condition = #"""
    { "all": [ { "fact": "stage", "is": "one of", "value": ["new", "repeat"] },
      { "count": "purchases", "is": "at least", "value": 2,
        "where": { "fact": "date", "is": "within last", "value": "90 days" } },
      { "any": [ { "fact": "web_share", "is": "at least", "value": 0.5 },
        { "fact": "value_12m", "is": "at least", "value": "15.00" } ] } ] }
    """#

  @Test func eachComparisonKeepsWhatItSaw() throws {
    let table = try facts(
      """
      { "stage": "new", "web_share": 0.25, "value_12m": "36.53", "purchases": [
        { "date": "2026-01-01" }, { "date": "2026-05-01" }, { "date": "2026-07-01" } ] }
      """)
    let explanation = Explainer(facts: table).explain(
      try Fixtures.condition(condition), row: 0, pointer: JSONPointer(["when"]))
    #expect(explanation.verdict == .yes)
    #expect(
      explanation.leaves.map { Self.words.leaf($0) } == [
        "lifecycle stage is one of new, repeat — is new ✓",
        "the number of purchases where date is within the last 90 days is at least 2 — is 2 ✓",
        "share bought online is at least 0.5 — is 0.25 ✗",
        "value, 12 months is at least 15.00 — is 36.53 ✓",
      ])
    let count = try #require(explanation.leaves[1].finding)
    #expect(count.entries == 2)
    #expect(count.purchases.map(\.description) == ["0-2", "0-3"])
    #expect(
      explanation.deciding.map(\.pointer.description) == [
        "/when/all/0", "/when/all/1", "/when/all/2/any/1",
      ])
    #expect(explanation.failing.isEmpty)
  }

  @Test func aFailureNamesTheFewestThatWouldHaveToChange() throws {
    let table = try facts(#"{ "stage": "lapsed", "web_share": 0.1, "value_12m": "1.00" }"#)
    let explanation = Explainer(facts: table).explain(
      try Fixtures.condition(condition), row: 0, pointer: JSONPointer(["when"]))
    #expect(explanation.verdict == .no)
    // One of them alone settles that it fails; three would have to change for it to hold.
    #expect(explanation.deciding.map(\.pointer.description) == ["/when/all/0"])
    #expect(
      explanation.failing.map(\.pointer.description) == [
        "/when/all/0", "/when/all/1", "/when/all/2/any/0",
      ])
  }

  @Test func whatIsNotKnownIsSaid() throws {
    let table = try facts(
      #"{ "stage": "new", "purchases": [ { "date": "2026-07-01" }, { "date": "2026-07-02" } ] }"#)
    let explanation = Explainer(facts: table).explain(try Fixtures.condition(condition), row: 0)
    #expect(explanation.verdict == .unknown)
    #expect(explanation.deciding.map(\.verdict) == [.unknown, .unknown])
    let words = explanation.deciding.map { Self.words.leaf($0) }
    #expect(words.first == "share bought online is at least 0.5 — is not known ?")
  }

  /// The verdict of an explanation is that of the evaluator; settling leaves settle it, and changing
  /// the failing ones is enough, whatever the condition.
  @Test(arguments: Sweep.seeds(20))
  func agreesWithTheEvaluator(seed: Int) {
    var random = RandomFacts(seed: 5_000 + UInt64(seed))
    let table = random.table(rows: 15)
    let (evaluator, explainer) = (Evaluator(facts: table), Explainer(facts: table))
    for _ in 0..<12 {
      let condition = random.condition(depth: 3)
      let answer = evaluator.answer(condition)
      for row in 0..<table.count {
        let explanation = explainer.explain(condition, row: row)
        #expect(explanation.verdict == answer[row])
        let settled = Set(explanation.deciding.map(\.pointer))
        if answer[row] == .unknown {
          #expect(!settled.isEmpty && explanation.deciding.allSatisfy { $0.verdict == .unknown })
          continue
        }
        let possible = verdict(explanation.root) { settled.contains($0.pointer) ? $0.verdict : nil }
        #expect(possible == [answer[row]])
        guard answer[row] == .no else { continue }
        let failing = Set(explanation.failing.map(\.pointer))
        #expect(!failing.isEmpty)
        let changed = verdict(explanation.root) { leaf in
          failing.contains(leaf.pointer) ? (leaf.verdict == .yes ? .no : .yes) : leaf.verdict
        }
        #expect(changed == [.yes] || hasUnknown(explanation))
      }
    }
  }

  private func hasUnknown(_ explanation: Explanation) -> Bool {
    explanation.leaves.contains { $0.verdict == .unknown }
  }

  /// The verdicts that a node can have when leaves have the given answers, or any (nil).
  private func verdict(
    _ node: Explanation.Node, _ leaf: (Explanation.Node) -> Truth?
  ) -> Set<Truth> {
    if node.finding != nil { return leaf(node).map { [$0] } ?? Set(Truth.allCases) }
    let parts = node.parts.map { verdict($0, leaf) }
    func fold(_ start: Truth, _ join: (Truth, Truth) -> Truth) -> Set<Truth> {
      parts.reduce([start]) { all, part in
        Set(all.flatMap { left in part.map { join(left, $0) } })
      }
    }
    switch node.condition {
    case .all: return fold(.yes) { $0 && $1 }
    case .any: return fold(.no) { $0 || $1 }
    default: return Set(fold(.no) { $0 || $1 }.map(\.negated))
    }
  }

  @Test func aRuleInPlainSentences() throws {
    let rule = try Fixtures.rule(RuleReaderTests.everything)
    #expect(
      Self.words.lines(rule) == [
        "Low to Mid: first purchase in a second category.",
        "For customers where value cohort is low and lifecycle stage is one of new, repeat and "
          + "chance of still being a customer is at least 0.55 and the number of purchases where "
          + "date is within the last 90 days and amount is at least 15.00 is at least 2 and the "
          + "number of different category values in purchases where date is within the last 12 "
          + "months is exactly 1 and (at least one of consumers where age is between 0 and 12 years "
          + "or share bought online is at least 0.5).",
        "Not where open complaint is yes or the number of offers where sent is within the last 30 "
          + "days is at least 1, or where that is unknown.",
        "They are offered 10 % off for a category that is new to them from a basket of 1.2 × their "
          + "average basket, valid for 14 days.",
        "It is to lead from low to mid.",
        "It goes by e-mail, else by app message.",
        "At most once a customer within 60 days.",
        "At most 5000 offers in all.",
        "At most 12000.00 in all.",
        "10 % are kept back as comparison group.",
        "It begins on 2026-07-01.",
        "It ends on 2026-09-30.",
        "The customer has: 10 % off something new to them.",
        "The business has: a second category raises the chance to reach Mid.",
      ])
  }
}
