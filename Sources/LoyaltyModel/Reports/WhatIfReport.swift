/// What a change of one rule would do; nothing is saved.
package struct WhatIfReport: Sendable, Hashable {
  /// The rule before or after the change.
  package struct Side: Sendable, Hashable {
    /// Customers who match it, before anything is weighed against other rules.
    package var matched: Int
    /// Of these, customers who match another active rule too.
    package var overlap: Int
    /// Offers that it would be given, without the comparison group.
    package var suggested: Int
    /// What its offers are expected to cost, in minor units.
    package var cost: Int64
    /// What they are expected to bring after cost, in minor units.
    package var value: Int64
    /// What the offers of all rules together are expected to bring after cost.
    package var totalValue: Int64

    /// One side of the comparison.
    package init(
      matched: Int, overlap: Int, suggested: Int, cost: Int64, value: Int64, totalValue: Int64
    ) {
      (self.matched, self.overlap, self.suggested) = (matched, overlap, suggested)
      (self.cost, self.value, self.totalValue) = (cost, value, totalValue)
    }
  }

  /// The rule's identifier.
  package var rule: String
  /// The date that everything is as of.
  package var asOf: Day
  /// The rule as it is.
  package var before: Side
  /// The rule as it would be.
  package var after: Side
  /// Customers who would match then and do not now, by identifier.
  package var entering: [String]
  /// Customers who match now and would not then, by identifier.
  package var leaving: [String]
  /// The changed rule in plain sentences.
  package var sentences: [String]

  /// A comparison of a rule with its changed form.
  package init(
    rule: String, asOf: Day, before: Side, after: Side, entering: [String], leaving: [String],
    sentences: [String]
  ) {
    (self.rule, self.asOf, self.before, self.after) = (rule, asOf, before, after)
    (self.entering, self.leaving, self.sentences) = (entering, leaving, sentences)
  }
}
