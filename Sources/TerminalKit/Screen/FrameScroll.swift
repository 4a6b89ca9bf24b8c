/// Rows that a screen should move up or down before the rest is painted.
package struct FrameScroll: Equatable, Sendable {
  /// The rows within which everything moves.
  package var rows: Range<Int>
  /// How many rows up, negative for down.
  package var lines: Int
}

extension Frame {
  /// The most rows that a movement is looked for: what one key or a turn of the wheel moves.
  private static let mostLines = 3
  /// What a movement costs, in cells: a few bytes that any terminal has for it.
  private static let movementCost = 20
  /// What going to a row costs, in cells.
  private static let rowCost = 4

  /// How the frame follows from `old` by moving rows, when that spares painting much of them.
  ///
  /// Terminals move rows with a few bytes; a list that scrolls by one row then costs hardly more
  /// than one that does not, and less even where something beside it stands still.
  /// - Parameter old: What is on the screen.
  /// - Returns: The movement after which least is left to paint; nil when none spares a quarter.
  package func scroll(since old: Frame) -> FrameScroll? {
    guard size == old.size, height >= 4 else { return nil }
    let still = (0..<height).map { cost(ofRow: $0, from: $0, of: old) }
    guard still.count(where: { $0 > 0 }) >= 4 else { return nil }
    var best: (scroll: FrameScroll, gain: Int)?
    for lines in (1...Self.mostLines).flatMap({ [$0, -$0] }) {
      guard let rows = rowsThatGain(by: lines, since: old, still) else { continue }
      // Rows that come from what stands still below or above may be better left alone.
      let inner = lines > 0 ? rows.dropLast(lines) : rows.dropFirst(-lines)
      for rows in [rows, inner] where rows.count > abs(lines) {
        let cost = rows.reduce(Self.movementCost) { sum, y in
          sum + self.cost(ofRow: y, from: y + lines, of: old, within: rows)
        }
        let before = still[rows].reduce(0, +)
        guard cost * 4 < before * 3, before - cost > best?.gain ?? 0 else { continue }
        best = (FrameScroll(rows: rows, lines: lines), before - cost)
      }
    }
    return best?.scroll
  }

  /// The rows that gain most by moving so far, with those they come from; nil when none gains.
  private func rowsThatGain(by lines: Int, since old: Frame, _ still: [Int]) -> Range<Int>? {
    var best: (rows: ClosedRange<Int>, gain: Int)?
    var (start, gain) = (0, 0)
    for y in 0..<height where (0..<height).contains(y + lines) {
      if gain <= 0 { (start, gain) = (y, 0) }
      gain += still[y] - cost(ofRow: y, from: y + lines, of: old)
      if gain > best?.gain ?? 0 { best = (start...y, gain) }
    }
    guard let rows = best?.rows else { return nil }
    let (low, high) = (rows.lowerBound, rows.upperBound)
    return min(low, low + lines)..<(max(high, high + lines) + 1)
  }

  /// About how many cells are to be painted to make a row of `old` into one of this frame; rows
  /// that come from without the moved ones are blank.
  private func cost(
    ofRow y: Int, from source: Int, of old: Frame, within rows: Range<Int>? = nil
  ) -> Int {
    let isBlank = rows?.contains(source) == false
    var count = 0
    for x in 0..<width {
      let isSame =
        isBlank
        ? cells[y * width + x] == .blank(.plain)
        : showsSame(as: old, at: y * width + x, source * width + x)
      if !isSame { count += 1 }
    }
    return count == 0 ? 0 : count + Self.rowCost
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
}
