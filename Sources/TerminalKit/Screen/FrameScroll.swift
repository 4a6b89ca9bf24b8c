/// Rows that a screen should move up or down before the rest is painted.
package struct FrameScroll: Equatable, Sendable {
  /// The rows within which everything moves.
  package var rows: Range<Int>
  /// How many rows up, negative for down.
  package var lines: Int
}

extension Frame {
  /// How the frame follows from `old` by moving rows, when that spares painting most of them.
  ///
  /// Terminals move rows with a few bytes; a list that scrolls by one row then costs hardly more
  /// than one that does not.
  /// - Parameter old: What is on the screen.
  /// - Returns: The movement that keeps most rows; nil when few would be kept.
  package func scroll(since old: Frame) -> FrameScroll? {
    guard size == old.size, height >= 4 else { return nil }
    let before = old.rowHashes
    let after = rowHashes
    let changed = (0..<height).filter { before[$0] != after[$0] }
    guard changed.count >= 4, let first = changed.first, let last = changed.last else {
      return nil
    }
    var best: FrameScroll?
    var kept = 3
    for lines in 1..<(last - first + 1) {
      for shift in [lines, -lines] {
        let rows = changed.filter { (first...last).contains($0 + shift) }
          .filter { after[$0] == before[$0 + shift] }
        guard rows.count > kept, let low = rows.first, let high = rows.last else { continue }
        let region = min(low, low + shift)..<(max(high, high + shift) + 1)
        guard rows.count * 2 >= region.count else { continue }
        kept = rows.count
        best = FrameScroll(rows: region, lines: shift)
      }
    }
    return best
  }

  /// What a screen shows after the movement: rows that came in are blank.
  package func scrolled(_ scroll: FrameScroll) -> Frame {
    var result = self
    for y in scroll.rows {
      let source = y + scroll.lines
      for x in 0..<width {
        result.cells[y * width + x] =
          scroll.rows.contains(source) ? cells[source * width + x] : .blank(.plain)
      }
    }
    return result
  }

  /// One number for the look of each row; rows that look the same have the same.
  private var rowHashes: [UInt64] {
    (0..<height).map { y in
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for cell in cells[(y * width)..<((y + 1) * width)] {
        let glyph =
          cell.glyph.tableIndex.map { UInt64(bitPattern: Int64(clusters[$0].hashValue)) }
          ?? UInt64(cell.glyph.bits)
        hash = (hash ^ glyph) &* 0x0000_0100_0000_01B3
        hash = (hash ^ cell.style.bits) &* 0x0000_0100_0000_01B3
      }
      return hash
    }
  }
}

extension Style {
  /// The style folded into one number, for telling rows apart.
  fileprivate var bits: UInt64 {
    (UInt64(foreground.bits) << 32 | UInt64(background.bits))
      ^ (UInt64(attributes.rawValue) << 26)
  }
}
