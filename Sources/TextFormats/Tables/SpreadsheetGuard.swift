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
