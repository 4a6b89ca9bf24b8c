import LoyaltyModel
import Testing

@testable import LoyaltyRules

struct ChoiceTests {
  // MARK: Few customers, counted by hand

  private func shop(_ rows: Int, high: Bool = false) -> (FactTable, SuggestionContext) {
    var facts = FactTable(asOf: Shop.asOf, count: rows)
    var ids = TextColumn()
    for row in 0..<rows { ids.append("c\(row)") }
    facts.columns["stage"] = .choices((0..<rows).map { _ in "new" })
    facts.columns["cohort"] = .choices((0..<rows).map { _ in high ? "high" : "low" })
    facts.columns["average_basket"] = .int64((0..<rows).map { Int64(1_000 * ($0 + 1)) })
    return (facts, SuggestionContext(customers: ids))
  }

  private func rule(_ id: String, priority: Int = 50, extra: String = "") throws -> Rule {
    try Fixtures.rule(
      Fixtures.text(
        id: id,
        offer: """
          { "template": "t", "kind": "voucher", "amount": "2.00", "cost": { "contact": "0.50" },
            "valid": "14 days" }
          """,
        score: #"{ "propensity": { "prior": 0.1, "weight": 100 }, "value": "next-basket" }"#,
        extra: extra, priority: priority))
  }

  /// A voucher of 2.00 at 10 % and a contact of 0.50 cost 0.70; one more basket at 10 % brings a
  /// tenth of it.
  @Test func costAndValueAreThoseOfTheFormulas() throws {
    var (facts, context) = shop(3)
    let run = try Suggester.run(rules: [rule("a")], facts: facts, context: context)
    #expect(run.suggestions.map(\.expectedCost) == [70, 70, 70])
    #expect(run.suggestions.map(\.expectedValue) == [30, 130, 230])
    #expect(run.quality == ChoiceQuality(value: 390, cost: 210, bound: 390))
    // 30 responses of 100 that were sent: (0.1 · 100 + 30) / (100 + 100) = 0.2.
    context.outcomes = ["a": RuleResponses(sent: 100, responded: 30)]
    context.margin = 0.5
    facts.columns["cohort"] = .choices(["low", "low", "high"])
    let measured = try Suggester.run(rules: [rule("a")], facts: facts, context: context)
    #expect(measured.suggestions.map(\.expectedCost) == [90, 90, 90])
    #expect(measured.suggestions.map(\.expectedValue) == [10, 110, 210])
  }

  @Test func moneyGoesWhereItBringsMost() throws {
    var (facts, context) = shop(4)
    context.budget = 150
    let run = try Suggester.run(rules: [rule("a")], facts: facts, context: context)
    #expect(run.suggestions.map(\.row) == [2, 3])
    #expect(run.funnel.total.first { $0.gate == .budget }?.dropped == 2)
    // The rest of 10 buys a seventh of the next one: 230 + 330 + 130 / 7 = 578.57…
    #expect(run.quality.bound == 579)
    _ = facts.count
    facts.columns = [:]
  }

  @Test func theHigherPriorityTakesTheGroupAndTheRestTheirPlaces() throws {
    let (facts, start) = shop(1)
    var context = start
    context.perCustomer = 2
    let rules = [
      try rule("low", priority: 10, extra: #""group": "g","#),
      try rule("high", priority: 20, extra: #""group": "g","#),
      try rule("other", priority: 15), try rule("last", priority: 5),
    ]
    let run = try Suggester.run(rules: rules, facts: facts, context: context)
    #expect(run.suggestions.map(\.rule.id) == ["high", "other"])
    #expect(
      run.suggestions.evidence(at: 0).lost == [
        LostRule(rule: "low", gate: .group), LostRule(rule: "last", gate: .perCustomer),
      ])
  }

  @Test(arguments: [
    (OfferState.suggested, 200, true), (.withheld, 1, true), (.withdrawn, 1, true),
    (.recalled, 1, true), (.approved, 100, false), (.snoozed, 100, false), (.rejected, 1, false),
    (.exported, 59, false), (.exported, 60, true), (.redeemed, 59, false), (.expired, 60, true),
    (.approved, -1, true),
  ])
  func earlierOffersBlock(state: OfferState, daysAgo: Int, isFree: Bool) throws {
    var (facts, context) = shop(1)
    context.perCustomer = 5
    context.past = [
      PastOffer(row: 0, rule: "a", state: state, day: Shop.asOf - daysAgo, cost: 0)
    ]
    let extra = #""limits": { "per customer": { "times": 1, "every": "60 days" } },"#
    let run = try Suggester.run(
      rules: [rule("a", extra: extra)], facts: facts, context: context)
    #expect(run.suggestions.isEmpty == !isFree)
    facts.columns = [:]
  }

  @Test func openOffersTakePlacesGroupsAndMoney() throws {
    let (facts, start) = shop(1)
    var context = start
    let grouped = try rule("a", extra: #""group": "g","#)
    let sister = try rule("b", extra: #""group": "g","#)
    context.past = [PastOffer(row: 0, rule: "b", state: .approved, day: Shop.asOf, cost: 70)]
    func dropped(at gate: Gate) throws -> Int? {
      let run = try Suggester.run(rules: [grouped, sister], facts: facts, context: context)
      return run.funnel.rules.first?.steps.first { $0.gate == gate }?.dropped
    }
    context.perCustomer = 3
    #expect(try dropped(at: .group) == 1)
    context.past[0].rule = "gone"
    #expect(try dropped(at: .group) == 0)
    context.perCustomer = 1
    #expect(try dropped(at: .perCustomer) == 1)
    context.perCustomer = 2
    context.budget = 139
    #expect(try dropped(at: .budget) == 1)
    context.budget = 140
    #expect(try dropped(at: .budget) == 0)
  }

  @Test func theHighCohortIsContactedLess() throws {
    for (isHigh, contacts, isFree) in [
      (false, 0, true), (false, 1, true), (false, 2, false), (true, 0, true), (true, 1, false),
    ] {
      let (facts, start) = shop(1, high: isHigh)
      var context = start
      context.contacts = [UInt16(contacts)]
      let run = try Suggester.run(rules: [rule("a")], facts: facts, context: context)
      #expect(run.suggestions.isEmpty == !isFree)
    }
  }
}
