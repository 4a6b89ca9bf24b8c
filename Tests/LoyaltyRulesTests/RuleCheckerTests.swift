import LoyaltyModel
import LoyaltyWorkspace
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
      RuleChecker.check(rules, facts: facts).map { $0.description(.english) } == [
        "a.json /group  warning: All 2 who match also match b (same group, higher priority): it will "
          + "never be chosen. Narrow the other, or raise this one's priority.",
        "c.json /when  warning: It matches nobody at present. Who is nearest, and what is missing: "
          + "ladder rules near c",
      ])
    #expect(RuleChecker.check(rules).isEmpty)
  }

  @Test(arguments: [(0.3, 0), (0.29, 1), (1.0, 0)])
  func warnsOfADiscountAboveTheMargin(margin: Double, warnings: Int) throws {
    let issues = RuleChecker.check(
      [("a.json", try rule("a", priority: 1, stages: #""new""#))], margin: margin)
    #expect(issues.count == warnings)
    #expect(
      issues.allSatisfy { $0.severity == .warning && $0.message(.english).contains("30 % off") })
  }

  /// 0.29 × 100 is a little less than 29 in binary; the margin is told, and compared, as it was set.
  @Test(arguments: [(29, 0.29, nil), (30, 0.29, "29 %"), (29, 0.285, "28.5 %"), (57, 0.57, nil)])
  func theMarginIsToldAsItWasSet(percent: Int, margin: Double, told: String?) throws {
    func check(_ terms: String) throws -> [String] {
      let rule = try Fixtures.rule(
        Fixtures.text(
          when: #"{ "fact": "stage", "is": "is", "value": "new" }"#,
          offer: #"{ "template": "t", "kind": "discount", \#(terms), "valid": "14 days" }"#))
      var facts = facts
      facts.columns["average_basket"] = .int64([100, 100, 100])
      return RuleChecker.check([("a.json", rule)], facts: facts, margin: margin).map {
        $0.message(.english)
      }
    }
    let share = try check(#""percent": \#(percent)"#)
    let amount = try check(#""amount": "0.\#(percent)""#)
    #expect(share.count == (told == nil ? 0 : 1) && amount.count == share.count)
    #expect((share + amount).allSatisfy { $0.contains("the margin of \(told ?? "")") })
  }

  @Test func aRuleMayNotBeThereTwice() throws {
    let one = try rule("a", priority: 1, stages: #""new""#)
    let issues = RuleChecker.check([("a.json", one), ("b.json", one)])
    #expect(
      issues.map { $0.description(.english) } == [#"b.json /id  "a" is in a.json too. Rename one."#]
    )
    #expect(issues.map(\.severity) == [.error])
  }

  @Test func theDefaultRulesGoTogether() throws {
    let people = DefaultRulesTests.everyStageAndCohort
    let rules = try Fixtures.defaultRules().compactMap { file, reading in
      reading.rule.map { (file, $0) }
    }
    let issues = RuleChecker.check(rules, facts: people.facts, margin: 0.3)
    #expect(issues.allSatisfy { if case .matchesNobody = $0.cause { true } else { false } })
  }
}

/// What the present customers show about rules that are right by themselves.
struct RuleCheckerPeopleTests {
  private func rule(
    _ id: String, from: String, percent: Int, channels: String = #""till""#
  ) throws -> Rule {
    try Fixtures.rule(
      Fixtures.text(
        id: id, when: #"{ "fact": "stage", "is": "is", "value": "new" }"#,
        offer: """
          { "template": "t", "kind": "discount", "percent": \(percent), "valid": "14 days" }
          """,
        move: from == "high" ? nil : #"{ "from": ["\#(from)"], "to": "high" }"#,
        extra: #""needs": { "channels": [\#(channels)] },"#))
  }

  private func facts(_ cohorts: [String]) -> FactTable {
    var facts = FactTable(asOf: Shop.asOf, count: cohorts.count)
    facts.columns["stage"] = .choices(cohorts.map { _ in "new" })
    facts.columns["cohort"] = .choices(cohorts)
    return facts
  }

  @Test func warnsWhereWhoIsWorthMoreGetsLess() throws {
    let rules = [
      ("low.json", try rule("low", from: "low", percent: 15)),
      ("mid.json", try rule("mid", from: "mid", percent: 10)),
    ]
    #expect(
      RuleChecker.check(rules).map { $0.description(.english) } == [
        "mid.json /offer/percent  warning: 10 % off for mid, but low gives low 15 %: who is worth "
          + "more should not get less. Raise this one or lower the other."
      ])
  }

  @Test(arguments: [(0.5, 1), (0.7, 0)])
  func warnsOfADiscountForMostOfTheHighCohort(limit: Double, warnings: Int) throws {
    var facts = facts(["high", "high", "high"])
    facts.columns["stage"] = .choices(["new", "new", "loyal"])
    let issues = RuleChecker.check(
      [("a.json", try rule("a", from: "high", percent: 5))], facts: facts, bulkLimit: limit)
    #expect(issues.count == warnings)
    #expect(
      issues.allSatisfy {
        $0.message(.english).hasPrefix("It would reach 2 of the high cohort, 66.7 % of it")
      })
  }

  @Test func warnsOfTwoPricesForTheSamePeople() throws {
    let rules = [
      ("a.json", try rule("a", from: "low", percent: 5)),
      ("b.json", try rule("b", from: "low", percent: 10, channels: #""email", "till""#)),
    ]
    let issues = RuleChecker.check(rules, facts: facts(["low", "low", "mid"]))
    #expect(
      issues.map { $0.description(.english) } == [
        "b.json /offer  warning: 2 who match would get the same offer from a at another price "
          + "through other channels. Give both the same terms, or exclude one group."
      ])
  }

  @Test func warnsOfARuleThatMatchesNobody() throws {
    let issues = RuleChecker.check(
      [("a.json", try rule("a", from: "low", percent: 5))], facts: facts(["mid"]))
    #expect(
      issues.map { $0.description(.english) } == [
        "a.json /when  warning: It matches nobody at present. Who is nearest, and what is missing: "
          + "ladder rules near a"
      ])
  }
}
