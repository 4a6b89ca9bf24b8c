/// A curve in braille dots, or in stars where only ASCII can be shown.
package struct LineChart: Widget, Equatable {
  /// A point of the curve; both numbers run from 0 to 1.
  package struct Point: Equatable, Sendable {
    /// From the left edge.
    package var x: Double
    /// From the lower edge.
    package var y: Double

    /// A point.
    package init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// The curve's points, ordered by x; they are joined by straight lines.
  package var points: [Point]
  /// Labels of the vertical axis at its upper and lower end.
  package var verticalLabels: (top: String, bottom: String)
  /// Labels of the horizontal axis at its left and right end.
  package var horizontalLabels: (left: String, right: String)
  /// What the curve stands for.
  package var role: Role

  /// A chart.
  package init(
    _ points: [Point], verticalLabels: (top: String, bottom: String) = ("", ""),
    horizontalLabels: (left: String, right: String) = ("", ""), role: Role = .bar
  ) {
    self.points = points
    self.verticalLabels = verticalLabels
    self.horizontalLabels = horizontalLabels
    self.role = role
  }

  /// Whether both charts draw the same.
  package static func == (left: LineChart, right: LineChart) -> Bool {
    left.points == right.points && left.verticalLabels == right.verticalLabels
      && left.horizontalLabels == right.horizontalLabels && left.role == right.role
  }

  package func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    let labels = [verticalLabels.top, verticalLabels.bottom]
    let margin = min(rect.width / 3, labels.map(TextWidth.of).max() ?? 0)
    let hasBottom = horizontalLabels != ("", "")
    let plot = Rect(
      x: rect.x + margin + 1, y: rect.y, width: rect.width - margin - 1,
      height: rect.height - 1 - (hasBottom ? 1 : 0))
    guard !plot.isEmpty else { return }
    drawAxes(into: &frame, rect, plot, margin, context)
    let canvas = DotCanvas(plot, unicode: context.capabilities.unicode, points: points)
    for y in 0..<plot.height {
      for x in 0..<plot.width {
        guard let text = canvas.text(x: x, y: y) else { continue }
        frame.put(text, x: plot.x + x, y: plot.y + y, style: context[role], width: 1)
      }
    }
  }

  private func drawAxes(
    into frame: inout Frame, _ rect: Rect, _ plot: Rect, _ margin: Int, _ context: RenderContext
  ) {
    let box = BoxCharacters(context)
    let style = context[.border]
    let axis = plot.x - 1
    frame.fill(
      Rect(x: axis, y: plot.y, width: 1, height: plot.height), with: box.vertical, style: style)
    frame.fill(
      Rect(x: plot.x, y: plot.maxY, width: plot.width, height: 1), with: box.horizontal,
      style: style)
    frame.fill(
      Rect(x: axis, y: plot.maxY, width: 1, height: 1), with: box.corners[2], style: style)
    let muted = context[.muted]
    for (label, y) in [(verticalLabels.top, plot.y), (verticalLabels.bottom, plot.maxY - 1)]
    where !label.isEmpty {
      frame.put(
        label, in: Rect(x: rect.x, y: y, width: margin, height: 1), alignment: .trailing,
        style: muted, ellipsis: context.ellipsis)
    }
    guard plot.maxY + 1 < rect.maxY else { return }
    let line = Rect(x: plot.x, y: plot.maxY + 1, width: plot.width, height: 1)
    let needed = TextWidth.of(horizontalLabels.left) + 1 + TextWidth.of(horizontalLabels.right)
    if needed <= line.width {
      frame.put(horizontalLabels.right, in: line, alignment: .trailing, style: muted)
    }
    frame.put(horizontalLabels.left, x: line.x, y: line.y, style: muted, width: line.width)
  }
}

/// The dots of a curve on a grid finer than cells.
private struct DotCanvas {
  private let columns: Int
  private let unicode: Bool
  private var dots: [UInt8]
  /// Dots in a cell: 2 × 4 in braille, 1 × 1 otherwise.
  private let across: Int
  private let down: Int

  init(_ plot: Rect, unicode: Bool, points: [LineChart.Point]) {
    columns = plot.width
    self.unicode = unicode
    (across, down) = unicode ? (2, 4) : (1, 1)
    dots = Array(repeating: 0, count: plot.width * plot.height)
    let lastColumn = plot.width * across - 1
    let lastRow = plot.height * down - 1
    let places = points.filter { $0.x.isFinite && $0.y.isFinite }.map { point in
      (
        x: Int((Blocks.clamped(point.x) * Double(lastColumn)).rounded()),
        y: lastRow - Int((Blocks.clamped(point.y) * Double(lastRow)).rounded())
      )
    }
    if let only = places.first { set(only.x, only.y) }
    for (start, end) in zip(places, places.dropFirst()) { join(start, end) }
  }

  func text(x: Int, y: Int) -> String? {
    let pattern = dots[y * columns + x]
    guard pattern != 0 else { return nil }
    guard unicode else { return "*" }
    return Unicode.Scalar(0x2800 + UInt32(pattern)).map { String($0) }
  }

  private mutating func join(_ start: (x: Int, y: Int), _ end: (x: Int, y: Int)) {
    let steps = max(abs(end.x - start.x), abs(end.y - start.y), 1)
    for step in 0...steps {
      let part = Double(step) / Double(steps)
      set(
        start.x + Int((Double(end.x - start.x) * part).rounded()),
        start.y + Int((Double(end.y - start.y) * part).rounded()))
    }
  }

  /// Braille numbers its dots 1–3 and 7 downward at the left, 4–6 and 8 at the right.
  private mutating func set(_ x: Int, _ y: Int) {
    let bit: UInt8 =
      switch (x % across, y % down) {
      case (0, 3): 0x40
      case (1, 3): 0x80
      case (let column, let row): 1 << UInt8(column * 3 + row)
      }
    dots[y / down * columns + x / across] |= bit
  }
}
