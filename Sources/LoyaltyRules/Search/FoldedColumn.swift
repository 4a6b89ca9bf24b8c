package import LoyaltyModel

/// A column of texts with what is needed to search and order it without regard to case and accents.
///
/// Plain ASCII texts are used where they stand; only rows with other letters are kept a second
/// time, folded, so that an index costs next to nothing where names are English and no more than
/// the names themselves where they are not.
package struct FoldedColumn: Sendable {
  let texts: TextColumn
  /// The rows with bytes beyond ASCII, ascending.
  let otherRows: [UInt32]
  /// Their texts, folded.
  let others: TextColumn

  /// Prepares a column.
  package init(_ texts: TextColumn) {
    self.texts = texts
    var (rows, folded) = ([UInt32](), TextColumn())
    texts.bytes.withElements { bytes in
      texts.offsets.withElements { offsets in
        var (row, place) = (0, 0)
        while let next = TextScan.firstOther(bytes, from: place) {
          while Int(offsets[row + 1]) <= next { row += 1 }
          rows.append(UInt32(row))
          folded.append(
            Folding.fold(
              UnsafeBufferPointer(rebasing: bytes[Int(offsets[row])..<Int(offsets[row + 1])])))
          place = Int(offsets[row + 1])
        }
      }
    }
    (otherRows, others) = (rows, folded)
  }

  /// The number of rows.
  package var count: Int { texts.count }

  /// The first place in ``otherRows`` at or after a row.
  func otherPlace(_ row: Int) -> Int {
    var (low, high) = (0, otherRows.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(otherRows[middle]) < row { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The folded text of a row.
  func folded(_ row: Int) -> [UInt8] {
    let place = otherPlace(row)
    if place < otherRows.count, Int(otherRows[place]) == row { return Array(others.utf8(place)) }
    return Folding.fold(texts.utf8(row))
  }

  /// Marks the rows of a range whose folded text contains a needle.
  ///
  /// - Parameters:
  ///   - needle: What is looked for, folded.
  ///   - rows: The rows that are looked at; the first bit is that of the first row.
  ///   - found: Where bits are set; those that are set already stay.
  func mark(_ needle: Needle, in rows: Range<Int>, _ found: UnsafeMutablePointer<UInt64>) {
    if needle.isPlain {
      TextScan.forEachRow(containing: needle, of: texts, rows) { row in
        let bit = row - rows.lowerBound
        found[bit >> 6] |= 1 << UInt64(bit & 63)
      }
    }
    guard !otherRows.isEmpty else { return }
    let places = otherPlace(rows.lowerBound)..<otherPlace(rows.upperBound)
    TextScan.forEachRow(containing: needle, of: others, places) { place in
      let bit = Int(otherRows[place]) - rows.lowerBound
      found[bit >> 6] |= 1 << UInt64(bit & 63)
    }
  }
}

/// The text columns of a table made ready for searching, by fact.
package struct SearchIndex: Sendable {
  /// The facts that a bare word is looked for in.
  static let searched = ["id", "name", "email", "customer"]

  /// The prepared columns by fact.
  package let columns: [String: FoldedColumn]

  /// Prepares the columns of a table that bare words are looked for in.
  package init(_ facts: FactTable) {
    var columns: [String: FoldedColumn] = [:]
    for name in Self.searched {
      if case .text(let texts)? = facts.columns[name] { columns[name] = FoldedColumn(texts) }
    }
    self.columns = columns
  }
}

/// A search for a text in several prepared columns.
struct IndexedSearch: Sendable {
  let columns: [FoldedColumn]
  let needle: Needle

  /// Sets the bits of a range of rows, from its first row on.
  func fill(_ rows: Range<Int>, _ holds: UnsafeMutablePointer<UInt64>) {
    let words = (rows.count + 63) / 64
    for word in 0..<words { holds[word] = 0 }
    for column in columns { column.mark(needle, in: rows, holds) }
  }
}
