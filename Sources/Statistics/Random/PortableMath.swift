/// Logarithm and exponential in plain IEEE arithmetic: the same bits on every machine.
///
/// C libraries choose a variant by processor (with or without fused multiply-add), whose last bits may
/// differ; what is drawn from a seed must not. Both are accurate to about two units in the last place.
package enum PortableMath {
  // ln 2 in two parts; the first has trailing zeros, so that its product with an exponent is exact.
  private static let ln2High = 0x1.62e42feep-1
  private static let ln2Low = 0x1.a39ef35793c76p-33

  /// The natural logarithm; −∞ at 0, NaN below.
  package static func log(_ x: Double) -> Double {
    guard x > 0, x < .infinity else { return x == 0 ? -.infinity : x > 0 ? x : .nan }
    var exponent = x.exponent
    var m = x.significand
    // Into [√½, √2), where the series converges fastest.
    if m > 1.4142135623730951 {
      m *= 0.5
      exponent += 1
    }
    let f = m - 1
    let s = f / (2 + f)
    let s2 = s * s
    var tail = 0.0
    for power in stride(from: 23.0, through: 3, by: -2) { tail = (tail + 1 / power) * s2 }
    // ln m = 2s + 2s·tail = f − s·(f − 2·tail): exact in f, rounded in the small remainder only.
    let e = Double(exponent)
    return e * ln2High + (f - (s * (f - 2 * tail) - e * ln2Low))
  }

  /// The natural exponential.
  package static func exp(_ x: Double) -> Double {
    guard x < 709.782712893384 else { return x.isNaN ? x : .infinity }
    guard x > -745.2 else { return 0 }
    let k = (x * 1.4426950408889634).rounded()
    let r = (x - k * ln2High) - k * ln2Low
    // Taylor's series on |r| ≤ ln 2 / 2; the 14th term is below 1e−17.
    var sum = 0.0
    for n in stride(from: 14.0, through: 2, by: -1) { sum = (sum + 1) * r / n }
    // In two steps, since 2ᵏ alone may be below the least normal number or above the greatest.
    let half = Int(k) / 2
    return (1 + (r + r * sum)) * Double(sign: .plus, exponent: half, significand: 1)
      * Double(sign: .plus, exponent: Int(k) - half, significand: 1)
  }
}
