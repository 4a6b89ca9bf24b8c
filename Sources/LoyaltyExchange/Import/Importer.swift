import LoyaltyModel
package import TextFormats

/// Reads a file row by row, in bounded memory, and passes on what its rows say.
///
/// A row that cannot be used is passed on with its reason and stops nothing. What stops the import
/// is damage of the file as a whole, such as a quote that is never closed; then nothing of the
/// file should be kept, and the message names the line.
package struct Importer: Sendable {
  /// How many rows are read between two reports of progress.
  static let rowsPerReport = 8192

  private let probe: ImportProbe

  /// An import of a file that was looked at.
  package init(_ probe: ImportProbe) { self.probe = probe }

  /// Reads a file from its beginning to its end.
  ///
  /// - Parameters:
  ///   - source: Fills the buffer from its beginning and says how many bytes it put there; 0 at
  ///     the end.
  ///   - sink: Takes what is read.
  /// - Returns: What was counted.
  /// - Throws: `ExchangeError.table` when the file as a whole is damaged, or what the source or
  ///   the sink throws.
  package func run(
    source: @escaping TableReader.Source, into sink: inout some ImportSink
  ) throws -> ImportTally {
    let counter = ByteCounter(source)
    let decoded = probe.look.encoding.decoding { try counter.fill(&$0) }
    do {
      let reader = try TableReader(
        layout: probe.look.layout, hasHeader: probe.look.hasHeader,
        linesAbove: probe.look.above.count, source: decoded)
      var tally = ImportTally()
      switch probe.profile.records {
      case .purchases: try purchases(reader, counter, &tally, &sink)
      case .customers, .products, .consents, .results:
        try records(reader, counter, &tally, &sink)
      }
      try sink.progress(bytes: counter.bytes)
      return tally
    } catch let error as TableError {
      throw ExchangeError.table(error)
    }
  }

  private func purchases(
    _ reader: TableReader, _ counter: ByteCounter, _ tally: inout ImportTally,
    _ sink: inout some ImportSink
  ) throws {
    var lines = PurchaseReader(probe)
    var details = DetailTracker(probe)
    var repeated = RepeatedLines()
    while let row = try reader.next() {
      switch Self.sale(row, &lines, &details) {
      case .success(let sale):
        tally.count(sale.purchase)
        if repeated.repeats(row) { tally.countRepeated(row.line) }
        if let customer = sale.customer { try sink.take(customer, line: row.line) }
        if let product = sale.product { try sink.take(product, line: row.line) }
        try sink.take(sale.purchase)
      case .failure(let reason): try Self.reject(row, reason, &tally, &sink)
      }
      if tally.read % Self.rowsPerReport == 0 { try sink.progress(bytes: counter.bytes) }
    }
  }

  private func records(
    _ reader: TableReader, _ counter: ByteCounter, _ tally: inout ImportTally,
    _ sink: inout some ImportSink
  ) throws {
    let (people, results) = (PeopleReader(probe), ResultReader(probe))
    while let row = try reader.next() {
      switch Self.record(row, people, results, probe.profile.records) {
      case .success(.customer(let customer)): try sink.take(customer, line: row.line)
      case .success(.product(let product)): try sink.take(product, line: row.line)
      case .success(.result(let result)):
        if let reason = try sink.take(result) {
          try Self.reject(row, reason, &tally, &sink)
          continue
        }
      case .failure(let reason):
        try Self.reject(row, reason, &tally, &sink)
        continue
      }
      tally.read += 1
      if tally.read % Self.rowsPerReport == 0 { try sink.progress(bytes: counter.bytes) }
    }
  }
}

// One row at a time.
extension Importer {
  private struct Sale {
    let purchase: PurchaseRow
    let customer: Customer?
    let product: Product?
  }

  private enum Record {
    case customer(Customer)
    case product(Product)
    case result(OfferResult)
  }

  private static func sale(
    _ row: TextRow, _ lines: inout PurchaseReader, _ details: inout DetailTracker
  ) -> Result<Sale, Rejection> {
    do throws(Rejection) {
      if let issue = row.issue { throw .row(issue) }
      let purchase = try lines.read(row)
      guard details.isActive else {
        return .success(Sale(purchase: purchase, customer: nil, product: nil))
      }
      return .success(
        Sale(
          purchase: purchase, customer: try details.customer(row),
          product: try details.product(row, amount: purchase.amount)))
    } catch {
      return .failure(error)
    }
  }

  private static func record(
    _ row: TextRow, _ people: PeopleReader, _ results: ResultReader, _ kind: RecordKind
  ) -> Result<Record, Rejection> {
    do throws(Rejection) {
      if let issue = row.issue { throw .row(issue) }
      switch kind {
      case .products: return .success(.product(try people.product(row)))
      case .consents: return .success(.customer(try people.consent(row)))
      case .results: return .success(.result(try results.result(row)))
      case .customers, .purchases: return .success(.customer(try people.customer(row)))
      }
    } catch {
      return .failure(error)
    }
  }

  /// Passes on a row that cannot be used; one without any text is not worth a word.
  private static func reject(
    _ row: TextRow, _ reason: Rejection, _ tally: inout ImportTally, _ sink: inout some ImportSink
  ) throws {
    guard !row.isBlank else { return }
    tally.read += 1
    tally.rejected += 1
    try sink.take(RejectedRow(line: row.line, fields: row.strings, reason: reason))
  }
}

extension ImportTally {
  /// Counts a line of sale.
  fileprivate mutating func count(_ purchase: borrowing PurchaseRow) {
    read += 1
    if purchase.isAnonymous { anonymous += 1 }
    firstDay = min(firstDay ?? purchase.day, purchase.day)
    lastDay = max(lastDay ?? purchase.day, purchase.day)
  }

  /// Counts a line that says what one before said.
  fileprivate mutating func countRepeated(_ line: Int) {
    repeated += 1
    firstRepeated = firstRepeated ?? line
  }
}

/// Counts the bytes that a source gave.
private final class ByteCounter {
  private(set) var bytes = 0
  private let source: TableReader.Source

  init(_ source: @escaping TableReader.Source) { self.source = source }

  func fill(_ buffer: inout [UInt8]) throws -> Int {
    let count = try source(&buffer)
    bytes += count
    return count
  }
}
