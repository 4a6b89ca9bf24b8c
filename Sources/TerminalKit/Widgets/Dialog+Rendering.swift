extension Dialog: Widget {
  private static let widest = 64

  package func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    let width = min(rect.width, Self.widest)
    let lines = TextWrap.lines(message, width: width - 4)
    let answerHeight = self.answerHeight
    // Edges, message, a free line, the answer, a free line, hints.
    let box = rect.centered(width: width, height: lines.count + answerHeight + 5)
    guard box.width >= 8, box.height >= 4 else { return }
    frame.cursor = nil
    frame.fill(box, style: context[.text])
    frame.draw(Pane(title: title, isFocused: true), in: box, context)
    let inner = box.inset(dx: 2, dy: 1)
    // On a low screen the answer and the hints stay, the message gives way.
    let parts = inner.split(
      .vertical, [.min(0), .fixed(answerHeight), .fixed(min(2, inner.height - answerHeight))])
    frame.draw(Paragraph(message), in: parts[0], context)
    renderAnswer(into: &frame, parts[1], context)
    let hints = parts[2].row(parts[2].height - 1)
    frame.draw(Footer(self.hints), in: hints, context)
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
