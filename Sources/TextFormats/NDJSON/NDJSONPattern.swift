/// The first sixteen bytes of `"key":`, prepared to be compared in two words.
struct NDJSONPattern: Sendable {
  /// The bytes of `"key":`.
  let length: Int
  private let head: UInt64
  private let headMask: UInt64
  private let second: UInt64
  private let secondMask: UInt64

  init(_ key: [UInt8]) {
    let pattern = [0x22] + key + [0x22, 0x3A]
    length = pattern.count
    (head, headMask) = Self.word(pattern.prefix(8))
    (second, secondMask) = Self.word(pattern.dropFirst(8).prefix(8))
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

  /// Whether the bytes at an offset begin as `"key":` does; false, too, within 16 bytes of the
  /// end, where the general way finds it.
  @inline(__always)
  func matches(_ span: RawSpan, at offset: Int) -> Bool {
    guard offset &+ 16 <= span.byteCount else { return false }
    let first = (span.word(at: offset) ^ head) & headMask
    let rest = (span.word(at: offset &+ 8) ^ second) & secondMask
    return first | rest == 0
  }
}
