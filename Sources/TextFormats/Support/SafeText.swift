/// Makes text from files harmless on a terminal.
package enum SafeText {
  /// Whether a scalar may steer a terminal or reorder text: C0, DEL, C1, line and paragraph
  /// separators, and the bidirectional controls.
  package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// The text with each unsafe scalar replaced; tabs and line ends become a blank, others U+FFFD.
  package static func shown(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x2028, 0x2029: result.append(" ")
      default: result.append(isUnsafe(scalar) ? "\u{FFFD}" : scalar)
      }
    }
    return String(result)
  }

  /// The text shown safely and cut to at most so many characters, an ellipsis being the last.
  package static func shown(_ text: String, limit: Int) -> String {
    let safe = shown(String(text.prefix(limit + 1)))
    return safe.count <= limit ? safe : String(safe.prefix(limit - 1)) + "…"
  }
}
