package import LoyaltyModel

/// By which model and convention figures of customers are made.
package struct FigureOptions: Sendable, Hashable {
  /// The model of purchases behind P(alive) and what follows from it.
  ///
  /// Stages go by MBG/NBD whatever is chosen here.
  package var model = PurchaseModelKind.mbgNBD
  /// How RFM scores are made.
  package var rfm = RFMConvention.tieSafe

  /// The defaults: MBG/NBD and tie-safe scores.
  package init() {}
}

/// All figures of one customer as of a date; amounts in minor units, times in weeks.
///
/// What cannot be estimated is nil.
package struct CustomerNumbers: Sendable, Hashable {
  /// What lists show.
  package var summary: CustomerSummary
  /// Why the customer is at their stage and since when.
  package var stageWhy: String
  /// x: the purchase days after the first.
  package var repeats: Int
  /// t_x: the weeks from the first purchase day to the last; nil without a purchase.
  package var lastRepeat: Double?
  /// T: the weeks from the first purchase day to the as-of date; nil without a purchase.
  package var observed: Double?
  /// P(alive).
  package var alive: Double?
  /// The days with a purchase expected in the next twelve months.
  package var expectedPurchases12Months: Double?
  /// E[M], the expected value of a purchase day.
  package var expectedValue: Int64?
  /// The discounted value expected of the next twelve months.
  package var lifetimeValue12Months: Int64?
  /// (1 − P(alive)) × the twelve months' value predicted given alive.
  package var valueAtRisk: Int64?
  /// The degree of loyalty, from 0 to 100.
  package var loyaltyScore: Int?
}
