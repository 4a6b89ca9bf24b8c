// The values of the current line as what they mean. Each call names an expected key by its index,
// and throws an error that knows line, byte and key when the value is another thing or is missing.
extension NDJSONScanner {
  /// Whether the line has the expected member and it is not null.
  package func has(_ index: Int) -> Bool {
    values[index].kind != .absent && values[index].kind != .null
  }

  /// The bytes of a string without escapes, nil when its text must be decoded.
  package func plainRange(_ index: Int) throws(NDJSONError) -> Range<Int>? {
    let value = values[index]
    guard value.isString else { throw wrong(index, .text) }
    return value.kind == .string ? value.range : nil
  }

  /// Appends the text of a string as UTF-8.
  package func appendString(
    _ index: Int, in bytes: RawSpan, to text: inout [UInt8]
  ) throws(NDJSONError) {
    if let range = try plainRange(index) {
      text.append(bytes, range)
    } else {
      JSONLexer.unescape(bytes, values[index].range, into: &text)
    }
  }

  /// The text of a string.
  package func string(_ index: Int, in bytes: RawSpan) throws(NDJSONError) -> String {
    if let range = try plainRange(index) { return bytes.string(range) }
    var text: [UInt8] = []
    JSONLexer.unescape(bytes, values[index].range, into: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// A number written as an integer of 64 bits.
  package func int64(_ index: Int, in bytes: RawSpan) throws(NDJSONError) -> Int64 {
    let value = values[index]
    guard value.kind == .number else { throw wrong(index, .integer) }
    var offset = value.start
    let isNegative = bytes.byte(at: offset) == 0x2D
    if isNegative { offset &+= 1 }
    if value.end &- offset > 18 { return try longInt64(index, in: bytes) }
    var total: Int64 = 0
    while offset < value.end {
      let digit = bytes.byte(at: offset) &- 0x30
      guard digit < 10 else { throw wrong(index, .integer) }
      total = total &* 10 &+ Int64(digit)
      offset &+= 1
    }
    return isNegative ? 0 &- total : total
  }

  private func longInt64(_ index: Int, in bytes: RawSpan) throws(NDJSONError) -> Int64 {
    do throws(DecimalText.Flaw) {
      return try DecimalText.minorUnits(bytes, values[index].range, digits: 0)
    } catch {
      switch error {
      case .overflow: throw failure(index, .integerOverflow(key: name(index)))
      case .malformed, .tooPrecise: throw wrong(index, .integer)
      }
    }
  }

  /// An amount, in quotes or not, as minor units of a currency with so many decimals; exact.
  package func minorUnits(
    _ index: Int, in bytes: RawSpan, digits: Int
  ) throws(NDJSONError) -> Int64 {
    let value = values[index]
    guard value.kind == .string || value.kind == .number else { throw wrong(index, .amount) }
    do throws(DecimalText.Flaw) {
      return try DecimalText.minorUnits(bytes, value.range, digits: digits)
    } catch { throw failure(index, .amount(key: name(index), error)) }
  }

  /// A day `"YYYY-MM-DD"` as days since 1970-01-01.
  package func days(_ index: Int, in bytes: RawSpan) throws(NDJSONError) -> Int32 {
    let value = values[index]
    guard value.kind == .string else { throw wrong(index, .date) }
    guard let days = CivilDate.days(iso: bytes, value.range) else {
      throw failure(index, .noSuchDay(key: name(index)))
    }
    return days
  }

  /// True or false.
  package func bool(_ index: Int) throws(NDJSONError) -> Bool {
    switch values[index].kind {
    case .true: return true
    case .false: return false
    default: throw wrong(index, .bool)
    }
  }

  /// An error about the value of an expected key in the current line.
  package func failure(_ index: Int, _ cause: NDJSONError.Cause) -> NDJSONError {
    let value = values[index]
    return NDJSONError(
      line: lineNumber, lineStart: line.lowerBound,
      offset: value.isPresent ? value.start : line.lowerBound, cause: cause)
  }

  private func wrong(_ index: Int, _ expected: NDJSONError.Expectation) -> NDJSONError {
    let key = name(index)
    return failure(
      index,
      values[index].isPresent ? .wrongKind(key: key, expected: expected) : .missing(key: key))
  }
}
