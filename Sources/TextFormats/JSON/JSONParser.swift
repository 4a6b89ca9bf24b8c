/// A recursive-descent reader of one JSON text.
struct JSONParser {
  private let bytes: [UInt8]
  private let depthLimit: Int
  private var offset = 0
  private var depth = 0

  init(bytes: [UInt8], depthLimit: Int) {
    self.bytes = bytes
    self.depthLimit = depthLimit
  }

  mutating func document() throws(JSONSyntaxError) -> JSONNode {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw JSONSyntaxError(offset: 0, .byteOrderMark) }
    skipBlanks()
    guard peek() != nil else { throw JSONSyntaxError(offset: offset, .empty) }
    let root = try value()
    skipBlanks()
    if peek() != nil { throw JSONSyntaxError(offset: offset, .contentAfterEnd) }
    return root
  }

  private mutating func value() throws(JSONSyntaxError) -> JSONNode {
    let start = offset
    switch peek() {
    case 0x7B: return try nested { (parser) throws(JSONSyntaxError) in try parser.object() }
    case 0x5B: return try nested { (parser) throws(JSONSyntaxError) in try parser.array() }
    case 0x22:
      let text = try string()
      return JSONNode(range: start..<offset, value: .string(text))
    case .some(0x2D), .some(0x30...0x39):
      offset = try JSONLexer.number(bytes.span.bytes, at: start)
      let text = String(decoding: bytes[start..<offset], as: UTF8.self)
      return JSONNode(range: start..<offset, value: .number(text))
    case nil: throw JSONSyntaxError(offset: offset, .expectedValue)
    default: return try word()
    }
  }

  private mutating func word() throws(JSONSyntaxError) -> JSONNode {
    let start = offset
    guard let (literal, end) = JSONLexer.literal(bytes.span.bytes, at: start) else {
      throw JSONSyntaxError(offset: start, JSONLexer.valueFlaw(bytes.span.bytes, at: start))
    }
    offset = end
    let value: JSONNode.Value =
      switch literal {
      case .true: .bool(true)
      case .false: .bool(false)
      case .null: .null
      }
    return JSONNode(range: start..<end, value: value)
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(JSONSyntaxError) -> JSONNode
  ) throws(JSONSyntaxError) -> JSONNode {
    guard depth < depthLimit else {
      throw JSONSyntaxError(offset: offset, .tooDeep(limit: depthLimit))
    }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  private mutating func array() throws(JSONSyntaxError) -> JSONNode {
    let opened = offset
    var elements: [JSONNode] = []
    offset += 1
    skipBlanks()
    if take(0x5D) { return JSONNode(range: opened..<offset, value: .array([])) }
    while true {
      guard peek() != nil else { throw unclosed(.array, opened) }
      elements.append(try value())
      if try closes(.array, opened) { break }
    }
    return JSONNode(range: opened..<offset, value: .array(elements))
  }

  private mutating func object() throws(JSONSyntaxError) -> JSONNode {
    let opened = offset
    var members: [JSONMember] = []
    var seen = SeenKeys()
    offset += 1
    skipBlanks()
    if take(0x7D) { return JSONNode(range: opened..<offset, value: .object([])) }
    while true {
      guard peek() != nil else { throw unclosed(.object, opened) }
      let member = try member(opened)
      if let first = seen.place(of: member, after: members) {
        throw JSONSyntaxError(
          offset: member.keyRange.lowerBound, .duplicateKey(member.key, first: first))
      }
      members.append(member)
      if try closes(.object, opened) { break }
    }
    return JSONNode(range: opened..<offset, value: .object(members))
  }

  private mutating func member(_ opened: Int) throws(JSONSyntaxError) -> JSONMember {
    let start = offset
    guard peek() == 0x22 else {
      throw JSONSyntaxError(offset: offset, JSONLexer.keyFlaw(bytes.span.bytes, at: offset, opened))
    }
    let key = try string()
    let keyRange = start..<offset
    skipBlanks()
    guard take(0x3A) else { throw JSONSyntaxError(offset: offset, .expectedColon) }
    skipBlanks()
    return JSONMember(key: key, keyRange: keyRange, value: try value())
  }

  /// Takes the comma or the closing bracket after a value; true when it closes.
  private mutating func closes(
    _ container: JSONSyntaxError.Container, _ opened: Int
  ) throws(JSONSyntaxError) -> Bool {
    let closing: UInt8 = container == .object ? 0x7D : 0x5D
    skipBlanks()
    if take(closing) { return true }
    let comma = offset
    guard take(0x2C) else {
      if peek() == nil { throw unclosed(container, opened) }
      throw JSONSyntaxError(offset: offset, .expectedCommaOrEnd(of: container, opened: opened))
    }
    skipBlanks()
    if peek() == closing { throw JSONSyntaxError(offset: comma, .trailingComma(in: container)) }
    return false
  }

  private func unclosed(
    _ container: JSONSyntaxError.Container, _ opened: Int
  ) -> JSONSyntaxError {
    JSONSyntaxError(offset: offset, .unclosed(container, opened: opened))
  }

  private mutating func string() throws(JSONSyntaxError) -> String {
    let start = offset
    let token = try JSONLexer.string(bytes.span.bytes, at: start)
    offset = token.end
    let inner = start + 1..<token.end - 1
    guard token.isEscaped else { return String(decoding: bytes[inner], as: UTF8.self) }
    var text: [UInt8] = []
    JSONLexer.unescape(bytes.span.bytes, inner, into: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    offset += 1
    return true
  }

  private mutating func skipBlanks() {
    while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      offset += 1
    }
  }
}

/// The keys of one object so far.
///
/// They are compared as bytes: Swift's string equality would join é and e + accent. Most objects
/// are small, and looking through a few keys is quicker than a dictionary.
private struct SeenKeys {
  private static let few = 16
  private var places: [[UInt8]: Int] = [:]

  /// Where the key of a member stood before, or nil when it is new.
  mutating func place(of member: JSONMember, after members: [JSONMember]) -> Int? {
    if members.count < Self.few {
      let key = member.key.utf8
      return members.first { $0.key.utf8.count == key.count && $0.key.utf8.elementsEqual(key) }?
        .keyRange.lowerBound
    }
    if places.isEmpty {
      for member in members { places[Array(member.key.utf8)] = member.keyRange.lowerBound }
    }
    return places.updateValue(member.keyRange.lowerBound, forKey: Array(member.key.utf8))
  }
}
