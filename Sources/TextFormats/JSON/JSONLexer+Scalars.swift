extension JSONLexer {
  /// The offset after the number that begins at an offset with `-` or a digit.
  package static func number(
    _ bytes: RawSpan, at start: Int
  ) throws(JSONSyntaxError) -> Int {
    var offset = start
    if has(bytes, 0x2D, at: offset) { offset += 1 }
    let whole = digits(bytes, from: offset)
    guard whole > offset else { throw JSONSyntaxError(offset: offset, .number(.noDigits)) }
    if bytes.byte(at: offset) == 0x30, whole > offset + 1 {
      throw JSONSyntaxError(offset: offset, .number(.leadingZero))
    }
    offset = whole
    if has(bytes, 0x2E, at: offset) {
      let end = digits(bytes, from: offset + 1)
      guard end > offset + 1 else { throw JSONSyntaxError(offset: end, .number(.noFraction)) }
      offset = end
    }
    if has(bytes, 0x65, at: offset) || has(bytes, 0x45, at: offset) {
      offset += 1
      if has(bytes, 0x2B, at: offset) || has(bytes, 0x2D, at: offset) { offset += 1 }
      let end = digits(bytes, from: offset)
      guard end > offset else { throw JSONSyntaxError(offset: end, .number(.noExponent)) }
      offset = end
    }
    return offset
  }

  @inline(__always)
  static func has(_ bytes: RawSpan, _ byte: UInt8, at offset: Int) -> Bool {
    offset < bytes.byteCount && bytes.byte(at: offset) == byte
  }

  @inline(__always)
  private static func digits(_ bytes: RawSpan, from start: Int) -> Int {
    var offset = start
    while offset < bytes.byteCount, bytes.byte(at: offset) &- 0x30 < 10 { offset &+= 1 }
    return offset
  }

  /// The literal at an offset and the offset after it; nil when the bare word is another.
  @inline(__always)
  package static func literal(_ bytes: RawSpan, at start: Int) -> (value: Literal, end: Int)? {
    let candidate: Literal
    switch bytes.byte(at: start) {
    case 0x74: candidate = .true
    case 0x66: candidate = .false
    case 0x6E: candidate = .null
    default: return nil
    }
    var offset = start
    for byte in candidate.rawValue.utf8 {
      guard has(bytes, byte, at: offset) else { return nil }
      offset += 1
    }
    return offset < bytes.byteCount && isWordByte(bytes.byte(at: offset))
      ? nil : (candidate, offset)
  }

  /// The three words of the grammar.
  package enum Literal: String, Sendable { case `true`, `false`, null }

  /// What is wrong with a value that begins with none of the allowed characters.
  static func valueFlaw(_ bytes: RawSpan, at start: Int) -> JSONSyntaxError.Cause {
    guard start < bytes.byteCount else { return .expectedValue }
    let byte = bytes.byte(at: start)
    switch byte {
    case 0x2B: return .number(.leadingPlus)
    case 0x2E: return .number(.leadingPoint)
    case 0x2F, 0x23: return .comment
    case _ where isOtherQuote(bytes, at: start): return .otherQuotes
    case 0x80...:
      return UTF8Text.sequenceLength(bytes, at: start) == 0 ? .invalidUTF8 : .expectedValue
    default: break
    }
    var end = start
    while end < bytes.byteCount, end < start + 40, isWordByte(bytes.byte(at: end)) { end += 1 }
    return end == start ? .expectedValue : .unknownWord(bytes.string(start..<end))
  }

  /// What is wrong where a key should stand.
  static func keyFlaw(
    _ bytes: RawSpan, at offset: Int, _ opened: Int
  ) -> JSONSyntaxError.Cause {
    guard offset < bytes.byteCount else { return .expectedKey(opened: opened) }
    if isOtherQuote(bytes, at: offset) { return .otherQuotes }
    return [0x2F, 0x23].contains(bytes.byte(at: offset)) ? .comment : .expectedKey(opened: opened)
  }

  /// Whether a quote stands here that JSON does not know: a single one, a backquote, or one of the
  /// typographic ones that word processors put in place of straight ones.
  private static func isOtherQuote(_ bytes: RawSpan, at offset: Int) -> Bool {
    func byte(_ distance: Int) -> UInt8 {
      offset + distance < bytes.byteCount ? bytes.byte(at: offset + distance) : 0
    }
    return switch byte(0) {
    case 0x27, 0x60: true
    // « and ».
    case 0xC2: byte(1) == 0xAB || byte(1) == 0xBB
    // U+2018 to U+201F.
    case 0xE2: byte(1) == 0x80 && (0x98...0x9F).contains(byte(2))
    // The wide forms of " and '.
    case 0xEF: byte(1) == 0xBC && (byte(2) == 0x82 || byte(2) == 0x87)
    default: false
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
    default: false
    }
  }
}
