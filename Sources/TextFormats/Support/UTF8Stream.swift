/// Checks that chunks, one after the other, are UTF-8 without byte 0.
struct UTF8Stream {
  /// Whether any character beyond ASCII was met.
  private(set) var sawMultibyte = false
  private var missing = 0
  private var allowed: ClosedRange<UInt8> = 0x80...0xBF

  /// What a chunk was found to be.
  enum Flaw { case zeroByte, invalid }

  /// Whether a character was begun and not ended.
  var isIncomplete: Bool { missing > 0 }

  /// Checks the next chunk.
  ///
  /// - Returns: The offset within the chunk of the first bad byte, and what is wrong; nil when
  ///   all is well.
  mutating func check(_ chunk: RawSpan) -> (offset: Int, flaw: Flaw)? {
    var index = 0
    while index < chunk.byteCount {
      if missing == 0, index &+ 8 <= chunk.byteCount {
        let word = chunk.word(at: index)
        if (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 == 0 {
          index &+= 8
          continue
        }
      }
      let byte = chunk.byte(at: index)
      if byte == 0 { return (index, .zeroByte) }
      guard take(byte) else { return (index, .invalid) }
      index &+= 1
    }
    return nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    if missing > 0 {
      guard allowed.contains(byte) else { return false }
      missing -= 1
      allowed = 0x80...0xBF
      if missing == 0 { sawMultibyte = true }
      return true
    }
    if byte < 0x80 { return true }
    guard (0xC2...0xF4).contains(byte) else { return false }
    missing = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3
    allowed = UTF8Text.secondByteRange(after: byte)
    return true
  }
}
