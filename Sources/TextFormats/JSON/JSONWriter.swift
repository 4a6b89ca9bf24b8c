/// Appends JSON to a byte buffer: compact and canonical, or indented for files edited by hand.
///
/// Members appear in the order of the calls, nothing else decides the bytes. Controls, DEL, C1,
/// U+2028, U+2029 and the bidirectional controls are escaped, so that a file shown on a terminal
/// is harmless. The caller keeps the grammar: a key before each value in an object, each begin
/// with its end; debug builds check the nesting.
package struct JSONWriter: Sendable {
  /// What was written so far.
  package private(set) var bytes: [UInt8] = []
  private let isPretty: Bool
  private var depth = 0
  /// Whether a comma is due before the next key or element.
  private var needsComma = false
  /// Whether a key was just written, so that its value follows on the same line.
  private var followsKey = false

  /// Starts an empty buffer.
  ///
  /// - Parameters:
  ///   - pretty: Whether to put each member and element on a line of its own, indented by 2.
  ///   - capacity: How many bytes to reserve.
  package init(pretty: Bool = false, capacity: Int = 0) {
    isPretty = pretty
    bytes.reserveCapacity(capacity)
  }

  // MARK: Structure

  /// Opens an object.
  package mutating func beginObject() { open(0x7B) }
  /// Closes the innermost object.
  package mutating func endObject() { close(0x7D) }
  /// Opens an array.
  package mutating func beginArray() { open(0x5B) }
  /// Closes the innermost array.
  package mutating func endArray() { close(0x5D) }

  /// Writes a key known when the program was written: printable ASCII without quote and backslash.
  @inline(__always)
  package mutating func key(_ key: StaticString) {
    separate()
    bytes.append(0x22)
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    endKey()
  }

  /// Writes any key.
  package mutating func key(text key: String) {
    separate()
    appendQuoted(key)
    bytes.removeLast()
    endKey()
  }

  /// Ends a line of NDJSON; the value before it must be complete.
  package mutating func newline() {
    assert(depth == 0 && !followsKey)
    bytes.append(0x0A)
    needsComma = false
  }

  // MARK: Values

  /// Writes a string.
  package mutating func string(_ text: String) {
    separate()
    appendQuoted(text)
    needsComma = true
  }

  /// Writes a string given as UTF-8; what is none becomes U+FFFD.
  package mutating func string(utf8 text: RawSpan) {
    if UTF8Text.firstInvalid(text, in: 0..<text.byteCount) != nil {
      string(text.string(0..<text.byteCount))
      return
    }
    separate()
    bytes.append(0x22)
    appendEscaped(text)
    bytes.append(0x22)
    needsComma = true
  }

  /// Writes an integer.
  package mutating func int(_ value: Int64) {
    separate()
    if value < 0 { bytes.append(0x2D) }
    DecimalText.append(value.magnitude, to: &bytes)
    needsComma = true
  }

  /// Writes an integer.
  package mutating func int(_ value: Int) { int(Int64(value)) }

  /// Writes an integer.
  package mutating func int(_ value: Int32) { int(Int64(value)) }

  /// Writes true or false.
  package mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

  /// Writes null.
  package mutating func null() { raw("null") }

  /// Writes the shortest text that reads back as the same double; a value that is not finite,
  /// which JSON does not have, is written as null.
  package mutating func double(_ value: Double) {
    if value.isFinite { number(text: value.description) } else { null() }
  }

  /// Writes a number that is already text, as it is; it must be a JSON number.
  package mutating func number(text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
    needsComma = true
  }

  /// Writes minor units as an exact decimal in a string: 1177 with 2 digits is `"11.77"`.
  package mutating func decimalString(minorUnits: Int64, digits: Int) {
    separate()
    bytes.append(0x22)
    DecimalText.append(minorUnits: minorUnits, digits: digits, to: &bytes)
    bytes.append(0x22)
    needsComma = true
  }

  /// Writes a day, counted from 1970-01-01, as `"YYYY-MM-DD"`.
  package mutating func dateString(days: Int32) {
    separate()
    bytes.append(0x22)
    CivilDate(daysSinceEpoch: days).append(to: &bytes)
    bytes.append(0x22)
    needsComma = true
  }

  /// Writes a value that is already JSON, as it is.
  package mutating func raw(json: RawSpan) {
    separate()
    bytes.append(json, 0..<json.byteCount)
    needsComma = true
  }

  /// Writes a node with its members in their order.
  package mutating func node(_ node: JSONNode) {
    switch node.value {
    case .null: null()
    case .bool(let flag): bool(flag)
    case .number(let text): number(text: text)
    case .string(let text): string(text)
    case .array(let elements):
      beginArray()
      for element in elements { self.node(element) }
      endArray()
    case .object(let members):
      beginObject()
      for member in members {
        key(text: member.key)
        self.node(member.value)
      }
      endObject()
    }
  }

  // MARK: The buffer

  /// Hands over what was written and starts anew, for writing in chunks; call it between lines.
  package mutating func take() -> [UInt8] {
    let written = bytes
    bytes = []
    bytes.reserveCapacity(written.count)
    needsComma = false
    return written
  }

  /// Forgets what was written but keeps the memory.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }
}

