/// A row of a table in a text file: its fields as bytes, and where it began.
///
/// Cheap to pass on; rows that are kept keep the chunk they came in.
package struct TextRow: Sendable {
  /// The line of the file, from 1, in which the row began.
  package let line: Int
  /// What is wrong with the row as a whole, nil when nothing.
  package internal(set) var issue: RowIssue?
  /// How many fields there are.
  package let count: Int
  private let bytes: [UInt8]
  private let ends: [Int]
  private let firstEnd: Int
  private let start: Int

  init(_ batch: RowBatch, row: RowBatch.Row) {
    line = row.line
    issue = row.issue
    count = row.fieldCount
    bytes = batch.bytes
    ends = batch.ends
    firstEnd = row.firstEnd
    start = row.start
  }

  private func range(_ index: Int) -> Range<Int> {
    let low = index == 0 ? start : ends[firstEnd + index - 1]
    return low..<ends[firstEnd + index]
  }

  /// The text of a field, nil when the row has no such field.
  package subscript(index: Int) -> String? {
    guard index >= 0, index < count else { return nil }
    return String(decoding: bytes[range(index)], as: UTF8.self)
  }

  /// All fields as text.
  package var strings: [String] {
    (0..<count).map { String(decoding: bytes[range($0)], as: UTF8.self) }
  }

  /// Whether a field is missing or has no byte.
  package func isEmpty(_ index: Int) -> Bool {
    index < 0 || index >= count || range(index).isEmpty
  }

  /// Whether no field has a byte.
  package var isBlank: Bool { (0..<count).allSatisfy { range($0).isEmpty } }

  /// Hands the bytes of a field to a closure; those of a field the row lacks are none.
  package func withBytes<Result, Failure: Error>(
    _ index: Int, _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let range = index >= 0 && index < count ? range(index) : 0..<0
    return try body(bytes.span.bytes.extracting(range))
  }
}

/// What is wrong with one row; it stops nothing.
package enum RowIssue: Sendable, Hashable {
  /// Fewer fields than the header has.
  case tooFewFields(expected: Int, found: Int)
  /// More fields than the header has.
  case tooManyFields(expected: Int, found: Int)
  /// A quote inside an unquoted field, or text after a closing quote. The last field holds what
  /// was left of the line, as it stands there.
  case strayQuote
}

/// Rows as they come out of a chunk, in one buffer, and the beginning of the row that goes on.
struct RowBatch {
  struct Row {
    let line: Int
    let start: Int
    let firstEnd: Int
    let fieldCount: Int
    let issue: RowIssue?
  }

  private(set) var bytes: [UInt8] = []
  /// The offset at which each field ends.
  private(set) var ends: [Int] = []
  private(set) var rows: [Row] = []
  private var taken = 0
  private var pendingStart = 0
  private var pendingFirstEnd = 0
  private var pendingLine = 0

  /// How many fields and bytes the row has that is not complete.
  var pendingFieldCount: Int { ends.count - pendingFirstEnd }
  var pendingByteCount: Int { bytes.count - pendingStart }

  mutating func appendField(_ field: RawSpan, line: Int) {
    appendBytes(field, field.byteCount > 0 ? 0..<field.byteCount : 0..<0)
    endField(line: line)
  }

  @inline(__always)
  mutating func appendBytes(_ source: RawSpan, _ range: Range<Int>) {
    bytes.append(source, range)
  }

  @inline(__always)
  mutating func endField(line: Int) {
    if pendingFieldCount == 0 { pendingLine = line }
    ends.append(bytes.count)
  }

  mutating func endRow(issue: RowIssue? = nil) {
    let row = Row(
      line: pendingLine, start: pendingStart, firstEnd: pendingFirstEnd,
      fieldCount: pendingFieldCount, issue: issue)
    rows.append(row)
    pendingStart = bytes.count
    pendingFirstEnd = ends.count
  }

  mutating func next() -> TextRow? {
    guard taken < rows.count else { return nil }
    taken += 1
    return TextRow(self, row: rows[taken - 1])
  }

  /// Forgets the rows that were taken, which must be all of them.
  mutating func compact() {
    rows.removeAll(keepingCapacity: true)
    taken = 0
    bytes.removeSubrange(0..<pendingStart)
    ends.removeSubrange(0..<pendingFirstEnd)
    for index in ends.indices { ends[index] -= pendingStart }
    pendingStart = 0
    pendingFirstEnd = 0
  }
}
