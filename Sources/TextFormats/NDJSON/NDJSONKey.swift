/// An expected key, prepared to be compared eight bytes at a time together with quotes and colon.
struct NDJSONKey: Sendable {
  let bytes: [UInt8]
  /// The bytes of `"key":`.
  let length: Int
  private let head: UInt64
  private let headMask: UInt64
  private let second: UInt64
  private let secondMask: UInt64
  /// What two words cannot hold.
  private let tail: [UInt8]

  /// The key as text.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  init(_ key: StaticString) {
    bytes = key.withUTF8Buffer { Array($0) }
    let pattern = [0x22] + bytes + [0x22, 0x3A]
    length = pattern.count
    (head, headMask) = Self.word(pattern.prefix(8))
    (second, secondMask) = Self.word(pattern.dropFirst(8).prefix(8))
    tail = Array(pattern.dropFirst(16))
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> (UInt64, UInt64) {
    var word: UInt64 = 0
    var mask: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      word |= UInt64(byte) << UInt64(index * 8)
      mask |= 0xFF << UInt64(index * 8)
    }
    return (word, mask)
  }

  /// Whether `"key":` stands at an offset; false, too, within 16 bytes of the end, where the
  /// general way finds it.
  @inline(__always)
  func matches(_ span: RawSpan, at offset: Int) -> Bool {
    guard offset &+ 16 <= span.byteCount else { return false }
    guard (span.word(at: offset) ^ head) & headMask == 0 else { return false }
    if secondMask == 0 { return true }
    guard (span.word(at: offset &+ 8) ^ second) & secondMask == 0 else { return false }
    if tail.isEmpty { return true }
    guard offset &+ length <= span.byteCount else { return false }
    return span.equals(offset &+ 16..<offset &+ length, tail)
  }

  /// Whether the bytes of a range, a key without quotes, are this key.
  @inline(__always)
  func equals(_ span: RawSpan, _ range: Range<Int>) -> Bool {
    guard range.count == bytes.count else { return false }
    // A quote follows the range, so that the prepared words fit where the text goes on.
    if range.lowerBound &+ 16 <= span.byteCount, range.lowerBound > 0 {
      let colon: UInt64 = length <= 8 ? 0xFF << UInt64((length - 1) * 8) : 0
      let start = range.lowerBound &- 1
      guard (span.word(at: start) ^ head) & headMask & ~colon == 0 else { return false }
      if length <= 9 { return true }
    }
    return span.equals(range, bytes)
  }
}
