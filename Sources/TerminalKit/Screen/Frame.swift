/// A whole screen as a value: cells row by row and the place of the hardware cursor.
package struct Frame: Sendable {
  /// Columns.
  package let width: Int
  /// Rows.
  package let height: Int
  /// Where the hardware cursor stands, nil to hide it.
  ///
  /// Screen readers, Braille lines and input methods follow it.
  package var cursor: Position?

  /// What a click stands for, by place; see ``target(at:)``.
  var targets: [(rect: Rect, target: ClickTarget)] = []

  /// `width` × `height` cells, row by row.
  var cells: [Cell]
  /// Clusters of more than one scalar, which cells refer to by index.
  private(set) var clusters: [String] = []
  private var clusterIndex: [String: Int] = [:]

  /// A frame of spaces.
  package init(width: Int, height: Int, style: Style = .plain) {
    self.width = max(0, width)
    self.height = max(0, height)
    cells = Array(repeating: .blank(style), count: self.width * self.height)
  }

  /// A frame of spaces with the extent of a screen.
  package init(_ size: Size) {
    self.init(width: size.width, height: size.height)
  }

  /// The extent of the frame.
  package var size: Size { Size(width: width, height: height) }

  /// The rectangle of all cells.
  package var bounds: Rect { Rect(width: width, height: height) }

  /// The cell at a position, which must lie within the frame.
  package subscript(x: Int, y: Int) -> Cell { cells[y * width + x] }

  /// The text of a cell: one cluster, or the empty string where a wide one goes on.
  package func text(x: Int, y: Int) -> String { text(of: self[x, y].glyph) }

  func text(of glyph: Glyph) -> String {
    if let index = glyph.tableIndex { return clusters[index] }
    return glyph.scalar.map { String($0) } ?? ""
  }

  /// The glyph for a cluster, which is entered in the table when it has several scalars.
  mutating func glyph(for text: String) -> Glyph {
    let scalars = text.unicodeScalars
    if let first = scalars.first, scalars.count == 1 { return Glyph(first) }
    if let known = clusterIndex[text] { return Glyph(tableIndex: known) }
    clusterIndex[text] = clusters.count
    clusters.append(text)
    return Glyph(tableIndex: clusters.count - 1)
  }
}

extension Frame: Equatable {
  /// Whether both show the same, whatever the order in which clusters were met.
  package static func == (left: Frame, right: Frame) -> Bool {
    guard left.width == right.width, left.height == right.height, left.cursor == right.cursor
    else { return false }
    if left.clusters == right.clusters { return left.cells == right.cells }
    return left.cells.indices.allSatisfy { left.showsSame(as: right, at: $0) }
  }

  /// Whether the cell at `index`, counted row by row, looks the same in both frames.
  package func showsSame(as other: Frame, at index: Int) -> Bool {
    showsSame(as: other, at: index, index)
  }

  /// Whether the cell at `index` looks the same as the one of another frame at `place`.
  func showsSame(as other: Frame, at index: Int, _ place: Int) -> Bool {
    let mine = cells[index]
    let theirs = other.cells[place]
    guard mine.style == theirs.style else { return false }
    guard let own = mine.glyph.tableIndex, let foreign = theirs.glyph.tableIndex else {
      return mine.glyph == theirs.glyph
    }
    return clusters[own] == other.clusters[foreign]
  }
}
