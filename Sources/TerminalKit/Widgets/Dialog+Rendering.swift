extension Dialog: Widget {
  private static let widest = 64

  /// Scrolls a message that does not fit: Page Down and Page Up, but where they go along choices.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - rect: Where the dialog is drawn.
  /// - Returns: Whether the key was for that.
  package mutating func scroll(_ key: Key, in rect: Rect) -> Bool {
    guard isScrollable, key == .pageDown || key == .pageUp else { return false }
    let (most, page) = extent(in: rect)
    skipping = max(0, min(most, skipping + (key == .pageDown ? page : -page)))
    return true
  }

  /// Whether the paging keys are for the message; among choices they go along these.
  private var isScrollable: Bool { if case .choice = kind { false } else { true } }

  /// Where it stands, and the parts of it: the message, the answer and the hints.
  private func place(in rect: Rect) -> (box: Rect, parts: [Rect], lines: Int) {
    let width = min(rect.width, Self.widest)
    let lines = TextWrap.lines(message, width: width - 4).count
    // Edges, message, a free line, the answer, a free line, hints.
    let box = rect.centered(width: width, height: lines + answerHeight + 5)
    let inner = box.inset(dx: 2, dy: 1)
    // On a low screen the answer and the hints stay; first the free line gives way, then the message.
    let room = inner.height - answerHeight
    let parts = inner.split(
      .vertical,
      [.min(0), .fixed(answerHeight), .fixed(min(room, lines + 2 > room ? 1 : 2))])
    return (box, parts, lines)
  }

  /// How far the message can be scrolled, and how many lines of it are seen.
  private func extent(in rect: Rect) -> (most: Int, page: Int) {
    let (_, parts, lines) = place(in: rect)
    return (max(0, lines - parts[0].height), max(1, parts[0].height))
  }

  package func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    let (box, parts, _) = place(in: rect)
    guard box.width >= 8, box.height >= 4 else { return }
    frame.cursor = nil
    frame.fill(box, style: context[.text])
    frame.draw(Pane(title: title, isFocused: true), in: box, context)
    let inner = box.inset(dx: 2, dy: 1)
    let most = extent(in: rect).most
    frame.draw(Paragraph(message, skipping: min(most, skipping)), in: parts[0], context)
    renderAnswer(into: &frame, parts[1], context)
    let hints = parts[2].row(parts[2].height - 1)
    let scroll = most > 0 && isScrollable ? [scrollHint] : []
    frame.draw(Footer(self.hints + scroll), in: hints, context)
    if frame.cursor == nil { frame.cursor = Position(x: inner.x, y: inner.maxY - 1) }
  }

  private var answerHeight: Int {
    switch kind {
    case .confirm: 0
    case .typed, .prompt: 1
    case .choice(let choices, _): choices.count
    }
  }

  private var hints: [KeyHint] {
    switch kind {
    case .confirm(let yes, let label):
      [KeyHint(key: String(yes), label: label, priority: 2), cancelHint]
    case .typed, .prompt, .choice: [cancelHint]
    }
  }

  private func renderAnswer(into frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    switch kind {
    case .confirm: break
    case .typed(_, let state), .prompt(let state):
      frame.draw(TextField(prompt: "> ", state), in: rect, context)
    case .choice(let choices, let selected):
      let state = TableState(selected: selected)
      let list = List(count: choices.count, state: state) { index in
        let choice = choices[index]
        return TableCell((choice.key.map { "\($0)  " } ?? "   ") + choice.label)
      }
      frame.draw(list, in: rect, context)
    }
  }
}
