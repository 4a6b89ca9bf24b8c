import TextFormats

// The lists within a line that a scanner has read: it has checked that they are lists, and between
// their elements stand commas, and blanks after an edit by hand.
extension NDJSONValue {
  /// Hands over the objects of an array, one after the other, each read by a scanner.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of the line.
  ///   - scanner: Reads each object.
  ///   - body: Takes the scanner and the bytes that it read; false ends it.
  /// - Returns: False where it is no list of objects, or the body said so.
  /// - Throws: What is wrong with an object, or what the body throws.
  func forEachObject(
    _ bytes: RawSpan, _ scanner: inout NDJSONScanner,
    _ body: (inout NDJSONScanner, RawSpan) throws(NDJSONError) -> Bool
  ) throws(NDJSONError) -> Bool {
    guard isPresent, kind != .null else { return true }
    guard kind == .array else { return false }
    var offset = range.lowerBound + 1
    while offset < range.upperBound - 1 {
      guard bytes.byte(at: offset) == UInt8(ascii: "{") else {
        guard Self.isBetween(bytes.byte(at: offset)) else { return false }
        offset += 1
        continue
      }
      guard let end = try? JSONLexer.skipValue(bytes, at: offset, depth: 32) else { return false }
      let element = bytes.extracting(offset..<end)
      scanner.move(to: 0)
      guard try scanner.next(in: element), try body(&scanner, element) else { return false }
      offset = end
    }
    return true
  }

  /// The texts of an array; nil where it is no list of texts.
  func texts(_ bytes: RawSpan) -> [String]? {
    guard isPresent, kind != .null else { return [] }
    guard kind == .array else { return nil }
    var texts: [String] = []
    var offset = range.lowerBound + 1
    while offset < range.upperBound - 1 {
      guard bytes.byte(at: offset) == UInt8(ascii: "\"") else {
        guard Self.isBetween(bytes.byte(at: offset)) else { return nil }
        offset += 1
        continue
      }
      guard let end = try? JSONLexer.skipValue(bytes, at: offset, depth: 1) else { return nil }
      var text: [UInt8] = []
      JSONLexer.unescape(bytes, offset + 1..<end - 1, into: &text)
      texts.append(String(decoding: text, as: UTF8.self))
      offset = end
    }
    return texts
  }

  @inline(__always)
  private static func isBetween(_ byte: UInt8) -> Bool {
    byte == 0x2C || byte == 0x20 || byte == 0x09 || byte == 0x0D
  }
}
