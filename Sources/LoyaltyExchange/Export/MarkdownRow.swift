import LoyaltyModel
import TextFormats

/// Rows of a Markdown table (GitHub's), in which no cell can be taken for markup.
enum MarkdownRow {
  /// The columns: what people need to read, not what programs do.
  static let fields: [ExportField] = [
    .offer, .customer, .name, .channel, .title, .text, .threshold, .validUntil, .campaign, .stage,
    .cohort, .why,
  ]

  /// The header and the rule below it.
  static func header(_ fields: [ExportField]) -> [UInt8] {
    let names = fields.map { escaped($0.rawValue) }
    let rules = fields.map { $0 == .offer || $0 == .threshold ? "---:" : "---" }
    return [names, rules].flatMap { "| \($0.joined(separator: " | ")) |\n".utf8 }
  }

  /// The line of an offer.
  static func line(_ row: ExportRow, _ currency: Currency) -> [UInt8] {
    let cells = fields.map { field in
      switch row.value(field, currency) {
      case .number(let number): String(number)
      case .money(let units): "\(currency.decimalText(minorUnits: units)) \(currency.code)"
      case .text(let text), .plain(let text): escaped(text)
      case .none: ""
      }
    }
    return Array("| \(cells.joined(separator: " | ")) |\n".utf8)
  }

  /// A text as it reads, on one line, with every sign of Markdown and HTML escaped.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in PlainText.withoutControls(text, keepsLines: false).unicodeScalars {
      switch scalar {
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "\\", "`", "*", "_", "[", "]", "|", "~", "!", "#":
        result.append("\\")
        result.append(scalar)
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

/// Keeps characters that steer terminals or reorder text out of files for people.
enum PlainText {
  /// A text in which each control and bidirectional character is U+FFFD; tabs and line ends stay
  /// where it keeps lines, else they become blanks.
  static func withoutControls(_ text: String, keepsLines: Bool) -> String {
    guard text.unicodeScalars.contains(where: SafeText.isUnsafe) else { return text }
    guard keepsLines else { return SafeText.shown(text) }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let stays = scalar == "\t" || scalar == "\n" || scalar == "\r"
      result.append(!stays && SafeText.isUnsafe(scalar) ? "\u{FFFD}" : scalar)
    }
    return String(result)
  }
}
