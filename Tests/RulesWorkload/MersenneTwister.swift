import Foundation

/// The Mersenne Twister MT19937 (Matsumoto and Nishimura 1998) with the draws that Python's `random`
/// makes of it, so that a workload made there can be made here, byte for byte.
struct MersenneTwister {
  private var state = [UInt32](repeating: 0, count: 624)
  private var index = 624

  /// Seeded by a whole number below 2³², as `random.Random(seed)` is.
  init(seed: UInt32) {
    state[0] = 19_650_218
    for place in 1..<624 {
      let last = state[place - 1]
      state[place] = 1_812_433_253 &* (last ^ last >> 30) &+ UInt32(place)
    }
    var place = 1
    for _ in 0..<624 {
      let last = state[place - 1]
      state[place] = (state[place] ^ (last ^ last >> 30) &* 1_664_525) &+ seed
      place += 1
      if place == 624 { (state[0], place) = (state[623], 1) }
    }
    for _ in 0..<623 {
      let last = state[place - 1]
      state[place] = (state[place] ^ (last ^ last >> 30) &* 1_566_083_941) &- UInt32(place)
      place += 1
      if place == 624 { (state[0], place) = (state[623], 1) }
    }
    state[0] = 0x8000_0000
  }

  private mutating func next() -> UInt32 {
    if index == 624 { refill() }
    var word = state[index]
    index += 1
    word ^= word >> 11
    word ^= word << 7 & 0x9d2c_5680
    word ^= word << 15 & 0xefc6_0000
    return word ^ word >> 18
  }

  private mutating func refill() {
    for place in 0..<624 {
      let word = state[place] & 0x8000_0000 | state[(place + 1) % 624] & 0x7fff_ffff
      state[place] = state[(place + 397) % 624] ^ word >> 1 ^ (word & 1 == 0 ? 0 : 0x9908_b0df)
    }
    index = 0
  }

  /// `random()`: from 0 up to, but not including, 1, with 53 bits.
  mutating func unit() -> Double {
    let (high, low) = (next() >> 5, next() >> 6)
    return (Double(high) * 67_108_864 + Double(low)) / 9_007_199_254_740_992
  }

  /// `randint(low, high)`, both included.
  mutating func int(_ low: Int, _ high: Int) -> Int { low + below(high - low + 1) }

  private mutating func below(_ count: Int) -> Int {
    let bits = UInt32(Int.bitWidth - count.leadingZeroBitCount)
    while true {
      let drawn = Int(next() >> (32 - bits))
      if drawn < count { return drawn }
    }
  }

  /// `choice(list)`.
  mutating func choice<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

  /// The place that `choices(list, weights)[0]` takes.
  mutating func place(weights: [Int]) -> Int {
    let drawn = unit() * Double(weights.reduce(0, +))
    var sum = 0
    for (place, weight) in weights.dropLast().enumerated() {
      sum += weight
      if drawn < Double(sum) { return place }
    }
    return weights.count - 1
  }

  /// `expovariate(rate)`.
  mutating func exponential(_ rate: Double) -> Double { -log(1 - unit()) / rate }

  /// `lognormvariate(mu, sigma)`, by the method of Kinderman and Monahan (1977).
  mutating func logNormal(_ mu: Double, _ sigma: Double) -> Double {
    let magic = 4 * exp(-0.5) / 2.0.squareRoot()
    while true {
      let first = unit()
      let second = 1 - unit()
      let z = magic * (first - 0.5) / second
      if z * z / 4 <= -log(second) { return exp(mu + z * sigma) }
    }
  }
}
