package import LoyaltyModel

/// What every customer bought, as it was known on a day: the ground that all figures stand on.
///
/// The definition of what counts:
/// - Rows dated after the as-of date do not count, refunds included.
/// - A row is a refund when its amount is negative, or zero with negative units; else it is a sale.
/// - A refund is netted against the sale that it is linked to (``PurchaseTable/refundedRow``, of the
///   same customer and not later than the refund), so the money comes off that sale and its day.
///   What exceeds that sale, and a refund without a link, comes off the other sales of the day:
///   those of the same product first, then the greatest.
/// - A sale stands while no refund is netted against it, or something of its amount is left. A day
///   with refunds that were netted against the day as a whole stands while its net amount is
///   above zero.
/// - A purchase day is a day on which at least one sale stands; a sale of amount zero does. A
///   refund alone never makes one; its money is kept among ``looseRefunds``.
///
/// No money is lost: purchase days and loose refunds add up to all rows up to the as-of date, each
/// within ``Purchase/largestAmount``.
package struct PurchaseHistory: Sendable {
  /// The date that everything is as of.
  package let asOf: Day
  /// The number of customers.
  package let customers: Int
  /// The purchase days of each customer.
  package internal(set) var purchaseDays: PurchaseDays
  /// The sales that stand, with what refunds have left of their amounts.
  package internal(set) var lines: HistoryLines
  /// What refunds took back beyond any sale that they could be netted against; never positive.
  ///
  /// An unlinked refund stands here on its own day, the excess of a linked one on the sale's.
  package internal(set) var looseRefunds: HistoryLines
  /// The customers who have any row in the table, whatever its date.
  package internal(set) var mentioned: RowSet

  /// The history of the customers in a table as it was known on a day.
  ///
  /// Linear in the rows; equal rows in another order give the same days and amounts.
  /// - Parameters:
  ///   - table: All purchases, by customer and day.
  ///   - customers: The number of customers; those whom the table lacks bought nothing.
  ///   - asOf: The date that nothing later may influence.
  ///   - pace: May end it.
  /// - Throws: What `pace` does.
  package init<Failure: Error>(
    _ table: PurchaseTable, customers: Int, asOf: Day, pace: Pace<Failure> = Pace<Never>.free
  ) throws(Failure) {
    var builder = HistoryBuilder(table: table, asOf: asOf.number)
    builder.reserve(customers: customers)
    var mentioned = RowSet(count: customers)
    for customer in 0..<customers {
      try pace.look(row: customer, of: customers)
      let inTable = customer + 1 < table.offsets.count
      let rows = inTable ? table.rows(ofCustomer: customer) : 0..<0
      if !rows.isEmpty { mentioned[customer] = true }
      builder.add(rows)
    }
    self.asOf = asOf
    self.customers = customers
    self.mentioned = mentioned
    purchaseDays = PurchaseDays(builder.days)
    lines = HistoryLines(builder.lines)
    looseRefunds = HistoryLines(builder.loose)
  }
}

/// The purchase days of all customers: days and net amounts, customer by customer.
package struct PurchaseDays: Sendable, Hashable {
  /// Where each customer's days begin; one more than there are customers.
  package internal(set) var offsets: Column<UInt32>
  /// Day numbers, ascending and distinct within a customer.
  package internal(set) var days: Column<Int32>
  /// The net amount of each day in minor units: of its standing sales, never negative unless a
  /// sale itself was.
  package internal(set) var amounts: Column<Int64>

  init(_ growing: GrowingDays) {
    offsets = Column(growing.offsets)
    (days, amounts) = (Column(growing.days), Column(growing.amounts))
  }

  /// The places of a customer's days.
  package func range(ofCustomer row: Int) -> Range<Int> {
    Int(offsets[row])..<Int(offsets[row + 1])
  }

  /// The days of a customer, ascending.
  package func days(ofCustomer row: Int) -> Slice<Column<Int32>> { days[range(ofCustomer: row)] }
}

/// Lines of a purchase table that count, with net amounts, customer by customer.
package struct HistoryLines: Sendable, Hashable {
  /// Where each customer's lines begin; one more than there are customers.
  package internal(set) var offsets: Column<UInt32>
  /// The row of each line in the purchase table.
  package internal(set) var rows: Column<UInt32>
  /// Day numbers, ascending within a customer.
  package internal(set) var days: Column<Int32>
  /// Net amounts in minor units.
  package internal(set) var amounts: Column<Int64>

  init(_ growing: GrowingLines) {
    (offsets, rows) = (Column(growing.offsets), Column(growing.rows))
    (days, amounts) = (Column(growing.days), Column(growing.amounts))
  }

  /// The number of lines.
  package var count: Int { rows.count }

  /// The places of a customer's lines.
  package func range(ofCustomer row: Int) -> Range<Int> {
    Int(offsets[row])..<Int(offsets[row + 1])
  }
}
