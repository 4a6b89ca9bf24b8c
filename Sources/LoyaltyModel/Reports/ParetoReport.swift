/// How value is spread over the customers who bought, measured and never assumed.
///
/// With ``othersValue`` their ``value`` adds up to that of all customers.
package struct ParetoReport: Sendable, Hashable {
  /// A point of the curve.
  package struct Point: Sendable, Hashable {
    /// The share of customers, greatest value first, from 0 to 1.
    package let customers: Double
    /// The share of the value that they hold; above 1 where others have negative values.
    package let value: Double

    /// A point of two shares.
    package init(customers: Double, value: Double) {
      (self.customers, self.value) = (customers, value)
    }
  }

  /// The date that the report is as of.
  package let asOf: Day
  /// Which amount is meant.
  package let measure: ValueMeasure
  /// How many customers bought at least once.
  package let customers: Int
  /// Their value together, in minor units.
  package let value: Int64
  /// How many people have a value though no purchase of theirs stands.
  ///
  /// What they gave back was bought before the data begin, or by somebody else. They hold no place on
  /// the curve.
  package var others = 0
  /// Their value together, in minor units: what they gave back, so negative.
  package var othersValue: Int64 = 0
  /// The share of the value that the top 20 % of customers hold.
  ///
  /// Where 20 % is no whole number of customers, the last one counts in part: the curve is taken
  /// as straight between customers. Nil when the total is not positive.
  package let top20Share: Double?
  /// The share of customers who hold 80 % of the value.
  ///
  /// The least whole number of top customers who reach it, divided by all. Nil when the total is
  /// not positive.
  package let customersFor80: Double?
  /// Gini's coefficient: 0 when all are worth the same, towards 1 when one holds all.
  ///
  /// 2·Σ(cumulative shares from the top)/n − (n + 1)/n. Nil when the total is not positive or
  /// anyone's value is negative, where it means nothing.
  package let gini: Double?
  /// The curve at each hundredth of the customers, from (0, 0) to (1, 1); empty when the total is
  /// not positive.
  package let points: [Point]

  /// A measured curve.
  package init(
    asOf: Day, measure: ValueMeasure, customers: Int, value: Int64, top20Share: Double?,
    customersFor80: Double?, gini: Double?, points: [Point]
  ) {
    (self.asOf, self.measure, self.customers, self.value) = (asOf, measure, customers, value)
    (self.top20Share, self.customersFor80) = (top20Share, customersFor80)
    (self.gini, self.points) = (gini, points)
  }
}
