/// Text being edited: a line of it, or several.
///
/// While the whole of it is selected, as in a field just entered, what is typed, pasted or completed
/// takes its place, any deletion empties it, and a motion leaves it as it is and ends the selection.
package struct TextFieldState: Equatable, Sendable {
  private var characters: [Character]
  /// The place where typing inserts, in characters from the beginning.
  package private(set) var cursor: Int
  /// Whether the whole text is selected; the cursor then stands at its end.
  package private(set) var isSelected = false

  /// A text with the cursor at its end.
  package init(_ text: String = "") {
    characters = Array(text)
    cursor = characters.count
  }

  /// The text.
  package var text: String {
    get { String(characters) }
    set { self = TextFieldState(newValue) }
  }

  /// Whether nothing has been typed.
  package var isEmpty: Bool { characters.isEmpty }

  /// The text before the cursor.
  package var before: String { String(characters[..<cursor]) }

  /// The text before the place where typing goes: none of it while what is selected would give way.
  package var kept: String { isSelected ? "" : before }

  /// A line whose text is selected, with the cursor at its end.
  package static func selected(_ text: String) -> TextFieldState {
    var state = TextFieldState(text)
    state.selectAll()
    return state
  }

  /// Selects the whole text; an empty one has nothing to select.
  package mutating func selectAll() {
    cursor = characters.count
    isSelected = !characters.isEmpty
  }

  /// Ends the selection where the cursor is.
  package mutating func unselect() { isSelected = false }

  /// Inserts text at the cursor, as typing or pasting does, or in the place of what is selected; tabs
  /// become spaces, and so do line breaks unless they are to stay; other control characters are
  /// dropped.
  package mutating func insert(_ text: String, keepingLines: Bool = false) {
    let clean = text.compactMap { character -> Character? in
      if keepingLines, character.isNewline { return "\n" }
      if character.isNewline || character == "\t" { return " " }
      let isControl = character.unicodeScalars.contains {
        $0.properties.generalCategory == .control
      }
      return isControl ? nil : character
    }
    // A paste of nothing that can be shown leaves what stands.
    if clean.isEmpty { return }
    if isSelected { removeAll() }
    // Joined as one string, because a typed accent belongs to the letter before it.
    let head = String(characters[..<cursor]) + String(clean)
    let tail = characters[cursor...]
    characters = Array(head)
    cursor = characters.count
    characters += tail
  }

  private mutating func removeAll() {
    characters = []
    (cursor, isSelected) = (0, false)
  }

  /// Puts text in the place of so many characters before the cursor, or of what is selected.
  package mutating func replace(last count: Int, with text: String) {
    guard !isSelected else { return insert(text) }
    let start = max(0, cursor - count)
    characters.removeSubrange(start..<cursor)
    cursor = start
    insert(text)
  }

  /// Edits on a key, in the ways of a shell: characters insert, arrows with Control go by words,
  /// Control-A E U K W work.
  /// - Parameter key: The key.
  /// - Returns: Whether the key was one for a text field; Enter, Escape and Tab are not.
  package mutating func handle(_ key: Key) -> Bool {
    if let typed = key.typed {
      insert(String(typed))
      return true
    }
    guard let edit = Self.edit(for: key) else { return false }
    apply(edit)
    return true
  }
}

extension TextFieldState {
  /// A change that a key stands for.
  private enum Edit {
    case move(Motion)
    case delete(Motion)
  }

  /// A way from the cursor to another place.
  private enum Motion {
    case back, forth, wordBack, wordForth, start, end
  }

  private static let controls: [Character: Edit] = [
    "a": .move(.start), "e": .move(.end), "b": .move(.back), "f": .move(.forth),
    "h": .delete(.back), "d": .delete(.forth), "w": .delete(.wordBack), "u": .delete(.start),
    "k": .delete(.end),
  ]

  private static func edit(for key: Key) -> Edit? {
    let byWord = key.modifiers == .control || key.modifiers == .alt
    switch key.code {
    case .character(let character):
      return key.modifiers == .control ? controls[character] : nil
    case .left: return .move(byWord ? .wordBack : .back)
    case .right: return .move(byWord ? .wordForth : .forth)
    case .home: return .move(.start)
    case .end: return .move(.end)
    case .backspace: return .delete(byWord ? .wordBack : .back)
    case .delete: return .delete(byWord ? .wordForth : .forth)
    default: return nil
    }
  }

  private mutating func apply(_ edit: Edit) {
    switch edit {
    case .move(let motion):
      cursor = target(of: motion)
      isSelected = false
    case .delete where isSelected:
      removeAll()
    case .delete(let motion):
      let other = target(of: motion)
      let first = min(cursor, other)
      characters.removeSubrange(first..<max(cursor, other))
      cursor = first
    }
  }

  private func target(of motion: Motion) -> Int {
    switch motion {
    // From a selection an arrow goes to the end of it that it points at.
    case .back where isSelected: return 0
    case .back: return max(0, cursor - 1)
    case .forth: return min(characters.count, cursor + 1)
    case .start: return 0
    case .end: return characters.count
    case .wordBack:
      let spaces = characters[..<cursor].reversed().prefix(while: \.isWhitespace).count
      let word = characters[..<(cursor - spaces)].reversed().prefix { !$0.isWhitespace }.count
      return cursor - spaces - word
    case .wordForth:
      let spaces = characters[cursor...].prefix(while: \.isWhitespace).count
      let word = characters[(cursor + spaces)...].prefix { !$0.isWhitespace }.count
      return cursor + spaces + word
    }
  }
}

extension TextFieldState {
  /// Where each row begins and ends in characters, when the text is broken at a width.
  ///
  /// Rows break behind blanks, within a word only where it is longer than a row, and at every line
  /// break, which belongs to no row. Blanks at the end of a row may stand beyond the width.
  package func rows(width: Int) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    var (start, afterBlank, used) = (0, 0, 0)
    for (index, character) in characters.enumerated() {
      if character.isNewline {
        rows.append(start..<index)
        (start, afterBlank, used) = (index + 1, index + 1, 0)
        continue
      }
      let columns = TextWidth.of(String(character))
      if used + columns > width, used > 0, character != " " {
        let end = afterBlank > start ? afterBlank : index
        rows.append(start..<end)
        start = end
        used = self.columns(end..<index)
      }
      used += columns
      if character == " " { afterBlank = index + 1 }
    }
    return rows + [start..<characters.count]
  }

  /// The text of a row.
  package func text(of row: Range<Int>) -> String { String(characters[row]) }

  /// The row of the cursor among rows, and its column in that.
  package func place(in rows: [Range<Int>]) -> (row: Int, column: Int) {
    let row = rows.lastIndex { $0.lowerBound <= cursor } ?? 0
    return (row, columns(rows[row].lowerBound..<cursor))
  }

  /// Moves the cursor so many rows down, as near to its column as the row allows.
  ///
  /// - Returns: Whether there is such a row.
  package mutating func moveRow(by step: Int, width: Int) -> Bool {
    let rows = rows(width: width)
    let (row, column) = place(in: rows)
    guard rows.indices.contains(row + step) else { return false }
    let target = rows[row + step]
    // The place behind a row that goes on in the next one is in that.
    let goesOn = target.upperBound < characters.count && !characters[target.upperBound].isNewline
    let last = goesOn ? max(target.lowerBound, target.upperBound - 1) : target.upperBound
    cursor = (target.lowerBound...last).last { columns(target.lowerBound..<$0) <= column } ?? last
    return true
  }

  private func columns(_ range: Range<Int>) -> Int { TextWidth.of(String(characters[range])) }
}
