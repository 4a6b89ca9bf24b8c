import LoyaltyModel

/// The purchases of customers as columns, in the order in which they were read.
struct PurchaseColumns: Sendable {
  private var customer: [UInt32] = []
  private var days: [Int32] = []
  private var amounts: [Int64] = []
  private var units: [Int32] = []
  private var product: [Int32] = []
  private var branch: [UInt16] = []
  private var channel: [UInt8] = []
  private var batch: [UInt16] = []
  private var batchRow: [UInt32] = []
  /// The hashes of receipts, 0 for none; empty until the first row that has one.
  private var receipts: [UInt64] = []
  private var refunds: [(index: Int, receipt: UInt64)] = []

  /// No purchases, with room for so many rows.
  init(room: Int) {
    customer.reserveCapacity(room)
    days.reserveCapacity(room)
    amounts.reserveCapacity(room)
    units.reserveCapacity(room)
    product.reserveCapacity(room)
    branch.reserveCapacity(room)
    channel.reserveCapacity(room)
    batch.reserveCapacity(room)
    batchRow.reserveCapacity(room)
    receipts.reserveCapacity(room)
  }

  /// Adds purchases of an import; quicker than one by one.
  mutating func add(_ lines: [PurchaseLine], batch number: UInt16) {
    if lines.contains(where: { $0.receipt != 0 }) {
      fillReceipts()
      receipts.append(contentsOf: lines.lazy.map { $0.receipt })
    }
    for (index, line) in lines.enumerated() where line.refunds != 0 {
      refunds.append((days.count + index, line.refunds))
    }
    customer.append(contentsOf: lines.lazy.map { $0.customer })
    days.append(contentsOf: lines.lazy.map { $0.day })
    amounts.append(contentsOf: lines.lazy.map { $0.amount })
    units.append(contentsOf: lines.lazy.map { $0.units })
    product.append(contentsOf: lines.lazy.map { $0.product })
    branch.append(contentsOf: lines.lazy.map { $0.branch })
    channel.append(contentsOf: lines.lazy.map { $0.channel })
    batchRow.append(contentsOf: lines.lazy.map { $0.row })
    batch.append(contentsOf: repeatElement(number, count: lines.count))
  }

  /// Gives a row to each purchase so far that has no receipt.
  private mutating func fillReceipts() {
    receipts.append(contentsOf: repeatElement(0, count: days.count - receipts.count))
  }

  /// Changes numbers.
  mutating func change(
    customer person: (UInt32) -> UInt32, product good: ((Int32) -> Int32)? = nil,
    branch place: ((UInt16) -> UInt16)? = nil, channel way: ((UInt8) -> UInt8)? = nil
  ) {
    for index in customer.indices { customer[index] = person(customer[index]) }
    guard let good, let place, let way else { return }
    for index in product.indices { product[index] = good(product[index]) }
    for index in branch.indices { branch[index] = place(branch[index]) }
    for index in channel.indices { channel[index] = way(channel[index]) }
  }

  /// Adds others, of which nothing is left then.
  mutating func append(_ other: inout PurchaseColumns) {
    if !other.receipts.isEmpty {
      fillReceipts()
      Self.move(&other.receipts, to: &receipts)
    }
    refunds += other.refunds.map { ($0.index + days.count, $0.receipt) }
    Self.move(&other.customer, to: &customer)
    Self.move(&other.product, to: &product)
    Self.move(&other.branch, to: &branch)
    Self.move(&other.channel, to: &channel)
    Self.move(&other.days, to: &days)
    Self.move(&other.amounts, to: &amounts)
    Self.move(&other.units, to: &units)
    Self.move(&other.batch, to: &batch)
    Self.move(&other.batchRow, to: &batchRow)
  }

  /// Adds a column to another; it is let go at once, to keep the peak low.
  private static func move<Value>(_ column: inout [Value], to other: inout [Value]) {
    other += column
    column = []
  }
}

// MARK: - The sorted table

