/// How many of those won in a month bought again, month by month.
///
/// A customer belongs to the calendar month of their first purchase day, and is active in month k
/// when they bought on a day of the k-th calendar month after it; month 0 is the first itself.
package struct RetentionTable: Sendable, Hashable {
  /// The customers won in one month.
  package struct Row: Sendable, Hashable {
    /// The first day of the month in which they first bought.
    package let month: Day
    /// How many were won.
    package let customers: Int
    /// How many bought in each month since, from month 0 to the month of the as-of date.
    package let active: [Int]
    /// What they spent in each month since, in minor units, without refunds that met no purchase.
    package let values: [Int64]

    /// The customers won in a month.
    package init(month: Day, customers: Int, active: [Int], values: [Int64]) {
      (self.month, self.customers) = (month, customers)
      (self.active, self.values) = (active, values)
    }

    /// The share of the customers who bought in a month since, or nil beyond the as-of date.
    package func share(_ monthsSince: Int) -> Double? {
      guard active.indices.contains(monthsSince), customers > 0 else { return nil }
      return Double(active[monthsSince]) / Double(customers)
    }
  }

  /// The date that the table is as of.
  package let asOf: Day
  /// The months in which anybody first bought, ascending.
  package let rows: [Row]
  /// Whether the newest month, the last figure of each row, is still running on the as-of date.
  package let lastMonthIsPartial: Bool

  /// A table of rows.
  package init(asOf: Day, rows: [Row], lastMonthIsPartial: Bool) {
    (self.asOf, self.rows, self.lastMonthIsPartial) = (asOf, rows, lastMonthIsPartial)
  }
}
