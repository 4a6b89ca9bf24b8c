/// A titled box around other widgets.
package struct Pane: Widget, Equatable {
  /// The title in the upper edge.
  package var title: String
  /// A note at the right of the upper edge, such as `12 of 340`; left out when there is no room.
  package var note: String
  /// Whether the keyboard is in it.
  package var isFocused: Bool

  /// A box.
  package init(title: String = "", note: String = "", isFocused: Bool = false) {
    self.title = title
    self.note = note
    self.isFocused = isFocused
  }

  /// The room inside a box of the given rectangle.
  package static func inner(of rect: Rect) -> Rect { rect.inset(dx: 1, dy: 1) }

  package func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    let style = context[isFocused ? .focusedBorder : .border]
    drawEdges(into: &frame, rect, style, BoxCharacters(context))
    let room = rect.width - 4
    guard room > 0 else { return }
    let titleText = title.isEmpty ? "" : " " + title + " "
    let shown = TextWidth.truncated(titleText, to: room, ellipsis: context.ellipsis + " ")
    let used = frame.put(shown, x: rect.x + 2, y: rect.y, style: context[.title], width: room)
    let noteText = note.isEmpty ? "" : " " + note + " "
    let noteWidth = TextWidth.of(noteText)
    guard noteWidth > 0, used + noteWidth < room else { return }
    frame.put(
      noteText, x: rect.maxX - 2 - noteWidth, y: rect.y, style: context[.muted], width: noteWidth)
  }

  private func drawEdges(
    into frame: inout Frame, _ rect: Rect, _ style: Style, _ box: BoxCharacters
  ) {
    let edge = Rect(x: rect.x, y: rect.y, width: rect.width, height: 1)
    frame.fill(edge, with: box.horizontal, style: style)
    frame.fill(
      Rect(x: rect.x, y: rect.maxY - 1, width: rect.width, height: 1), with: box.horizontal,
      style: style)
    for x in [rect.x, rect.maxX - 1] {
      let side = Rect(x: x, y: rect.y + 1, width: 1, height: rect.height - 2)
      frame.fill(side, with: box.vertical, style: style)
    }
    let corners = [
      (rect.x, rect.y), (rect.maxX - 1, rect.y), (rect.x, rect.maxY - 1),
      (rect.maxX - 1, rect.maxY - 1),
    ]
    for (corner, place) in zip(box.corners, corners) {
      frame.fill(Rect(x: place.0, y: place.1, width: 1, height: 1), with: corner, style: style)
    }
  }
}

/// The characters boxes are drawn with.
struct BoxCharacters {
  let horizontal: Unicode.Scalar
  let vertical: Unicode.Scalar
  /// Upper left, upper right, lower left, lower right.
  let corners: [Unicode.Scalar]

  init(_ context: RenderContext) {
    let unicode = context.capabilities.unicode
    horizontal = unicode ? "─" : "-"
    vertical = unicode ? "│" : "|"
    corners = unicode ? ["┌", "┐", "└", "┘"] : ["+", "+", "+", "+"]
  }
}
