extension Frame {
  /// Writes text from a cell to the right, made harmless and cut between clusters.
  ///
  /// A wide cluster that would stick out at the right edge becomes spaces. What lies outside the
  /// frame is left out.
  /// - Parameters:
  ///   - text: The text; control characters show as `�`.
  ///   - x: The column of its beginning; may lie outside.
  ///   - y: The row; may lie outside.
  ///   - style: Its look.
  ///   - width: The columns it may take; to the edge of the frame when nil.
  /// - Returns: The columns taken.
  @discardableResult
  package mutating func put(
    _ text: String, x: Int, y: Int, style: Style = .plain, width: Int? = nil
  ) -> Int {
    let end = min(self.width, width.map { x + max(0, $0) } ?? self.width)
    guard y >= 0, y < height, x < end else { return 0 }
    if let taken = putASCII(text, x: x, y: y, end: end, style: style) { return taken }
    var column = x
    Clusters.forEach(in: text) { cluster in
      guard column < end else { return false }
      place(cluster, x: column, y: y, end: end, style: style)
      column = min(end, column + cluster.width)
      return column < end
    }
    return column - x
  }

  /// Writes text into one row of columns, aligned and cut with an ellipsis, on a filled ground.
  package mutating func put(
    _ text: String, in rect: Rect, alignment: Alignment = .leading, style: Style = .plain,
    ellipsis: String = "…"
  ) {
    guard !rect.isEmpty else { return }
    fill(rect.row(0), style: style)
    let cut = TextWidth.truncated(text, to: rect.width, ellipsis: ellipsis)
    let offset = alignment.offset(free: max(0, rect.width - TextWidth.of(cut)))
    put(cut, x: rect.x + offset, y: rect.y, style: style, width: rect.width - offset)
  }

  /// Fills a rectangle with one character, a space unless told otherwise.
  package mutating func fill(_ rect: Rect, with character: Unicode.Scalar = " ", style: Style) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    let scalar = ScalarSafety.harmless(character) ?? " "
    let cell = Cell(glyph: ScalarSafety.width(scalar) == 1 ? Glyph(scalar) : .space, style: style)
    for y in area.y..<area.maxY {
      splitWide(atColumn: area.x, row: y)
      splitWide(atColumn: area.maxX, row: y)
      let start = y * width
      for index in (start + area.x)..<(start + area.maxX) { cells[index] = cell }
    }
  }

  /// Lays a style over what a rectangle already shows, as a selection bar does.
  package mutating func restyle(_ rect: Rect, with style: Style) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    for y in area.y..<area.maxY {
      for index in (y * width + area.x)..<(y * width + area.maxX) {
        cells[index].style = cells[index].style.overlaid(by: style)
      }
    }
  }

  /// The quick way for text of printable ASCII; nil when the text is not.
  private mutating func putASCII(
    _ text: String, x: Int, y: Int, end: Int, style: Style
  ) -> Int? {
    guard TextWidth.isPlainASCII(text) else { return nil }
    let count = min(text.utf8.count, end - x)
    let first = max(0, x)
    guard x + count > first else { return max(0, count) }
    splitWide(atColumn: first, row: y)
    splitWide(atColumn: x + count, row: y)
    var index = y * width + first
    for byte in text.utf8.dropFirst(first - x).prefix(x + count - first) {
      cells[index] = Cell(glyph: Glyph(ascii: byte), style: style)
      index += 1
    }
    return count
  }

  /// Puts one cluster, or spaces where only a part of it would be seen.
  private mutating func place(_ cluster: Cluster, x: Int, y: Int, end: Int, style: Style) {
    let first = max(0, x)
    let last = min(end, x + cluster.width)
    guard last > first else { return }
    splitWide(atColumn: first, row: y)
    splitWide(atColumn: last, row: y)
    let start = y * width
    guard first == x, last == x + cluster.width else {
      for column in first..<last { cells[start + column] = .blank(style) }
      return
    }
    cells[start + x] = Cell(glyph: glyph(for: cluster.text), style: style)
    for column in (x + 1)..<(x + cluster.width + 1) where column < last {
      cells[start + column] = Cell(glyph: .continuation, style: style)
    }
  }

  /// Turns a wide cluster that lies across the left edge of `column` into spaces, because one of
  /// its halves is about to be covered.
  private mutating func splitWide(atColumn column: Int, row: Int) {
    guard column > 0, column < width else { return }
    let start = row * width
    guard cells[start + column].isContinuation else { return }
    var left = column
    while left > 0, cells[start + left].isContinuation { left -= 1 }
    var right = column
    while right < width, cells[start + right].isContinuation { right += 1 }
    for index in (start + left)..<(start + right) { cells[index].glyph = .space }
  }
}
