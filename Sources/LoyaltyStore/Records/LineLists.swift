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
    return try forEachElement(bytes, beginningWith: UInt8(ascii: "{"), depth: 32) {
      (range) throws(NDJSONError) in
      let element = bytes.extracting(range)
      scanner.move(to: 0)
      guard try scanner.next(in: element) else { return false }
      return try body(&scanner, element)
    }
  }

  /// The texts of an array, none where it is absent; nil where it is no list of texts.
  func texts(_ bytes: RawSpan) -> [String]? {
    guard isPresent, kind != .null else { return [] }
    var texts: [String] = []
    let areTexts = forEachElement(bytes, beginningWith: UInt8(ascii: "\""), depth: 1) { range in
      var text: [UInt8] = []
      JSONLexer.unescape(bytes, range.lowerBound + 1..<range.upperBound - 1, into: &text)
      texts.append(String(decoding: text, as: UTF8.self))
      return true
    }
    return areTexts ? texts : nil
  }

  /// Hands over where the elements of an array stand, as long as each begins with a byte; false where
  /// one does not, or the body says so.
  private func forEachElement<Failure: Error>(
    _ bytes: RawSpan, beginningWith start: UInt8, depth: Int,
    _ body: (Range<Int>) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    guard kind == .array else { return false }
    var offset = range.lowerBound + 1
    while offset < range.upperBound - 1 {
      guard bytes.byte(at: offset) == start else {
        guard Self.isBetween(bytes.byte(at: offset)) else { return false }
        offset += 1
        continue
      }
      guard let end = try? JSONLexer.skipValue(bytes, at: offset, depth: depth),
        try body(offset..<end)
      else { return false }
      offset = end
    }
    return true
  }

  @inline(__always)
  private static func isBetween(_ byte: UInt8) -> Bool {
    byte == 0x2C || byte == 0x20 || byte == 0x09 || byte == 0x0D
  }
}
