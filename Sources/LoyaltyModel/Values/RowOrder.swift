/// A row and the number that it is ordered by.
package struct KeyedRow: Sendable, Hashable {
  /// The number.
  package var key: UInt64
  /// The row.
  package var row: UInt32

  /// A row with its number.
  @inlinable
  package init(key: UInt64, row: UInt32) { (self.key, self.row) = (key, row) }
}

/// Orders rows by whole numbers: a million in some hundredths of a second.
///
/// A radix sort from the lowest digit on, which takes only as many passes as the span of the numbers
/// needs; it is stable, so that rows with the same number keep their order.
package enum RowOrder {
  private static let digitBits: UInt64 = 11
  private static let digits = 1 << 11
  /// Below this, comparing is quicker than counting digits.
  private static let few = 256

  /// Sorts rows by their numbers, ascending; equal ones stay in their order.
  package static func sort(_ rows: inout [KeyedRow]) {
    sort(&rows, rows.startIndex..<rows.endIndex)
  }

  /// Numbers from the greatest to the least.
  package static func descending(_ numbers: [Int64]) -> [Int64] {
    var keyed = numbers.map { KeyedRow(key: ~$0.orderKey, row: 0) }
    sort(&keyed)
    return keyed.map { Int64(orderKey: ~$0.key) }
  }

  /// Sorts a part of rows by their numbers, ascending; equal ones stay in their order.
  package static func sort(_ rows: inout [KeyedRow], _ part: Range<Int>) {
    guard part.count > few else { return sortFew(&rows, part) }
    var (least, most) = (UInt64.max, UInt64.min)
    for place in part { (least, most) = (min(least, rows[place].key), max(most, rows[place].key)) }
    var other = Array(rows[part])
    var shift: UInt64 = 0
    var isInOther = false
    rows.withUnsafeMutableBufferPointer { rows in
      let rows = UnsafeMutableBufferPointer(rebasing: rows[part])
      other.withUnsafeMutableBufferPointer { other in
        while shift < 64, (most &- least) >> shift != 0 {
          if isInOther {
            pass(from: other, to: rows, least, shift)
          } else {
            pass(from: rows, to: other, least, shift)
          }
          isInOther.toggle()
          shift += digitBits
        }
        if isInOther { _ = rows.update(fromContentsOf: other) }
      }
    }
  }

  /// One digit: counts, then places.
  private static func pass(
    from source: UnsafeMutableBufferPointer<KeyedRow>,
    to target: UnsafeMutableBufferPointer<KeyedRow>, _ least: UInt64, _ shift: UInt64
  ) {
    let mask = UInt64(digits - 1)
    withUnsafeTemporaryAllocation(of: Int.self, capacity: digits) { places in
      places.initialize(repeating: 0)
      for item in source { places[Int((item.key &- least) >> shift & mask)] &+= 1 }
      var next = 0
      for digit in 0..<digits {
        let count = places[digit]
        places[digit] = next
        next &+= count
      }
      for item in source {
        let digit = Int((item.key &- least) >> shift & mask)
        target[places[digit]] = item
        places[digit] &+= 1
      }
    }
  }

  private static func sortFew(_ rows: inout [KeyedRow], _ part: Range<Int>) {
    rows.withUnsafeMutableBufferPointer { rows in
      // Swift's sort is stable.
      rows[part].sort { $0.key < $1.key }
    }
  }
}

extension FixedWidthInteger where Self: SignedInteger {
  /// The number shifted so that the order among signed numbers is that of unsigned ones.
  package var orderKey: UInt64 { UInt64(bitPattern: Int64(self)) ^ (1 << 63) }
}

extension Int64 {
  /// The number of an ``orderKey``.
  init(orderKey key: UInt64) { self.init(bitPattern: key ^ (1 << 63)) }
}

extension Double {
  /// The number as one whose order among whole numbers is its own; for all but NaN.
  package var orderKey: UInt64 {
    // Minus zero is zero.
    let bits = (self + 0).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }
}
