extension NDJSONScanner {
  /// Reads the value at an offset, the commonest kinds without further calls.
  @inline(__always)
  func value(_ bytes: RawSpan, at offset: Int) throws(Stop) -> NDJSONValue {
    guard offset < bytes.byteCount else {
      throw Stop(offset, .syntax(.expectedValue))
    }
    let first = bytes.byte(at: offset)
    if first == 0x22 {
      let end = JSONLexer.plainEnd(bytes, from: offset &+ 1)
      if end < bytes.byteCount, bytes.byte(at: end) == 0x22 {
        return NDJSONValue(.string, offset &+ 1, end)
      }
    } else if first &- 0x31 < 9 {
      var end = offset &+ 1
      while end < bytes.byteCount, bytes.byte(at: end) &- 0x30 < 10 { end &+= 1 }
      if end < bytes.byteCount, bytes.byte(at: end) == 0x2C || bytes.byte(at: end) == 0x7D {
        return NDJSONValue(.number, offset, end)
      }
    }
    do throws(JSONSyntaxError) {
      return try generalValue(bytes, at: offset)
    } catch { throw Stop(error) }
  }

  /// Reads any value at an offset, behind blanks.
  func generalValue(
    _ bytes: RawSpan, at start: Int
  ) throws(JSONSyntaxError) -> NDJSONValue {
    let offset = JSONLexer.blanksEnd(bytes, from: start)
    guard !JSONLexer.isLineEnd(bytes, at: offset) else {
      throw JSONSyntaxError(offset: offset, .expectedValue)
    }
    switch bytes.byte(at: offset) {
    case 0x22:
      let token = try JSONLexer.string(bytes, at: offset)
      return NDJSONValue(token.isEscaped ? .escapedString : .string, offset + 1, token.end - 1)
    case 0x2D, 0x30...0x39:
      return NDJSONValue(.number, offset, try JSONLexer.number(bytes, at: offset))
    case 0x7B: return NDJSONValue(.object, offset, try nestedEnd(bytes, at: offset))
    case 0x5B: return NDJSONValue(.array, offset, try nestedEnd(bytes, at: offset))
    default: return try word(bytes, at: offset)
    }
  }

  private func nestedEnd(_ bytes: RawSpan, at offset: Int) throws(JSONSyntaxError) -> Int {
    try JSONLexer.skipValue(bytes, at: offset, depth: depthLimit - 1)
  }

  private func word(_ bytes: RawSpan, at offset: Int) throws(JSONSyntaxError) -> NDJSONValue {
    guard let (literal, end) = JSONLexer.literal(bytes, at: offset) else {
      throw JSONSyntaxError(offset: offset, JSONLexer.valueFlaw(bytes, at: offset))
    }
    switch literal {
    case .true: return NDJSONValue(.true, offset, end)
    case .false: return NDJSONValue(.false, offset, end)
    case .null: return NDJSONValue(.null, offset, end)
    }
  }
}
