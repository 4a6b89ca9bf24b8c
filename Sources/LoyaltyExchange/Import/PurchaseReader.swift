import LoyaltyModel
import TextFormats

/// Makes lines of sale from the rows of a purchase file.
struct PurchaseReader {
  private let columns: PurchaseColumns
  private let cells: CellReader
  /// Whether invoices that begin with `C` are cancellations, to be matched with what they cancel.
  private let matchesCancellations: Bool
  private var sold = RefundBook()

  init(_ probe: ImportProbe) {
    columns = PurchaseColumns(probe.mapping)
    cells = CellReader(probe)
    matchesCancellations = probe.profile == .onlineRetail
  }

  /// The line of sale of a row.
  mutating func read(_ row: TextRow) throws(Rejection) -> PurchaseRow {
    let day = try row.withCell(columns.date) { cell throws(Rejection) in
      try cells.day(cell, .date)
    }
    let (amount, units, price) = try amounts(row)
    try checkLengths(row)
    let identity = identity(row, day: day, amount: amount, units: units)
    let refunds = matchesCancellations ? match(row, price: price, units: units) : ""
    return PurchaseRow(
      row, columns, day: day, amount: amount, units: units, identity: identity,
      foundRefunds: refunds)
  }

  private func amounts(
    _ row: TextRow
  ) throws(Rejection) -> (amount: Int64, units: Int32, price: Int64) {
    var quantity: Int64 = 1_000_000
    var units: Int32 = 1
    if columns.units >= 0, !row.isEmpty(columns.units) {
      (quantity, units) = try row.withCell(columns.units) {
        cell throws(Rejection) -> (Int64, Int32) in
        let quantity = try cells.factor(cell, .units)
        return (quantity, try cells.units(quantity, cell))
      }
    }
    let amount: Int64
    var price: Int64 = 0
    if columns.amount >= 0 {
      amount = try row.withCell(columns.amount) { cell throws(Rejection) in
        try cells.amount(cell, .amount)
      }
    } else {
      price = try row.withCell(columns.price) { cell throws(Rejection) in
        try cells.factor(cell, .price)
      }
      amount = try cells.product(quantity, price)
    }
    try cells.checkBound(amount, columns.amount >= 0 ? .amount : .price)
    // Many tills write the units of a refund without a minus.
    if amount < 0, units > 0 { units = -units }
    return (amount, units, price)
  }

  private func checkLengths(_ row: TextRow) throws(Rejection) {
    let identifiers: [(ImportField, Int)] = [
      (.customer, columns.customer), (.receipt, columns.receipt), (.product, columns.product),
      (.branch, columns.branch), (.channel, columns.channel), (.refunds, columns.refunds),
    ]
    for (field, column) in identifiers where column >= 0 {
      try row.checkLength(column, field, limit: CellReader.longestIdentifier)
    }
  }

  private func identity(
    _ row: TextRow, day: Day, amount: Int64, units: Int32
  ) -> PurchaseIdentity {
    row.withCell(columns.customer) { customer in
      guard columns.receipt >= 0, !row.isEmpty(columns.receipt) else {
        return PurchaseIdentity(customer: customer, day: day, amount: amount, units: units)
      }
      return row.withCell(columns.receipt) { receipt in
        row.withCell(columns.product) { product in
          PurchaseIdentity(
            customer: customer, day: day, amount: amount, units: units, receipt: receipt,
            product: product)
        }
      }
    }
  }

  // MARK: Cancellations

  /// Remembers what was sold, and finds the receipt of what a cancellation takes back.
  private mutating func match(_ row: TextRow, price: Int64, units: Int32) -> String {
    guard !row.isEmpty(columns.customer) else { return "" }
    var hash = ContentHash()
    row.withCell(columns.customer) { hash.combine($0) }
    row.withCell(columns.product) { hash.combine($0) }
    hash.combine(price)
    let receipt = row.cell(columns.receipt)
    if units > 0 {
      sold.sell(hash.value, units: units, receipt: receipt)
      return ""
    }
    let returned = Int32(clamping: -Int64(units))
    return receipt.hasPrefix("C") ? sold.refund(hash.value, units: returned) : ""
  }
}

extension TextRow {
  /// Rejects a cell that is longer than its kind of text can be.
  func checkLength(_ column: Int, _ field: ImportField, limit: Int) throws(Rejection) {
    let bytes = withBytes(column) { $0.byteCount }
    guard bytes <= limit else { throw .tooLong(field, bytes: bytes, limit: limit) }
  }
}
