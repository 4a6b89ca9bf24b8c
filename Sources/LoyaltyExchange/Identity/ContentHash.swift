/// A 64-bit hash of a sequence of fields, the same on every machine and in every run.
///
/// Each field is followed by its length, so that `("ab", "c")` and `("a", "bc")` differ. Two
/// different contents collide with a chance of 2⁻⁶⁴; it is no defence against an attacker, and
/// nothing stores it.
struct ContentHash {
  private var state: UInt64

  /// A hash of nothing; different seeds give unrelated hashes.
  init(seed: UInt64 = 0) { state = Self.mixed(seed ^ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93) }

  /// The hash of all fields that were added; never zero.
  var value: UInt64 {
    let final = Self.mixed(state, 0xC2B2_AE3D_27D4_EB4F)
    return final == 0 ? 1 : final
  }

  /// Adds a whole number.
  mutating func combine(_ number: some FixedWidthInteger) {
    add(UInt64(truncatingIfNeeded: number))
  }

  /// Adds a text given as bytes.
  mutating func combine(_ text: some Collection<UInt8>) {
    let whole: Void? = text.withContiguousStorageIfAvailable { combine(contiguous: $0) }
    guard whole == nil else { return }
    Array(text).withUnsafeBufferPointer { combine(contiguous: $0) }
  }

  private mutating func combine(contiguous text: UnsafeBufferPointer<UInt8>) {
    var word: UInt64 = 0
    var shift: UInt64 = 0
    for byte in text {
      word |= UInt64(byte) << shift
      shift &+= 8
      if shift == 64 {
        add(word)
        (word, shift) = (0, 0)
      }
    }
    if shift > 0 { add(word) }
    add(UInt64(text.count) | 1 << 63)
  }

  private mutating func add(_ word: UInt64) {
    state = Self.mixed(state ^ word, 0xA076_1D64_78BD_642F) &+ 0xE703_7ED1_A0B4_28DB
  }

  /// Both halves of a 128-bit product laid over each other: every bit in touches every bit out.
  private static func mixed(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = (left ^ (left >> 32)).multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
