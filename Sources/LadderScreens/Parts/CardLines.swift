import TerminalKit

/// Text of several looks, laid out to a width line by line, so that it can be scrolled.
struct CardLines: Sendable {
  let width: Int
  private(set) var lines: [[Span]] = []

  init(width: Int) { self.width = max(1, width) }

  mutating func heading(_ text: String) {
    if !lines.isEmpty { lines.append([]) }
    lines.append([Span(text, .title)])
  }

  mutating func blank() { lines.append([]) }

  mutating func spans(_ spans: [Span]) { lines.append(spans) }

  /// Wrapped text; the first line begins with `first`, the others with `rest` or are indented
  /// alike.
  mutating func text(
    _ text: String, _ role: Role = .text, first: String = "", rest: String? = nil
  ) {
    let indent = TextWidth.of(first)
    let room = max(1, width - indent)
    for (index, line) in TextWrap.lines(text, width: room).enumerated() {
      let start = index == 0 ? first : rest ?? String(repeating: " ", count: indent)
      lines.append([Span(start, .muted), Span(line, role)])
    }
  }

  /// A label and its value in two columns; the value wraps.
  mutating func pair(_ label: String, _ value: String, labelWidth: Int, _ role: Role = .text) {
    let room = min(labelWidth, width * 3 / 5)
    let start = TextWidth.padded(label, to: room) + " "
    for (index, line) in TextWrap.lines(value, width: max(1, width - room - 1)).enumerated() {
      let head = index == 0 ? start : String(repeating: " ", count: room + 1)
      lines.append([Span(head, .muted), Span(line, role)])
    }
  }

  /// A label and its value at the two ends of a row; one that has no room there stands below.
  mutating func figure(_ label: String, _ value: String) {
    let room = width - TextWidth.of(label) - 1
    if TextWidth.of(value) <= room {
      let end = TextWidth.padded(value, to: room, alignment: .trailing)
      lines.append([Span(label + " ", .muted), Span(end, .text)])
    } else {
      lines.append([Span(TextWidth.truncated(label, to: width), .muted)])
      lines.append([Span(TextWidth.padded(value, to: width, alignment: .trailing), .text)])
    }
  }
}

/// Draws laid-out lines, scrolled, with a bar when there is more.
struct CardLinesView: Widget {
  let lines: CardLines
  let skipping: Int

  /// The most lines that can be skipped with the last still at the bottom.
  static func mostSkipped(_ lines: CardLines, height: Int) -> Int {
    max(0, lines.lines.count - height)
  }

  func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    let skipped = min(skipping, Self.mostSkipped(lines, height: rect.height))
    for (row, spans) in lines.lines.dropFirst(skipped).prefix(rect.height).enumerated() {
      frame.draw(Label(spans), in: rect.row(row), context)
    }
    guard lines.lines.count > rect.height else { return }
    let bar = Rect(x: rect.maxX, y: rect.y, width: 1, height: rect.height)
    frame.draw(
      Scrollbar(total: lines.lines.count, visible: rect.height, top: skipped), in: bar, context)
  }
}
