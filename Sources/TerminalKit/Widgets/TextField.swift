/// A line that is typed into; longer text scrolls sideways with the cursor, and a sign says that
/// more stands to the left.
///
/// What is selected looks like a selected row: without colour, reversed.
package struct TextField: Widget, Equatable {
  /// What stands before the field, such as `/`.
  package var prompt: String
  /// What is being typed.
  package var state: TextFieldState
  /// Shown while nothing has been typed.
  package var placeholder: String
  /// Whether the keyboard, and so the hardware cursor, is in it.
  package var isFocused: Bool

  /// A field.
  package init(
    prompt: String = "", _ state: TextFieldState, placeholder: String = "", isFocused: Bool = true
  ) {
    self.prompt = prompt
    self.state = state
    self.placeholder = placeholder
    self.isFocused = isFocused
  }

  package func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    guard !rect.isEmpty else { return }
    let taken = frame.put(
      prompt, x: rect.x, y: rect.y, style: context[.muted], width: max(0, rect.width - 1))
    let field = Rect(x: rect.x + taken, y: rect.y, width: rect.width - taken, height: 1)
    frame.fill(field, style: context[.input])
    // One column stays free for the cursor behind the last character.
    let beforeWidth = TextWidth.of(state.before)
    let skipped = max(0, beforeWidth - field.width + 1)
    if state.isEmpty {
      let style = context[.input].overlaid(by: context[.muted])
      frame.put(placeholder, x: field.x, y: field.y, style: style, width: field.width)
    } else {
      let sign = skipped > 0 ? context.symbol("‹", ascii: "<") : ""
      putScrolled(into: &frame, field, skipped: skipped, sign: sign, context)
    }
    if isFocused {
      let column = min(field.maxX - 1, field.x + beforeWidth - skipped)
      frame.cursor = Position(x: column, y: field.y)
    }
  }

  private func putScrolled(
    into frame: inout Frame, _ field: Rect, skipped: Int, sign: String, _ context: RenderContext
  ) {
    let style = context[.input]
    let isSelected = isFocused && state.isSelected
    let textStyle = isSelected ? context[.selection] : style
    // A field of one column has room for the cursor alone.
    let start = field.width > 1 ? field.x + TextWidth.of(sign) : field.x
    if start > field.x {
      frame.put(
        sign, x: field.x, y: field.y, style: style.overlaid(by: context[.muted]), width: 1)
    }
    var column = field.x - skipped
    for cluster in TextWidth.clusters(of: state.text) {
      if column >= start, column < field.maxX {
        frame.put(cluster.text, x: column, y: field.y, style: textStyle, width: field.maxX - column)
      }
      column += cluster.width
    }
  }
}
