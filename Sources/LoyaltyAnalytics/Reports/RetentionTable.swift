package import LoyaltyModel

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

  /// The table of a history.
  package init(_ history: PurchaseHistory) {
    let last = monthNumber(history.asOf.number)
    let days = history.purchaseDays
    let first = days.days.min().map(monthNumber) ?? last
    let months = last - first + 1
    var customers = [Int](repeating: 0, count: months)
    var active = (0..<months).map { [Int](repeating: 0, count: months - $0) }
    var values = (0..<months).map { [Int64](repeating: 0, count: months - $0) }
    for row in 0..<history.customers {
      let range = days.range(ofCustomer: row)
      guard !range.isEmpty else { continue }
      let start = monthNumber(days.days[range.lowerBound])
      customers[start - first] += 1
      var counted = -1
      for index in range {
        let since = monthNumber(days.days[index]) - start
        if since != counted { active[start - first][since] += 1 }
        values[start - first][since] += days.amounts[index]
        counted = since
      }
    }
    asOf = history.asOf
    lastMonthIsPartial = (history.asOf + 1).components.day != 1
    rows = customers.indices.filter { customers[$0] > 0 }.map { place in
      Row(
        month: firstDay(ofMonth: first + place), customers: customers[place],
        active: active[place], values: values[place])
    }
  }
}

/// Months since year 0 of a day number.
private func monthNumber(_ day: Int32) -> Int {
  let (year, month, _) = Day(number: day).components
  return year * 12 + month - 1
}

/// The first day of a month.
private func firstDay(ofMonth number: Int) -> Day {
  Day(number: 0).adding(months: number - 1970 * 12)
}
