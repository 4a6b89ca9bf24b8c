/// What a click on a part of a frame stands for.
package enum ClickTarget: Equatable, Sendable {
  /// A row of the list that has the keyboard, counted from 0.
  case row(Int)
  /// The heading of a column of the list that has the keyboard, counted from 0.
  case heading(Int)
  /// A key that is named there.
  case key(Key)
}

extension Frame {
  /// Says what a click within a rectangle stands for; a later one lies over an earlier one.
  package mutating func addTarget(_ target: ClickTarget, in rect: Rect) {
    guard !rect.isEmpty else { return }
    targets.append((rect, target))
  }

  /// Forgets all targets, because something lies over them.
  package mutating func clearTargets() { targets = [] }

  /// What a click at a position stands for; nil for nothing.
  package func target(at position: Position) -> ClickTarget? {
    targets.last { rect, _ in
      (rect.x..<rect.maxX).contains(position.x) && (rect.y..<rect.maxY).contains(position.y)
    }?.target
  }
}
