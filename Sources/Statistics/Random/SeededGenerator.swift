/// The seeded source of all chance: xoshiro256** of Blackman & Vigna (2018), filled by SplitMix64.
///
/// The same seed and stream give the same draws on every machine. Streams of one seed are independent of
/// each other, so that what is drawn for one customer does not depend on how much another one took.
/// Use the samplers of this module rather than `Int.random(in:using:)`, whose way of taking bits the
/// standard library may change.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// A generator of one stream of a seed.
  /// - Parameters:
  ///   - seed: Any number.
  ///   - stream: The index of the stream; different streams of one seed never share a state.
  package init(seed: UInt64, stream: UInt64 = 0) {
    // Hashed twice, so that neighbouring seeds and streams start far apart.
    var source = SplitMix64(
      seed: SplitMix64.mix(SplitMix64.mix(seed &+ 0x9E37_79B9_7F4A_7C15) ^ stream))
    state = (source.next(), source.next(), source.next(), source.next())
  }

  /// A generator in a state of the caller's; not all four may be 0.
  init(state: (UInt64, UInt64, UInt64, UInt64)) { self.state = state }

  /// The next 64 random bits.
  package mutating func next() -> UInt64 {
    let result = rotate(state.1 &* 5, 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotate(state.3, 45)
    return result
  }

  private func rotate(_ value: UInt64, _ by: UInt64) -> UInt64 {
    (value << by) | (value >> (64 - by))
  }
}
