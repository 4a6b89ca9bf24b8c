package import LoyaltyModel

/// An offer that a run of the rules suggests for one customer.
package struct Suggestion: Sendable, Hashable {
  /// The customer's row.
  package var row: Int
  /// The rule and its version.
  package var rule: RuleReference
  /// What the customer is offered.
  package var terms: OfferTerms
  /// How it reaches the customer.
  package var channel: ContactChannel
  /// The last day on which it can be redeemed.
  package var validUntil: Day
  /// What it is expected to cost, in minor units.
  package var expectedCost: Int64
  /// What it is expected to bring after cost, in minor units.
  package var expectedValue: Int64
  /// The customer's stage as of the date.
  package var stage: LifecycleStage
  /// The customer's cohort as of the date.
  package var cohort: ValueCohort
  /// The cohort that the rule leads to, where it is about a move.
  package var target: ValueCohort?
  /// Whether the customer is in the comparison group, so that the offer is stored but not made.
  package var isWithheld: Bool
}

/// What a run of the rules found.
package struct SuggestionRun: Sendable {
  /// The date that the facts are as of.
  package var asOf: Day
  /// The offers, withheld ones included: by customer, then in the order of the rules.
  package var suggestions: Suggestions
  /// Where the others were dropped.
  package var funnel: Funnel
  /// How good the choice is.
  package var quality: ChoiceQuality
  /// What the offers that are not withheld are expected to cost, and to bring after it, in minor
  /// units.
  package var offered: (cost: Int64, value: Int64)
  /// What each floor of the context got.
  package var floors: [FloorReport]
  /// The customers who match at least one rule.
  package var customersMatched: Int
  /// The customers who are suggested at least one offer that is not withheld.
  package var customersReached: Int
}

extension SuggestionRun {
  /// How many offers are kept back for comparison.
  package var withheld: Int { funnel.rules.reduce(0) { $0 + $1.withheld } }
}

/// How near the choice comes to the best one that the limits allow.
///
/// The bound is that of the linear relaxation of the multiple-choice knapsack: at most one offer a
/// group and so many a customer, costs within the budget, each rule within its own limits and
/// those of its campaign, floors kept, parts of offers allowed, priorities left aside. No choice can be worth more. It is found by
/// its Lagrangian dual, whose every value is a bound. Withheld offers are part of the choice, since the money is
/// shared out over everybody before the comparison group is left out.
package struct ChoiceQuality: Sendable, Hashable {
  /// What the chosen offers are expected to bring after cost, in minor units.
  package var value: Int64
  /// What they are expected to cost, in minor units.
  package var cost: Int64
  /// What no choice within the limits can exceed, in minor units.
  package var bound: Int64

  /// How much more the best choice might bring at most, in minor units.
  package var gap: Int64 { max(0, bound - value) }
  /// The gap as a share of the bound; 0 when nothing can be gained.
  package var relativeGap: Double { bound > 0 ? Double(gap) / Double(bound) : 0 }
}

/// How many pairs of customer and rule passed each gate, for each rule and in all.
package struct Funnel: Sendable, Hashable {
  /// The rules that took part, in their order: priority, then identifier.
  package var rules: [RuleFunnel]
  /// All rules together.
  package var total: [FunnelStep]
  /// The numbers that the gates went by.
  package var numbers: FunnelNumbers
}

/// The way of one rule through the gates.
package struct RuleFunnel: Sendable, Hashable {
  /// The rule.
  package var rule: RuleReference
  /// A step for each gate, in the fixed order.
  package var steps: [FunnelStep]
  /// The rows that each gate dropped, in the order of the gates; empty unless asked for.
  package var droppedRows: [RowSet]
  /// The limits of its campaign, where it belongs to one that has any.
  package var campaign: Campaign?
  /// How many offers are suggested, those withheld not counted.
  package var suggested: Int { steps.last?.leaving ?? 0 }
  /// How many offers are kept back for comparison.
  package var withheld: Int { steps.last { $0.gate == .holdOut }?.dropped ?? 0 }
  /// How many offers were chosen, those withheld included.
  package var chosen: Int { suggested + withheld }
}

/// What one gate let through.
package struct FunnelStep: Sendable, Hashable {
  /// The gate.
  package var gate: Gate
  /// How many came to it.
  package var entering: Int
  /// How many it dropped.
  package var dropped: Int
  /// How many passed it.
  package var leaving: Int { entering - dropped }
}

/// The numbers that the gates went by, for the sentences.
package struct FunnelNumbers: Sendable, Hashable {
  /// How often people may be contacted.
  package var contacts: ContactSettings
  /// The most offers for one customer.
  package var perCustomer: Int
  /// The budget in minor units, where there is one.
  package var budget: Int64?
  /// The currency of the budget; nil without rules.
  package var currency: Currency?
}
