import LoyaltyModel
import TextFormats

/// Gathers the purchases of many files as columns, then sorts them by customer.
///
/// No text of a row becomes a `String`.
struct PurchaseLoader: Sendable {
  /// The customers that were met, numbered as they came.
  var customers: ByteTable
  private let digits: Int
  private var products = ByteTable()
  private var branches = ByteTable()
  private var channels = ByteTable()

  private var customer: [UInt32] = []
  private var days: [Int32] = []
  private var amounts: [Int64] = []
  private var units: [Int32] = []
  private var product: [Int32] = []
  private var branch: [UInt16] = []
  private var channel: [UInt8] = []
  private var batch: [UInt16] = []
  private var batchRow: [UInt32] = []
  private var anonymous = (lines: 0, amount: Int64(0))
  /// The hashes of receipts, 0 for none; empty until the first row that has one.
  private var receipts: [UInt64] = []
  private var refunds: [(index: Int, receipt: UInt64)] = []

  private typealias Key = PurchaseRecord.Key

  /// A loader that knows some customers already.
  init(customers: ByteTable, digits: Int, expectedRows: Int) {
    (self.customers, self.digits) = (customers, digits)
    customer.reserveCapacity(expectedRows)
    days.reserveCapacity(expectedRows)
    amounts.reserveCapacity(expectedRows)
    units.reserveCapacity(expectedRows)
    product.reserveCapacity(expectedRows)
    branch.reserveCapacity(expectedRows)
    channel.reserveCapacity(expectedRows)
    batch.reserveCapacity(expectedRows)
    batchRow.reserveCapacity(expectedRows)
  }

  /// Adds the purchases of a file.
  ///
  /// - Parameters:
  ///   - contents: The file.
  ///   - number: The import that brought it.
  /// - Throws: The first line that is none of a purchase.
  mutating func add(_ contents: ShardFile.Contents, batch number: Int) throws(LineFlaw) {
    var scanner = NDJSONScanner(
      keys: PurchaseRecord.keys, start: contents.records.lowerBound, firstLine: 2)
    let bytes = contents.bytes.span.bytes.extracting(0..<contents.records.upperBound)
    let batchNumber = UInt16(truncatingIfNeeded: number)
    // Sources are often sorted by customer; then the last one's number serves again.
    var (lastRange, lastNumber) = (0..<0, UInt32(0))
    do throws(NDJSONError) {
      while try scanner.next(in: bytes) {
        let amount = try scanner.minorUnits(Key.amount, in: bytes, digits: digits)
        let day = try scanner.days(Key.date, in: bytes)
        guard let range = try Self.text(Key.customer, scanner) else {
          anonymous = (anonymous.lines + 1, anonymous.amount &+ amount)
          continue
        }
        if !bytes.equals(range, lastRange) {
          lastNumber = UInt32(
            truncatingIfNeeded: Self.number(&customers, Key.customer, scanner, bytes))
          lastRange = range
        }
        customer.append(lastNumber)
        amounts.append(amount)
        days.append(day)
        batch.append(batchNumber)
        batchRow.append(try Self.integer(Key.row, scanner, bytes))
        units.append(
          scanner.has(Key.units) ? try Self.integer(Key.units, scanner, bytes) : 1)
        try addLabels(scanner, bytes)
      }
    } catch { throw LineFlaw(error) }
  }

