/// The first place where a text breaks the grammar of JSON (RFC 8259), and how.
package struct JSONSyntaxError: Error, Sendable, Hashable {
  /// The byte offset of the place.
  package let offset: Int
  package let cause: Cause

  package init(offset: Int, _ cause: Cause) {
    self.offset = offset
    self.cause = cause
  }

  /// What is wrong.
  ///
  /// Offsets are bytes from the beginning of the text.
  package enum Cause: Sendable, Hashable {
    case empty
    case byteOrderMark
    case invalidUTF8
    /// A character below U+0020 inside a string.
    case controlCharacter(UInt8)
    case comment
    /// Single or typographic quotes where straight double ones belong.
    case otherQuotes
    case expectedValue
    case expectedKey(opened: Int)
    case trailingComma(in: Container)
    case expectedColon
    case expectedCommaOrEnd(of: Container, opened: Int)
    case unclosed(Container, opened: Int)
    case unterminatedString(opened: Int)
    case unknownEscape(UInt8)
    case incompleteUnicodeEscape
    /// Half of a surrogate pair, which is no character.
    case loneSurrogate(UInt16)
    case number(NumberFlaw)
    /// A bare word that is not `true`, `false` or `null`.
    case unknownWord(String)
    case duplicateKey(String, first: Int)
    case tooDeep(limit: Int)
    case contentAfterEnd
  }

  /// The byte offset of the earlier place that the cause is about; nil where there is none.
  package var reference: Int? {
    switch cause {
    case .expectedKey(let offset), .expectedCommaOrEnd(_, let offset), .unclosed(_, let offset),
      .unterminatedString(let offset), .duplicateKey(_, let offset):
      offset
    default: nil
    }
  }

  /// What holds other values.
  package enum Container: Sendable, Hashable { case object, array }

  /// What keeps a number from being one.
  package enum NumberFlaw: Sendable, Hashable {
    case leadingZero, leadingPlus, leadingPoint, noDigits, noFraction, noExponent
  }
}
