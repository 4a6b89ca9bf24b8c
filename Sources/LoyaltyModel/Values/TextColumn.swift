/// A column of texts kept as one run of UTF-8 bytes, so that a million names cost their bytes and
/// four more each; a `String` is made only of what is shown.
package struct TextColumn: Sendable {
  /// The bytes of all rows, one after the other.
  package private(set) var bytes: [UInt8] = []
  /// Where each row begins; one more than there are rows.
  package private(set) var offsets: [UInt32] = [0]

  /// An empty column.
  package init() {}

  /// A column of parts that are known to fit together.
  init(checked bytes: [UInt8], _ offsets: [UInt32]) {
    (self.bytes, self.offsets) = (bytes, offsets)
  }

  /// The number of rows.
  package var count: Int { offsets.count - 1 }

  /// Makes room for rows and their bytes.
  package mutating func reserve(rows: Int, bytes byteCount: Int) {
    offsets.reserveCapacity(rows + 1)
    bytes.reserveCapacity(byteCount)
  }

  /// Adds a row.
  package mutating func append(_ text: some Sequence<UInt8>) {
    bytes.append(contentsOf: text)
    offsets.append(UInt32(bytes.count))
  }

  /// Adds a row.
  package mutating func append(_ text: String) { append(text.utf8) }

  /// Adds a row from a range of bytes.
  mutating func append(_ utf8: RawSpan, _ range: Range<Int>) {
    bytes.append(utf8, range)
    offsets.append(UInt32(bytes.count))
  }

  /// Some rows in an order.
  func gathered(_ rows: [UInt32]) -> TextColumn {
    var column = TextColumn()
    column.reserve(rows: rows.count, bytes: bytes.count)
    let utf8 = bytes.span.bytes
    for row in rows { column.append(utf8, range(Int(row))) }
    return column
  }

  /// The rows in the order of their bytes; equal ones as they stand.
  func sortedRows() -> [UInt32] {
    let utf8 = bytes.span.bytes
    func precedes(
      _ left: (head: UInt64, row: UInt32), _ right: (head: UInt64, row: UInt32)
    ) -> Bool {
      if left.head != right.head { return left.head < right.head }
      return Self.precedes(utf8, range(Int(left.row)), range(Int(right.row)))
    }
    var entries = (0..<count).map {
      (head: Self.head(utf8, range($0)), row: UInt32(truncatingIfNeeded: $0))
    }
    // The sort keeps equal ones in their order, and is quick where whole runs are sorted already.
    entries.sort(by: precedes)
    return entries.map(\.row)
  }

  /// Up to eight bytes from a place on as a number that compares as they do.
  @inline(__always)
  private static func head(_ utf8: RawSpan, _ range: Range<Int>) -> UInt64 {
    if range.count >= 8 {
      return UInt64(
        bigEndian: utf8.unsafeLoadUnaligned(fromByteOffset: range.lowerBound, as: UInt64.self))
    }
    var head: UInt64 = 0
    for offset in range {
      head = head << 8 | UInt64(utf8.unsafeLoad(fromByteOffset: offset, as: UInt8.self))
    }
    return range.isEmpty ? 0 : head << UInt64(64 - range.count * 8)
  }

  /// Whether one text comes before another by its bytes.
  private static func precedes(_ utf8: RawSpan, _ left: Range<Int>, _ right: Range<Int>) -> Bool {
    var (one, other) = (left, right)
    while !one.isEmpty, !other.isEmpty {
      let (mine, its) = (head(utf8, one), head(utf8, other))
      if mine != its { return mine < its }
      one = min(one.lowerBound + 8, one.upperBound)..<one.upperBound
      other = min(other.lowerBound + 8, other.upperBound)..<other.upperBound
    }
    return left.count < right.count
  }

  /// The range of a row's bytes within ``bytes``.
  package func range(_ row: Int) -> Range<Int> { Int(offsets[row])..<Int(offsets[row + 1]) }

  /// The bytes of a row.
  package func utf8(_ row: Int) -> ArraySlice<UInt8> { bytes[range(row)] }

  /// The text of a row.
  package subscript(row: Int) -> String { String(decoding: utf8(row), as: UTF8.self) }

  /// Whether two rows hold the same text.
  func isSame(_ row: Int, _ other: Int) -> Bool { utf8(row).elementsEqual(utf8(other)) }

  /// Whether a row holds no text.
  package func isEmpty(_ row: Int) -> Bool { offsets[row] == offsets[row + 1] }

  /// The row of a text in a column that is sorted by its bytes, or nil.
  package func sortedRow(of text: some Collection<UInt8>) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if utf8(middle).lexicographicallyPrecedes(text) { low = middle + 1 } else { high = middle }
    }
    return low < count && utf8(low).elementsEqual(text) ? low : nil
  }
}

extension Array<UInt8> {
  /// Adds the bytes of a range.
  @inline(__always)
  mutating func append(_ bytes: RawSpan, _ range: Range<Int>) {
    if range.isEmpty { return }
    bytes.extracting(range).withUnsafeBytes { append(contentsOf: $0) }
  }
}

/// A list of distinct labels, numbered in the order in which they were first met.
package struct LabelList: Sendable, Hashable {
  /// The labels by number.
  package private(set) var labels: [String] = []
  private var numbers: [String: Int] = [:]

  /// A list that begins with these labels.
  package init(_ labels: [String] = []) { for label in labels { _ = number(adding: label) } }

  /// The number of a label, added where it is new.
  package mutating func number(adding label: String) -> Int {
    if let known = numbers[label] { return known }
    numbers[label] = labels.count
    labels.append(label)
    return labels.count - 1
  }

  /// The number of a label, or nil.
  package func number(of label: String) -> Int? { numbers[label] }
}