  /// Adds what another loader has read of later files; both began with the same customers.
  ///
  /// Labels are numbered as if one loader had read all files.
  mutating func append(_ other: consuming PurchaseLoader, knowing known: Int) {
    let people = customers.numbers(adding: other.customers, from: known)
    let goods = products.numbers(adding: other.products, from: 0)
    let places = branches.numbers(adding: other.branches, from: 0)
    let ways = channels.numbers(adding: other.channels, from: 0)
    if !other.receipts.isEmpty {
      receipts.append(contentsOf: repeatElement(0, count: days.count - receipts.count))
      receipts += other.receipts
    }
    refunds += other.refunds.map { ($0.index + days.count, $0.receipt) }
    if people.isEmpty {
      customer += other.customer
    } else {
      for number in other.customer {
        customer.append(number < known ? number : UInt32(people[Int(number) - known]))
      }
    }
    for number in other.product {
      product.append(number < 0 ? -1 : Int32(truncatingIfNeeded: goods[Int(number)]))
    }
    for number in other.branch {
      branch.append(number == .max ? .max : UInt16(clamping: places[Int(number)]))
    }
    for number in other.channel {
      channel.append(number == .max ? .max : UInt8(clamping: ways[Int(number)]))
    }
    days += other.days
    amounts += other.amounts
    units += other.units
    batch += other.batch
    batchRow += other.batchRow
    anonymous = (
      anonymous.lines + other.anonymous.lines, anonymous.amount &+ other.anonymous.amount
    )
  }

  /// The columns that many sources leave empty.
  private mutating func addLabels(
    _ scanner: NDJSONScanner, _ bytes: RawSpan
  ) throws(NDJSONError) {
    product.append(
      try Self.text(Key.product, scanner) == nil
        ? -1
        : Int32(truncatingIfNeeded: Self.number(&products, Key.product, scanner, bytes)))
    branch.append(
      try Self.text(Key.branch, scanner) == nil
        ? .max : UInt16(clamping: Self.number(&branches, Key.branch, scanner, bytes)))
    channel.append(
      try Self.text(Key.channel, scanner) == nil
        ? .max : UInt8(clamping: Self.number(&channels, Key.channel, scanner, bytes)))
    if try Self.text(Key.receipt, scanner) != nil {
      receipts.append(contentsOf: repeatElement(0, count: days.count - 1 - receipts.count))
      receipts.append(Self.hash(Key.receipt, scanner, bytes))
    }
    if try Self.text(Key.refunds, scanner) != nil {
      refunds.append((days.count - 1, Self.hash(Key.refunds, scanner, bytes)))
    }
  }

  // MARK: Values

  /// The range of a text, nil where it is absent or empty.
  @inline(__always)
  private static func text(
    _ key: Int, _ scanner: NDJSONScanner
  ) throws(NDJSONError) -> Range<Int>? {
    guard scanner.has(key) else { return nil }
    if let range = try scanner.plainRange(key) { return range.isEmpty ? nil : range }
    return scanner.values[key].range
  }

  /// The number of a text in a table, added where it is new.
  @inline(__always)
  private static func number(
    _ table: inout ByteTable, _ key: Int, _ scanner: NDJSONScanner, _ bytes: RawSpan
  ) -> Int {
    let value = scanner.values[key]
    if value.kind == .string { return table.number(adding: bytes, value.range) }
    let text = unescaped(value, bytes)
    return table.number(adding: text.span.bytes, 0..<text.count)
  }

  private static func hash(_ key: Int, _ scanner: NDJSONScanner, _ bytes: RawSpan) -> UInt64 {
    let value = scanner.values[key]
    // 0 means that there is none.
    if value.kind == .string { return max(1, ByteTable.hash(bytes, value.range)) }
    let text = unescaped(value, bytes)
    return max(1, ByteTable.hash(text.span.bytes, 0..<text.count))
  }

  private static func unescaped(_ value: NDJSONValue, _ bytes: RawSpan) -> [UInt8] {
    var text: [UInt8] = []
    JSONLexer.unescape(bytes, value.range, into: &text)
    return text
  }

  @inline(__always)
  private static func integer<Integer: FixedWidthInteger>(
    _ key: Int, _ scanner: NDJSONScanner, _ bytes: RawSpan
  ) throws(NDJSONError) -> Integer {
    guard let number = Integer(exactly: try scanner.int64(key, in: bytes)) else {
      throw scanner.failure(key, .integerOverflow(key: PurchaseRecord.keys[key].description))
    }
    return number
  }
}

