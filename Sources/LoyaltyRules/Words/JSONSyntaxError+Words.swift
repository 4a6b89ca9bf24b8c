import LoyaltyModel
import TextFormats

// What breaks the grammar of JSON, in words; the errors themselves carry data only.

extension JSONSyntaxError.Cause {
  /// What is wrong and what to do, without the place.
  ///
  /// `earlier` is the place of the ``reference``, where there is one.
  func message(_ wording: Wording, earlier: String) -> String {
    switch self {
    case .empty: wording["json.empty"]
    case .byteOrderMark: wording["json.byte-order-mark"]
    case .invalidUTF8: wording["json.not-utf-8"]
    case .comment: wording["json.comment"]
    case .otherQuotes: wording["json.other-quotes"]
    case .expectedValue: wording["json.value"]
    case .expectedKey: wording("json.key", ["place": earlier])
    case .trailingComma(let container):
      wording("json.trailing-comma", ["closing": container.closing])
    case .expectedColon: wording["json.colon"]
    case .expectedCommaOrEnd(let container, _):
      wording(
        "json.comma-or-end",
        ["closing": container.closing, "opened": container.opened(wording, at: earlier)])
    case .unclosed(let container, _):
      wording(
        "json.unclosed",
        ["closing": container.closing, "opened": container.opened(wording, at: earlier)])
    case .unterminatedString: wording("json.unterminated", ["place": earlier])
    case .duplicateKey(let key, _):
      wording(
        "json.duplicate-key", ["key": "\"\(SafeText.shown(key, limit: 60))\"", "place": earlier])
    case .tooDeep(let limit): wording("json.too-deep", ["n": String(limit)])
    case .contentAfterEnd: wording["json.after-end"]
    default: within(wording)
    }
  }

  /// The same for what is wrong within a string, a number or a word.
  private func within(_ wording: Wording) -> String {
    switch self {
    case .controlCharacter(let byte):
      wording(
        "json.control",
        ["code": Self.hexadecimal(UInt16(byte), 2), "escape": Self.escape(of: byte)])
    case .unknownEscape(let letter): wording("json.escape", ["letter": Self.shown(letter)])
    case .incompleteUnicodeEscape: wording["json.short-escape"]
    case .loneSurrogate(let unit):
      wording("json.surrogate", ["code": Self.hexadecimal(unit, 4)])
    case .number(let flaw): wording[flaw.key]
    case .unknownWord(let word): Self.unknownWord(word, wording)
    default: ""
    }
  }

  private static func unknownWord(_ word: String, _ wording: Wording) -> String {
    let nearest: String? =
      switch word.lowercased() {
      case "true", "yes", "on": "true"
      case "false", "no", "off": "false"
      case "null", "nil", "none", "undefined": "null"
      default: nil
      }
    let shown = SafeText.shown(word, limit: 30)
    guard let nearest else { return wording("json.word", ["word": shown]) }
    return wording("json.word.meant", ["word": shown, "nearest": nearest])
  }

  private static func shown(_ byte: UInt8) -> String {
    (0x21..<0x7F).contains(byte) ? String(UnicodeScalar(byte)) : "…"
  }

  private static func escape(of byte: UInt8) -> String {
    byte == 0x09 ? "\\t" : "\\u\(hexadecimal(UInt16(byte), 4))"
  }

  private static func hexadecimal(_ value: UInt16, _ digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

extension JSONSyntaxError.Container {
  fileprivate var closing: String { self == .object ? "\"}\"" : "\"]\"" }

  fileprivate func opened(_ wording: Wording, at place: String) -> String {
    wording(self == .object ? "json.opened.object" : "json.opened.array", ["place": place])
  }
}

extension JSONSyntaxError.NumberFlaw {
  fileprivate var key: String {
    switch self {
    case .leadingZero: "json.number.zero"
    case .leadingPlus: "json.number.plus"
    case .leadingPoint: "json.number.point"
    case .noDigits: "json.number.digits"
    case .noFraction: "json.number.fraction"
    case .noExponent: "json.number.exponent"
    }
  }
}
