import TextFormats

/// A rule's text with single values exchanged, everything else byte for byte as it was.
struct RuleEdit {
  /// The text as changed so far.
  private(set) var text: String

  init(_ text: String) { self.text = text }

  /// Exchanges the value at a path.
  ///
  /// - Parameters:
  ///   - path: A JSON pointer such as `/when/all/1/value`, or keys with points: `offer.percent`.
  ///   - value: JSON, or a text that needs no quotes.
  /// - Returns: Whether there is a value at the path.
  mutating func set(_ path: String, to value: String) -> Bool {
    let pointer =
      path.hasPrefix("/")
      ? JSONPointer(parsing: path) : JSONPointer(path.split(separator: ".").map(String.init))
    let bytes = Array(text.utf8)
    guard let pointer, let document = try? JSONDocument(parsing: bytes),
      let node = document.node(at: pointer)
    else { return false }
    let literal = Self.literal(value, like: node)
    let changed = bytes[..<node.range.lowerBound] + literal + bytes[node.range.upperBound...]
    text = String(decoding: changed, as: UTF8.self)
    return true
  }

  /// The value as JSON: text where text stood, and for what is no JSON by itself.
  private static func literal(_ value: String, like node: JSONNode) -> [UInt8] {
    let isJSON = (try? JSONDocument(parsing: Array(value.utf8))) != nil
    let isText = node.string != nil && !value.hasPrefix("\"")
    if isJSON, !isText { return Array(value.utf8) }
    var writer = JSONWriter()
    writer.string(value)
    return writer.bytes
  }
}
