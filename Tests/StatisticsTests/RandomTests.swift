import Foundation
import Testing

@testable import Statistics

@Suite struct RandomTests {
  // The reference C code of Vigna (prng.di.unimi.it), as published with its ports.
  @Test func splitMix64() {
    var generator = SplitMix64(seed: 1_234_567)
    #expect(
      (0..<5).map { _ in generator.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test func xoshiro256StarStar() {
    var generator = SeededGenerator(state: (1, 2, 3, 4))
    #expect(
      (0..<10).map { _ in generator.next() } == [
        11_520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
        607_988_272_756_665_600, 16_172_922_978_634_559_625, 8_476_171_486_693_032_832,
        10_595_114_339_597_558_777, 2_904_607_092_377_533_576,
      ])
  }

  @Test func streamsDoNotDependOnEachOther() {
    var first = SeededGenerator(seed: 7, stream: 1)
    var again = SeededGenerator(seed: 7, stream: 1)
    #expect((0..<100).allSatisfy { _ in first.next() == again.next() })
    var starts: Set<UInt64> = []
    for seed in 0..<100 {
      for stream in 0..<100 {
        var generator = SeededGenerator(seed: UInt64(seed), stream: UInt64(stream))
        starts.insert(generator.next())
      }
    }
    #expect(starts.count == 10_000)
  }

  @Test func neighbouringStreamsAreUncorrelated() {
    let draws = (0..<20_000).map { stream in
      var generator = SeededGenerator(seed: 3, stream: UInt64(stream))
      return generator.uniform() - 0.5
    }
    let products = zip(draws, draws.dropFirst()).map { $0 * $1 }
    // The mean of 20,000 products has a deviation of 1/12/√20000 = 0.00059.
    #expect(abs(products.compensatedSum / 20_000) < 5 * 0.00059)
  }

  // Expected values: exact ones of the mathematical functions, by mpmath 1.3.0.
  @Test(arguments: [
    (1e-300, -690.77552789821370521), (0.1, -2.3025850929940456840), (1, 0),
    (2, 0.69314718055994530942), (0.9999999999999999, -1.1102230246251565404e-16),
    (1.5, 0.40546510810816438198), (123456.789, 11.723646487185880981),
    (1e300, 690.77552789821370521),
  ])
  func portableLog(x: Double, expected: Double) {
    #expect(agree(PortableMath.log(x), expected, within: 4.5e-16))
  }

  @Test(arguments: [
    (0.0, 1.0), (1, 2.7182818284590452354), (-1, 0.36787944117144232160),
    (700, 1.0142320547350045095e304), (-700, 9.8596765437597708567e-305),
    (0.3465, 1.4141094938303624509), (1e-17, 1), (-10.25, 3.5357500850409981546e-5),
  ])
  func portableExp(x: Double, expected: Double) {
    #expect(agree(PortableMath.exp(x), expected, within: 4.5e-16))
  }

  @Test func portableFunctionsAgreeWithTheCLibrary() {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<100_000 {
      let exponent = 1_400 * generator.uniform() - 700
      #expect(agree(PortableMath.exp(exponent), Foundation.exp(exponent), within: 4.5e-16))
      let x = Foundation.exp(exponent)
      #expect(agree(PortableMath.log(x), Foundation.log(x), within: 4.5e-16))
      let near = 0.5 + generator.uniform()
      #expect(agree(PortableMath.log(near), Foundation.log(near), within: 4.5e-16))
    }
  }

  @Test func portableFunctionsAtTheEnds() {
    #expect(PortableMath.log(0) == -.infinity)
    #expect(PortableMath.log(-1).isNaN)
    #expect(PortableMath.log(.infinity) == .infinity)
    #expect(PortableMath.log(.nan).isNaN)
    #expect(PortableMath.exp(710) == .infinity)
    #expect(PortableMath.exp(-746) == 0)
    #expect(PortableMath.exp(-740) > 0)
    #expect(PortableMath.exp(.nan).isNaN)
    #expect(PortableMath.exp(-.infinity) == 0)
  }

  struct Sampler: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let mean: Double
    let variance: Double
    let draw: @Sendable (inout SeededGenerator) -> Double
  }

