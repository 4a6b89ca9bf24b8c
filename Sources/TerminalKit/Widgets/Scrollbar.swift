/// Shows which part of a long list is on the screen.
package struct Scrollbar: Widget, Equatable {
  /// All rows there are.
  package var total: Int
  /// Rows on the screen.
  package var visible: Int
  /// The first row on the screen.
  package var top: Int

  /// A scroll bar.
  package init(total: Int, visible: Int, top: Int) {
    self.total = total
    self.visible = visible
    self.top = top
  }

  /// The rows of a bar of `height` that the thumb covers; empty when everything is visible.
  ///
  /// The thumb touches an end of the bar only when the list does.
  package func thumb(height: Int) -> Range<Int> {
    guard height > 0, total > visible, visible > 0 else { return 0..<0 }
    let length = min(height, max(1, height * visible / total))
    let last = total - visible
    let place = min(max(0, top), last)
    let free = height - length
    var start = Int((Double(place) / Double(last) * Double(free)).rounded())
    if place > 0, start == 0, free > 1 { start = 1 }
    if place < last, start == free, free > 1 { start = free - 1 }
    return start..<(start + length)
  }

  package func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    let thumb = thumb(height: rect.height)
    guard !thumb.isEmpty, rect.width > 0 else { return }
    for row in 0..<rect.height {
      let isThumb = thumb.contains(row)
      frame.put(
        isThumb ? context.symbol("█", ascii: "#") : context.symbol("│", ascii: "|"),
        x: rect.x, y: rect.y + row, style: context[isThumb ? .bar : .track], width: 1)
    }
  }
}
