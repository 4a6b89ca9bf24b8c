/// One cell of a table's row.
package struct TableCell: Equatable, Sendable, ExpressibleByStringInterpolation {
  /// What it says.
  package var text: String
  /// What it is for, when it differs from its row.
  package var role: Role?

  /// A cell.
  package init(_ text: String, _ role: Role? = nil) {
    self.text = text
    self.role = role
  }

  /// A cell of ordinary text.
  package init(stringLiteral text: String) { self.init(text) }
}

/// A column of a table.
package struct TableColumn: Equatable, Sendable {
  /// Which way rows are ordered by it.
  package enum Sort: Equatable, Sendable {
    /// The smallest first.
    case ascending
    /// The greatest first.
    case descending
  }

  /// Its heading.
  package var title: String
  /// How wide it is.
  package var width: Constraint
  /// Where its text stands.
  package var alignment: Alignment
  /// The order of the rows, when it is by this column.
  package var sort: Sort?

  /// A column.
  package init(
    _ title: String, _ width: Constraint, alignment: Alignment = .leading, sort: Sort? = nil
  ) {
    self.title = title
    self.width = width
    self.alignment = alignment
    self.sort = sort
  }
}

/// Rows under headings, of which only those on the screen are asked for.
package struct Table: Widget {
  /// The columns from left to right.
  package var columns: [TableColumn]
  /// How many rows there are.
  package var rowCount: Int
  /// The cells of a row, asked only for rows on the screen.
  package var row: @Sendable (Int) -> [TableCell]
  /// Whether a row is marked, asked only for rows on the screen; nil leaves out the marks' column.
  package var isMarked: (@Sendable (Int) -> Bool)?
  /// Where the reader is.
  package var state: TableState
  /// Whether the keyboard is in it, and so the hardware cursor on its selected row.
  package var isFocused: Bool
  /// Whether clicks on its rows and headings count; as long as nothing else is said, when the
  /// keyboard is in it.
  package var takesClicks: Bool
  /// Whether there is a row of headings.
  package var showsHeader: Bool
  /// What is said when there is no row.
  package var emptyText: String
  /// Whether a row of two cells gives the second all the room that it needs, whatever its column has.
  package var lendsRoom = false

  /// A table.
  package init(
    columns: [TableColumn], rowCount: Int, state: TableState, isFocused: Bool = true,
    showsHeader: Bool = true, emptyText: String = "",
    isMarked: (@Sendable (Int) -> Bool)? = nil,
    row: @escaping @Sendable (Int) -> [TableCell]
  ) {
    self.columns = columns
    self.rowCount = rowCount
    self.row = row
    self.isMarked = isMarked
    self.state = state
    (self.isFocused, self.takesClicks) = (isFocused, isFocused)
    self.showsHeader = showsHeader
    self.emptyText = emptyText
  }

  /// How many rows fit into a rectangle, which `TableState.handle` wants to know.
  package func pageHeight(in rect: Rect) -> Int { max(0, rect.height - (showsHeader ? 1 : 0)) }

  package func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    let height = pageHeight(in: rect)
    guard rect.width > 0, rect.height > 0 else { return }
    let parts = columnRects(in: rect, scrolls: rowCount > height)
    if showsHeader { renderHeader(into: &frame, rect.row(0), parts, context) }
    let body = Rect(x: rect.x, y: rect.maxY - height, width: rect.width, height: height)
    guard rowCount > 0 else {
      frame.draw(Paragraph(emptyText, .muted), in: body.inset(dx: 1, dy: 0), context)
      return
    }
    let top = state.visibleTop(rowCount: rowCount, height: height)
    let scrolls = rowCount > height
    let rows = Rect(
      x: body.x, y: body.y, width: body.width - (scrolls ? 1 : 0), height: body.height)
    for offset in 0..<min(height, rowCount - top) {
      renderRow(top + offset, into: &frame, rows.row(offset), parts, context)
    }
    if scrolls {
      let bar = Rect(x: rect.maxX - 1, y: body.y, width: 1, height: height)
      frame.draw(Scrollbar(total: rowCount, visible: height, top: top), in: bar, context)
    }
  }
}

