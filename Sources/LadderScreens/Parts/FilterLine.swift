import LoyaltyModel
import TerminalKit

/// The filter of a list: what is typed, whether it is being typed, and what is wrong with it.
struct FilterLine: Sendable, Equatable {
  var field = TextFieldState()
  /// Whether keys go into the field.
  var isOpen = false
  /// What is wrong with the text; the list keeps showing what it showed.
  var flaw: Flaw?
  /// The filter of the list that is shown; nil before there is one.
  private(set) var listedText: String?

  /// What is wrong with a filter.
  struct Flaw: Sendable, Equatable {
    /// Cause and remedy.
    let text: String
    /// Whether it may still become right when more is typed.
    let isHalfTyped: Bool

    init(_ text: String, _ isHalfTyped: Bool) {
      (self.text, self.isHalfTyped) = (text, isHalfTyped)
    }
  }

  /// The filter that the list goes by: the last one without a flaw.
  var inForce: String { flaw == nil ? text : listedText ?? "" }

  /// A list of a filter is there.
  mutating func listed(_ text: String) { (flaw, listedText) = (nil, text) }

  /// The text; leading and trailing blanks count for nothing.
  var text: String {
    var text = Substring(field.text)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// Opens it; the filter that stands gives way to the first key, unless an arrow keeps it.
  mutating func open() {
    isOpen = true
    field.selectAll()
  }

  /// Takes a key while open: Enter keeps the filter, Escape clears it.
  ///
  /// - Returns: Whether the list must be filtered anew.
  mutating func handle(_ key: Key) -> Bool {
    let before = text
    switch key {
    case .enter, .down, .up: isOpen = false
    case .escape: clear()
    default: _ = field.handle(key)
    }
    return text != before
  }

  mutating func clear() { (field, isOpen, flaw) = (TextFieldState(), false, nil) }

  /// Sets a filter that was chosen elsewhere.
  mutating func set(_ text: String) {
    clear()
    field = TextFieldState(text)
  }

  /// How many rows it takes: none while there is neither a filter nor an error.
  var height: Int { (isOpen || !text.isEmpty ? 1 : 0) + (flaw == nil ? 0 : 1) }
}

/// Draws a filter.
struct FilterLineView: Widget {
  let filter: FilterLine
  /// What is expected, shown while nothing is typed.
  let placeholder: String
  let texts: Texts

  func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    guard rect.height > 0 else { return }
    if filter.isOpen || !filter.text.isEmpty {
      frame.draw(
        TextField(
          prompt: "/ ", filter.field, placeholder: placeholder, isFocused: filter.isOpen),
        in: rect.row(0), context)
    }
    guard let flaw = filter.flaw, rect.height > 1 else { return }
    // A filter is one line, so only the sentence counts; the caret of longer messages is left out.
    let line = flaw.text.split(separator: "\n").first.map(String.init) ?? flaw.text
    // Whoever is typing has made no mistake yet.
    let isCalm = filter.isOpen && flaw.isHalfTyped
    let parts = rect.row(1).split(.horizontal, [.min(12), .fixed(noteWidth(in: rect))], spacing: 1)
    let sign = isCalm ? context.symbol("· ", ascii: "- ") : "! "
    frame.draw(Label(sign + line, isCalm ? .muted : .bad), in: parts[0], context)
    frame.draw(Label(note, .muted), in: parts[1], context)
  }

  /// Of which filter the list below is.
  private var note: String {
    guard let listed = filter.listedText else { return "" }
    return listed.isEmpty ? texts["filter.listed.all"] : texts("filter.listed", ["filter": listed])
  }

  private func noteWidth(in rect: Rect) -> Int { min(TextWidth.of(note), rect.width / 2) }
}
