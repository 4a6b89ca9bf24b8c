/// Keeps text from being taken for a formula by a spreadsheet (OWASP, "CSV Injection").
package enum SpreadsheetGuard {
  /// The text with an apostrophe before it when a spreadsheet might run it.
  package static func guarded(_ text: String) -> String { isRisky(text) ? "'" + text : text }

  /// The text without the apostrophe that `guarded` put before it.
  package static func unguarded(_ text: String) -> String {
    guard text.utf8.first == 0x27 else { return text }
    let rest = String(text.unicodeScalars.dropFirst())
    return isRisky(rest) ? rest : text
  }

  /// The number to dial of an international telephone number by E.164; nil for any other text.
  ///
  /// That is a plus and its digits.
  /// Of `+49 (0)30 123-45` it is `+493012345`: no blank, bracket, dash, dot or slash is left, so
  /// that no formula can be. A spreadsheet takes it for the number after the plus at worst, and
  /// tools that send messages take it as it is, which they do not with an apostrophe before it.
  /// What has any other character, such as `+1+cmd|' /C calc'!A0`, is no such number.
  package static func dialled(_ text: String) -> String? {
    guard text.utf8.first == 0x2B else { return nil }
    // The zero is dialled within the country only.
    var rest = text.utf8.dropFirst()[...]
    var digits: [UInt8] = []
    while let byte = rest.first {
      if rest.starts(with: "(0)".utf8), !digits.isEmpty {
        rest = rest.dropFirst(3)
        continue
      }
      switch byte {
      case 0x30...0x39: digits.append(byte)
      case 0x20, 0x28, 0x29, 0x2D, 0x2E, 0x2F: break
      default: return nil
      }
      rest = rest.dropFirst()
    }
    // The shortest numbers abroad, and the most that E.164 allows.
    guard (7...15).contains(digits.count) else { return nil }
    return "+" + String(decoding: digits, as: UTF8.self)
  }

  /// Whether a text begins, after blanks, with `= + - @` or a full-width form of them, or with a
  /// tab or line end; apostrophes before do not count, so that guarding can be undone exactly.
  package static func isRisky(_ text: String) -> Bool {
    for scalar in text.unicodeScalars.drop(while: { $0 == "'" }) {
      switch scalar {
      case "=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n": return true
      default: if !scalar.properties.isWhitespace { return false }
      }
    }
    return false
  }
}
