import TextFormats

/// A customer's purchase with numbers in place of its texts.
struct PurchaseLine {
  var amount: Int64 = 0
  /// The hashes of receipts, 0 where there are none.
  var receipt: UInt64 = 0
  var refunds: UInt64 = 0
  var customer: UInt32 = 0
  var day: Int32 = 0
  var units: Int32 = 1
  var row: UInt32 = 0
  /// The numbers of labels; -1, or the highest number, where there are none.
  var product: Int32 = -1
  var branch = UInt16.max
  var channel = UInt8.max

  /// The hash of a receipt's text.
  @inline(__always)
  static func hash(_ bytes: RawSpan, _ text: Range<Int>) -> UInt64 {
    // 0 means that there is none.
    text.isEmpty ? 0 : max(1, ByteTable.hash(bytes, text))
  }
}

/// The labels of purchases by number.
struct PurchaseLabels: Sendable {
  var products = LabelTable()
  var branches = LabelTable()
  var channels = LabelTable()
}

/// Reads the lines of purchases as this program writes them; every other line is left to the
/// scanner.
struct PurchaseLineReader: Sendable {
  private let digits: Int
  private var month = MonthMemo()
  private let customer: ByteLiteral = #"{"customer":""#
  private let date: ByteLiteral = #","date":""#
  private let amount: ByteLiteral = #","amount":""#
  private let units: ByteLiteral = #","units":"#
  private let receipt: ByteLiteral = #","receipt":""#
  private let product: ByteLiteral = #","product":""#
  private let branch: ByteLiteral = #","branch":""#
  private let channel: ByteLiteral = #","channel":""#
  private let refunds: ByteLiteral = #","refunds":""#
  private let row: ByteLiteral = #","row":"#

  /// A reader of amounts with so many decimals.
  init(digits: Int) { self.digits = digits }

  /// Reads the line at an offset, all but the number of its customer.
  ///
  /// Labels that are new get numbers, even where another reader has to look, which gives them the
  /// same.
  ///
  /// - Parameters:
  ///   - line: Takes the purchase.
  ///   - bytes: What the line stands in.
  ///   - offset: Where it begins.
  ///   - labels: The labels so far.
  /// - Returns: Where the customer's identifier stands, and the place of the line feed; nil where the
  ///   scanner has to look.
  mutating func read(
    _ line: inout PurchaseLine, _ bytes: RawSpan, at offset: Int, _ labels: inout PurchaseLabels
  ) -> (customer: Range<Int>, end: Int)? {
    var cursor = LineCursor(offset)
    guard cursor.take(customer, bytes), let id = cursor.text(bytes), !id.isEmpty,
      cursor.take(date, bytes), let day = cursor.day(bytes, &month),
      cursor.take(amount, bytes), let paid = cursor.amount(bytes, digits: digits)
    else { return nil }
    (line.day, line.amount) = (day, paid)
    if cursor.take(units, bytes) {
      guard let count = cursor.integer(bytes), let units = Int32(exactly: count) else {
        return nil
      }
      line.units = units
    }
    guard readTexts(&line, bytes, &cursor, &labels), cursor.take(row, bytes),
      let number = cursor.integer(bytes), let row = UInt32(exactly: number),
      let end = cursor.lineEnd(bytes)
    else { return nil }
    line.row = row
    return (id, end)
  }

  /// Reads what many sources leave empty; false where it makes no sense.
  @inline(__always)
  private func readTexts(
    _ line: inout PurchaseLine, _ bytes: RawSpan, _ cursor: inout LineCursor,
    _ labels: inout PurchaseLabels
  ) -> Bool {
    if cursor.take(receipt, bytes) {
      guard let text = cursor.text(bytes) else { return false }
      line.receipt = PurchaseLine.hash(bytes, text)
    }
    if cursor.take(product, bytes) {
      guard let number = labels.products.number(&cursor, bytes) else { return false }
      line.product = Int32(truncatingIfNeeded: number)
    }
    if cursor.take(branch, bytes) {
      guard let number = labels.branches.number(&cursor, bytes) else { return false }
      line.branch = UInt16(clamping: number)
    }
    if cursor.take(channel, bytes) {
      guard let number = labels.channels.number(&cursor, bytes) else { return false }
      line.channel = UInt8(clamping: number)
    }
    if cursor.take(refunds, bytes) {
      guard let text = cursor.text(bytes) else { return false }
      line.refunds = PurchaseLine.hash(bytes, text)
    }
    return true
  }
}
