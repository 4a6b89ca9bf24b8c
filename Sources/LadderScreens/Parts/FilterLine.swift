import TerminalKit

/// The filter of a list: what is typed, whether it is being typed, and what is wrong with it.
struct FilterLine: Sendable, Equatable {
  var field = TextFieldState()
  /// Whether keys go into the field.
  var isOpen = false
  /// What is wrong with the text; the list keeps showing what it showed.
  var error: String?

  /// The text; leading and trailing blanks count for nothing.
  var text: String {
    var text = Substring(field.text)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// Takes a key while open: Enter keeps the filter, Escape clears it.
  ///
  /// - Returns: Whether the list must be filtered anew.
  mutating func handle(_ key: Key) -> Bool {
    let before = text
    switch key {
    case .enter, .down, .up, .tab: isOpen = false
    case .escape: clear()
    default: _ = field.handle(key)
    }
    return text != before
  }

  mutating func clear() { self = FilterLine() }

  /// Sets a filter that was chosen elsewhere.
  mutating func set(_ text: String) {
    clear()
    field = TextFieldState(text)
  }

  /// How many rows it takes: none while there is neither a filter nor an error.
  var height: Int { (isOpen || !text.isEmpty ? 1 : 0) + (error == nil ? 0 : 1) }
}

/// Draws a filter.
struct FilterLineView: Widget {
  let filter: FilterLine
  /// What is expected, shown while nothing is typed.
  let placeholder: String

  func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    guard rect.height > 0 else { return }
    if filter.isOpen || !filter.text.isEmpty {
      frame.draw(
        TextField(
          prompt: "/ ", filter.field, placeholder: placeholder, isFocused: filter.isOpen),
        in: rect.row(0), context)
    }
    guard let error = filter.error, rect.height > 1 else { return }
    // A filter is one line, so only the sentence counts; the caret of longer messages is left out.
    let line = error.split(separator: "\n").first.map(String.init) ?? error
    frame.draw(Label("! " + line, .bad), in: rect.row(1), context)
  }
}
