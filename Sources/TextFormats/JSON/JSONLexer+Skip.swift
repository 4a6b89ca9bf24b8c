extension JSONLexer {
  /// Checks a value that must stand on one line, as in NDJSON.
  ///
  /// Keys that occur twice inside of it are not looked for.
  ///
  /// - Parameters:
  ///   - bytes: The span that holds the value.
  ///   - start: The offset of its first byte, which no blank precedes.
  ///   - depth: How many more arrays and objects may nest.
  /// - Returns: The offset after the value.
  /// - Throws: The first error.
  package static func skipValue(
    _ bytes: RawSpan, at start: Int, depth: Int
  ) throws(JSONSyntaxError) -> Int {
    guard start < bytes.byteCount else { throw JSONSyntaxError(offset: start, .expectedValue) }
    switch bytes.byte(at: start) {
    case 0x22: return try string(bytes, at: start).end
    case 0x2D, 0x30...0x39: return try number(bytes, at: start)
    case 0x7B: return try skipContainer(bytes, at: start, .object, depth: depth)
    case 0x5B: return try skipContainer(bytes, at: start, .array, depth: depth)
    default:
      guard let (_, end) = literal(bytes, at: start) else {
        throw JSONSyntaxError(offset: start, valueFlaw(bytes, at: start))
      }
      return end
    }
  }

  private static func skipContainer(
    _ bytes: RawSpan, at opened: Int, _ container: JSONSyntaxError.Container, depth: Int
  ) throws(JSONSyntaxError) -> Int {
    guard depth > 0 else { throw JSONSyntaxError(offset: opened, .tooDeep(limit: 0)) }
    let closing: UInt8 = container == .object ? 0x7D : 0x5D
    var offset = blanksEnd(bytes, from: opened + 1)
    if has(bytes, closing, at: offset) { return offset + 1 }
    while true {
      if isLineEnd(bytes, at: offset) {
        throw JSONSyntaxError(offset: offset, .unclosed(container, opened: opened))
      }
      if container == .object { offset = try skipKey(bytes, at: offset, opened: opened) }
      offset = blanksEnd(bytes, from: try skipValue(bytes, at: offset, depth: depth - 1))
      if has(bytes, closing, at: offset) { return offset + 1 }
      offset = try commaEnd(bytes, at: offset, in: container, opened: opened)
    }
  }

  /// The offset of the next key or element after the comma that must stand at an offset.
  static func commaEnd(
    _ bytes: RawSpan, at offset: Int, in container: JSONSyntaxError.Container, opened: Int
  ) throws(JSONSyntaxError) -> Int {
    guard has(bytes, 0x2C, at: offset) else {
      throw JSONSyntaxError(
        offset: offset,
        isLineEnd(bytes, at: offset)
          ? .unclosed(container, opened: opened)
          : .expectedCommaOrEnd(of: container, opened: opened))
    }
    let next = blanksEnd(bytes, from: offset + 1)
    if has(bytes, container == .object ? 0x7D : 0x5D, at: next) {
      throw JSONSyntaxError(offset: offset, .trailingComma(in: container))
    }
    return next
  }

  /// The offset of the value after the key, colon and blanks that must stand at an offset.
  static func skipKey(
    _ bytes: RawSpan, at offset: Int, opened: Int
  ) throws(JSONSyntaxError) -> Int {
    guard has(bytes, 0x22, at: offset) else {
      throw JSONSyntaxError(offset: offset, keyFlaw(bytes, at: offset, opened))
    }
    return try colonEnd(bytes, at: try string(bytes, at: offset).end)
  }

  /// The offset of the value after the colon that must follow a key's end.
  static func colonEnd(_ bytes: RawSpan, at offset: Int) throws(JSONSyntaxError) -> Int {
    let colon = blanksEnd(bytes, from: offset)
    guard has(bytes, 0x3A, at: colon) else {
      throw JSONSyntaxError(offset: colon, .expectedColon)
    }
    return blanksEnd(bytes, from: colon + 1)
  }

  /// The first offset from which there is no blank, a line feed being none.
  @inline(__always)
  static func blanksEnd(_ bytes: RawSpan, from start: Int) -> Int {
    var offset = start
    while offset < bytes.byteCount {
      let byte = bytes.byte(at: offset)
      guard byte == 0x20 || byte == 0x09 || byte == 0x0D else { break }
      offset &+= 1
    }
    return offset
  }

  @inline(__always)
  static func isLineEnd(_ bytes: RawSpan, at offset: Int) -> Bool {
    offset >= bytes.byteCount || bytes.byte(at: offset) == 0x0A
  }
}
