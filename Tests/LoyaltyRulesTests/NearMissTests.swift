import LoyaltyModel
import LoyaltyWorkspace
import Testing

@testable import LoyaltyRules

/// The gap algebra alone, on one customer whose facts are written down.
struct NearMissTests {
  private func facts() -> FactTable {
    var facts = FactTable(asOf: Shop.asOf, count: 1)
    facts.columns["purchase_days"] = .int32([3])
    facts.columns["recency_days"] = .int32([20])
    facts.columns["gap_days"] = .int32([30])
    facts.columns["value_12m"] = .int64([6_347])
    facts.columns["value_total"] = .int64([9_000])
    facts.columns["average_basket"] = .int64([3_000])
    facts.columns["to_next_cohort"] = .int64([3_653])
    facts.columns["cohort"] = .choices(["low"])
    facts.columns["stage"] = .choices(["repeat"])
    facts.columns["consent_email"] = .yesNo([0])
    facts.columns["complaint_open"] = .yesNo([1])
    facts.lists["purchases"] = RecordList(
      offsets: [0, 2],
      columns: [
        "date": .int32([Shop.asOf.number - 20, Shop.asOf.number - 80]),
        "amount": .int64([2_000, 900]), "category": .choices(["Tea", "Tea"]),
      ])
    return facts
  }

  private func first(_ when: String) throws -> NextStep? {
    let rule = try Fixtures.rule(Fixtures.text(when: when))
    let cut = CohortCut(measure: .twelveMonths, high: 40_000, mid: 10_000, day: Shop.asOf)
    return GapAlgebra(rule, facts: facts(), cut: cut).steps(row: 0).first
  }

  /// Each comparison with the step that closes its gap, by hand.
  @Test(arguments: [
    (#"{ "fact": "purchase_days", "is": "at least", "value": 5 }"#, NextStep(purchases: 2)),
    (#"{ "fact": "recency_days", "is": "at most", "value": 10 }"#, NextStep(purchases: 1)),
    (#"{ "fact": "recency_days", "is": "more than", "value": 24 }"#, NextStep(wait: 5)),
    (
      #"{ "fact": "value_12m", "is": "at least", "value": "100.00" }"#,
      NextStep(purchases: 1, amount: 3_653)
    ),
    (#"{ "fact": "cohort", "is": "is", "value": "mid" }"#, NextStep(purchases: 1, amount: 3_653)),
    (
      #"{ "fact": "to_next_cohort", "is": "at most", "value": "30.00" }"#,
      NextStep(purchases: 1, amount: 653)
    ),
    (
      // (90.00 + 70.00) / 4 = 40.00
      #"{ "fact": "average_basket", "is": "at least", "value": "40.00" }"#,
      NextStep(purchases: 1, amount: 7_000)
    ),
    (#"{ "fact": "consent_email", "is": "yes" }"#, NextStep(consents: [.email])),
    (#"{ "fact": "complaint_open", "is": "no" }"#, NextStep(settlesComplaint: true)),
    (
      #"""
      { "count": "purchases", "is": "at least", "value": 3, "where": { "all": [
        { "fact": "amount", "is": "at least", "value": "15.00" },
        { "fact": "category", "is": "is", "value": "Cake" } ] } }
      """#, NextStep(purchases: 3, amount: 1_500, category: "Cake")
    ),
    (
      #"{ "sum": "purchases.amount", "is": "at least", "value": "50.00" }"#,
      NextStep(purchases: 1, amount: 2_100)
    ),
    (
      #"{ "max": "purchases.amount", "is": "at least", "value": "50.00" }"#,
      NextStep(purchases: 1, amount: 5_000)
    ),
  ])
  func aComparisonGivesItsStep(when: String, step: NextStep) throws {
    #expect(try first(when) == step)
  }

  @Test func allAddsUpAndAnyTakesTheCheapest() throws {
    let wait = #"{ "fact": "recency_days", "is": "at least", "value": 25 }"#
    let spend = #"{ "fact": "value_12m", "is": "at least", "value": "100.00" }"#
    let fixed = #"{ "fact": "p_alive", "is": "at least", "value": 0.5 }"#
    #expect(
      try first(#"{ "all": [\#(wait), \#(spend)] }"#)
        == NextStep(purchases: 1, amount: 3_653, wait: 5))
    #expect(try first(#"{ "any": [\#(spend), \#(wait), \#(fixed)] }"#) == NextStep(wait: 5))
    #expect(try first(#"{ "all": [\#(wait), \#(fixed)] }"#) == nil)
    #expect(
      try first(#"{ "none": [{ "fact": "complaint_open", "is": "yes" }] }"#)
        == NextStep(settlesComplaint: true))
  }

  @Test(arguments: ["value_total", "purchase_days"])
  func whatCannotShrinkIsFixed(fact: String) throws {
    let value = fact == "value_total" ? #""1.00""# : "1"
    #expect(try first(#"{ "fact": "\#(fact)", "is": "at most", "value": \#(value) }"#) == nil)
  }

  /// A made-up law: the amount counts once it is 36.53, until ten days are over.
  @Test func theFinderShrinksToWhatIsNeeded() throws {
    let finder = StepFinder(usualAmount: 1_000) { step, late in
      step.purchases >= 2 && step.amount >= 3_653 && step.days + late <= 10
    }
    let found = finder.confirmed(NextStep(purchases: 4, amount: 9_000), asOf: Shop.asOf)
    #expect(
      found == NextStep(purchases: 2, amount: 3_653, deadline: Fixtures.day("1998-07-10")))
    #expect(finder.confirmed(NextStep(purchases: 1, amount: 9_000), asOf: Shop.asOf) == nil)
    #expect(finder.confirmed(NextStep(), asOf: Shop.asOf) == nil)
  }

  @Test func theWordsNameAmountNumberAndDay() {
    func words(_ step: NextStep) -> String {
      Wording.english.step(step, asOf: Shop.asOf) { Fixtures.euro.decimalText(minorUnits: $0) }
    }
    #expect(
      words(NextStep(purchases: 1, amount: 3_653, deadline: Fixtures.day("1998-08-14")))
        == "one purchase of at least 36.53 by 1998-08-14")
    #expect(
      words(NextStep(purchases: 2, amount: 1_500, category: "Tea", consents: [.email]))
        == "2 more purchases in Tea of at least 15.00 each and consent to e-mail")
    #expect(words(NextStep(wait: 5)) == "5 days more, on 1998-07-05")
    #expect(words(NextStep(settlesComplaint: true)) == "the complaint settled")
  }
}
