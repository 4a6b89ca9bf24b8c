import LoyaltyModel
import LoyaltyWorkspace
import TextFormats
import Testing

@testable import LoyaltyRules

/// What the limits of a campaign do to the offers of its rules.
struct CampaignTests {
  private static let asOf = Shop.asOf

  /// Customers c0, c1 … of branches, with a basket of 10.00, 20.00 …; an empty branch is not known.
  private static func shop(_ branches: [String]) -> (FactTable, SuggestionContext) {
    var facts = FactTable(asOf: asOf, count: branches.count)
    var ids = TextColumn()
    for row in branches.indices { ids.append("c\(row)") }
    facts.columns["stage"] = .choices(branches.map { _ in "new" })
    facts.columns["cohort"] = .choices(branches.map { _ in "low" })
    facts.columns["average_basket"] = .int64(branches.indices.map { Int64(1_000 * ($0 + 1)) })
    var labels = LabelList()
    facts.columns["branch"] = .choice(
      branches.map {
        $0.isEmpty ? FactColumn.unknownChoice : UInt16(labels.number(adding: $0))
      }, labels: labels)
    return (facts, SuggestionContext(customers: ids))
  }

  /// A voucher that costs 0.70 and brings a tenth of a basket less that; see ``ChoiceTests``.
  private static func rule(_ id: String, campaign: String = "Summer") throws -> Rule {
    try Fixtures.rule(
      Fixtures.text(
        id: id,
        offer: """
          { "template": "t", "kind": "voucher", "amount": "2.00", "cost": { "contact": "0.50" },
            "valid": "14 days" }
          """,
        score: #"{ "propensity": { "prior": 0.1, "weight": 100 }, "value": "next-basket" }"#,
        extra: campaign.isEmpty ? "" : #""campaign": "\#(campaign)","#))
  }

  private static func run(
    _ rules: [Rule], _ campaign: Campaign, _ branches: [String] = ["north", "south", ""],
    past: [PastOffer] = [], budget: Int64? = nil
  ) throws -> SuggestionRun {
    var (facts, context) = shop(branches)
    context.campaigns = [Campaign(name: "Other", budget: 0), campaign]
    (context.past, context.budget) = (past, budget)

    return try Suggester.run(rules: rules, facts: facts, context: context)
  }

  private static func dropped(_ run: SuggestionRun, at gate: Gate) -> Int {
    run.funnel.total.first { $0.gate == gate }?.dropped ?? -1
  }

  @Test(arguments: [
    (nil, nil, true), (0, nil, true), (1, nil, false), (nil, 0, true), (nil, -1, false),
    (-9, 9, true), (0, 0, true), (-9, -1, false), (1, 9, false),
  ])
  func itOffersOnItsDaysOnly(from: Int?, until: Int?, isOpen: Bool) throws {
    let campaign = Campaign(
      name: "Summer", from: from.map { Self.asOf + $0 }, until: until.map { Self.asOf + $0 })
    let run = try Self.run([Self.rule("a"), Self.rule("b", campaign: "")], campaign)
    #expect(Self.dropped(run, at: .campaignDates) == (isOpen ? 0 : 3))
    #expect(run.suggestions.count == 3)
    #expect(Set(run.suggestions.map(\.rule.id)) == (isOpen ? ["a"] : ["b"]))
    #expect(run.suggestions.allSatisfy { $0.rule.campaign == (isOpen ? "Summer" : "") })
  }

  /// Offers hold for 14 days, and no longer than the campaign runs.
  @Test(arguments: [(nil, 14), (20, 14), (14, 14), (13, 13), (3, 3), (0, 0)])
  func itsOffersEndWithIt(until: Int?, days: Int) throws {
    let campaign = Campaign(name: "Summer", until: until.map { Self.asOf + $0 })
    let run = try Self.run([Self.rule("a")], campaign)
    #expect(
      run.suggestions.map(\.validUntil) == [Self.asOf, Self.asOf, Self.asOf].map { $0 + days })
  }

  @Test(arguments: [
    ([], [0, 1, 2]), (["north"], [0]), (["south", "east"], [1]), (["east"], []),
  ])
  func itIsForCustomersOfItsBranches(branches: [String], rows: [Int]) throws {
    let run = try Self.run([Self.rule("a")], Campaign(name: "Summer", branches: branches))
    #expect(run.suggestions.map(\.row) == rows)
    #expect(Self.dropped(run, at: .campaignBranches) == 3 - rows.count)
    #expect(run.customersMatched == rows.count)
  }

  /// Where no branches are known at all, nobody is of one.
  @Test func nobodyIsOfABranchWhereNoneIsKnown() throws {
    var (facts, context) = Self.shop(["north"])
    context.campaigns = [Campaign(name: "Summer", branches: ["north"])]
    facts.columns["branch"] = nil
    let run = try Suggester.run(rules: [Self.rule("a")], facts: facts, context: context)
    #expect(run.suggestions.isEmpty && Self.dropped(run, at: .campaignBranches) == 1)
  }

  /// Two rules for three customers: each offer costs 0.70, so 1.50 buys two, those that bring most.
  @Test func itsBudgetIsSharedByItsRules() throws {
    let campaign = Campaign(name: "Summer", budget: 150)
    let rules = [try Self.rule("a"), try Self.rule("b")]
    let run = try Self.run(rules, campaign)
    #expect(run.suggestions.map(\.row) == [1, 2])
    #expect(Self.dropped(run, at: .campaignBudget) == 2)
    #expect(Self.dropped(run, at: .budget) == 0)
    // The rest of 10 buys a seventh of the third: 130 + 230 + 30 / 7 = 364.28…
    #expect(run.quality == ChoiceQuality(value: 360, cost: 140, bound: 365))
    let reason = run.funnel.reason(.campaignBudget, .english, of: run.funnel.rules[0])
    #expect(reason.contains("Summer") && reason.contains("1.50 EUR"))
  }

  /// What is approved, put off, sent, bought or run out counts; what waits is decided anew.
  @Test(arguments: [
    (OfferState.suggested, 2), (.withheld, 2), (.withdrawn, 2), (.recalled, 2), (.rejected, 2),
    (.approved, 1), (.snoozed, 1), (.exported, 1), (.redeemed, 1), (.expired, 1),
  ])
  func whatWasSpentCounts(state: OfferState, left: Int) throws {
    let campaign = Campaign(name: "Summer", budget: 150)
    // Of a rule that is gone, and of another campaign.
    let past = [
      PastOffer(
        row: 0, rule: "gone", state: state, day: Self.asOf - 99, cost: 70, campaign: "Summer"),
      PastOffer(row: 0, rule: "a", state: state, day: Self.asOf - 99, cost: 90, campaign: "Other"),
    ]
    var rule = try Self.rule("a")
    rule.limits.perCustomer = RuleLimits.PerCustomer(times: 9)
    let run = try Self.run([rule], campaign, past: past)
    #expect(run.suggestions.count == left)
    if left == 1 { #expect(run.suggestions.map(\.row) == [2]) }
  }

  /// The budget of the run and that of the campaign are kept at once.
  @Test func bothBudgetsHold() throws {
    let campaign = Campaign(name: "Summer", budget: 70)
    let rules = [try Self.rule("a"), try Self.rule("b", campaign: "")]
    let run = try Self.run(rules, campaign, budget: 140)
    #expect(run.suggestions.map(\.row) == [1, 2])
    #expect(run.suggestions.count { $0.rule.id == "a" } <= 1)
    #expect(run.quality.cost == 140)
  }

  @Test func whatLostSaysSo() throws {
    var (facts, context) = Self.shop(["north", "south"])
    context.campaigns = [Campaign(name: "Summer", branches: ["north"], budget: 0)]
    let rules = [try Self.rule("a"), try Self.rule("b", campaign: "")]

    context.perCustomer = 2
    let run = try Suggester.run(rules: rules, facts: facts, context: context)
    #expect(run.suggestions.map(\.rule.id) == ["b", "b"])
    #expect(
      run.suggestions.indices.map { run.suggestions.evidence(at: $0).lost } == [
        [LostRule(rule: "a", gate: .campaignBudget)],
        [LostRule(rule: "a", gate: .campaignBranches)],
      ])
  }

  // MARK: Whole programmes

  /// Over many shops: no campaign spends more than it has, and one that may spend endlessly changes
  /// nothing.
  @Test(arguments: 0..<8)
  func budgetsAreKept(seed: Int) throws {
    var shop = Shop(customers: 1_500, seed: 40 + UInt64(seed))
    shop.context.budget = [nil, 60_000, 20_000, 5_000][seed % 4]
    shop.context.perCustomer = 1 + seed % 2
    if seed > 3 {
      shop.context.floors = [OfferFloor(.cohort(.low), least: 40)]
    }
    var rules = try Shop.rules()
    for index in rules.indices { rules[index].campaign = ["Spring", "Summer", ""][index % 3] }
    // The bound leaves priorities aside; without them it is near.
    for index in rules.indices { rules[index].priority = 50 }
    let plain = try shop.run(rules)
    func spent(_ run: SuggestionRun, _ campaign: String) -> Int64 {
      run.suggestions.reduce(0) {
        $0 + ($1.rule.campaign == campaign ? $1.expectedCost : 0)
      }
    }
    shop.context.campaigns = [
      Campaign(name: "Spring", budget: .max), Campaign(name: "Summer", until: Shop.asOf + 9_999),
    ]
    let endless = try shop.run(rules)
    #expect(endless.quality == plain.quality)
    #expect(endless.suggestions.map(\.row) == plain.suggestions.map(\.row))
    #expect(endless.suggestions.map(\.rule.id) == plain.suggestions.map(\.rule.id))
    #expect(endless.suggestions.map(\.validUntil) == plain.suggestions.map(\.validUntil))
    let (spring, summer) = (spent(endless, "Spring") / 2, spent(endless, "Summer") / 3)
    try #require(spring > 0 && summer > 0)
    shop.context.campaigns = [
      Campaign(name: "Spring", budget: spring), Campaign(name: "Summer", budget: summer),
    ]
    let run = try shop.run(rules)
    #expect(spent(run, "Spring") <= spring && spent(run, "Summer") <= summer)
    #expect(spent(run, "Spring") * 10 >= spring * 9)
    #expect(run.quality.value <= run.quality.bound)
    // A thank-you brings nothing that is counted, and is offered all the same where money is left.
    let gain = run.suggestions.reduce(0) { $0 + max(0, $1.expectedValue) }
    #expect(Double(gain) >= 0.99 * Double(run.quality.bound), "\(gain) of \(run.quality.bound)")
    #expect(Self.dropped(run, at: .campaignBudget) > 0)
  }

  // MARK: What the checker says

  @Test(arguments: [
    ("Summer", [Campaign(name: "Summer")], ""),
    ("", [Campaign(name: "Summer", until: asOf - 1)], ""),
    (
      "Sumer", [Campaign(name: "Summer")],
      "There is no campaign \"Sumer\", so it has no dates, branches or budget. Did you mean \"Summer\"? "
        + "Else make it: ladder campaigns set \"Sumer\" --budget 500"
    ),
    (
      "Fair", [],
      "There is no campaign \"Fair\", so it has no dates, branches or budget. Make it: "
        + "ladder campaigns set \"Fair\" --from 2026-07-01 --to 2026-09-30 --budget 500"
    ),
    (
      "Summer", [Campaign(name: "Summer", until: asOf - 1)],
      "The campaign \"Summer\" ended on 1998-06-29: this rule offers nothing. Give the campaign "
        + "another last day, or the rule another campaign."
    ),
    (
      "Summer", [Campaign(name: "Summer", from: asOf + 40)],
      "The campaign \"Summer\" runs from 1998-08-09 on, this rule until 1998-07-30: it can never "
        + "offer anything. Let the dates meet."
    ),
  ])
  func theCheckerWarns(name: String, campaigns: [Campaign], message: String) throws {
    var rule = try Self.rule("a", campaign: name)
    rule.window.until = Self.asOf + 30
    let issues = RuleChecker.checkCampaigns([("a.json", rule)], campaigns, asOf: Self.asOf)
    #expect(issues.map { $0.message(.english) } == (message.isEmpty ? [] : [message]))
    #expect(issues.allSatisfy { $0.severity == .warning && $0.file == "a.json" })
    #expect(issues.allSatisfy { $0.pointer.description == "/campaign" })
  }

  @Test func aRuleIsNarrowedToItsCampaign() throws {
    var rule = try Self.rule("a")
    rule.window = RuleWindow(from: Self.asOf, until: Self.asOf + 9)
    let campaign = Campaign(name: "Summer", from: Self.asOf - 5, until: Self.asOf + 5)
    #expect(
      rule.narrowed(to: campaign).window == RuleWindow(from: Self.asOf, until: Self.asOf + 5))
    #expect(rule.narrowed(to: nil) == rule)
  }
}
