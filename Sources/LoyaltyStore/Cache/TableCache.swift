import LoyaltyModel
import TextFormats

/// Customers, purchases and products as columns in one file, so that they need not be read from JSON.
///
/// The JSON is always the truth: the file is named by, and holds, a hash of everything that it was
/// made from; what is missing, made from something else or damaged is passed over.
struct TableCache {
  /// What is kept.
  struct Tables {
    var customers: CustomerTable
    var purchases: PurchaseTable
    var products: [Product]
  }

  /// How the names of the files begin.
  static let prefix = "tables-"
  /// Names what the tables are made from.
  let key: CacheKey

  // MARK: Writing

  /// Writes tables to a file.
  func write(_ tables: Tables, to file: any OpenFile, path: String) throws(DiskError) {
    var writer = ColumnFile.Writer(file, path: path, key: key.words)
    try Self.add(tables.customers, to: &writer)
    try Self.add(tables.purchases, to: &writer)
    var lines = JSONWriter()
    for product in tables.products {
      ProductRecord.write(product, to: &lines)
      lines.newline()
    }
    try writer.add(lines.bytes)
    try writer.finish()
  }

  private static func add(
    _ table: CustomerTable, to writer: inout ColumnFile.Writer
  ) throws(DiskError) {
    for column in [table.ids, table.names, table.emails, table.phones] { try writer.add(column) }
    try writer.add(table.branch)
    try writer.add(table.branches.labels)
    try writer.add(table.consentOffsets)
    try writer.add(table.consentDays)
    try writer.add(table.consentMarks)
    try writer.add(table.consentSources.labels)
    try writer.add(table.details.offsets)
    try writer.add(table.details.packed)
  }

  private static func add(
    _ table: PurchaseTable, to writer: inout ColumnFile.Writer
  ) throws(DiskError) {
    try writer.add(table.offsets)
    try writer.add(table.days)
    try writer.add(table.amounts)
    try writer.add(table.units)
    try writer.add(table.product)
    try writer.add(table.branch)
    try writer.add(table.channel)
    try writer.add(table.batch)
    try writer.add(table.batchRow)
    let refunds = table.refundedRow.sorted { $0.key < $1.key }
    try writer.add(refunds.map { UInt32($0.key) })
    try writer.add(refunds.map { UInt32($0.value) })
    try writer.add(table.products.map(\.sku))
    try writer.add(table.branches.labels)
    try writer.add(table.channels.labels)
    try writer.add([Int64(table.anonymous.lines), table.anonymous.amount])
  }

  // MARK: Reading

  /// How many columns of the file hold customers.
  private static let customerColumns = 20

  /// The tables of a file; nil when it is not of this key, or damaged.
  ///
  /// Customers are put together on one processor while another reads the purchases.
  func tables(_ file: any OpenFile) -> Tables? {
    guard let reader = ColumnFile.Reader(file, key: key.words),
      var rest = reader.skipping(Self.customerColumns)
    else { return nil }
    let people = Side<CustomerTable?> {
      var reader = reader
      return .success(Self.customers(&reader))
    }
    let found = Self.purchases(&rest)
    let products = found == nil ? nil : rest.bytes().flatMap { Self.products($0) }
    guard case .some(.some(let customers)) = try? people.value(), let (table, skus) = found,
      let products, table.offsets.count == customers.count + 1
    else { return nil }
    var purchases = table
    var known: [String: Product] = [:]
    for product in products { known[product.sku] = product }
    purchases.products = skus.map { sku in
      known[sku].flatMap { $0.sku.utf8.elementsEqual(sku.utf8) ? $0 : nil } ?? Product(sku: sku)
    }
    // All of it was looked at to check it; hardly any of it is shown.
    reader.rest()
    return Tables(customers: customers, purchases: purchases, products: products)
  }

  private static func customers(_ reader: inout ColumnFile.Reader) -> CustomerTable? {
    guard let ids = reader.texts(), let names = reader.texts(), let emails = reader.texts(),
      let phones = reader.texts(), let branch = reader.column(UInt16.self),
      let branches = reader.labels(), let offsets = reader.column(UInt32.self),
      let days = reader.column(Int32.self), let marks = reader.column(UInt32.self),
      let sources = reader.labels(), let places = reader.column(UInt64.self),
      let records = reader.packed(), let details = DetailsColumn(records, offsets: places)
    else { return nil }
    return CustomerTable(
      texts: (ids, names, emails, phones), branch: branch, branches: branches, offsets: offsets,
      days: days, marks: marks, sources: sources, details: details)
  }

  private static func purchases(
    _ reader: inout ColumnFile.Reader
  ) -> (PurchaseTable, skus: [String])? {
    var table = PurchaseTable()
    guard let offsets = reader.column(UInt32.self), let days = reader.column(Int32.self),
      let amounts = reader.column(Int64.self), let units = reader.column(Int32.self),
      let product = reader.column(Int32.self), let branch = reader.column(UInt16.self),
      let channel = reader.column(UInt8.self), let batch = reader.column(UInt16.self),
      let batchRow = reader.column(UInt32.self), let refunds = reader.numbers(UInt32.self),
      let refunded = reader.numbers(UInt32.self), let skus = reader.labels(),
      let branches = reader.labels(), let channels = reader.labels(),
      let anonymous = reader.numbers(Int64.self), anonymous.count == 2
    else { return nil }
    let rows = days.count
    guard offsets.withElements({ TextColumn.areOffsets($0, of: rows) }),
      [
        amounts.count, units.count, product.count, branch.count, channel.count, batch.count,
        batchRow.count,
      ].allSatisfy({ $0 == rows }), refunds.count == refunded.count,
      product.withElements({ $0.allSatisfy { $0 >= -1 && Int($0) < skus.count } }),
      branch.withElements({ $0.allSatisfy { $0 == .max || Int($0) < branches.count } }),
      channel.withElements({ $0.allSatisfy { $0 == .max || Int($0) < channels.count } }),
      refunds.allSatisfy({ Int($0) < rows }), refunded.allSatisfy({ Int($0) < rows })
    else { return nil }
    (table.offsets, table.days, table.amounts, table.units) = (offsets, days, amounts, units)
    (table.product, table.branch, table.channel) = (product, branch, channel)
    (table.batch, table.batchRow) = (batch, batchRow)
    for (refund, row) in zip(refunds, refunded) { table.refundedRow[Int(refund)] = Int(row) }
    (table.branches, table.channels) = (LabelList(branches), LabelList(channels))
    guard table.branches.labels.count == branches.count,
      table.channels.labels.count == channels.count, let lines = Int(exactly: anonymous[0])
    else { return nil }
    table.anonymous = (lines, anonymous[1])
    return (table, skus)
  }

  private static func products(_ bytes: [UInt8]) -> [Product]? {
    var products: [Product] = []
    for line in bytes.split(separator: 10) {
      guard let reader = try? RecordReader(json: Array(line)),
        let product = try? ProductRecord.read(reader)
      else { return nil }
      products.append(product)
    }
    return products
  }
}
