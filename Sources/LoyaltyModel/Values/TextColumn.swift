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

  /// The range of a row's bytes within ``bytes``.
  package func range(_ row: Int) -> Range<Int> { Int(offsets[row])..<Int(offsets[row + 1]) }

  /// The bytes of a row.
  package func utf8(_ row: Int) -> ArraySlice<UInt8> { bytes[range(row)] }

  /// The text of a row.
  package subscript(row: Int) -> String { String(decoding: utf8(row), as: UTF8.self) }

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
