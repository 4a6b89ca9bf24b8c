package import LoyaltyModel

/// The margin that each customer earned the shop in the trailing twelve months.
package struct MarginColumn: Sendable, Hashable {
  /// In minor units, a customer each; nil where a margin is missing.
  package private(set) var values: Column<Int64>?
  /// The lines of the twelve months whose product has no margin while the programme has none.
  package private(set) var linesWithoutMargin: Int

  /// Shares are counted in hundredths of a percent, so that sums are exact in any order.
  private static let parts = 10_000.0

  /// Multiplies what stands with the product's margin, or the programme's where it has none.
  /// - Parameters:
  ///   - history: The purchases as known on the as-of date.
  ///   - purchases: The table that the history was made of.
  ///   - programme: The programme, for its margin.
  ///   - pace: May end it.
  /// - Throws: What `pace` does.
  package init<Failure: Error>(
    _ history: PurchaseHistory, purchases: PurchaseTable, programme: Programme,
    pace: Pace<Failure> = Pace<Never>.free
  ) throws(Failure) {
    let common = programme.margin.map { Int64(($0 * MarginColumn.parts).rounded()) }
    let own = purchases.products.map { product in
      product.margin.map { Int64(($0 * MarginColumn.parts).rounded()) }
    }
    let before = history.asOf.adding(months: -12).number
    var missing = 0
    func sum(_ lines: HistoryLines, _ row: Int) -> Int64 {
      var sum: Int64 = 0
      for line in lines.range(ofCustomer: row) where lines.days[line] > before {
        let product = Int(purchases.product[Int(lines.rows[line])])
        if let margin = (product >= 0 ? own[product] : nil) ?? common {
          sum &+= lines.amounts[line] &* margin
        } else {
          missing += 1
        }
      }
      return sum
    }
    let sums = try (0..<history.customers).map { row throws(Failure) in
      try pace.look(row: row, of: history.customers)
      return (sum(history.lines, row) &+ sum(history.looseRefunds, row)).dividedRounding(
        by: Int64(MarginColumn.parts))
    }
    values = missing == 0 ? Column(sums) : nil
    linesWithoutMargin = missing
  }

  /// Visits the column.
  mutating func visitColumns<Visitor: ColumnVisitor>(
    _ visitor: inout Visitor
  ) throws(Visitor.Failure) {
    try visitor.visit(&values)
    try visitor.visit(count: &linesWithoutMargin)
  }
}

extension Int64 {
  /// The quotient, halves rounded away from zero.
  fileprivate func dividedRounding(by divisor: Int64) -> Int64 {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    return abs(rest) * 2 >= divisor ? quotient + rest.signum() : quotient
  }
}
