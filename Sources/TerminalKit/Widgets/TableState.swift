/// Where a reader is in a list of rows: the selected row, the scroll and the start of a range.
package struct TableState: Equatable, Sendable {
  /// The selected row, from 0; 0 also in an empty list.
  package var selected: Int
  /// The first row on the screen when last moved.
  package var top: Int
  /// Where a range selection began, while there is one.
  package var anchor: Int?

  /// The beginning of a list.
  package init(selected: Int = 0, top: Int = 0, anchor: Int? = nil) {
    self.selected = selected
    self.top = top
    self.anchor = anchor
  }

  /// The first row to show so that the selected one is on the screen and no room is wasted.
  /// - Parameters:
  ///   - rowCount: All rows.
  ///   - height: Rows on the screen.
  /// - Returns: A row number, 0 for an empty list.
  package func visibleTop(rowCount: Int, height: Int) -> Int {
    guard rowCount > 0, height > 0 else { return 0 }
    let selected = min(max(0, selected), rowCount - 1)
    let lowest = max(0, selected - height + 1)
    return min(max(top, lowest), selected, max(0, rowCount - height))
  }

  /// The rows of the range being selected, in order; the selected row alone without one.
  package var range: ClosedRange<Int> {
    let other = anchor ?? selected
    return min(other, selected)...max(other, selected)
  }

  /// Moves on a key: arrows, j and k, page keys, Home and End, g and G; with Shift a range grows.
  /// - Parameters:
  ///   - key: The key.
  ///   - rowCount: All rows.
  ///   - height: Rows on the screen, which is how far page keys go.
  /// - Returns: Whether the key was one of these.
  package mutating func handle(_ key: Key, rowCount: Int, height: Int) -> Bool {
    guard let target = Self.target(of: key, from: selected, rowCount: rowCount, page: height)
    else { return false }
    if key.modifiers.contains(.shift) {
      anchor = anchor ?? selected
    } else if !isRangeHeld {
      anchor = nil
    }
    move(to: target, rowCount: rowCount, height: height)
    return true
  }

  /// Whether plain movement also grows the range, as after `v`.
  package var isRangeHeld = false

  /// Starts a range at the selected row that plain movement grows, or ends it.
  package mutating func toggleRange() {
    isRangeHeld.toggle()
    anchor = isRangeHeld ? selected : nil
  }

  /// Gives up the range.
  package mutating func endRange() {
    isRangeHeld = false
    anchor = nil
  }

  /// Selects a row, or the nearest there is, and scrolls as little as needed.
  package mutating func move(to row: Int, rowCount: Int, height: Int) {
    selected = min(max(0, row), max(0, rowCount - 1))
    top = visibleTop(rowCount: rowCount, height: height)
  }

  private static func target(
    of key: Key, from selected: Int, rowCount: Int, page: Int
  ) -> Int? {
    if let typed = key.typed {
      switch typed {
      case "j": return selected + 1
      case "k": return selected - 1
      case "g": return 0
      case "G": return rowCount - 1
      default: return nil
      }
    }
    guard key.modifiers.isSubset(of: .shift) else { return nil }
    switch key.code {
    case .down: return selected + 1
    case .up: return selected - 1
    case .pageDown: return selected + max(1, page)
    case .pageUp: return selected - max(1, page)
    case .home: return 0
    case .end: return rowCount - 1
    default: return nil
    }
  }
}
