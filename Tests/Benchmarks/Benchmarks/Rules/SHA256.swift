/// SHA-256 (FIPS 180-4), to compare matches with the reference's checksum.
struct SHA256 {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  private var rest: [UInt8] = []
  private var length: UInt64 = 0

  /// The constants: the first bits of the fractional parts of the cube roots of the first primes.
  private static let constants: [UInt32] = {
    var primes: [UInt64] = []
    var number: UInt64 = 2
    while primes.count < 64 {
      if primes.allSatisfy({ number % $0 != 0 }) { primes.append(number) }
      number += 1
    }
    return primes.map { prime in
      // ⌊∛(prime · 2⁹⁶)⌋ modulo 2³², by halving on exact products.
      var (low, high) = (UInt64(1) << 32, UInt64(7) << 32)
      while high - low > 1 {
        let middle = low + (high - low) / 2
        let square = middle.multipliedFullWidth(by: middle)
        let first = square.low.multipliedFullWidth(by: middle)
        let second = square.high.multipliedFullWidth(by: middle)
        let carried = first.high.addingReportingOverflow(second.low)
        let top = carried.partialValue
        // The cube is second.high · 2¹²⁸ + top · 2⁶⁴ + first.low; the target prime · 2⁹⁶.
        let isAbove =
          second.high + (carried.overflow ? 1 : 0) > 0 || top >= prime << 32
        if isAbove { high = middle } else { low = middle }
      }
      return UInt32(truncatingIfNeeded: low)
    }
  }()

  mutating func add(_ bytes: [UInt8]) {
    length += UInt64(bytes.count) * 8
    rest += bytes
    while rest.count >= 64 {
      compress(rest[..<64])
      rest.removeFirst(64)
    }
  }

  /// The checksum as 64 digits.
  var hexadecimal: String {
    var last = self
    var tail = rest + [0x80]
    while tail.count % 64 != 56 { tail.append(0) }
    tail += (0..<8).map { UInt8(truncatingIfNeeded: length >> UInt64(56 - 8 * $0)) }
    for start in stride(from: 0, to: tail.count, by: 64) { last.compress(tail[start..<start + 64]) }
    return last.state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private mutating func compress(_ block: ArraySlice<UInt8>) {
    func turned(_ word: UInt32, _ by: UInt32) -> UInt32 { word >> by | word << (32 - by) }
    var words = (0..<16).map { place in
      (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(block[block.startIndex + place * 4 + $1]) }
    }
    for place in 16..<64 {
      let (near, far) = (words[place - 2], words[place - 15])
      let first = turned(far, 7) ^ turned(far, 18) ^ far >> 3
      let second = turned(near, 17) ^ turned(near, 19) ^ near >> 10
      words.append(words[place - 16] &+ first &+ words[place - 7] &+ second)
    }
    var v = state
    for place in 0..<64 {
      let turn = turned(v[4], 6) ^ turned(v[4], 11) ^ turned(v[4], 25)
      let chosen = v[4] & v[5] ^ ~v[4] & v[6]
      let first = v[7] &+ turn &+ chosen &+ Self.constants[place] &+ words[place]
      let other = turned(v[0], 2) ^ turned(v[0], 13) ^ turned(v[0], 22)
      let second = other &+ (v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2])
      v = [first &+ second, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
    }
    for place in 0..<8 { state[place] = state[place] &+ v[place] }
  }
}
