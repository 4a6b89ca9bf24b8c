/// How unevenly value is spread over the customers who bought, as measured.
package struct ParetoReport: Sendable, Hashable {
  /// The date that it is as of.
  package var asOf: Day
  /// Which value is measured.
  package var measure: ValueMeasure
  /// Customers with at least one purchase.
  package var customers: Int
  /// Their net value in minor units.
  package var value: Int64
  /// The share of value held by the most valuable fifth of customers, from 0 to 1.
  package var top20Share: Double
  /// The smallest share of customers that holds 80 % of value, from 0 to 1.
  package var customersFor80: Double
  /// The Gini coefficient: 0 when all are worth the same, towards 1 when few hold all.
  package var gini: Double
  /// The curve: the share of value held by the most valuable 0 %, 1 %, … 100 % of customers.
  package var curve: [Double]

  /// A measured curve.
  package init(
    asOf: Day, measure: ValueMeasure, customers: Int, value: Int64, top20Share: Double,
    customersFor80: Double, gini: Double, curve: [Double]
  ) {
    (self.asOf, self.measure, self.customers, self.value) = (asOf, measure, customers, value)
    (self.top20Share, self.customersFor80) = (top20Share, customersFor80)
    (self.gini, self.curve) = (gini, curve)
  }
}
