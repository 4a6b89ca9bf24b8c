import RealModule

/// The expected number of events of one unit that may drop out for good after each of them.
///
/// Events come as a Poisson process whose rate is Gamma(shape, scale-free), and after each event the
/// unit drops out with a chance p that is Beta(a, b): E[(1 − (1 + p·s)^−k) / p]. It is the expectation
/// in the BG/NBD model of Fader, Hardie & Lee (2005), eq. 10, for a unit known to be alive.
///
/// Three forms are used, since no single one is good everywhere. The first is Euler's transformation of
/// their ₂F₁, written so that a = 1 and a + b = 1 are ordinary points; it needs few terms but may cancel,
/// which is noticed from its own terms. Then the same value is the sum over n of the negative binomial
/// chance of n events times the expected number survived of those n: positive terms only.
/// - Parameters:
///   - shape: The shape k of the rate's distribution, positive.
///   - span: The length of time ahead in units of the rate's inverse scale, s = t/(α + T), at least 0.
///   - a: The first shape of the dropout chance, positive.
///   - b: The second shape of the dropout chance, positive.
/// - Returns: The expected number, at least 0; NaN when an argument is outside its range.
package func expectedEventsUntilDropout(
  shape: Double, span: Double, a: Double, b: Double
) -> Double {
  guard shape > 0, span >= 0, a > 0, b > 0, (shape + span + a + b).isFinite else { return .nan }
  guard span > 0 else { return 0 }
  let problem = EventsUntilDropout(shape: shape, span: span, a: a, b: b)
  return problem.transformedSeries() ?? problem.positiveSeries()
}

/// One evaluation of the expectation, with what its series share.
private struct EventsUntilDropout {
  let shape: Double
  let a: Double
  let b: Double
  /// s / (1 + s), the argument of both series.
  let z: Double
  /// −ln(1 + s).
  let logRemainder: Double

  init(shape: Double, span: Double, a: Double, b: Double) {
    self.shape = shape
    self.a = a
    self.b = b
    z = span / (1 + span)
    logRemainder = -Double.log(onePlus: span)
  }

  /// −C·expm1(εL)/ε − e^{εL}·Σ (d)ₙ(a)ₙ₋₁zⁿ / ((C+1)ₙ₋₁n!), or nothing where too much cancels.
  func transformedSeries() -> Double? {
    let c = a + b - 1
    let epsilon = a - 1
    let d = c - shape
    let exponent = epsilon * logRemainder
    let lead =
      epsilon == 0 ? -c * logRemainder : -c * Double.expMinusOne(exponent) / epsilon
    var term = d * z
    var sum = term
    var magnitude = abs(term)
    var n = 1.0
    while n < 100_000 {
      let ratio = (d + n) * (a + n - 1) * z / ((c + n) * (n + 1))
      term *= ratio
      sum += term
      magnitude += abs(term)
      n += 1
      let bound = max(abs(ratio), z)
      if n > abs(d), bound < 1, abs(term) * bound <= 1e-17 * magnitude * (1 - bound) { break }
      if term == 0 { break }
    }
    let factor = Double.exp(exponent)
    let value = lead - factor * sum
    // Below a thousand-fold cancellation at least twelve digits are left.
    let safe = n < 100_000 && value > 0 && abs(lead) + factor * magnitude < 1_000 * value
    return safe ? value : nil
  }

  /// Σ P(N = n)·Σ_{j<n} (b)ⱼ/(a+b)ⱼ, N negative binomial: nothing cancels, whatever the parameters.
  func positiveSeries() -> Double {
    // Kept scaled by e^offset, since P(N = 0) may be far below the least number.
    var offset = shape * logRemainder
    var chance = 1.0
    var survived = 0.0
    var survival = 1.0
    var sum = 0.0
    var n = 0.0
    while n < 20_000_000 {
      survived += survival
      survival *= (b + n) / (a + b + n)
      let ratio = (shape + n) / (n + 1) * z
      chance *= ratio
      n += 1
      let term = chance * survived
      sum += term
      if sum > 1e250 {
        (chance, sum, offset) = (chance * 1e-250, sum * 1e-250, offset + 250 * Double.log(10))
      }
      // The survivors grow by at most the factor (n+1)/n from one term to the next.
      let bound = max(ratio, z) * (n + 1) / n
      if bound < 1, term * bound <= 1e-17 * sum * (1 - bound) { break }
    }
    return sum * Double.exp(offset)
  }
}
