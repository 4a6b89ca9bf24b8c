import LoyaltyModel

extension FoldedColumn {
  /// The place of each row's text among the different texts of the column, without regard to case
  /// and accents: 0 for the first, the same for the same text.
  ///
  /// Texts are compared eight bytes at a time: all rows are sorted by their first eight, those that
  /// agree by the next eight, and so on.
  package var ranks: [UInt32] {
    var rows = (0..<count).map { KeyedRow(key: key($0, from: 0), row: UInt32($0)) }
    var ranks = [UInt32](repeating: 0, count: count)
    var next: UInt32 = 0
    RowOrder.sort(&rows)
    // Kept here and not by calling itself: texts may agree over more bytes than the stack has room.
    var parts = [Part(rows: 0..<rows.count, depth: 0)]
    while let part = parts.popLast() { rank(part, &rows, &parts, &ranks, &next) }
    return ranks
  }

  /// Rows that are sorted by their bytes at a depth and agree before it.
  private struct Part {
    let rows: Range<Int>
    let depth: Int
  }

  /// Gives ranks to a part up to the first rows that must be sorted by their next bytes; these, and
  /// after them what is left, are put off.
  private func rank(
    _ part: Part, _ rows: inout [KeyedRow], _ parts: inout [Part], _ ranks: inout [UInt32],
    _ next: inout UInt32
  ) {
    var start = part.rows.lowerBound
    while start < part.rows.upperBound {
      let key = rows[start].key
      var end = start + 1
      while end < part.rows.upperBound, rows[end].key == key { end += 1 }
      // A last byte of zero is the padding of a text that has ended.
      if end - start > 1, key & 0xFF != 0 {
        let depth = part.depth + 8
        for place in start..<end { rows[place].key = self.key(Int(rows[place].row), from: depth) }
        RowOrder.sort(&rows, start..<end)
        if end < part.rows.upperBound {
          parts.append(Part(rows: end..<part.rows.upperBound, depth: part.depth))
        }
        return parts.append(Part(rows: start..<end, depth: depth))
      }
      for place in start..<end { ranks[Int(rows[place].row)] = next }
      next += 1
      start = end
    }
  }

  /// Eight folded bytes of a row as one number, the first the highest; zero after the end.
  private func key(_ row: Int, from depth: Int) -> UInt64 {
    let place = otherRows.isEmpty ? 0 : otherPlace(row)
    let isOther = place < otherRows.count && Int(otherRows[place]) == row
    let column = isOther ? others : texts
    let range = column.range(isOther ? place : row)
    return column.bytes.withElements { bytes in
      var key: UInt64 = 0
      for offset in depth..<depth + 8 {
        key <<= 8
        guard range.lowerBound + offset < range.upperBound else { continue }
        let byte = bytes[range.lowerBound + offset]
        key |= UInt64(!isOther && (65...90).contains(byte) ? byte | 0x20 : byte)
      }
      return key
    }
  }
}