  static let samplers = [
    Sampler(testDescription: "uniform", mean: 0.5, variance: 1.0 / 12) { $0.uniform() },
    Sampler(testDescription: "uniform below 7", mean: 3, variance: 4) {
      Double($0.uniform(below: 7))
    },
    Sampler(testDescription: "normal", mean: 3, variance: 4) { $0.normal(mean: 3, deviation: 2) },
    Sampler(testDescription: "exponential", mean: 0.25, variance: 0.0625) {
      $0.exponential(rate: 4)
    },
    Sampler(testDescription: "gamma 4.5", mean: 9, variance: 18) {
      $0.gamma(shape: 4.5, rate: 0.5)
    },
    Sampler(testDescription: "gamma 0.25", mean: 0.25, variance: 0.25) { $0.gamma(shape: 0.25) },
    Sampler(testDescription: "beta", mean: 0.25, variance: 0.0375) { $0.beta(1, 3) },
    Sampler(testDescription: "beta tiny", mean: 0.25, variance: 0.1875 / 1.004) {
      $0.beta(0.001, 0.003)
    },
    Sampler(testDescription: "Poisson 0.7", mean: 0.7, variance: 0.7) {
      Double($0.poisson(mean: 0.7))
    },
    Sampler(testDescription: "Poisson 40", mean: 40, variance: 40) { Double($0.poisson(mean: 40)) },
    Sampler(testDescription: "geometric", mean: 4, variance: 20) {
      Double($0.geometric(chance: 0.2))
    },
    Sampler(testDescription: "happens", mean: 0.3, variance: 0.21) {
      $0.happens(withChance: 0.3) ? 1 : 0
    },
  ]

  @Test(arguments: samplers)
  func moments(sampler: Sampler) {
    var generator = SeededGenerator(seed: 20)
    let n = 100_000
    let draws = (0..<n).map { _ in sampler.draw(&generator) }
    let mean = draws.compensatedSum / Double(n)
    let squares = draws.map { ($0 - sampler.mean) * ($0 - sampler.mean) }
    let variance = squares.compensatedSum / Double(n)
    let fourth = squares.map { $0 * $0 }.compensatedSum / Double(n)
    let varianceError = ((fourth - variance * variance) / Double(n)).squareRoot()
    // Five standard errors of the mean and of the variance.
    #expect(abs(mean - sampler.mean) < 5 * (sampler.variance / Double(n)).squareRoot())
    #expect(abs(variance - sampler.variance) < 5 * varianceError)
  }

  @Test func categories() throws {
    let weights = [1.0, 0, 3, 6, 0]
    let table = try #require(AliasTable(weights))
    var generator = SeededGenerator(seed: 5)
    var counts = [Int](repeating: 0, count: weights.count)
    for _ in 0..<100_000 { counts[table.draw(using: &generator)] += 1 }
    for (count, weight) in zip(counts, weights) {
      let p = weight / 10
      let deviation = (100_000 * p * (1 - p)).squareRoot()
      #expect(abs(Double(count) - 100_000 * p) <= 5 * deviation)
    }
    #expect(AliasTable([]) == nil)
    #expect(AliasTable([0, 0]) == nil)
    #expect(AliasTable([1, -1]) == nil)
    #expect(AliasTable([1, .infinity]) == nil)
  }

  @Test func shufflesEvenly() {
    var generator = SeededGenerator(seed: 9)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<60_000 {
      var items = [1, 2, 3]
      generator.shuffle(&items)
      counts[items, default: 0] += 1
    }
    #expect(counts.count == 6)
    // Binomial(60000, 1/6): deviation 91.
    #expect(counts.values.allSatisfy { abs($0 - 10_000) < 5 * 91 })
  }

  @Test func rareEventsAndLargeBounds() {
    var generator = SeededGenerator(seed: 1)
    #expect(generator.geometric(chance: 1) == 0)
    #expect(generator.geometric(chance: 1e-300) == 1 << 62)
    #expect(generator.poisson(mean: 0) == 0)
    #expect(generator.gamma(shape: 1e-4) >= 0)
    #expect((0..<1_000).allSatisfy { _ in (0..<Int.max).contains(generator.uniform(below: .max)) })
  }
}
