/// A value in a line of NDJSON: what it is and where its bytes stand.
package struct NDJSONValue: Sendable, Hashable {
  package let kind: Kind
  /// The bytes of the value; of a string, what stands between the quotes.
  package var range: Range<Int> { Range(uncheckedBounds: (start, end)) }
  @usableFromInline let start: Int
  @usableFromInline let end: Int

  @inline(__always)
  init(_ kind: Kind, _ start: Int, _ end: Int) {
    self.kind = kind
    self.start = start
    self.end = end
  }

  /// The kinds of values, told apart as far as reading them needs.
  package enum Kind: UInt8, Sendable, Hashable {
    /// The line has no such member.
    case absent
    case null, `true`, `false`, number
    /// A string whose bytes are its text.
    case string
    /// A string with escapes.
    case escapedString
    case array, object
  }

  /// What a line that lacks a member has for it.
  static let absent = NDJSONValue(.absent, 0, 0)

  /// Whether the line has the member.
  package var isPresent: Bool { kind != .absent }
  /// Whether it is a string, escaped or not.
  package var isString: Bool { kind == .string || kind == .escapedString }
}

/// A member of a line whose key was not expected.
package struct NDJSONMember: Sendable, Hashable {
  /// What stands between the quotes of the key.
  package let keyRange: Range<Int>
  /// Whether the key holds a backslash.
  package let isKeyEscaped: Bool
  package let value: NDJSONValue

  /// The key as text.
  package func key(in bytes: RawSpan) -> String {
    var text: [UInt8] = []
    JSONLexer.unescape(bytes, keyRange, into: &text)
    return String(decoding: text, as: UTF8.self)
  }
}

/// What is wrong in a line of NDJSON, and where.
package struct NDJSONError: Error, Sendable, Hashable {
  /// The line, from 1.
  package let line: Int
  /// The byte offset at which the line begins.
  package let lineStart: Int
  /// The byte offset of the place; both offsets count from the beginning of the scanned span.
  package let offset: Int
  package let cause: Cause

  /// The byte within the line, from 1.
  package var byteInLine: Int { offset - lineStart + 1 }

  /// What is wrong.
  package enum Cause: Sendable, Hashable {
    case syntax(JSONSyntaxError.Cause)
    case notAnObject
    case contentAfterObject
    case missing(key: String)
    case wrongKind(key: String, expected: Expectation)
    case amount(key: String, DecimalText.Flaw)
    case noSuchDay(key: String)
    case integerOverflow(key: String)
  }

  /// What a member should have been.
  package enum Expectation: Sendable, Hashable { case text, integer, amount, date, bool }
}
