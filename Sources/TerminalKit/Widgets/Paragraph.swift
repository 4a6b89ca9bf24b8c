/// A run of text in one look.
package struct Span: Equatable, Sendable {
  /// The text.
  package var text: String
  /// What it is for.
  package var role: Role

  /// Text for a purpose, ordinary when none is named.
  package init(_ text: String, _ role: Role = .text) {
    self.text = text
    self.role = role
  }
}

/// One line of differently styled runs, cut with an ellipsis.
package struct Label: Widget, Equatable {
  /// The runs from left to right.
  package var spans: [Span]
  /// Where they stand together.
  package var alignment: Alignment

  /// A label of one run.
  package init(_ text: String, _ role: Role = .text, alignment: Alignment = .leading) {
    self.init([Span(text, role)], alignment: alignment)
  }

  /// A label of several runs.
  package init(_ spans: [Span], alignment: Alignment = .leading) {
    self.spans = spans
    self.alignment = alignment
  }

  package func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    guard !rect.isEmpty else { return }
    let wanted = spans.reduce(0) { $0 + TextWidth.of($1.text) }
    var x = rect.x + alignment.offset(free: max(0, rect.width - wanted))
    for span in spans where x < rect.maxX {
      let room = rect.maxX - x
      let last = TextWidth.of(span.text) > room
      let text =
        last ? TextWidth.truncated(span.text, to: room, ellipsis: context.ellipsis) : span.text
      x += frame.put(text, x: x, y: rect.y, style: context[span.role], width: room)
      if last { return }
    }
  }
}

/// Text over several lines, wrapped at words.
package struct Paragraph: Widget, Equatable {
  /// The text; newlines end lines.
  package var text: String
  /// What it is for.
  package var role: Role
  /// Where its lines stand.
  package var alignment: Alignment
  /// Lines skipped at the top, when it is scrolled.
  package var skipping: Int

  /// A paragraph.
  package init(
    _ text: String, _ role: Role = .text, alignment: Alignment = .leading, skipping: Int = 0
  ) {
    self.text = text
    self.role = role
    self.alignment = alignment
    self.skipping = skipping
  }

  /// How many lines it takes at a width.
  package func height(width: Int) -> Int { TextWrap.lines(text, width: width).count }

  package func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    let lines = TextWrap.lines(text, width: rect.width).dropFirst(max(0, skipping))
    for (row, line) in lines.prefix(rect.height).enumerated() {
      let free = max(0, rect.width - TextWidth.of(line))
      frame.put(
        line, x: rect.x + alignment.offset(free: free), y: rect.y + row, style: context[role],
        width: rect.width)
    }
  }
}
