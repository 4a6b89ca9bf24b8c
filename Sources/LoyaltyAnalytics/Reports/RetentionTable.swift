package import LoyaltyModel

extension RetentionTable {
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
    self.init(
      asOf: history.asOf,
      rows: customers.indices.filter { customers[$0] > 0 }.map { place in
        Row(
          month: firstDay(ofMonth: first + place), customers: customers[place],
          active: active[place], values: values[place])
      },
      lastMonthIsPartial: (history.asOf + 1).components.day != 1)
  }

  /// The customers won in a month, and those of them who bought in a month since, ascending.
  ///
  /// - Parameters:
  ///   - month: Any day of the month in which they first bought.
  ///   - monthsSince: The calendar month in which they bought, counted from the first; nil for
  ///     everybody who was won.
  ///   - history: The purchases as known on the as-of date.
  /// - Returns: The customers' rows.
  package static func members(
    wonIn month: Day, activeAfter monthsSince: Int?, in history: PurchaseHistory
  ) -> [Int] {
    let start = monthNumber(month.number)
    return (0..<history.customers).filter { row in
      let days = history.purchaseDays.days(ofCustomer: row)
      guard let first = days.first, monthNumber(first) == start else { return false }
      guard let monthsSince else { return true }
      return days.contains { monthNumber($0) - start == monthsSince }
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
