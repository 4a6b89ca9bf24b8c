/// Where a reader is in a table of cells: the selected cell and the scroll in both directions.
package struct GridState: Equatable, Sendable {
  /// The row of the selected cell, and the vertical scroll.
  package var rows = TableState()
  /// The column of the selected cell, and the horizontal scroll.
  package var columns = TableState()

  /// The first cell.
  package init(row: Int = 0, column: Int = 0) {
    (rows.selected, columns.selected) = (row, column)
  }

  /// The selected row.
  package var row: Int { rows.selected }
  /// The selected column.
  package var column: Int { columns.selected }

  /// Moves on a key: arrows left and right between columns, all others between rows.
  /// - Parameters:
  ///   - key: The key.
  ///   - rowCount: All rows.
  ///   - columnCount: All columns.
  ///   - height: Rows on the screen.
  ///   - width: Columns on the screen.
  /// - Returns: Whether the key was one of these.
  package mutating func handle(
    _ key: Key, rowCount: Int, columnCount: Int, height: Int, width: Int
  ) -> Bool {
    switch key {
    case .left:
      columns.move(to: column - 1, rowCount: columnCount, height: width)
    case .right:
      columns.move(to: column + 1, rowCount: columnCount, height: width)
    default: return rows.handle(key, rowCount: rowCount, height: height)
    }
    return true
  }
}
