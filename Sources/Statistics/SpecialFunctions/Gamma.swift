import RealModule

/// The natural logarithm of the gamma function at a positive number.
///
/// Reentrant, unlike C's `lgamma`, which writes the sign into a global.
package func logGamma(_ x: Double) -> Double { Double.logGamma(x) }

/// ln Γ(x + n) − ln Γ(x) for positive x and n ≥ 0, accurate also where both are large and nearly equal.
///
/// For a whole n this is the logarithm of the rising factorial (x)ₙ. Stirling's series for x ≥ 10.
package func logGammaIncrease(from x: Double, by n: Double) -> Double {
  guard x >= 10 else {
    if n <= 8, n == n.rounded() {
      var product = 1.0
      for index in 0..<Int(n) { product *= x + Double(index) }
      return Double.log(product)
    }
    return logGamma(x + n) - logGamma(x)
  }
  return (x - 0.5) * Double.log(onePlus: n / x) + n * (Double.log(x + n) - 1)
    + (stirlingCorrection(x + n) - stirlingCorrection(x))
}

/// What Stirling's formula leaves of ln Γ at x ≥ 10 (Abramowitz & Stegun 6.1.41).
private func stirlingCorrection(_ x: Double) -> Double {
  let y = 1 / (x * x)
  return
    (1.0 / 12
    - y * (1.0 / 360 - y * (1.0 / 1260 - y * (1.0 / 1680 - y * (1.0 / 1188 - y * 691 / 360360)))))
    / x
}

/// The logarithm of the beta function, ln Γ(a) + ln Γ(b) − ln Γ(a + b), for positive a and b.
package func logBeta(_ a: Double, _ b: Double) -> Double {
  let (small, large) = a < b ? (a, b) : (b, a)
  return logGamma(small) - logGammaIncrease(from: large, by: small)
}

/// The digamma function ψ, the derivative of ln Γ, at a positive number; NaN elsewhere.
///
/// Recurrence up to 10, from there the asymptotic series (Abramowitz & Stegun 6.3.5, 6.3.18).
/// Absolute error about 1e−15 near the root, relative error about 1e−15 elsewhere.
package func digamma(_ x: Double) -> Double {
  guard x > 0 else { return .nan }
  var x = x
  var shift = 0.0
  while x < 10 {
    shift -= 1 / x
    x += 1
  }
  let y = 1 / (x * x)
  let series =
    y
    * (1.0 / 12
      - y
      * (1.0 / 120
        - y
        * (1.0 / 252
          - y
          * (1.0 / 240
            - y * (1.0 / 132 - y * (691.0 / 32760 - y * (1.0 / 12 - y * 3617.0 / 8160)))))))
  return shift + (Double.log(x) - 0.5 / x - series)
}

/// The trigamma function ψ′, the second derivative of ln Γ, at a positive number; NaN elsewhere.
///
/// Recurrence up to 10, from there the asymptotic series (Abramowitz & Stegun 6.4.6, 6.4.12).
package func trigamma(_ x: Double) -> Double {
  guard x > 0 else { return .nan }
  var x = x
  var shift = 0.0
  while x < 10 {
    shift += 1 / (x * x)
    x += 1
  }
  let y = 1 / (x * x)
  let series =
    y
    * (1.0 / 6
      - y
      * (1.0 / 30
        - y
        * (1.0 / 42
          - y * (1.0 / 30 - y * (5.0 / 66 - y * (691.0 / 2730 - y * (7.0 / 6)))))))
  return shift + (1 + 0.5 / x + series) / x
}