extension PurchaseColumns {
  /// The purchases sorted by customer row, day and identifier; the columns here are used up.
  ///
  /// - Parameter count: How many customers there are.
  /// - Returns: The table, without labels.
  /// - Throws: Nothing but what waiting for another processor could.
  mutating func sorted(customers count: Int) throws(StoreError) -> PurchaseTable {
    var table = PurchaseTable()
    let offsets = Self.offsets(customer, customers: count)
    table.offsets = Column(offsets)
    let order = sortedOrder(offsets)
    table.refundedRow = refundedRows(order, offsets)
    (customer, receipts, refunds) = ([], [], [])
    // About half of the bytes on another processor.
    let work = Side<Gathered> { [days, amounts, batch] in
      .success(
        Gathered(
          days: Self.gathered(days, order), amounts: Self.gathered(amounts, order),
          batch: Self.gathered(batch, order)))
    }
    (days, amounts, batch) = ([], [], [])
    table.units = Self.gather(&units, order)
    table.product = Self.gather(&product, order)
    table.branch = Self.gather(&branch, order)
    table.channel = Self.gather(&channel, order)
    table.batchRow = Self.gather(&batchRow, order)
    let others = try work.value()
    (table.days, table.amounts, table.batch) = (others.days, others.amounts, others.batch)
    return table
  }

  /// Where each customer's rows begin once sorted.
  private static func offsets(_ customer: [UInt32], customers: Int) -> [UInt32] {
    var offsets = [UInt32](repeating: 0, count: customers + 1)
    for row in customer { offsets[Int(row) &+ 1] &+= 1 }
    for row in 0..<customers { offsets[row + 1] &+= offsets[row] }
    return offsets
  }

  /// The rows in their final order: a counting sort by customer, then each customer's own.
  private func sortedOrder(_ offsets: [UInt32]) -> [UInt32] {
    var next = offsets
    var order = [UInt32](repeating: 0, count: customer.count)
    for index in customer.indices {
      let row = Int(customer[index])
      order[Int(next[row])] = UInt32(truncatingIfNeeded: index)
      next[row] &+= 1
    }
    func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
      let (one, other) = (Int(left), Int(right))
      if days[one] != days[other] { return days[one] < days[other] }
      if batch[one] != batch[other] { return batch[one] < batch[other] }
      return batchRow[one] < batchRow[other]
    }
    for row in 0..<offsets.count - 1 {
      let range = Int(offsets[row])..<Int(offsets[row + 1])
      // Months come in order, so that most customers are sorted already.
      var isSorted = true
      var place = range.lowerBound &+ 1
      while place < range.upperBound, isSorted {
        isSorted = !precedes(order[place], order[place &- 1])
        place &+= 1
      }
      if !isSorted { order[range].sort(by: precedes) }
    }
    return order
  }

  /// A column in the final order; the old one is let go at once, to keep the peak low.
  private static func gather<Value>(
    _ column: inout [Value], _ order: [UInt32]
  ) -> Column<Value> {
    let sorted = gathered(column, order)
    column = []
    return sorted
  }

  private static func gathered<Value>(_ column: [Value], _ order: [UInt32]) -> Column<Value> {
    Column(order.map { column[Int($0)] })
  }

  /// Some of the columns of the table.
  private struct Gathered: Sendable {
    var days: Column<Int32>
    var amounts: Column<Int64>
    var batch: Column<UInt16>
  }

  /// The row that each refund refunds: of the same customer and receipt, the first sale of the
  /// same product, else the first sale.
  ///
  /// Receipts are compared by 64-bit hashes within one customer.
  private func refundedRows(_ order: [UInt32], _ offsets: [UInt32]) -> [Int: Int] {
    var refunded: [Int: Int] = [:]
    for refund in refunds {
      let person = Int(customer[refund.index])
      var (own, first, same): (Int?, Int?, Int?) = (nil, nil, nil)
      for row in Int(offsets[person])..<Int(offsets[person + 1]) {
        let index = Int(order[row])
        if index == refund.index { own = row }
        guard index < receipts.count, receipts[index] == refund.receipt, amounts[index] > 0 else {
          continue
        }
        if first == nil { first = row }
        if same == nil, product[index] == product[refund.index] { same = row }
      }
      if let own, let sale = same ?? first { refunded[own] = sale }
    }
    return refunded
  }
}
