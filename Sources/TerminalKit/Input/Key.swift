/// A key as pressed, with its modifiers.
package struct Key: Hashable, Sendable {
  /// Keys apart from modifiers.
  package enum Code: Hashable, Sendable {
    /// A character, the space included.
    case character(Character)
    /// A function key, from 1.
    case function(Int)
    /// The keys that have a name.
    case up, down, left, right, home, end, pageUp, pageDown
    /// The keys that have a name.
    case enter, escape, tab, backspace, delete, insert
  }

  /// Keys held down with another.
  package struct Modifiers: OptionSet, Hashable, Sendable {
    /// One bit a modifier.
    package let rawValue: UInt8

    /// A set from its bits.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Control.
    package static let control = Modifiers(rawValue: 1)
    /// Alt, or Escape just before.
    package static let alt = Modifiers(rawValue: 2)
    /// Shift, for keys that are no characters.
    package static let shift = Modifiers(rawValue: 4)
  }

  /// The key.
  package var code: Code
  /// What was held down with it.
  package var modifiers: Modifiers

  /// A key with its modifiers.
  package init(_ code: Code, _ modifiers: Modifiers = []) {
    self.code = code
    self.modifiers = modifiers
  }

  /// A character key.
  package static func character(_ character: Character) -> Key { Key(.character(character)) }
  /// A character with Control.
  package static func control(_ character: Character) -> Key {
    Key(.character(character), .control)
  }
  /// A character with Alt.
  package static func alt(_ character: Character) -> Key { Key(.character(character), .alt) }
  /// A function key, from 1.
  package static func function(_ number: Int) -> Key { Key(.function(number)) }

  /// The arrow up.
  package static let up = Key(.up)
  /// The arrow down.
  package static let down = Key(.down)
  /// The arrow to the left.
  package static let left = Key(.left)
  /// The arrow to the right.
  package static let right = Key(.right)
  /// Home.
  package static let home = Key(.home)
  /// End.
  package static let end = Key(.end)
  /// Page up.
  package static let pageUp = Key(.pageUp)
  /// Page down.
  package static let pageDown = Key(.pageDown)
  /// Enter.
  package static let enter = Key(.enter)
  /// Escape.
  package static let escape = Key(.escape)
  /// Tab.
  package static let tab = Key(.tab)
  /// Tab with Shift.
  package static let backtab = Key(.tab, .shift)
  /// Backspace.
  package static let backspace = Key(.backspace)
  /// Delete.
  package static let delete = Key(.delete)
  /// Insert.
  package static let insert = Key(.insert)
  /// The space bar.
  package static let space = Key.character(" ")
  /// The arrow up with Shift.
  package static let shiftUp = Key(.up, .shift)
  /// The arrow down with Shift.
  package static let shiftDown = Key(.down, .shift)

  /// The character that the key types, when it types one.
  package var typed: Character? {
    guard case .character(let character) = code, modifiers.isEmpty else { return nil }
    return character
  }
}
