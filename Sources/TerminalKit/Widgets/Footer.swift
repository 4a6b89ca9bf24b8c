/// A key and what it does, for a footer.
package struct KeyHint: Equatable, Sendable {
  /// The key's label.
  package var key: String
  /// What it does, in a word or two.
  package var label: String
  /// The highest stay longest in a narrow footer.
  package var priority: Int
  /// The key that a click on the hint stands for.
  package var press: Key?

  /// A hint.
  package init(key: String, label: String, priority: Int = 1, press: Key? = nil) {
    self.key = key
    self.label = label
    self.priority = priority
    self.press = press
  }

  var width: Int { TextWidth.of(key) + 1 + TextWidth.of(label) }
}

/// A line of key hints: whole hints only, the important ones first to stay, in their own order.
package struct Footer: Widget, Equatable {
  /// The hints in the order in which they are shown.
  package var hints: [KeyHint]

  private static let gap = 2

  /// A footer.
  package init(_ hints: [KeyHint]) { self.hints = hints }

  /// The hints that fit into a width.
  package func fitting(width: Int) -> [KeyHint] {
    let byImportance = hints.indices.sorted {
      (-hints[$0].priority, $0) < (-hints[$1].priority, $1)
    }
    var kept: Set<Int> = []
    var used = 0
    for index in byImportance {
      let needed = hints[index].width + (kept.isEmpty ? 0 : Self.gap)
      guard used + needed <= width else { break }
      used += needed
      kept.insert(index)
    }
    return hints.indices.filter(kept.contains).map { hints[$0] }
  }

  package func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    guard !rect.isEmpty else { return }
    var x = rect.x
    for hint in fitting(width: rect.width) {
      if let key = hint.press {
        frame.addTarget(.key(key), in: Rect(x: x, y: rect.y, width: hint.width, height: 1))
      }
      x += frame.put(hint.key, x: x, y: rect.y, style: context[.key]) + 1
      x += frame.put(hint.label, x: x, y: rect.y, style: context[.muted]) + Self.gap
    }
  }
}
