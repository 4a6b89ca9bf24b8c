import LoyaltyModel
import TextFormats

// What breaks the grammar of a rule's file, in words: the cause and what to do.

extension JSONSyntaxError.Cause {
  /// The message; `other` is the other place that belongs to it, such as where the object opened, as
  /// line:column.
  func message(_ wording: Wording, other: String) -> String {
    switch self {
    case .empty: wording["issue.syntax.empty"]
    case .byteOrderMark: wording["issue.syntax.byte-order-mark"]
    case .invalidUTF8: wording["issue.syntax.encoding"]
    case .comment: wording["issue.syntax.comment"]
    case .otherQuotes: wording["issue.syntax.quotes"]
    case .expectedValue: wording("issue.syntax.value", ["brace": "{"])
    case .expectedColon: wording["issue.syntax.colon"]
    case .contentAfterEnd: wording["issue.syntax.after-end"]
    case .expectedKey: wording("issue.syntax.key", ["place": other])
    case .unterminatedString: wording("issue.syntax.text-unclosed", ["place": other])
    case .duplicateKey(let key, _):
      wording(
        "issue.syntax.duplicate", ["key": SafeText.shown(key, limit: 60), "place": other])
    case .trailingComma(let container):
      wording("issue.syntax.trailing-comma", ["end": container.closing])
    case .expectedCommaOrEnd(let container, _):
      wording(
        container == .object ? "issue.syntax.comma" : "issue.syntax.comma-list",
        ["end": container.closing, "place": other])
    case .unclosed(let container, _):
      wording(
        container == .object ? "issue.syntax.unclosed" : "issue.syntax.unclosed-list",
        ["end": container.closing, "place": other])
    case .tooDeep(let limit): wording("issue.syntax.too-deep", ["n": String(limit)])
    case .number(let flaw): wording[flaw.key]
    case .unknownWord(let word): unknownWord(word, wording)
    case .controlCharacter, .unknownEscape, .incompleteUnicodeEscape, .loneSurrogate:
      character(wording)
    }
  }

  /// What is wrong with a character within a text.
  private func character(_ wording: Wording) -> String {
    switch self {
    case .controlCharacter(let byte):
      wording(
        "issue.syntax.control",
        [
          "code": "U+" + Self.hexadecimal(UInt16(byte)),
          "escape": byte == 0x09 ? "\\t" : "\\u" + Self.hexadecimal(UInt16(byte)),
        ])
    case .unknownEscape(let letter):
      wording(
        "issue.syntax.escape",
        ["letter": (0x21..<0x7F).contains(letter) ? String(UnicodeScalar(letter)) : "…"])
    case .loneSurrogate(let unit):
      wording("issue.syntax.half", ["code": "\\u" + Self.hexadecimal(unit)])
    default: wording["issue.syntax.escape-incomplete"]
    }
  }

  private func unknownWord(_ word: String, _ wording: Wording) -> String {
    let shown = SafeText.shown(word, limit: 30)
    let meant: String? =
      switch word.lowercased() {
      case "true", "yes", "on": "true"
      case "false", "no", "off": "false"
      case "null", "nil", "none", "undefined": "null"
      default: nil
      }
    guard let meant else { return wording("issue.syntax.word", ["word": shown]) }
    return wording("issue.syntax.word-meant", ["word": shown, "meant": meant])
  }

  private static func hexadecimal(_ value: UInt16) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - text.count) + text
  }
}

extension JSONSyntaxError.Container {
  fileprivate var closing: String { self == .object ? "\"}\"" : "\"]\"" }
}

extension JSONSyntaxError.NumberFlaw {
  fileprivate var key: String {
    switch self {
    case .leadingZero: "issue.syntax.zero"
    case .leadingPlus: "issue.syntax.plus"
    case .leadingPoint: "issue.syntax.point"
    case .noDigits: "issue.syntax.digits"
    case .noFraction: "issue.syntax.fraction"
    case .noExponent: "issue.syntax.exponent"
    }
  }
}
