/// A bar of a chart.
package struct Bar: Equatable, Sendable {
  /// What is measured.
  package var label: String
  /// Its length, 0 or more, against the longest or the chart's full scale.
  package var value: Double
  /// The value in words, at the right.
  package var valueText: String
  /// What the bar stands for.
  package var role: Role

  /// A bar.
  package init(_ label: String, value: Double, valueText: String, role: Role = .bar) {
    self.label = label
    self.value = value
    self.valueText = valueText
    self.role = role
  }
}

/// Horizontal bars one below the other, with labels at the left and values at the right.
package struct BarChart: Widget, Equatable {
  /// The bars from top to bottom.
  package var bars: [Bar]
  /// The value of a bar as long as the room; the longest bar's when nil.
  package var fullScale: Double?
  /// The bar the keyboard is on, if any.
  package var selected: Int?

  /// A chart.
  package init(_ bars: [Bar], fullScale: Double? = nil, selected: Int? = nil) {
    self.bars = bars
    self.fullScale = fullScale
    self.selected = selected
  }

  package func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    guard !rect.isEmpty, !bars.isEmpty else { return }
    let parts = columns(in: rect)
    let scale = fullScale ?? bars.map(\.value).filter(\.isFinite).max() ?? 0
    for (index, bar) in bars.prefix(rect.height).enumerated() {
      let y = rect.y + index
      let place = { (part: Rect) in Rect(x: part.x, y: y, width: part.width, height: 1) }
      frame.put(
        bar.label, in: place(parts[0]), style: context[.text], ellipsis: context.ellipsis)
      let drawn = Blocks.bar(
        scale > 0 ? bar.value / scale : 0, width: parts[1].width,
        unicode: context.capabilities.unicode)
      frame.put(drawn, x: parts[1].x, y: y, style: context[bar.role], width: parts[1].width)
      frame.put(
        bar.valueText, in: place(parts[2]), alignment: .trailing, style: context[.text],
        ellipsis: context.ellipsis)
      if index == selected { select(&frame, rect.row(index), context) }
    }
  }

  private func select(_ frame: inout Frame, _ line: Rect, _ context: RenderContext) {
    frame.select(line, with: context[.selection])
    frame.cursor = Position(x: line.x, y: line.y)
  }

  /// Labels, bars, values: the texts get what they need, up to a third of the room each.
  private func columns(in rect: Rect) -> [Rect] {
    let third = rect.width / 3
    let label = min(third, bars.map { TextWidth.of($0.label) }.max() ?? 0)
    let value = min(third, bars.map { TextWidth.of($0.valueText) }.max() ?? 0)
    return rect.split(.horizontal, [.fixed(label), .min(0), .fixed(value)], spacing: 1)
  }
}

/// A series of numbers as one line of little columns.
package struct Sparkline: Widget, Equatable {
  /// The numbers from left to right; what is no number counts as 0.
  package var values: [Double]
  /// What they stand for.
  package var role: Role
  /// The number of a column as high as the line; the greatest of the numbers when nil.
  package var fullScale: Double?

  /// A sparkline.
  package init(_ values: [Double], role: Role = .bar, fullScale: Double? = nil) {
    self.values = values
    self.role = role
    self.fullScale = fullScale
  }

  /// The line at a width: longer series are averaged into as many columns, zeros stay empty.
  package func text(width: Int, unicode: Bool) -> String {
    guard width > 0, !values.isEmpty else { return "" }
    let columns = min(width, values.count)
    let means = (0..<columns).map { column -> Double in
      let part = values[(column * values.count / columns)..<((column + 1) * values.count / columns)]
      return part.reduce(0) { $0 + ($1.isFinite ? max(0, $1) : 0) } / Double(part.count)
    }
    let top = fullScale ?? means.max() ?? 0
    return means.map { $0 > 0 ? Blocks.level($0 / top, unicode: unicode) : " " }.joined()
  }

  package func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    guard !rect.isEmpty else { return }
    let line = text(width: rect.width, unicode: context.capabilities.unicode)
    frame.put(line, x: rect.x, y: rect.y, style: context[role], width: rect.width)
  }
}
