/// A JSON text, read strictly (RFC 8259), whose every value knows its place.
///
/// Not allowed: trailing commas, comments, a byte order mark, a key twice in one object, half a
/// surrogate pair, bytes that are no UTF-8, text after the value, and nesting beyond the limit.
package struct JSONDocument: Sendable {
  package let source: SourceText
  package let root: JSONNode

  /// How deep arrays and objects may nest unless told otherwise.
  package static let defaultDepthLimit = 128

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - bytes: The text as UTF-8.
  ///   - depthLimit: How deep arrays and objects may nest.
  /// - Throws: The first error.
  package init(
    parsing bytes: [UInt8], depthLimit: Int = defaultDepthLimit
  ) throws(JSONSyntaxError) {
    var parser = JSONParser(bytes: bytes, depthLimit: depthLimit)
    root = try parser.document()
    source = SourceText(bytes)
  }

  /// Reads a text.
  package init(
    parsing text: String, depthLimit: Int = defaultDepthLimit
  ) throws(JSONSyntaxError) {
    try self.init(parsing: Array(text.utf8), depthLimit: depthLimit)
  }

  /// The place at which a value begins.
  package func position(of node: JSONNode) -> SourcePosition {
    source.position(at: node.range.lowerBound)
  }
}
