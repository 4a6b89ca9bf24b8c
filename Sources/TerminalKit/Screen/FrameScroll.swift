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
    var best: (scroll: FrameScroll, cost: Int)?
    for lines in (1...Self.mostLines).flatMap({ [$0, -$0] }) {
      guard let scroll = scroll(by: lines, since: old, still) else { continue }
      let cost = scroll.rows.reduce(Self.movementCost) { sum, y in
        sum + self.cost(ofRow: y, from: y + lines, of: old, within: scroll.rows)
      }
      let before = still[scroll.rows].reduce(0, +)
      guard cost * 4 < before * 3, before - cost > best?.cost ?? 0 else { continue }
      best = (scroll, before - cost)
    }
    return best?.scroll
  }

  /// The rows that gain most by moving so far; nil when none gains.
  private func scroll(by lines: Int, since old: Frame, _ still: [Int]) -> FrameScroll? {
    var best: (rows: ClosedRange<Int>, gain: Int)?
    var (start, gain) = (0, 0)
    for y in 0..<height where (0..<height).contains(y + lines) {
      if gain <= 0 { (start, gain) = (y, 0) }
      gain += still[y] - cost(ofRow: y, from: y + lines, of: old)
      if gain > best?.gain ?? 0 { best = (start...y, gain) }
    }
    guard let rows = best?.rows else { return nil }
    let (low, high) = (rows.lowerBound, rows.upperBound)
    return FrameScroll(
      rows: min(low, low + lines)..<(max(high, high + lines) + 1), lines: lines)
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
