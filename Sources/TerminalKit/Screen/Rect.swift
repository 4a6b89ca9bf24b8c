/// A place on the screen: column and row, counted from 0 at the upper left.
package struct Position: Hashable, Sendable {
  /// The column.
  package var x: Int
  /// The row.
  package var y: Int

  /// The position at a column and a row.
  package init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}

/// The extent of a screen in cells.
package struct Size: Hashable, Sendable {
  /// Columns.
  package var width: Int
  /// Rows.
  package var height: Int

  /// An extent; negative numbers become 0.
  package init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
  }
}

/// A rectangle of cells.
package struct Rect: Hashable, Sendable {
  /// The leftmost column.
  package var x: Int
  /// The uppermost row.
  package var y: Int
  /// Columns, 0 or more.
  package var width: Int
  /// Rows, 0 or more.
  package var height: Int

  /// A rectangle; a negative extent becomes 0.
  package init(x: Int = 0, y: Int = 0, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// The first column to the right of it.
  package var maxX: Int { x + width }
  /// The first row below it.
  package var maxY: Int { y + height }
  /// Whether it holds no cell.
  package var isEmpty: Bool { width == 0 || height == 0 }

  /// Whether the position lies within.
  package func contains(_ position: Position) -> Bool {
    position.x >= x && position.x < maxX && position.y >= y && position.y < maxY
  }

  /// The part that both have; empty when they do not meet.
  package func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(
      x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
  }

  /// The rectangle without `dx` columns at either side and `dy` rows above and below.
  package func inset(dx: Int, dy: Int) -> Rect {
    Rect(x: x + dx, y: y + dy, width: width - 2 * dx, height: height - 2 * dy)
  }

  /// Row `index` of it, counted from its top; empty when there is no such row.
  package func row(_ index: Int) -> Rect {
    Rect(x: x, y: y + index, width: width, height: index >= 0 && index < height ? 1 : 0)
  }

  /// A rectangle of at most the given extent in the middle of this one.
  package func centered(width wanted: Int, height tall: Int) -> Rect {
    let width = min(wanted, self.width)
    let height = min(tall, self.height)
    return Rect(
      x: x + (self.width - width) / 2, y: y + (self.height - height) / 2,
      width: width, height: height)
  }
}
