/// A question over the screen that takes all keys until it is answered.
package struct Dialog: Equatable, Sendable {
  /// What kind of answer is wanted.
  package enum Kind: Equatable, Sendable {
    /// Yes or no; only the given key, never Enter, says yes.
    case confirm(yes: Character, label: String)
    /// The given text must be typed before Enter counts, for what cannot be taken back.
    case typed(expected: String, TextFieldState)
    /// One of several; letters choose at once, arrows and Enter too.
    case choice([Choice], selected: Int)
    /// Any text.
    case prompt(TextFieldState)
  }

  /// One of several answers.
  package struct Choice: Equatable, Sendable {
    /// The letter that chooses it, if it has one.
    package var key: Character?
    /// What it says.
    package var label: String

    /// An answer.
    package init(_ label: String, key: Character? = nil) {
      self.label = label
      self.key = key
    }
  }

  /// How a dialog ended.
  package enum Outcome: Equatable, Sendable {
    /// Yes.
    case confirmed
    /// The answer of this number, from 0.
    case chosen(Int)
    /// A text.
    case entered(String)
    /// Escape, or no.
    case cancelled
  }

  /// The title in the upper edge.
  package var title: String
  /// What is asked, and what it would mean.
  package var message: String
  /// The answer wanted.
  package var kind: Kind
  /// How to leave without an answer, in the dialog's last line: `Esc Cancel`.
  package var cancelHint: KeyHint
  /// What is said beside it where the message does not fit: `PgDn Scroll`.
  package var scrollHint: KeyHint
  /// How many lines of the message have been scrolled past.
  var skipping = 0

  /// A dialog.
  package init(
    title: String, message: String, kind: Kind,
    cancelHint: KeyHint, scrollHint: KeyHint
  ) {
    self.title = title
    self.message = message
    self.kind = kind
    self.cancelHint = cancelHint
    self.scrollHint = scrollHint
  }

  /// Takes a key.
  /// - Parameter key: The key.
  /// - Returns: How the dialog ended; nil while it goes on.
  package mutating func handle(_ key: Key) -> Outcome? {
    if key == .escape || key == .control("c") || key == .control("g") { return .cancelled }
    switch kind {
    case .confirm(let yes, _):
      let typed = KeyboardLayout.matches(key, yes)
      if typed { return .confirmed }
      return KeyboardLayout.matches(key, "n") ? .cancelled : nil
    case .typed(let expected, var state):
      if key == .enter { return Self.plain(state.text) == expected ? .confirmed : nil }
      _ = state.handle(key)
      kind = .typed(expected: expected, state)
    case .choice(let choices, let selected):
      return choose(key, among: choices, selected)
    case .prompt(var state):
      if key == .enter { return .entered(state.text) }
      _ = state.handle(key)
      kind = .prompt(state)
    }
    return nil
  }

  /// What was typed where something else is expected; nil while it is right, or nothing is typed.
  package var wronglyTyped: (typed: String, expected: String)? {
    guard case .typed(let expected, let state) = kind, Self.plain(state.text) != expected else {
      return nil
    }
    return (state.text, expected)
  }

  /// A number as it is expected: signs between thousands count for nothing.
  private static func plain(_ text: String) -> String {
    text.filter { !" .,\u{a0}".contains($0) }
  }

  /// Takes pasted text, which only text fields want.
  package mutating func paste(_ text: String) {
    switch kind {
    case .typed(let expected, var state):
      state.insert(text)
      kind = .typed(expected: expected, state)
    case .prompt(var state):
      state.insert(text)
      kind = .prompt(state)
    case .confirm, .choice: break
    }
  }

  private mutating func choose(
    _ key: Key, among choices: [Choice], _ selected: Int
  ) -> Outcome? {
    let byLetter = choices.firstIndex { choice in
      choice.key.map { KeyboardLayout.matches(key, $0) } ?? false
    }
    if let byLetter { return .chosen(byLetter) }
    if key == .enter { return choices.indices.contains(selected) ? .chosen(selected) : nil }
    var state = TableState(selected: selected)
    _ = state.handle(key, rowCount: choices.count, height: choices.count)
    kind = .choice(choices, selected: state.selected)
    return nil
  }
}

extension KeyboardLayout {
  /// Whether a key types the character, on its own layout or at the same place of a Latin one.
  static func matches(_ key: Key, _ character: Character) -> Bool {
    key.typed == character || latinKey(for: key)?.typed == character
  }
}
