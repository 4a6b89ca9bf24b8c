import LoyaltyModel

/// Builds the columns of a ``PurchaseHistory``, one customer after the other.
struct HistoryBuilder {
  let table: PurchaseTable
  let asOf: Int32
  var days = GrowingDays()
  var lines = GrowingLines()
  var loose = GrowingLines()

  /// Makes room for as many lines as the table has.
  mutating func reserve(customers: Int) {
    days.offsets.reserveCapacity(customers + 1)
    days.days.reserveCapacity(table.count)
    days.amounts.reserveCapacity(table.count)
    lines.offsets.reserveCapacity(customers + 1)
    lines.rows.reserveCapacity(table.count)
    lines.days.reserveCapacity(table.count)
    lines.amounts.reserveCapacity(table.count)
    loose.offsets.reserveCapacity(customers + 1)
  }

  /// Adds the next customer, who has these rows of the table.
  mutating func add(_ all: Range<Int>) {
    var (end, refunds) = (all.lowerBound, false)
    while end < all.upperBound, table.days[end] <= asOf {
      refunds = refunds || isRefund(end)
      end += 1
    }
    let known = all.lowerBound..<end
    if refunds { addNetted(known) } else { addPlain(known) }
    days.offsets.append(UInt32(days.days.count))
    lines.offsets.append(UInt32(lines.count))
    loose.offsets.append(UInt32(loose.count))
  }

  /// The amount of a row, within ``Purchase/largestAmount``: sums of what an import of an earlier
  /// version let through must not overflow.
  func amount(_ row: Int) -> Int64 {
    min(max(table.amounts[row], -Purchase.largestAmount), Purchase.largestAmount)
  }

  /// Whether a row gives money or goods back.
  func isRefund(_ row: Int) -> Bool {
    table.amounts[row] < 0 || (table.amounts[row] == 0 && table.units[row] < 0)
  }

  /// Adds rows none of which is a refund.
  private mutating func addPlain(_ rows: Range<Int>) {
    let firstDay = days.days.count
    for row in rows {
      let (day, amount) = (table.days[row], amount(row))
      lines.append(row: row, day: day, amount: amount)
      if days.days.count > firstDay, days.days[days.days.count - 1] == day {
        days.amounts[days.amounts.count - 1] += amount
      } else {
        days.days.append(day)
        days.amounts.append(amount)
      }
    }
  }
}

/// The columns of ``PurchaseDays`` while they are being built.
struct GrowingDays {
  var offsets: [UInt32] = [0]
  var days: [Int32] = []
  var amounts: [Int64] = []
}

/// The columns of ``HistoryLines`` while they are being built.
struct GrowingLines {
  var offsets: [UInt32] = [0]
  var rows: [UInt32] = []
  var days: [Int32] = []
  var amounts: [Int64] = []

  var count: Int { rows.count }

  /// Adds a line of the customer who is being built.
  mutating func append(row: Int, day: Int32, amount: Int64) {
    rows.append(UInt32(row))
    days.append(day)
    amounts.append(amount)
  }
}