extension RawSpan {
  /// Whether two ranges hold the same bytes.
  @inline(__always)
  fileprivate func equals(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    guard left.count == right.count, !right.isEmpty else { return false }
    var (offset, other) = (left.lowerBound, right.lowerBound)
    while offset < left.upperBound {
      if byte(at: offset) != byte(at: other) { return false }
      offset &+= 1
      other &+= 1
    }
    return true
  }
}

// MARK: - The finished table

extension PurchaseLoader {
  /// The table of all purchases, sorted by customer row, day and identifier.
  ///
  /// - Parameters:
  ///   - rows: The row of each customer by the number in ``customers``.
  ///   - known: What is known about products.
  /// - Returns: The table; the loader is used up.
  consuming func table(rows: [UInt32], known: (String) -> Product?) -> PurchaseTable {
    var table = PurchaseTable()
    for index in customer.indices { customer[index] = rows[Int(customer[index])] }
    let offsets = Self.offsets(customer, customers: rows.count)
    table.offsets = Column(offsets)
    let order = sortedOrder(offsets)
    if !refunds.isEmpty { table.refundedRow = refundedRows(order) }
    table.days = Column(Self.gather(&days, order))
    table.amounts = Column(Self.gather(&amounts, order))
    table.units = Column(Self.gather(&units, order))
    table.product = Column(Self.gather(&product, order))
    table.branch = Column(Self.gather(&branch, order))
    table.channel = Column(Self.gather(&channel, order))
    table.batch = Column(Self.gather(&batch, order))
    table.batchRow = Column(Self.gather(&batchRow, order))
    table.products = (0..<products.count).map {
      known(products[$0]) ?? Product(sku: products[$0])
    }
    table.branches = LabelList((0..<branches.count).map { branches[$0] })
    table.channels = LabelList((0..<channels.count).map { channels[$0] })
    table.anonymous = anonymous
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
  private static func gather<Value>(_ column: inout [Value], _ order: [UInt32]) -> [Value] {
    let sorted = order.map { column[Int($0)] }
    column = []
    return sorted
  }

  /// The row that each refund refunds: of the same customer and receipt, the first sale of the
  /// same product, else the first sale.
  ///
  /// Receipts are compared by 64-bit hashes within one customer.
  private func refundedRows(_ order: [UInt32]) -> [Int: Int] {
    var sales: [RefundKey: [Int]] = [:]
    // Most sales are never refunded: a bit for some receipts spares looking each of them up.
    var marked = [Bool](repeating: false, count: 1 << 16)
    for refund in refunds {
      marked[Int(truncatingIfNeeded: refund.receipt & 0xFFFF)] = true
      sales[RefundKey(customer: customer[refund.index], receipt: refund.receipt)] = []
    }
    var refundRow: [Int: Int] = [:]
    var isRefund = [Bool](repeating: false, count: order.count)
    for refund in refunds { isRefund[refund.index] = true }
    for (row, place) in order.enumerated() {
      let index = Int(place)
      if isRefund[index] { refundRow[index] = row }
      guard index < receipts.count, receipts[index] != 0, amounts[index] > 0,
        marked[Int(truncatingIfNeeded: receipts[index] & 0xFFFF)]
      else { continue }
      sales[RefundKey(customer: customer[index], receipt: receipts[index])]?.append(row)
    }
    var refunded: [Int: Int] = [:]
    for refund in refunds {
      let key = RefundKey(customer: customer[refund.index], receipt: refund.receipt)
      guard let row = refundRow[refund.index], let rows = sales[key], !rows.isEmpty else {
        continue
      }
      let sku = product[refund.index]
      refunded[row] = rows.first { product[Int(order[$0])] == sku } ?? rows[0]
    }
    return refunded
  }

  private struct RefundKey: Hashable {
    let customer: UInt32
    let receipt: UInt64
  }
}