extension Table {
  /// Columns left of the text: the selection's sign, the mark's, a space.
  private var gutter: Int { isMarked == nil ? 2 : 3 }

  private func columnRects(in rect: Rect, scrolls: Bool) -> [Rect] {
    let room = Rect(
      x: rect.x + gutter, y: rect.y, width: rect.width - gutter - (scrolls ? 2 : 0), height: 1)
    return room.split(.horizontal, columns.map(\.width), spacing: 1)
  }

  /// The least of the first cell that is left when the second takes room.
  private static let leastLeft = 12

  /// The places of two cells, of which the second needs more or less than its column has.
  private func lent(_ parts: [Rect], to cells: [TableCell]) -> [Rect] {
    guard parts.count == 2, cells.count == 2 else { return parts }
    let (first, second) = (parts[0], parts[1])
    let least = min(Self.leastLeft, TextWidth.of(cells[0].text))
    let width = min(TextWidth.of(cells[1].text), second.maxX - first.x - 1 - least)
    guard width > 0 else { return parts }
    return [
      Rect(x: first.x, y: first.y, width: second.maxX - first.x - 1 - width, height: 1),
      Rect(x: second.maxX - width, y: second.y, width: width, height: 1),
    ]
  }

  private func renderHeader(
    into frame: inout Frame, _ line: Rect, _ parts: [Rect], _ context: RenderContext
  ) {
    let style = context[.header]
    for (index, (column, part)) in zip(columns, parts).enumerated() {
      let sign =
        switch column.sort {
        case .ascending: context.symbol("▲", ascii: "^")
        case .descending: context.symbol("▼", ascii: "v")
        case nil: ""
        }
      let room = max(0, part.width - TextWidth.of(sign))
      let title = TextWidth.truncated(column.title, to: room, ellipsis: context.ellipsis)
      let place = Rect(x: part.x, y: line.y, width: part.width, height: 1)
      frame.put(title + sign, in: place, alignment: column.alignment, style: style, ellipsis: "")
      guard takesClicks, part.width > 0 else { continue }
      // The space behind a column is part of its heading, so that no click between two is lost.
      let end = index + 1 < parts.count ? parts[index + 1].x : part.maxX
      frame.addTarget(
        .heading(index), in: Rect(x: part.x, y: line.y, width: end - part.x, height: 1))
    }
  }

  private func renderRow(
    _ index: Int, into frame: inout Frame, _ line: Rect, _ parts: [Rect],
    _ context: RenderContext
  ) {
    if takesClicks { frame.addTarget(.row(index), in: line) }
    let isSelected = index == min(max(0, state.selected), rowCount - 1)
    let isInRange = state.anchor != nil && state.range.contains(index)
    let cells = row(index)
    let parts = lendsRoom ? lent(parts, to: cells) : parts
    for (cell, (column, part)) in zip(cells, zip(columns, parts)) where part.width > 0 {
      frame.put(
        cell.text, in: Rect(x: part.x, y: line.y, width: part.width, height: 1),
        alignment: column.alignment, style: context[cell.role ?? .text],
        ellipsis: context.ellipsis)
    }
    let isMarked = isMarked?(index) == true
    if isMarked {
      let sign = context.symbol("✓", ascii: "*")
      frame.put(sign, x: line.x + 1, y: line.y, style: context[.marked], width: line.width - 1)
    }
    guard isSelected || isInRange else { return }
    let sign = isSelected ? context.symbol("›", ascii: ">") : context.symbol("┆", ascii: ":")
    frame.put(sign, x: line.x, y: line.y, width: line.width)
    frame.select(line, with: context[isFocused ? .selection : .inactiveSelection])
    if isSelected, isFocused { frame.cursor = Position(x: line.x, y: line.y) }
  }
}

extension Frame {
  /// Lays a selection bar over a line; text in it takes the bar's own colours, to stay legible.
  mutating func select(_ rect: Rect, with style: Style) {
    if style.background == .standard { return restyle(rect, with: style) }
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    for index in (area.y * width + area.x)..<(area.y * width + area.maxX) {
      cells[index].style = style.adding(cells[index].style.attributes)
    }
  }
}