extension JSONWriter {
  @inline(__always)
  private mutating func separate() {
    if needsComma { bytes.append(0x2C) }
    if isPretty, depth > 0, !followsKey { indent() }
    followsKey = false
    needsComma = false
  }

  private mutating func endKey() {
    bytes.append(0x22)
    bytes.append(0x3A)
    if isPretty { bytes.append(0x20) }
    followsKey = true
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    depth += 1
  }

  private mutating func close(_ bracket: UInt8) {
    assert(depth > 0 && !followsKey)
    depth -= 1
    if isPretty, needsComma { indent() }
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func indent() {
    bytes.append(0x0A)
    for _ in 0..<depth {
      bytes.append(0x20)
      bytes.append(0x20)
    }
  }

  private mutating func raw(_ word: StaticString) {
    separate()
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    needsComma = true
  }

  private mutating func appendQuoted(_ text: String) {
    bytes.append(0x22)
    var text = text
    text.makeContiguousUTF8()
    let utf8 = text.utf8
    if let done: Void = utf8.withContiguousStorageIfAvailable({ appendEscaped($0.span.bytes) }) {
      done
    }
    bytes.append(0x22)
  }

  /// Appends well-formed UTF-8, escaped where needed.
  private mutating func appendEscaped(_ text: RawSpan) {
    var start = 0
    var offset = 0
    while offset < text.byteCount {
      offset = JSONLexer.plainEnd(text, from: offset)
      // DEL is the one plain byte of JSON that is escaped here.
      if let delete = firstDelete(text, start..<offset) { offset = delete }
      guard offset < text.byteCount else { break }
      let length = UTF8Text.sequenceLength(text, at: offset)
      if let scalar = escapedScalar(text, at: offset) {
        bytes.append(text, start..<offset)
        appendEscape(scalar)
        start = offset + length
      }
      offset += length
    }
    bytes.append(text, start..<offset)
  }

  @inline(__always)
  private func firstDelete(_ text: RawSpan, _ range: Range<Int>) -> Int? {
    for offset in range where text.byte(at: offset) == 0x7F { return offset }
    return nil
  }

  /// The scalar at an offset when it must be escaped.
  private func escapedScalar(_ text: RawSpan, at offset: Int) -> UInt16? {
    let lead = text.byte(at: offset)
    switch lead {
    case 0..<0x20, 0x22, 0x5C, 0x7F: return UInt16(lead)
    case 0xC2, 0xD8:
      let unit = UInt16(lead & 0x1F) << 6 | UInt16(text.byte(at: offset + 1) & 0x3F)
      return unit < 0xA0 || unit == 0x061C ? unit : nil
    case 0xE2:
      let second = UInt16(text.byte(at: offset + 1) & 0x3F)
      let unit = 0x2000 | second << 6 | UInt16(text.byte(at: offset + 2) & 0x3F)
      switch unit {
      case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: return unit
      default: return nil
      }
    default: return nil
    }
  }

  private mutating func appendEscape(_ unit: UInt16) {
    bytes.append(0x5C)
    if let short = shortEscape(unit) { return bytes.append(short) }
    bytes.append(0x75)
    for shift in [12, 8, 4, 0] {
      let digit = UInt8(unit >> UInt16(shift) & 0xF)
      bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }

  /// The letter of JSON's short escapes, such as `n` for a line feed; nil where there is none.
  private func shortEscape(_ unit: UInt16) -> UInt8? {
    switch unit {
    case 0x22, 0x5C: UInt8(unit)
    case 0x08: 0x62
    case 0x09: 0x74
    case 0x0A: 0x6E
    case 0x0C: 0x66
    case 0x0D: 0x72
    default: nil
    }
  }
}
