/// Lines that are typed into, broken where they are too long; they scroll with the cursor.
package struct TextArea: Widget, Equatable {
  /// What is being typed.
  package var state: TextFieldState
  /// Shown while nothing has been typed.
  package var placeholder: String
  /// Whether the keyboard, and so the hardware cursor, is in it.
  package var isFocused: Bool

  /// An area.
  package init(_ state: TextFieldState, placeholder: String = "", isFocused: Bool = true) {
    (self.state, self.placeholder, self.isFocused) = (state, placeholder, isFocused)
  }

  /// The columns at which the text is broken in an area of a width: one stays free for the cursor
  /// behind the last character.
  package static func textWidth(in width: Int) -> Int { max(1, width - 1) }

  /// The rows that it wants in a width.
  package func height(width: Int) -> Int { state.rows(width: Self.textWidth(in: width)).count }

  package func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    guard !rect.isEmpty else { return }
    let style = context[.input]
    frame.fill(rect, style: style)
    if state.isEmpty {
      frame.put(
        placeholder, x: rect.x, y: rect.y, style: style.overlaid(by: context[.muted]),
        width: rect.width)
    }
    let rows = state.rows(width: Self.textWidth(in: rect.width))
    let place = state.place(in: rows)
    // Who is elsewhere sees its beginning.
    let skipped = isFocused ? max(0, place.row - rect.height + 1) : 0
    for (index, row) in rows.dropFirst(skipped).prefix(rect.height).enumerated() {
      frame.put(
        state.text(of: row), x: rect.x, y: rect.y + index, style: style, width: rect.width)
    }
    guard isFocused else { return }
    frame.cursor = Position(
      x: min(rect.maxX - 1, rect.x + place.column), y: rect.y + place.row - skipped)
  }
}
