import LoyaltyModel
import TextFormats

/// Gathers the purchases of many files as columns, then sorts them by customer.
///
/// No text of a row becomes a `String`.
struct PurchaseLoader: Sendable {
  /// The customers that were met: first those with a record, by row, then others as they came.
  private(set) var customers: ByteTable
  /// How many customers have a record.
  private let known: Int
  private let digits: Int
  private var reader: PurchaseLineReader
  private var labels = PurchaseLabels()
  /// Purchases that are not in the columns yet.
  private var pending: [PurchaseLine] = []

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
    (self.customers, known, self.digits) = (customers, customers.count, digits)
    reader = PurchaseLineReader(digits: digits)
    customer.reserveCapacity(expectedRows)
    days.reserveCapacity(expectedRows)
    amounts.reserveCapacity(expectedRows)
    units.reserveCapacity(expectedRows)
    product.reserveCapacity(expectedRows)
    branch.reserveCapacity(expectedRows)
    channel.reserveCapacity(expectedRows)
    batch.reserveCapacity(expectedRows)
    batchRow.reserveCapacity(expectedRows)
    receipts.reserveCapacity(expectedRows)
  }

  /// Adds the purchases of a file.
  ///
  /// - Parameters:
  ///   - contents: The file.
  ///   - number: The import that brought it.
  /// - Throws: The first line that is none of a purchase.
  mutating func add(_ contents: ShardFile.Contents, batch number: Int) throws(LineFlaw) {
    var scanner = NDJSONScanner(keys: PurchaseRecord.keys)
    let (all, end) = (contents.bytes.span.bytes, contents.records.upperBound)
    var (offset, line) = (contents.records.lowerBound, 2)
    // Sources are often sorted by customer; then the last one's number serves again.
    var last = (text: 0..<0, number: 0)
    do throws(NDJSONError) {
      while offset < end {
        var purchase = PurchaseLine()
        if let (text, lineEnd) = reader.read(&purchase, all, at: offset, &labels) {
          if !all.equals(text, last.text) {
            last = (text, self.number(all, text, after: last.number))
          }
          purchase.customer = UInt32(truncatingIfNeeded: last.number)
          pending.append(purchase)
          (offset, line) = (lineEnd + 1, line + 1)
        } else {
          let bytes = all.extracting(0..<end)
          scanner.move(to: offset, line: line)
          guard try scanner.next(in: bytes) else { break }
          try addScanned(scanner, bytes)
          (offset, line) = (scanner.cursor, scanner.lineNumber + 1)
        }
        if pending.count == Self.mostPending { addPending(batch: number) }
      }
    } catch { throw LineFlaw(error) }
    addPending(batch: number)
  }

  /// The number of a customer: mostly one of the next after the last.
  @inline(__always)
  private mutating func number(_ bytes: RawSpan, _ text: Range<Int>, after last: Int) -> Int {
    let next = min(last &+ 1, known)
    let near = Range(uncheckedBounds: (next, min(next &+ Self.reach, known)))
    return customers.number(of: bytes, text, among: near)
      ?? customers.number(adding: bytes, text)
  }

  /// How many of the next customers are looked at before one is looked up.
  private static let reach = 16

  /// How many purchases are gathered before they are added to the columns.
  private static let mostPending = 1_024

  /// Adds the purchases that are pending to the columns.
  private mutating func addPending(batch number: Int) {
    if pending.contains(where: { $0.receipt != 0 }) {
      receipts.append(contentsOf: repeatElement(0, count: days.count - receipts.count))
      receipts.append(contentsOf: pending.lazy.map { $0.receipt })
    }
    for (index, line) in pending.enumerated() where line.refunds != 0 {
      refunds.append((days.count + index, line.refunds))
    }
    customer.append(contentsOf: pending.lazy.map { $0.customer })
    days.append(contentsOf: pending.lazy.map { $0.day })
    amounts.append(contentsOf: pending.lazy.map { $0.amount })
    units.append(contentsOf: pending.lazy.map { $0.units })
    product.append(contentsOf: pending.lazy.map { $0.product })
    branch.append(contentsOf: pending.lazy.map { $0.branch })
    channel.append(contentsOf: pending.lazy.map { $0.channel })
    batchRow.append(contentsOf: pending.lazy.map { $0.row })
    let batchNumber = UInt16(truncatingIfNeeded: number)
    batch.append(contentsOf: repeatElement(batchNumber, count: pending.count))
    pending.removeAll(keepingCapacity: true)
  }

  /// Adds what another loader has read of later files, of which nothing is left then; both began with
  /// the same customers.
  ///
  /// Labels are numbered as if one loader had read all files.
  mutating func append(_ other: inout PurchaseLoader) {
    let people = customers.numbers(adding: other.customers, from: known)
    let goods = labels.products.numbers(adding: other.labels.products)
    let places = labels.branches.numbers(adding: other.labels.branches)
    let ways = labels.channels.numbers(adding: other.labels.channels)
    if !other.receipts.isEmpty {
      receipts.append(contentsOf: repeatElement(0, count: days.count - receipts.count))
      Self.move(&other.receipts, to: &receipts)
    }
    refunds += other.refunds.map { ($0.index + days.count, $0.receipt) }
    if !people.isEmpty {
      for index in other.customer.indices where other.customer[index] >= known {
        other.customer[index] = UInt32(people[Int(other.customer[index]) - known])
      }
    }
    for index in other.product.indices where other.product[index] >= 0 {
      other.product[index] = Int32(truncatingIfNeeded: goods[Int(other.product[index])])
    }
    for index in other.branch.indices where other.branch[index] != .max {
      other.branch[index] = UInt16(clamping: places[Int(other.branch[index])])
    }
    for index in other.channel.indices where other.channel[index] != .max {
      other.channel[index] = UInt8(clamping: ways[Int(other.channel[index])])
    }
    Self.move(&other.customer, to: &customer)
    Self.move(&other.product, to: &product)
    Self.move(&other.branch, to: &branch)
    Self.move(&other.channel, to: &channel)
    Self.move(&other.days, to: &days)
    Self.move(&other.amounts, to: &amounts)
    Self.move(&other.units, to: &units)
    Self.move(&other.batch, to: &batch)
    Self.move(&other.batchRow, to: &batchRow)
    anonymous = (
      anonymous.lines + other.anonymous.lines, anonymous.amount &+ other.anonymous.amount
    )
  }

  /// Adds a column to another; it is let go at once, to keep the peak low.
  private static func move<Value>(_ column: inout [Value], to other: inout [Value]) {
    other += column
    column = []
  }

  /// Adds the purchase of the line that a scanner has found.
  private mutating func addScanned(
    _ scanner: NDJSONScanner, _ bytes: RawSpan
  ) throws(NDJSONError) {
    var line = PurchaseLine()
    line.amount = try scanner.minorUnits(Key.amount, in: bytes, digits: digits)
    line.day = try scanner.days(Key.date, in: bytes)
    guard let customer = try Self.text(Key.customer, scanner, bytes) else {
      anonymous = (anonymous.lines + 1, anonymous.amount &+ line.amount)
      return
    }
    line.customer = UInt32(
      truncatingIfNeeded: customers.number(adding: customer.span.bytes, customer.indices))
    line.row = try Self.integer(Key.row, scanner, bytes)
    if scanner.has(Key.units) { line.units = try Self.integer(Key.units, scanner, bytes) }
    if let text = try Self.text(Key.product, scanner, bytes) {
      line.product = Int32(
        truncatingIfNeeded: labels.products.number(adding: text.span.bytes, text.indices))
    }
    if let text = try Self.text(Key.branch, scanner, bytes) {
      line.branch = UInt16(
        clamping: labels.branches.number(adding: text.span.bytes, text.indices))
    }
    if let text = try Self.text(Key.channel, scanner, bytes) {
      line.channel = UInt8(
        clamping: labels.channels.number(adding: text.span.bytes, text.indices))
    }
    if let text = try Self.text(Key.receipt, scanner, bytes) {
      line.receipt = PurchaseLine.hash(text.span.bytes, text.indices)
    }
    if let text = try Self.text(Key.refunds, scanner, bytes) {
      line.refunds = PurchaseLine.hash(text.span.bytes, text.indices)
    }
    pending.append(line)
  }

  // MARK: Values

  /// The bytes of a text, nil where it is absent or empty.
  private static func text(
    _ key: Int, _ scanner: NDJSONScanner, _ bytes: RawSpan
  ) throws(NDJSONError) -> [UInt8]? {
    guard scanner.has(key) else { return nil }
    var text: [UInt8] = []
    try scanner.appendString(key, in: bytes, to: &text)
    return text.isEmpty ? nil : text
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
    while offset &+ 8 <= left.upperBound {
      if word(at: offset) != word(at: other) { return false }
      offset &+= 8
      other &+= 8
    }
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
  ///   - rows: The row of each customer by the number in ``customers``; nil where these are rows.
  ///   - known: What is known about products.
  /// - Returns: The table; the loader is used up.
  /// - Throws: Nothing but what waiting for another processor could.
  consuming func table(
    rows: [UInt32]?, known: (String) -> Product?
  ) throws(StoreError) -> PurchaseTable {
    var table = PurchaseTable()
    if let rows {
      for index in customer.indices { customer[index] = rows[Int(customer[index])] }
    }
    let offsets = Self.offsets(customer, customers: customers.count)
    table.offsets = Column(offsets)
    let order = sortedOrder(offsets)
    table.refundedRow = refundedRows(order, offsets)
    (customer, receipts) = ([], [])
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
    let products = labels.products.texts
    table.products = (0..<products.count).map {
      known(products[$0]) ?? Product(sku: products[$0])
    }
    let (branches, channels) = (labels.branches.texts, labels.channels.texts)
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
