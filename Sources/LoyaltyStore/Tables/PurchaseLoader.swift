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

  private var columns: PurchaseColumns
  private var anonymous = (lines: 0, amount: Int64(0))

  private typealias Key = PurchaseRecord.Key

  /// A loader that knows some customers already.
  init(customers: ByteTable, digits: Int, expectedRows: Int) {
    (self.customers, known, self.digits) = (customers, customers.count, digits)
    reader = PurchaseLineReader(digits: digits)
    columns = PurchaseColumns(room: expectedRows)
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

  private mutating func addPending(batch number: Int) {
    columns.add(pending, batch: UInt16(truncatingIfNeeded: number))
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
    other.columns.change(
      customer: { $0 < known ? $0 : UInt32(people[Int($0) - known]) },
      product: { $0 < 0 ? $0 : Int32(truncatingIfNeeded: goods[Int($0)]) },
      branch: { $0 == .max ? $0 : UInt16(clamping: places[Int($0)]) },
      channel: { $0 == .max ? $0 : UInt8(clamping: ways[Int($0)]) })
    columns.append(&other.columns)
    anonymous = (
      anonymous.lines + other.anonymous.lines, anonymous.amount &+ other.anonymous.amount
    )
  }

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
    if let rows { columns.change(customer: { rows[Int($0)] }) }
    var table = try columns.sorted(customers: customers.count)
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
