// Every draw is made of bits, plain arithmetic and `PortableMath` alone, so that a seed gives the same
// values on every machine.

extension SeededGenerator {
  /// A number in 0..<1, a multiple of 2⁻⁵³.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number strictly between 0 and 1, the middle of one of 2⁵² equal cells.
  package mutating func openUniform() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }

  /// A whole number in 0..<bound without bias (Lemire 2019).
  /// - Parameter bound: At least 1.
  /// - Returns: A number in 0..<bound.
  package mutating func uniform(below bound: Int) -> Int {
    precondition(bound > 0, "the bound must be positive")
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// Whether something of a given chance happens; at most 0 never, at least 1 always.
  package mutating func happens(withChance chance: Double) -> Bool { uniform() < chance }

  /// A normal variable, by inversion: one draw of bits each.
  package mutating func normal(mean: Double = 0, deviation: Double = 1) -> Double {
    mean + deviation * normalQuantile(openUniform())
  }

  /// An exponential variable of a positive rate.
  package mutating func exponential(rate: Double) -> Double {
    -PortableMath.log(openUniform()) / rate
  }

  /// A gamma variable of mean shape / rate (Marsaglia & Tsang 2000), both positive.
  package mutating func gamma(shape: Double, rate: Double = 1) -> Double {
    PortableMath.exp(logGammaVariable(shape: shape)) / rate
  }

  /// A beta variable of mean a / (a + b), both positive.
  package mutating func beta(_ a: Double, _ b: Double) -> Double {
    // On the log scale, where two tiny shapes do not both underflow to 0.
    let first = logGammaVariable(shape: a)
    let second = logGammaVariable(shape: b)
    return 1 / (1 + PortableMath.exp(second - first))
  }

  /// A Poisson variable; takes time in proportion to the mean, which is at least 0.
  package mutating func poisson(mean: Double) -> Int {
    var count = 0
    var left = mean
    // A Poisson variable is the sum of those of its parts; e⁻ᵐᵉᵃⁿ of a small part cannot underflow.
    while left > 0 {
      let part = min(left, 16)
      left -= part
      let limit = PortableMath.exp(-part)
      var product = openUniform()
      while product > limit {
        count += 1
        product *= openUniform()
      }
    }
    return count
  }

  /// The number of failures before the first success of a given chance, which is above 0.
  package mutating func geometric(chance: Double) -> Int {
    precondition(chance > 0, "the chance must be positive")
    guard chance < 1 else { return 0 }
    let failures = PortableMath.log(openUniform()) / Self.logOfComplement(chance)
    return failures < 0x1p62 ? Int(failures) : 1 << 62
  }

  /// Puts elements into a random order (Fisher & Yates).
  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, uniform(below: last + 1))
    }
  }

  private mutating func logGammaVariable(shape: Double) -> Double {
    guard shape >= 1 else {
      // Marsaglia & Tsang, section 6: Gamma(a) = Gamma(a + 1)·U^(1/a).
      let boosted = logGammaVariable(shape: shape + 1)
      return boosted + PortableMath.log(openUniform()) / shape
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      let bound = 0.5 * x * x + d - d * v + d * PortableMath.log(v)
      if PortableMath.log(openUniform()) < bound { return PortableMath.log(d * v) }
    }
  }

  /// ln(1 − p), accurate also for tiny p (Kahan's correction of the rounded complement).
  private static func logOfComplement(_ p: Double) -> Double {
    let complement = 1 - p
    guard complement < 1 else { return -p }
    return PortableMath.log(complement) * (p / (1 - complement))
  }
}
