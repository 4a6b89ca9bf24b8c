/// The keyed hash SipHash-2-4 of Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012:
/// without the key nobody can tell from a hash what was hashed.
package struct SipHash: Sendable, Hashable {
  /// The first half of the key.
  package let low: UInt64
  /// The second half of the key.
  package let high: UInt64

  /// A hash function of a key.
  package init(low: UInt64, high: UInt64) { (self.low, self.high) = (low, high) }

  /// A hash function of a key that is written as 32 hexadecimal digits; nil where it is not.
  package init?(hexadecimal text: String) {
    guard text.utf8.count == 32,
      let low = UInt64(text.prefix(16), radix: 16), let high = UInt64(text.dropFirst(16), radix: 16)
    else { return nil }
    self.init(low: low, high: high)
  }

  /// The key as 32 hexadecimal digits.
  package var hexadecimal: String { Self.hexadecimal(low) + Self.hexadecimal(high) }

  /// A number as sixteen hexadecimal digits.
  package static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  /// The hash of a text's bytes.
  package func hash(_ text: String) -> UInt64 { hash(Array(text.utf8)) }

  /// The hash of bytes.
  package func hash(_ bytes: [UInt8]) -> UInt64 {
    var state = State(self)
    let span = bytes.span.bytes
    var offset = 0
    while offset + 8 <= bytes.count {
      state.take(span.word(at: offset))
      offset += 8
    }
    var last = UInt64(truncatingIfNeeded: bytes.count) << 56
    for index in offset..<bytes.count {
      last |= UInt64(bytes[index]) << UInt64((index - offset) * 8)
    }
    state.take(last)
    return state.finished()
  }

  private struct State {
    private var a, b, c, d: UInt64

    init(_ key: SipHash) {
      a = key.low ^ 0x736F_6D65_7073_6575
      b = key.high ^ 0x646F_7261_6E64_6F6D
      c = key.low ^ 0x6C79_6765_6E65_7261
      d = key.high ^ 0x7465_6462_7974_6573
    }

    mutating func take(_ word: UInt64) {
      d ^= word
      round()
      round()
      a ^= word
    }

    mutating func finished() -> UInt64 {
      c ^= 0xFF
      for _ in 0..<4 { round() }
      return a ^ b ^ c ^ d
    }

    private mutating func round() {
      a &+= b
      b = (b << 13 | b >> 51) ^ a
      a = a << 32 | a >> 32
      c &+= d
      d = (d << 16 | d >> 48) ^ c
      a &+= d
      d = (d << 21 | d >> 43) ^ a
      c &+= b
      b = (b << 17 | b >> 47) ^ c
      c = c << 32 | c >> 32
    }
  }
}
