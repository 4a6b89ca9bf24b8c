/// What was sold, by product or by category; adds up to the customers' values.
///
/// Amounts are net: a linked refund lowers the product that was sold, a refund that met no purchase
/// the product that it names. So the values together are exactly the sum of all customers'
/// net values of all time.
package struct ProductReport: Sendable, Hashable {
  /// What the rows stand for.
  package enum Level: String, Sendable, CaseIterable { case product, category }

  /// One product or category.
  package struct Row: Sendable, Hashable {
    /// The product's identifier or the category; empty for sales without one.
    package let label: String
    /// How many customers bought it.
    package let customers: Int
    /// The lines that stand.
    package let lines: Int
    /// Units of these lines.
    package let units: Int
    /// Net value in minor units.
    package let value: Int64

    /// A product or category.
    package init(label: String, customers: Int, lines: Int, units: Int, value: Int64) {
      (self.label, self.customers, self.lines) = (label, customers, lines)
      (self.units, self.value) = (units, value)
    }
  }

  /// The date that the report is as of.
  package let asOf: Day
  /// What the rows stand for.
  package let level: Level
  /// The rows, greatest value first, then by label.
  package let rows: [Row]

  /// The net value of all rows, in minor units.
  package var value: Int64 { rows.reduce(0) { $0 + $1.value } }

  /// A report of rows.
  package init(asOf: Day, level: Level, rows: [Row]) {
    (self.asOf, self.level, self.rows) = (asOf, level, rows)
  }
}
