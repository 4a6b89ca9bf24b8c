/// One cell of a grid: what it says, and how much of it there is.
package struct GridCell: Equatable, Sendable {
  /// What it says.
  package var text: String
  /// From 0 to 1, drawn as a shade behind the text, so that it reads without colour; nil for none.
  package var share: Double?
  /// What it is for, when it differs from ordinary text.
  package var role: Role?

  /// A cell.
  package init(_ text: String, share: Double? = nil, _ role: Role? = nil) {
    (self.text, self.share, self.role) = (text, share, role)
  }
}

/// Cells in rows and columns under headings, scrolled both ways, of which only those on the screen
/// are asked for.
///
/// A bar beside it, one cell to the right of its place, tells of more rows.
package struct Grid: Widget {
  /// What stands over the rows' headings.
  package var corner: String
  /// The rows' headings.
  package var rowTitles: [String]
  /// The columns' headings.
  package var columnTitles: [String]
  /// The cell of a row and a column; nil leaves it empty.
  package var cell: @Sendable (_ row: Int, _ column: Int) -> GridCell?
  /// The width of the rows' headings.
  package var titleWidth: Int
  /// The width of a column without the gap before it; its last cell is for the shade.
  package var columnWidth: Int
  /// Where the reader is.
  package var state: GridState
  /// What is said when there is no row.
  package var emptyText: String

  /// A grid.
  package init(
    corner: String = "", rowTitles: [String], columnTitles: [String], titleWidth: Int,
    columnWidth: Int, state: GridState, emptyText: String = "",
    cell: @escaping @Sendable (_ row: Int, _ column: Int) -> GridCell?
  ) {
    (self.corner, self.rowTitles, self.columnTitles) = (corner, rowTitles, columnTitles)
    (self.titleWidth, self.columnWidth) = (titleWidth, columnWidth)
    (self.state, self.emptyText, self.cell) = (state, emptyText, cell)
  }

  /// The sign of a share from 0 to 1, for a legend.
  package static func shade(_ share: Double, _ context: RenderContext) -> String {
    Blocks.shade(share, unicode: context.capabilities.unicode)
  }

  /// How many rows and columns fit into a size.
  package func page(in size: Size) -> (rows: Int, columns: Int) {
    (max(1, size.height - 1), max(1, (size.width - titleWidth - 1) / (columnWidth + 1)))
  }

  package func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    guard !rect.isEmpty else { return }
    guard !rowTitles.isEmpty, !columnTitles.isEmpty else {
      frame.draw(Paragraph(emptyText, .muted), in: rect.inset(dx: 1, dy: 0), context)
      return
    }
    let window = GridWindow(self, rect)
    drawHeader(&frame, window, context)
    for row in window.rows {
      let line = window.line(row)
      let isHere = row == window.selected.row
      frame.put(
        rowTitles[row], in: Rect(x: rect.x, y: line, width: titleWidth, height: 1),
        style: context[isHere ? .title : .text], ellipsis: context.ellipsis)
      for column in window.columns {
        draw(&frame, window, row, column, context)
      }
    }
    guard window.rows.count < rowTitles.count else { return }
    let bar = Rect(x: rect.maxX, y: rect.y + 1, width: 1, height: rect.height - 1)
    frame.draw(
      Scrollbar(total: rowTitles.count, visible: window.rows.count, top: window.rows.lowerBound),
      in: bar, context)
  }

  private func drawHeader(
    _ frame: inout Frame, _ window: GridWindow, _ context: RenderContext
  ) {
    let rect = window.rect
    frame.put(
      corner, in: Rect(x: rect.x, y: rect.y, width: titleWidth, height: 1),
      style: context[.muted], ellipsis: context.ellipsis)
    for column in window.columns {
      let isHere = column == window.selected.column
      frame.put(
        columnTitles[column], in: GridWindow.text(in: window.place(rect.y, column)),
        alignment: .trailing,
        style: context[isHere ? .title : .header], ellipsis: context.ellipsis)
    }
    // Signs of more to the left and to the right.
    if window.columns.lowerBound > 0 {
      frame.put(
        context.symbol("‹", ascii: "<"), x: rect.x + titleWidth, y: rect.y,
        style: context[.accent], width: 1)
    }
    if window.columns.upperBound < columnTitles.count, window.end < rect.maxX {
      frame.put(
        context.symbol("›", ascii: ">"), x: window.end, y: rect.y, style: context[.accent],
        width: 1)
    }
  }

  private func draw(
    _ frame: inout Frame, _ window: GridWindow, _ row: Int, _ column: Int,
    _ context: RenderContext
  ) {
    let place = window.place(window.line(row), column)
    if let cell = cell(row, column) {
      frame.put(
        cell.text, in: GridWindow.text(in: place), alignment: .trailing,
        style: context[cell.role ?? .text], ellipsis: context.ellipsis)
      if let share = cell.share {
        frame.put(
          Grid.shade(share, context), x: place.maxX - 1, y: place.y, style: context[.bar],
          width: 1)
      }
    }
    guard row == window.selected.row, column == window.selected.column else { return }
    let sign = context.symbol("›", ascii: ">")
    frame.put(sign, x: place.x - 1, y: place.y, style: context[.text], width: 1)
    frame.select(
      Rect(x: place.x - 1, y: place.y, width: place.width + 1, height: 1),
      with: context[.selection])
    frame.cursor = Position(x: place.x - 1, y: place.y)
  }
}

/// The part of a grid that is on the screen.
private struct GridWindow {
  let rect: Rect
  let rows: Range<Int>
  let columns: Range<Int>
  let selected: (row: Int, column: Int)
  private let first: Int
  private let width: Int

  init(_ grid: Grid, _ rect: Rect) {
    let page = grid.page(in: Size(width: rect.width, height: rect.height))
    let (rowCount, columnCount) = (grid.rowTitles.count, grid.columnTitles.count)
    let top = grid.state.rows.visibleTop(rowCount: rowCount, height: page.rows)
    let left = grid.state.columns.visibleTop(rowCount: columnCount, height: page.columns)
    self.rect = rect
    rows = top..<min(rowCount, top + page.rows)
    columns = left..<min(columnCount, left + page.columns)
    selected = (min(grid.state.row, rowCount - 1), min(grid.state.column, columnCount - 1))
    first = rect.x + grid.titleWidth + 1
    width = grid.columnWidth
  }

  func line(_ row: Int) -> Int { rect.y + 1 + row - rows.lowerBound }

  func place(_ y: Int, _ column: Int) -> Rect {
    Rect(x: first + (column - columns.lowerBound) * (width + 1), y: y, width: width, height: 1)
  }

  /// The part of a cell that is for its text.
  static func text(in place: Rect) -> Rect {
    Rect(x: place.x, y: place.y, width: max(0, place.width - 1), height: 1)
  }

  /// The first free cell behind the columns.
  var end: Int { first + columns.count * (width + 1) - 1 }
}
