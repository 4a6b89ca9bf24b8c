package import LoyaltyModel
import Statistics

/// How value is spread over the customers who bought, measured and never assumed.
package struct ParetoReport: Sendable, Hashable {
  /// A point of the curve.
  package struct Point: Sendable, Hashable {
    /// The share of customers, greatest value first, from 0 to 1.
    package let customers: Double
    /// The share of the value that they hold; above 1 where others have negative values.
    package let value: Double
  }

  /// The date that the report is as of.
  package let asOf: Day
  /// Which amount is meant.
  package let measure: ValueMeasure
  /// How many customers bought at least once.
  package let customers: Int
  /// Their value together, in minor units.
  package let value: Int64
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

  /// Measures the customers who bought.
  /// - Parameters:
  ///   - figures: The customers' figures.
  ///   - measure: Which amount is meant.
  package init(_ figures: CustomerFigures, measure: ValueMeasure) {
    let values = figures.values(measure)
    let curve = ParetoCurve(
      values.indices.filter { figures.purchaseDays[$0] > 0 }.map { values[$0] })
    asOf = figures.asOf
    self.measure = measure
    customers = curve.count
    value = curve.total
    top20Share = curve.shareHeld(byTop: 0.2)
    customersFor80 = curve.shareOfHolders(of: 0.8)
    gini = curve.gini
    points = (0...100).compactMap { percent in
      let share = Double(percent) / 100
      return curve.shareHeld(byTop: share).map { Point(customers: share, value: $0) }
    }
  }
}
