/// A word or words that are looked for as such, in capitals or not: not “Ann” in “annual”.
struct WholeWord {
  private let characters: [Character]

  /// Endings with which a name is declined, as in “Quirks order”; more would be another name.
  private static let endings = [Array("s"), Array("nya")]

  init(_ text: String) { characters = Array(text.lowercased()) }

  /// Whether it stands somewhere in a text with no letter or digit next to it.
  func stands(in text: String) -> Bool {
    let text = Array(text.lowercased())
    guard let first = characters.first, text.count >= characters.count else { return false }
    return (0...text.count - characters.count).contains { start in
      text[start] == first && text[start...].starts(with: characters)
        && (start == 0 || !Self.isJoined(text[start - 1], first))
        && isEnd(text[(start + characters.count)...])
    }
  }

  /// Whether the word ends where the rest of a text begins.
  private func isEnd(_ rest: ArraySlice<Character>) -> Bool {
    guard let last = characters.last else { return false }
    func isBoundary(_ rest: ArraySlice<Character>) -> Bool {
      rest.first.map { !Self.isJoined(last, $0) } ?? true
    }
    return isBoundary(rest)
      || Self.endings.contains { rest.starts(with: $0) && isBoundary(rest.dropFirst($0.count)) }
  }

  /// Whether two characters side by side are of one word.
  ///
  /// Scripts that set no blanks between words, or hang particles on names, show no end of one.
  private static func isJoined(_ one: Character, _ other: Character) -> Bool {
    [one, other].allSatisfy { ($0.isLetter || $0.isNumber) && !isUnspaced($0) }
  }

  private static func isUnspaced(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first?.value else { return false }
    return unspaced.contains { $0.contains(scalar) }
  }

  /// Thai and Lao, Burmese, Khmer, Hangul, kana, and Chinese characters.
  private static let unspaced: [ClosedRange<UInt32>] = [
    0x0E00...0x0EFF, 0x1000...0x109F, 0x1100...0x11FF, 0x1780...0x17FF, 0x3040...0x318F,
    0x31F0...0x31FF, 0x3400...0x9FFF, 0xAC00...0xD7FF, 0xF900...0xFAFF, 0x20000...0x3FFFF,
  ]
}
