import TextFormats

/// The form of what is kept between sessions: one line of JSON and one with its checksum.
enum SealedLine {
  /// What was written as one value, with its checksum.
  static func bytes(_ writer: inout JSONWriter) -> [UInt8] {
    writer.newline()
    let line = writer.take()
    return line + seal(line)
  }

  /// The value; nil where the bytes are damaged.
  static func root(_ bytes: [UInt8]) -> JSONNode? {
    // The checksum's line: eight digits and a line feed.
    guard bytes.count > 9 else { return nil }
    let line = Array(bytes.dropLast(9))
    guard bytes.suffix(9).elementsEqual(seal(line)) else { return nil }
    return try? JSONDocument(parsing: line).root
  }

  private static func seal(_ line: [UInt8]) -> [UInt8] {
    Array((CRC32C.hexadecimal(CRC32C.checksum(of: line)) + "\n").utf8)
  }
}
