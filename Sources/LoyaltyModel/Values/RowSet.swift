/// A set of rows of a table, one bit a row.
package struct RowSet: Sendable, Hashable {
  /// The number of rows that the set ranges over.
  package let count: Int
  /// The bits, 64 a word, lowest first; bits past ``count`` are zero.
  package var words: [UInt64]

  /// No row, or every row, of a table.
  package init(count: Int, all: Bool = false) {
    self.count = count
    words = Array(repeating: all ? .max : 0, count: (count + 63) / 64)
    trim()
  }

  /// Some rows of a table.
  package init(_ rows: some Sequence<Int>, count: Int) {
    self.init(count: count)
    for row in rows { self[row] = true }
  }

  /// Whether a row is in the set.
  package subscript(row: Int) -> Bool {
    get { words[row >> 6] >> UInt64(row & 63) & 1 == 1 }
    set {
      if newValue {
        words[row >> 6] |= 1 << UInt64(row & 63)
      } else {
        words[row >> 6] &= ~(1 << UInt64(row & 63))
      }
    }
  }

  /// How many rows are in the set.
  package var population: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Clears the bits past ``count``, which a complement sets.
  package mutating func trim() {
    guard count & 63 != 0, !words.isEmpty else { return }
    words[words.count - 1] &= (1 << UInt64(count & 63)) - 1
  }

  /// Keeps the rows that are in the other set too.
  package mutating func formIntersection(_ other: RowSet) {
    for index in words.indices { words[index] &= other.words[index] }
  }

  /// Adds the rows of the other set.
  package mutating func formUnion(_ other: RowSet) {
    for index in words.indices { words[index] |= other.words[index] }
  }

  /// Removes the rows of the other set.
  package mutating func subtract(_ other: RowSet) {
    for index in words.indices { words[index] &= ~other.words[index] }
  }

  /// The rows of the set, in order.
  package var rows: [Int] {
    var rows: [Int] = []
    rows.reserveCapacity(population)
    forEach { rows.append($0) }
    return rows
  }

  /// Calls a function with each row of the set, in order.
  package func forEach<Failure: Error>(_ body: (Int) throws(Failure) -> Void) throws(Failure) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        try body(index << 6 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }
}
