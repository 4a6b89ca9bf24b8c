package import LoyaltyModel
import TextFormats

/// A line of sale as it came out of a file: its numbers, and its texts as bytes of the file.
///
/// Texts become `String` only where they are asked for; to copy a row copies no text.
package struct PurchaseRow: Sendable {
  /// The line of the file, from 1, in which the row began.
  package let line: Int
  /// The day of the sale: as written, or where a time's distance from UTC is given, that of the
  /// programme's time zone.
  package let day: Day
  /// The net amount in minor units; negative for a refund.
  package let amount: Int64
  /// Whole units, at least one; negative for a refund.
  package let units: Int32
  /// What makes the purchase the same as another.
  package let identity: PurchaseIdentity
  /// The receipt that a refund refunds, where the import found it; else empty.
  let foundRefunds: String
  private let row: TextRow
  private let columns: PurchaseColumns

  init(
    _ row: TextRow, _ columns: PurchaseColumns, day: Day, amount: Int64, units: Int32,
    identity: PurchaseIdentity, foundRefunds: String
  ) {
    (self.row, self.columns, line) = (row, columns, row.line)
    (self.day, self.amount, self.units) = (day, amount, units)
    (self.identity, self.foundRefunds) = (identity, foundRefunds)
  }

  /// Whether the sale has no customer.
  package var isAnonymous: Bool { row.isEmpty(columns.customer) || text(.customer).isEmpty }

  /// The text of a field, one of customer, receipt, product, branch, channel and refunds; empty
  /// where the file has no such column.
  package func text(_ field: ImportField) -> String {
    withUTF8(field) { $0.string(0..<$0.byteCount) }
  }

  /// Hands the bytes of a field's text, which are well-formed UTF-8, to a closure.
  ///
  /// The field is one of customer, receipt, product, branch, channel and refunds; there are no
  /// bytes where the file has no such column.
  package func withUTF8<Result>(_ field: ImportField, _ body: (RawSpan) -> Result) -> Result {
    if field == .refunds, !foundRefunds.isEmpty {
      return body(Array(foundRefunds.utf8).span.bytes)
    }
    return row.withCell(columns[field], body)
  }

  /// The row as it is stored.
  package var purchase: Purchase {
    var purchase = Purchase(customer: text(.customer), day: day, amount: amount)
    purchase.units = units
    if columns.receipt >= 0 { purchase.receipt = text(.receipt) }
    if columns.product >= 0 { purchase.product = text(.product) }
    if columns.branch >= 0 { purchase.branch = text(.branch) }
    if columns.channel >= 0 { purchase.channel = text(.channel) }
    purchase.refunds = columns.refunds >= 0 ? text(.refunds) : foundRefunds
    return purchase
  }
}

/// The columns of a purchase file; -1 where there is none.
struct PurchaseColumns: Sendable {
  let customer, date, amount, units, price: Int
  let receipt, product, branch, channel, refunds: Int

  init(_ mapping: ImportMapping) {
    func column(_ field: ImportField) -> Int { mapping[field] ?? -1 }
    customer = column(.customer)
    date = column(.date)
    amount = column(.amount)
    units = column(.units)
    price = column(.price)
    receipt = column(.receipt)
    product = column(.product)
    branch = column(.branch)
    channel = column(.channel)
    refunds = column(.refunds)
  }

  subscript(field: ImportField) -> Int {
    switch field {
    case .customer: customer
    case .receipt: receipt
    case .product: product
    case .branch: branch
    case .channel: channel
    case .refunds: refunds
    default: -1
    }
  }
}

extension TextRow {
  /// Hands over a cell's text as the import reads it: without blanks at its ends, without the
  /// apostrophe that keeps spreadsheets from taking it for a formula, and on one line.
  func withCell<Result, Failure: Error>(
    _ column: Int, _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withBytes(column) { cell throws(Failure) in
      var (start, end) = (0, cell.byteCount)
      while start < end, Self.isBlank(cell.byte(at: start)) { start += 1 }
      while start < end, Self.isBlank(cell.byte(at: end - 1)) { end -= 1 }
      let text = cell.extracting(start..<end)
      let isGuarded = start < end && text.byte(at: 0) == 0x27
      guard isGuarded || Self.hasControls(text) else { return try body(text) }
      let whole = text.string(0..<text.byteCount)
      let plain = isGuarded ? SpreadsheetGuard.unguarded(whole).trimmed : whole
      return try body(Array(plain.onOneLine.utf8).span.bytes)
    }
  }

  private static func hasControls(_ text: RawSpan) -> Bool {
    for index in 0..<text.byteCount where text.byte(at: index) < 0x20 { return true }
    return false
  }

  /// A cell's text as the import reads it.
  func cell(_ column: Int?) -> String {
    withCell(column ?? -1) { $0.string(0..<$0.byteCount) }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D) ~= byte }
}
