import TerminalKit

/// Fields one below the other: text that is typed, or one of several choices.
struct Form: Sendable, Equatable {
  enum Value: Sendable, Equatable {
    case text(TextFieldState)
    case choice([String], Int)
  }

  struct Field: Sendable, Equatable {
    var label: String
    var value: Value
    /// What is expected, shown while nothing is typed.
    var placeholder = ""
    /// Whether what stands in it has a mistake.
    var isWrong = false

    /// What stands in the field.
    var text: String {
      switch value {
      case .text(let state): state.text
      case .choice(let choices, let index):
        choices.indices.contains(index) ? choices[index] : ""
      }
    }
  }

  var fields: [Field]
  var selected = 0
  /// Whether keys go into the selected field.
  var isEditing = false

  init(_ fields: [Field]) { self.fields = fields }

  subscript(_ index: Int) -> String { fields.indices.contains(index) ? fields[index].text : "" }

  /// The index of the choice in a field.
  func choice(_ index: Int) -> Int {
    guard fields.indices.contains(index), case .choice(_, let chosen) = fields[index].value
    else { return 0 }
    return chosen
  }

  mutating func set(_ index: Int, to text: String) {
    guard fields.indices.contains(index) else { return }
    fields[index].value = .text(TextFieldState(text))
  }

  /// Goes to a choice of a field.
  mutating func set(_ index: Int, toChoice choice: Int) {
    guard fields.indices.contains(index), case .choice(let choices, _) = fields[index].value,
      choices.indices.contains(choice)
    else { return }
    fields[index].value = .choice(choices, choice)
  }

  /// Goes from field to field.
  mutating func move(_ command: Command) {
    guard let key = command.motion else { return }
    var state = TableState(selected: selected)
    _ = state.handle(key, rowCount: fields.count, height: fields.count)
    selected = state.selected
  }

  /// Whether the selected field is one of choices.
  var isAtChoice: Bool {
    guard fields.indices.contains(selected), case .choice = fields[selected].value else {
      return false
    }
    return true
  }

  /// Begins to type into the selected field, whose text the first key takes the place of, or goes to
  /// its next choice.
  ///
  /// - Parameter isSelecting: Whether the text is selected; else the cursor goes to its end.
  /// - Returns: Whether something changed.
  @discardableResult
  mutating func edit(isSelecting: Bool = true) -> Bool {
    guard fields.indices.contains(selected) else { return false }
    if case .text(var state) = fields[selected].value {
      isEditing = true
      if isSelecting { state.selectAll() }
      fields[selected].value = .text(state)
      return false
    }
    return choose(1)
  }

  /// Goes to the next or previous choice of the selected field.
  ///
  /// - Returns: Whether something changed.
  @discardableResult
  mutating func choose(_ step: Int) -> Bool {
    guard fields.indices.contains(selected),
      case .choice(let choices, let index) = fields[selected].value, choices.count > 1
    else { return false }
    fields[selected].value = .choice(choices, (index + step + choices.count) % choices.count)
    return true
  }

  /// Takes a key while typing; Enter, Escape and the arrows up and down end it.
  ///
  /// - Returns: Whether the field was left with Enter or an arrow, so that its new text counts.
  @discardableResult
  mutating func handle(_ key: Key) -> Bool {
    guard isEditing, fields.indices.contains(selected),
      case .text(var state) = fields[selected].value
    else { return false }
    switch key {
    case .enter, .tab, .down, .up, .escape:
      isEditing = false
      state.unselect()
      fields[selected].value = .text(state)
      if key == .down || key == .tab { move(.down) }
      if key == .up { move(.up) }
      return true
    default:
      _ = state.handle(key)
      fields[selected].value = .text(state)
      return false
    }
  }

  mutating func paste(_ text: String) {
    guard isEditing, fields.indices.contains(selected),
      case .text(var state) = fields[selected].value
    else { return }
    state.insert(text)
    fields[selected].value = .text(state)
  }
}

/// Draws a form.
struct FormView: Widget {
  let form: Form
  var isFocused = true

  /// The rows it takes.
  var height: Int { form.fields.count }

  /// The least that is left of a label.
  private static let leastLabel = 6

  func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    let labels = min(rect.width / 2, (form.fields.map { TextWidth.of($0.label) }.max() ?? 0) + 2)
    for (index, field) in form.fields.enumerated() where index < rect.height {
      let line = rect.row(index)
      let isSelected = index == form.selected && isFocused
      let sign = field.isWrong ? "!" : isSelected ? context.symbol("›", ascii: ">") : " "
      // A choice is seen whole while somebody is at it; its label gives way.
      let needed = isSelected ? field.value.width : 0
      let label = min(labels, max(Self.leastLabel, line.width - 2 - needed))
      frame.put(
        sign + " " + field.label,
        in: Rect(x: line.x, y: line.y, width: label + 1, height: 1),
        style: context[isSelected ? .title : field.isWrong ? .warning : .text],
        ellipsis: context.ellipsis)
      let place = Rect(
        x: line.x + label + 2, y: line.y, width: line.width - label - 2, height: 1)
      draw(field, isSelected: isSelected, into: &frame, place, context)
    }
  }

  private func draw(
    _ field: Form.Field, isSelected: Bool, into frame: inout Frame, _ rect: Rect,
    _ context: RenderContext
  ) {
    switch field.value {
    case .text(let state):
      frame.draw(
        TextField(state, placeholder: field.placeholder, isFocused: isSelected), in: rect,
        context)
    case .choice(let choices, let index):
      let shown = choices.indices.contains(index) ? choices[index] : ""
      let left = context.symbol("‹", ascii: "<")
      let right = context.symbol("›", ascii: ">")
      frame.draw(
        Label([Span(left + " ", .muted), Span(shown, .accent), Span(" " + right, .muted)]),
        in: rect, context)
      if isSelected { frame.cursor = Position(x: rect.x, y: rect.y) }
    }
  }
}

extension Form.Value {
  /// The cells that a choice takes; 0 for a text, which scrolls.
  fileprivate var width: Int {
    guard case .choice(let choices, let index) = self, choices.indices.contains(index) else {
      return 0
    }
    return TextWidth.of(choices[index]) + 4
  }
}
