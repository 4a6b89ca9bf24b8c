/// The words of JSON's grammar over bytes, shared by the document reader and the line scanner.
///
/// Offsets are within the given span; every function checks its bounds.
package enum JSONLexer {
  /// A string that was found.
  package struct StringToken: Sendable {
    /// The offset after the closing quote.
    package let end: Int
    /// Whether it holds a backslash, so that its bytes are not its text.
    package let isEscaped: Bool
  }

  /// Walks over the string whose opening quote is at an offset, checking it fully.
  package static func string(
    _ bytes: RawSpan, at start: Int
  ) throws(JSONSyntaxError) -> StringToken {
    var offset = start + 1
    var isEscaped = false
    while offset < bytes.byteCount {
      offset = plainEnd(bytes, from: offset)
      guard offset < bytes.byteCount else { break }
      let byte = bytes.byte(at: offset)
      if byte == 0x22 { return StringToken(end: offset + 1, isEscaped: isEscaped) }
      if byte == 0x5C {
        isEscaped = true
        offset = try escapeEnd(bytes, at: offset, opened: start)
      } else if byte < 0x20 {
        if byte == 0x0A || byte == 0x0D { break }
        throw JSONSyntaxError(offset: offset, .controlCharacter(byte))
      } else {
        let length = UTF8Text.sequenceLength(bytes, at: offset)
        guard length > 0 else { throw JSONSyntaxError(offset: offset, .invalidUTF8) }
        offset += length
      }
    }
    throw JSONSyntaxError(offset: offset, .unterminatedString(opened: start))
  }

  /// The place of the quote that ends a string from an offset on; nil where the string has escapes, or
  /// is none.
  package static func plainStringEnd(_ bytes: RawSpan, from start: Int) -> Int? {
    var end = start
    while true {
      end = plainEnd(bytes, from: end)
      guard end < bytes.byteCount else { return nil }
      let byte = bytes.byte(at: end)
      if byte == 0x22 { return end }
      guard byte >= 0x80 else { return nil }
      let length = UTF8Text.sequenceLength(bytes, at: end)
      guard length > 0 else { return nil }
      end &+= length
    }
  }

  /// The first offset from which a byte is a quote, a backslash, a control or not ASCII.
  @inline(__always)
  static func plainEnd(_ bytes: RawSpan, from start: Int) -> Int {
    var offset = start
    while offset &+ 8 <= bytes.byteCount {
      let hits = stringStops(bytes.word(at: offset))
      if hits != 0 { return offset &+ hits.trailingZeroBitCount / 8 }
      offset &+= 8
    }
    while offset < bytes.byteCount {
      let byte = bytes.byte(at: offset)
      if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte >= 0x80 { return offset }
      offset &+= 1
    }
    return offset
  }

  /// A word whose lowest set bit marks the first byte that ends the plain part of a string.
  ///
  /// Borrows of the subtraction can mark bytes above a true hit only, so the lowest mark is true.
  @inline(__always)
  static func stringStops(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones &* 0x22)
    let slashes = word ^ (ones &* 0x5C)
    let found =
      ((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes) | (word &- ones &* 0x20) | word
    return found & (ones &* 0x80)
  }

  private static func escapeEnd(
    _ bytes: RawSpan, at offset: Int, opened: Int
  ) throws(JSONSyntaxError) -> Int {
    guard offset + 1 < bytes.byteCount else {
      throw JSONSyntaxError(offset: bytes.byteCount, .unterminatedString(opened: opened))
    }
    let letter = bytes.byte(at: offset + 1)
    switch letter {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: return offset + 2
    case 0x75: break
    default: throw JSONSyntaxError(offset: offset, .unknownEscape(letter))
    }
    guard let unit = codeUnit(bytes, at: offset) else {
      throw JSONSyntaxError(offset: offset, .incompleteUnicodeEscape)
    }
    guard unit & 0xF800 == 0xD800 else { return offset + 6 }
    guard unit < 0xDC00, let low = codeUnit(bytes, at: offset + 6), low & 0xFC00 == 0xDC00 else {
      throw JSONSyntaxError(offset: offset, .loneSurrogate(unit))
    }
    return offset + 12
  }

  /// The UTF-16 code unit of an escape `\uXXXX` at an offset.
  static func codeUnit(_ bytes: RawSpan, at offset: Int) -> UInt16? {
    guard offset + 6 <= bytes.byteCount, bytes.byte(at: offset) == 0x5C,
      bytes.byte(at: offset + 1) == 0x75
    else { return nil }
    var unit: UInt16 = 0
    for index in offset + 2..<offset + 6 {
      guard let digit = hexDigit(bytes.byte(at: index)) else { return nil }
      unit = unit << 4 | digit
    }
    return unit
  }

  private static func hexDigit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case 0x30...0x39: UInt16(byte - 0x30)
    case 0x41...0x46: UInt16(byte - 0x41 + 10)
    case 0x61...0x66: UInt16(byte - 0x61 + 10)
    default: nil
    }
  }

  /// Appends the text of a checked string; the range is what stands between its quotes.
  package static func unescape(_ bytes: RawSpan, _ range: Range<Int>, into text: inout [UInt8]) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = bytes.byte(at: offset)
      guard byte == 0x5C, offset + 1 < range.upperBound else {
        text.append(byte)
        offset += 1
        continue
      }
      let letter = bytes.byte(at: offset + 1)
      if letter == 0x75 {
        offset = unescapeUnicode(bytes, at: offset, into: &text)
      } else {
        text.append(plainEscape(letter))
        offset += 2
      }
    }
  }

  private static func unescapeUnicode(
    _ bytes: RawSpan, at offset: Int, into text: inout [UInt8]
  ) -> Int {
    guard let unit = codeUnit(bytes, at: offset) else { return offset + 2 }
    guard unit & 0xF800 == 0xD800, let low = codeUnit(bytes, at: offset + 6) else {
      UTF8Text.append(UInt32(unit), to: &text)
      return offset + 6
    }
    let scalar = 0x1_0000 + (UInt32(unit & 0x3FF) << 10 | UInt32(low & 0x3FF))
    UTF8Text.append(scalar, to: &text)
    return offset + 12
  }

  private static func plainEscape(_ letter: UInt8) -> UInt8 {
    switch letter {
    case 0x62: 0x08
    case 0x66: 0x0C
    case 0x6E: 0x0A
    case 0x72: 0x0D
    case 0x74: 0x09
    default: letter
    }
  }
}
