// The words of this target's JSON and NDJSON errors; the errors themselves carry data only.

extension JSONSyntaxError {
  /// What is wrong and what to do, without the place; a place inside is given as line:column.
  package func message(in source: SourceText) -> String {
    cause.message { source.position(at: $0).description }
  }

  /// The place and what is wrong.
  ///
  /// `9:53 Expected "," or "}" here; the object opened at 9:7.`
  package func locatedMessage(in source: SourceText) -> String {
    "\(source.position(at: offset)) \(message(in: source))"
  }
}

extension NDJSONError {
  /// The place and what is wrong: `line 12, byte 31: …`; places inside are bytes of that line.
  package var locatedMessage: String { "line \(line), byte \(byteInLine): \(message)" }

  /// What is wrong, without the place.
  package var message: String {
    switch cause {
    case .syntax(let cause): cause.message { "byte \($0 - lineStart + 1)" }
    case .notAnObject: "Each line must be an object that begins with \"{\"."
    case .contentAfterObject: "The object ends before this; each line holds one object only."
    case .missing(let key): "\(key.quoted) is missing."
    case .wrongKind(let key, let expected): "\(key.quoted) must be \(expected.words)."
    case .amount(let key, let flaw): "\(key.quoted) \(flaw.words)"
    case .noSuchDay(let key):
      "\(key.quoted) is no day of the calendar; write it as \"2025-11-30\"."
    case .integerOverflow(let key): "\(key.quoted) is larger than a whole number may be here."
    }
  }
}

extension JSONSyntaxError.Cause {
  /// The message; `place` turns a byte offset into words.
  func message(place: (Int) -> String) -> String {
    switch self {
    case .empty: "There is nothing here; a JSON text holds one value."
    case .byteOrderMark: "The file begins with a byte order mark; save it as UTF-8 without one."
    case .invalidUTF8: "This is not UTF-8; save the file with the encoding UTF-8."
    case .controlCharacter(let byte):
      "A control character (U+00\(Self.hexadecimal(UInt16(byte), 2))) inside a string; "
        + "write it as \(Self.escape(of: byte))."
    case .comment: "JSON has no comments; remove this."
    case .otherQuotes: "These are not the quotes of JSON; write straight double ones: \"."
    case .expectedValue:
      "Expected a value here: text in quotes, a number, true, false, null, [ or {."
    case .expectedKey(let opened):
      "Expected a key in double quotes here; the object opened at \(place(opened))."
    case .trailingComma(let container):
      "Remove this comma: nothing follows it before the \(container.closing)."
    case .expectedColon: "Expected \":\" between the key and its value."
    case .expectedCommaOrEnd(let container, let opened):
      "Expected \",\" or \(container.closing) here; the \(container.noun) opened at \(place(opened))."
    case .unclosed(let container, let opened):
      "The text ends, but the \(container.noun) opened at \(place(opened)) "
        + "has no closing \(container.closing)."
    case .unterminatedString(let opened):
      "The closing quote is missing; the string opened at \(place(opened))."
    case .duplicateKey(let key, let first):
      "\(key.quoted) occurs twice in this object; the first is at \(place(first))."
    default: plainMessage
    }
  }

  private var plainMessage: String {
    switch self {
    case .unknownEscape(let letter):
      "\\\(Self.shown(letter)) is no escape; write \\\\ for a backslash."
    case .incompleteUnicodeEscape: "\\u must be followed by four hexadecimal digits."
    case .loneSurrogate(let unit):
      "\\u\(Self.hexadecimal(unit, 4)) is half of a surrogate pair; the other half is missing."
    case .number(let flaw): flaw.words
    case .unknownWord(let word): Self.unknownWord(word)
    case .tooDeep(let limit):
      limit > 0 ? "Nested too deeply: at most \(limit) levels are read." : "Nested too deeply."
    case .contentAfterEnd: "The JSON value ends before this; remove what follows."
    default: ""
    }
  }

  private static func unknownWord(_ word: String) -> String {
    let nearest: String? =
      switch word.lowercased() {
      case "true", "yes", "on": "true"
      case "false", "no", "off": "false"
      case "null", "nil", "none", "undefined": "null"
      default: nil
      }
    let shown = SafeText.shown(word, limit: 30)
    if let nearest { return "\"\(shown)\" is no JSON value. Did you mean \(nearest)?" }
    return "\"\(shown)\" is no JSON value; text must stand in double quotes."
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
  fileprivate var noun: String { self == .object ? "object" : "array" }
  fileprivate var closing: String { self == .object ? "\"}\"" : "\"]\"" }
}

extension JSONSyntaxError.NumberFlaw {
  fileprivate var words: String {
    switch self {
    case .leadingZero: "A number does not begin with 0 unless it is 0 or 0.…; text needs quotes."
    case .leadingPlus: "A number has no \"+\" before it."
    case .leadingPoint: "Write a digit before the decimal point: 0.5."
    case .noDigits: "Expected a digit after the minus sign."
    case .noFraction: "Expected a digit after the decimal point."
    case .noExponent: "Expected a digit in the exponent."
    }
  }
}

extension NDJSONError.Expectation {
  fileprivate var words: String {
    switch self {
    case .text: "text in quotes"
    case .integer: "a whole number without quotes"
    case .amount: "an amount such as \"15.00\""
    case .date: "a day such as \"2025-11-30\""
    case .bool: "true or false"
    }
  }
}

extension DecimalText.Flaw {
  /// What is wrong, to follow the name of what it is about.
  package var words: String {
    switch self {
    case .malformed: "is no amount; write it as \"15.00\"."
    case .tooPrecise(let allowed): "has more than \(allowed) decimals."
    case .overflow: "is larger than an amount may be."
    }
  }
}

extension JSONKind {
  /// The kind with its article, as messages say it.
  package var words: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

extension String {
  /// Shown safely, cut short, in double quotes.
  var quoted: String { "\"\(SafeText.shown(self, limit: 60))\"" }
}
