import LoyaltyModel
import Testing

@testable import LoyaltyRules

struct RuleCheckerTests {
  private func rule(_ id: String, priority: Int, stages: String) throws -> Rule {
    try Fixtures.rule(
      Fixtures.text(
        id: id, when: #"{ "fact": "stage", "is": "one of", "value": [\#(stages)] }"#,
        offer: #"{ "template": "t", "kind": "discount", "percent": 30, "valid": "14 days" }"#,
        extra: #""group": "g","#, priority: priority))
  }

  private var facts: FactTable {
    var facts = FactTable(asOf: Shop.asOf, count: 3)
    facts.columns["stage"] = .choices(["new", "new", "repeat"])
    return facts
  }

  @Test func warnsOfARuleThatIsNeverChosen() throws {
    let rules = [
      ("a.json", try rule("a", priority: 10, stages: #""new""#)),
      ("b.json", try rule("b", priority: 20, stages: #""new", "repeat""#)),
      ("c.json", try rule("c", priority: 10, stages: #""lapsed""#)),
    ]
    #expect(
      RuleChecker.check(rules, facts: facts).map(\.description) == [
        "a.json /group  warning: All 2 who match also match b (same group, goes first): never chosen."
      ])
    #expect(RuleChecker.check(rules).isEmpty)
  }

  @Test(arguments: [(0.3, 0), (0.29, 1), (1.0, 0)])
  func warnsOfADiscountAboveTheMargin(margin: Double, warnings: Int) throws {
    let issues = RuleChecker.check(
      [("a.json", try rule("a", priority: 1, stages: #""new""#))], margin: margin)
    #expect(issues.count == warnings)
    #expect(issues.allSatisfy { $0.severity == .warning && $0.message.contains("30 % off") })
  }

  @Test func aRuleMayNotBeThereTwice() throws {
    let one = try rule("a", priority: 1, stages: #""new""#)
    let issues = RuleChecker.check([("a.json", one), ("b.json", one)])
    #expect(issues.map(\.description) == [#"b.json /id  "a" is in a.json too. Rename one."#])
    #expect(issues.map(\.severity) == [.error])
  }

  @Test func theDefaultRulesGoTogether() throws {
    let people = DefaultRulesTests.everyStageAndCohort
    let rules = try Fixtures.defaultRules().compactMap { file, reading in
      reading.rule.map { (file, $0) }
    }
    #expect(RuleChecker.check(rules, facts: people.facts, margin: 0.3).isEmpty)
  }
}
