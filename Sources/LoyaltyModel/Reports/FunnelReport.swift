/// How many customers each gate let through on the way from a rule to an offer, and why the others
/// dropped out.
package struct FunnelReport: Sendable, Hashable {
  /// All rules together: a customer counts once for each rule.
  package var total: FunnelLine
  /// Each rule, in the order of priority.
  package var rules: [FunnelLine]
  /// What the offers to review are expected to cost, in minor units.
  package var cost: Int64
  /// What they are expected to bring after cost, in minor units.
  package var value: Int64
  /// What all that was chosen is expected to cost, in minor units, as if the comparison group got
  /// it, too: budgets hold for this.
  package var chosenCost: Int64
  /// What all that was chosen would bring after cost, in minor units; the bound is one for this.
  package var chosenValue: Int64
  /// The most that any choice within the limits could bring, in minor units: a proven bound.
  package var bound: Int64
  /// What each floor got that was asked for.
  package var floors: [FloorReport]

  /// A funnel.
  package init(
    total: FunnelLine, rules: [FunnelLine], offered: (cost: Int64, value: Int64),
    chosen: (cost: Int64, value: Int64), bound: Int64, floors: [FloorReport] = []
  ) {
    (self.total, self.rules, self.bound, self.floors) = (total, rules, bound, floors)
    (cost, value) = offered
    (chosenCost, chosenValue) = chosen
  }

  /// How far the choice may be from the best possible one, from 0 to 1.
  package var gap: Double { bound > 0 ? max(0, 1 - Double(chosenValue) / Double(bound)) : 0 }
}

/// The funnel of one rule, or of all.
package struct FunnelLine: Sendable, Hashable {
  /// The rule's identifier; empty for all rules.
  package var rule: String
  /// The rule's title; empty for all rules.
  package var title: String
  /// How many customers were looked at.
  package var entered: Int
  /// How many each gate dropped, in the order of the gates; gates that dropped none are left in.
  package var dropped: [GateCount]
  /// How many became offers to review.
  package var suggested: Int
  /// How many were chosen and then kept back as part of the comparison group.
  package var withheld: Int

  /// A line of the funnel.
  package init(
    rule: String, title: String, entered: Int, dropped: [GateCount], suggested: Int, withheld: Int
  ) {
    (self.rule, self.title, self.entered) = (rule, title, entered)
    (self.dropped, self.suggested, self.withheld) = (dropped, suggested, withheld)
  }
}

/// How many a gate dropped, and why, in words.
package struct GateCount: Sendable, Hashable {
  /// The gate.
  package var gate: Gate
  /// How many it dropped.
  package var count: Int
  /// Why, in a sentence for people.
  package var reason: String

  /// A count.
  package init(gate: Gate, count: Int, reason: String) {
    (self.gate, self.count, self.reason) = (gate, count, reason)
  }
}
