/// How the fields of a table file stand apart.
package enum TableLayout: Sendable, Hashable {
  /// By the delimiter that the first line shows: comma, semicolon, tab or bar.
  case automatic
  /// By this ASCII character, with quotes as in RFC 4180.
  case delimited(by: UInt8)
  /// By runs of blanks and tabs, without quotes.
  case blanks
}

/// Reads a table file row by row in bounded memory.
///
/// A byte order mark and a first line `sep=;` are taken off; the text is checked to be UTF-8; the
/// first row may be a header, to which the number of fields of each row is compared.
package final class TableReader {
  /// How many bytes at a file's beginning may stand above a table, at least.
  package static let mostHead = 65_536

  /// Fills the buffer from its beginning and says how many bytes it put there; 0 at the end.
  package typealias Source = (inout [UInt8]) throws -> Int

  /// The first row, when the file was said to have a header.
  package private(set) var header: TextRow?
  /// How the fields stand apart, found out when it was not given; never automatic.
  package private(set) var layout: TableLayout
  /// How many rows were read, the header not counted.
  package private(set) var rowCount = 0
  /// How many bytes were taken from the source, for showing progress.
  package private(set) var byteCount = 0

  private let source: Source
  private let limits: TableLimits
  private var parser: any RowParser
  private var utf8 = UTF8Stream()
  private var buffer: [UInt8]
  private var expectedCount: Int?
  /// What is thrown after the rows before it were handed out.
  private var failure: TableError?
  private var isFinished = false

  /// Opens a table and reads its header.
  ///
  /// - Parameters:
  ///   - layout: How the fields stand apart.
  ///   - hasHeader: Whether the first row names the columns.
  ///   - linesAbove: How many lines stand above the table and are passed over, within the first
  ///     64 KiB; a line `sep=;` is none of them.
  ///   - limits: How large parts may grow.
  ///   - chunkSize: How many bytes to ask the source for at once.
  ///   - source: Where the bytes come from.
  /// - Throws: `TableError`, or what the source throws.
  package init(
    layout: TableLayout = .automatic, hasHeader: Bool = true, linesAbove: Int = 0,
    limits: TableLimits = TableLimits(), chunkSize: Int = 1 << 18, source: @escaping Source
  ) throws {
    self.source = source
    self.limits = limits
    buffer = Array(repeating: 0, count: max(1, chunkSize))
    let head = try Self.head(source, buffer: &buffer, linesAbove: linesAbove)
    byteCount = head.count
    if let foreign = ForeignFormat.detect(head) { throw TableError.foreign(foreign) }
    let preamble = Preamble(head, layout: layout, linesAbove: linesAbove)
    self.layout = preamble.layout
    parser =
      switch preamble.layout {
      case .blanks: BlankTableParser(limits: limits, firstLine: preamble.firstLine)
      case .delimited(let byte):
        CSVParser(delimiter: byte, limits: limits, firstLine: preamble.firstLine)
      case .automatic: CSVParser(delimiter: 0x2C, limits: limits, firstLine: preamble.firstLine)
      }
    push(head.span.bytes.extracting(preamble.length..<head.count))
    guard hasHeader else { return }
    header = try nextRaw()
    guard let header else { throw TableError.empty }
    expectedCount = header.count
  }

  /// Opens a table that is in memory.
  package convenience init(
    _ bytes: [UInt8], layout: TableLayout = .automatic, hasHeader: Bool = true,
    linesAbove: Int = 0, limits: TableLimits = TableLimits()
  ) throws {
    var rest = bytes[...]
    try self.init(
      layout: layout, hasHeader: hasHeader, linesAbove: linesAbove, limits: limits
    ) { buffer in
      let chunk = rest.prefix(buffer.count)
      buffer.replaceSubrange(0..<chunk.count, with: chunk)
      rest = rest.dropFirst(chunk.count)
      return chunk.count
    }
  }

  /// The next row, nil at the end; a row that does not fit the header says so in its `issue`.
  ///
  /// - Throws: `TableError`, or what the source throws; the rows before it were handed out.
  package func next() throws -> TextRow? {
    guard var row = try nextRaw() else { return nil }
    rowCount += 1
    if rowCount > limits.rows { throw TableError.tooManyRows(limit: limits.rows) }
    let expected = expectedCount ?? row.count
    expectedCount = expected
    if row.issue == nil, row.count != expected {
      row.issue =
        row.count < expected
        ? .tooFewFields(expected: expected, found: row.count)
        : .tooManyFields(expected: expected, found: row.count)
    }
    return row
  }

  private func nextRaw() throws -> TextRow? {
    while true {
      if let row = parser.batch.next() { return row }
      parser.batch.compact()
      if let failure { throw failure }
      if isFinished { return nil }
      let count = min(try source(&buffer), buffer.count)
      byteCount += count
      if count > 0 { push(buffer.span.bytes.extracting(0..<count)) } else { finish() }
    }
  }

  private func push(_ chunk: RawSpan) {
    let flaw = utf8.check(chunk)
    do throws(TableError) {
      try parser.push(chunk.extracting(0..<(flaw?.offset ?? chunk.byteCount)))
    } catch {
      failure = error
      return
    }
    guard let flaw else { return }
    let line = parser.currentLine
    let place = byteCount - chunk.byteCount + flaw.offset
    failure =
      flaw.flaw == .zeroByte
      ? .zeroByte(line: line, offset: place)
      : .invalidUTF8(line: line, offset: place, looksLikeWindows1252: !utf8.sawMultibyte)
  }

  private func finish() {
    isFinished = true
    if utf8.isIncomplete {
      failure = .invalidUTF8(
        line: parser.currentLine, offset: byteCount, looksLikeWindows1252: !utf8.sawMultibyte)
      return
    }
    do throws(TableError) { try parser.finish() } catch { failure = error }
  }

  /// Reads until the table's first line is complete, at most 64 KiB beyond what one call gives.
  private static func head(
    _ source: Source, buffer: inout [UInt8], linesAbove: Int
  ) throws -> [UInt8] {
    var head: [UInt8] = []
    while head.count < mostHead {
      let count = min(try source(&buffer), buffer.count)
      if count == 0 { break }
      head += buffer[..<count]
      // A line `sep=;` may stand above them all.
      if head.count >= 4096, head[...].offset(afterLines: linesAbove + 2) != nil { break }
    }
    return head
  }
}
