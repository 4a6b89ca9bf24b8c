/// Walks over the lines of NDJSON, each an object, and finds the values of the keys it expects.
///
/// The keys may come in any order; those in the expected order are matched eight bytes at a time.
/// Everything is checked: a line that the strict reader refuses is refused here (only a key that
/// occurs twice *inside a nested value* goes unnoticed). Blank lines are passed over.
///
/// The scanner holds offsets only; the same span is handed to every call.
package struct NDJSONScanner: Sendable {
  /// The values of the expected keys in the current line, in the order of the keys.
  package private(set) var values: [NDJSONValue]
  /// The members of the current line that were not expected, in their order.
  package private(set) var others: [NDJSONMember] = []
  /// The number of the current line, from 1.
  package private(set) var lineNumber: Int
  /// The bytes of the current line, without its line feed.
  package private(set) var line = 0..<0
  /// Whether a line feed ended the current line; false only at the end of the span.
  package private(set) var isLineTerminated = false
  /// Where the next line begins.
  package private(set) var cursor: Int

  /// The expected keys as bytes.
  let keys: [[UInt8]]
  private let patterns: [NDJSONPattern]
  let depthLimit: Int
  private var nextLineNumber: Int

  /// Prepares to scan.
  ///
  /// - Parameters:
  ///   - keys: The expected keys in canonical order: printable ASCII without quote or backslash.
  ///   - start: The offset of the first line.
  ///   - firstLine: The number of that line, for messages.
  ///   - depthLimit: How deep values may nest within a line.
  package init(
    keys: [StaticString], start: Int = 0, firstLine: Int = 1,
    depthLimit: Int = JSONDocument.defaultDepthLimit
  ) {
    self.keys = keys.map { $0.withUTF8Buffer { Array($0) } }
    patterns = self.keys.map { NDJSONPattern($0) }
    values = Array(repeating: .absent, count: keys.count)
    cursor = start
    lineNumber = firstLine
    nextLineNumber = firstLine
    self.depthLimit = depthLimit
  }

  /// Makes ready for a line that begins at an offset, perhaps of another span.
  package mutating func move(to offset: Int, line: Int = 1) {
    cursor = offset
    nextLineNumber = line
  }

  /// Goes to the next line and reads it.
  ///
  /// After an error the next call goes on with the line after, so that all errors can be found.
  ///
  /// - Parameter bytes: The whole span.
  /// - Returns: False when there is no line left.
  /// - Throws: What is wrong with the line.
  package mutating func next(in bytes: RawSpan) throws(NDJSONError) -> Bool {
    guard skipBlankLines(bytes) else { return false }
    let start = cursor
    lineNumber = nextLineNumber
    nextLineNumber &+= 1
    if !others.isEmpty { others.removeAll(keepingCapacity: true) }
    do throws(Stop) {
      let end = try scanLine(bytes, from: start)
      line = Range(uncheckedBounds: (start, end))
      isLineTerminated = end < bytes.byteCount
      cursor = isLineTerminated ? end &+ 1 : end
      return true
    } catch {
      recover(bytes, from: start)
      throw NDJSONError(
        line: lineNumber, lineStart: start, offset: error.offset, cause: error.cause)
    }
  }

  /// What ends the reading of a line.
  struct Stop: Error {
    let offset: Int
    let cause: NDJSONError.Cause

    init(_ error: JSONSyntaxError) {
      offset = error.offset
      cause = .syntax(error.cause)
    }

    init(_ offset: Int, _ cause: NDJSONError.Cause) {
      self.offset = offset
      self.cause = cause
    }
  }

  private mutating func skipBlankLines(_ bytes: RawSpan) -> Bool {
    while cursor < bytes.byteCount {
      if bytes.byte(at: cursor) == 0x7B { return true }
      let end = JSONLexer.blanksEnd(bytes, from: cursor)
      guard end < bytes.byteCount else {
        cursor = end
        return false
      }
      guard bytes.byte(at: end) == 0x0A else { return true }
      cursor = end + 1
      nextLineNumber += 1
    }
    return false
  }

  private mutating func recover(_ bytes: RawSpan, from start: Int) {
    var end = start
    while !JSONLexer.isLineEnd(bytes, at: end) { end += 1 }
    line = start..<end
    isLineTerminated = end < bytes.byteCount
    cursor = isLineTerminated ? end + 1 : end
    for index in values.indices { values[index] = .absent }
    others.removeAll(keepingCapacity: true)
  }

  /// Reads the object of a line and returns the offset of the line's end.
  private mutating func scanLine(_ bytes: RawSpan, from start: Int) throws(Stop) -> Int {
    for index in values.indices { values[index] = .absent }
    var offset = start
    if bytes.byte(at: offset) != 0x7B {
      if bytes.byteCount >= 3, start == 0, bytes.equals(0..<3, [0xEF, 0xBB, 0xBF]) {
        throw Stop(JSONSyntaxError(offset: 0, .byteOrderMark))
      }
      offset = JSONLexer.blanksEnd(bytes, from: offset)
      guard bytes.byte(at: offset) == 0x7B else { throw Stop(offset, .notAnObject) }
    }
    let opened = offset
    offset = opened &+ 1
    if let end = emptyObjectEnd(bytes, from: offset) { return try lineEnd(bytes, from: end) }
    var expected = 0
    while true {
      if let index = preparedIndex(bytes, at: offset, from: expected) {
        let value = try value(bytes, at: offset &+ patterns[index].length)
        if values[index].isPresent { throw Stop(duplicate(bytes, offset, index)) }
        values[index] = value
        expected = index &+ 1
        offset = Self.after(value)
      } else {
        offset = try generalMember(bytes, at: offset, opened: opened, expected: &expected)
      }
      if offset < bytes.byteCount {
        let byte = bytes.byte(at: offset)
        if byte == 0x2C, offset &+ 1 < bytes.byteCount, bytes.byte(at: offset &+ 1) == 0x22 {
          offset &+= 1
          continue
        }
        if byte == 0x7D { return try lineEnd(bytes, from: offset &+ 1) }
      }
      let mark = JSONLexer.blanksEnd(bytes, from: offset)
      if JSONLexer.has(bytes, 0x7D, at: mark) { return try lineEnd(bytes, from: mark &+ 1) }
      do throws(JSONSyntaxError) {
        offset = try JSONLexer.commaEnd(bytes, at: mark, in: .object, opened: opened)
      } catch { throw Stop(error) }
    }
  }

  /// Which expected key, written compactly, stands at an offset, trying first the one that is due.
  @inline(__always)
  private func preparedIndex(_ bytes: RawSpan, at offset: Int, from expected: Int) -> Int? {
    if expected < patterns.count, matches(expected, bytes, at: offset) { return expected }
    return otherPreparedIndex(bytes, at: offset, from: expected)
  }

  @inline(never)
  private func otherPreparedIndex(_ bytes: RawSpan, at offset: Int, from expected: Int) -> Int? {
    var index = expected &+ 1
    while index < patterns.count {
      if matches(index, bytes, at: offset) { return index }
      index &+= 1
    }
    index = 0
    while index < expected {
      if matches(index, bytes, at: offset) { return index }
      index &+= 1
    }
    return nil
  }

  @inline(__always)
  private func matches(_ index: Int, _ bytes: RawSpan, at offset: Int) -> Bool {
    let pattern = patterns[index]
    guard pattern.matches(bytes, at: offset) else { return false }
    return pattern.length <= 16 || restMatches(index, bytes, at: offset)
  }

  /// Whether a key too long for its pattern goes on as it must.
  private func restMatches(_ index: Int, _ bytes: RawSpan, at offset: Int) -> Bool {
    let end = offset + patterns[index].length
    return end <= bytes.byteCount && bytes.equals(offset + 1..<end - 2, keys[index])
      && bytes.byte(at: end - 2) == 0x22 && bytes.byte(at: end - 1) == 0x3A
  }

  /// An expected key as text.
  func name(_ index: Int) -> String { String(decoding: keys[index], as: UTF8.self) }

  private func emptyObjectEnd(_ bytes: RawSpan, from start: Int) -> Int? {
    guard start < bytes.byteCount, bytes.byte(at: start) != 0x22 else { return nil }
    let end = JSONLexer.blanksEnd(bytes, from: start)
    return JSONLexer.has(bytes, 0x7D, at: end) ? end + 1 : nil
  }

  @inline(__always)
  private func lineEnd(_ bytes: RawSpan, from offset: Int) throws(Stop) -> Int {
    if JSONLexer.isLineEnd(bytes, at: offset) { return offset }
    let end = JSONLexer.blanksEnd(bytes, from: offset)
    guard JSONLexer.isLineEnd(bytes, at: end) else { throw Stop(end, .contentAfterObject) }
    return end
  }

  /// The offset after a value, its closing quote included.
  @inline(__always)
  private static func after(_ value: NDJSONValue) -> Int {
    value.isString ? value.end &+ 1 : value.end
  }

  private func duplicate(_ bytes: RawSpan, _ offset: Int, _ index: Int) -> JSONSyntaxError {
    JSONSyntaxError(
      offset: offset, .duplicateKey(name(index), first: keyStart(bytes, index)))
  }

  /// Where the key of a value that was found stands.
  ///
  /// Looked for backwards, since only this error asks. Of a key with escapes, which is not as
  /// long as expected, the value's place is given.
  private func keyStart(_ bytes: RawSpan, _ index: Int) -> Int {
    let value = values[index]
    var closing = value.isString ? value.start - 2 : value.start - 1
    while closing > 0, bytes.byte(at: closing) != 0x22 { closing -= 1 }
    let opening = closing - keys[index].count - 1
    guard opening >= 0, bytes.byte(at: opening) == 0x22,
      bytes.equals(opening + 1..<closing, keys[index])
    else { return value.start }
    return opening
  }

  /// Reads a member that is not the one expected next and returns the offset after its value.
  private mutating func generalMember(
    _ bytes: RawSpan, at start: Int, opened: Int, expected: inout Int
  ) throws(Stop) -> Int {
    do throws(JSONSyntaxError) {
      let offset = JSONLexer.blanksEnd(bytes, from: start)
      if JSONLexer.isLineEnd(bytes, at: offset) {
        throw JSONSyntaxError(offset: offset, .unclosed(.object, opened: opened))
      }
      guard JSONLexer.has(bytes, 0x22, at: offset) else {
        throw JSONSyntaxError(offset: offset, JSONLexer.keyFlaw(bytes, at: offset, opened))
      }
      let token = try JSONLexer.string(bytes, at: offset)
      let valueStart: Int
      if token.end &+ 1 < bytes.byteCount, bytes.byte(at: token.end) == 0x3A,
        bytes.byte(at: token.end &+ 1) > 0x20
      {
        valueStart = token.end &+ 1
      } else {
        valueStart = try JSONLexer.colonEnd(bytes, at: token.end)
      }
      let keyRange = Range(uncheckedBounds: (offset &+ 1, token.end &- 1))
      let index = expectedIndex(bytes, keyRange, isEscaped: token.isEscaped, from: expected)
      let value = try generalValue(bytes, at: valueStart)
      if let index {
        if values[index].isPresent { throw duplicate(bytes, offset, index) }
        values[index] = value
        expected = index &+ 1
      } else {
        try append(
          NDJSONMember(keyRange: keyRange, isKeyEscaped: token.isEscaped, value: value), bytes)
      }
      return Self.after(value)
    } catch { throw Stop(error) }
  }

  private mutating func append(
    _ member: NDJSONMember, _ bytes: RawSpan
  ) throws(JSONSyntaxError) {
    for other in others where sameKey(other, member, bytes) {
      throw JSONSyntaxError(
        offset: member.keyRange.lowerBound - 1,
        .duplicateKey(member.key(in: bytes), first: other.keyRange.lowerBound - 1))
    }
    others.append(member)
  }

  private func sameKey(_ one: NDJSONMember, _ other: NDJSONMember, _ bytes: RawSpan) -> Bool {
    if one.isKeyEscaped || other.isKeyEscaped {
      return one.key(in: bytes).utf8.elementsEqual(other.key(in: bytes).utf8)
    }
    guard one.keyRange.count == other.keyRange.count else { return false }
    return zip(one.keyRange, other.keyRange).allSatisfy { bytes.byte(at: $0) == bytes.byte(at: $1) }
  }

  /// Which expected key stands in a range, trying first those that are due.
  private func expectedIndex(
    _ bytes: RawSpan, _ range: Range<Int>, isEscaped: Bool, from hint: Int
  ) -> Int? {
    if isEscaped {
      var text: [UInt8] = []
      JSONLexer.unescape(bytes, range, into: &text)
      return keys.firstIndex { $0 == text }
    }
    for index in hint..<keys.count where bytes.equals(range, keys[index]) { return index }
    for index in 0..<hint where bytes.equals(range, keys[index]) { return index }
    return nil
  }
}
