import RealModule

/// The regularised incomplete beta function Iₓ(a, b): the chance that a Beta(a, b) variable is ≤ x.
///
/// Continued fraction (DLMF 8.17.22) by Lentz's method, on the side where it converges fast.
/// - Parameters:
///   - x: The point; below 0 gives 0, above 1 gives 1.
///   - a: The first shape, positive.
///   - b: The second shape, positive.
/// - Returns: A probability in 0…1; NaN when a shape is not positive.
package func regularisedIncompleteBeta(_ x: Double, a: Double, b: Double) -> Double {
  guard a > 0, b > 0, !x.isNaN else { return .nan }
  guard x > 0 else { return 0 }
  guard x < 1 else { return 1 }
  let front = Double.exp(a * Double.log(x) + b * Double.log(onePlus: -x) - logBeta(a, b))
  return x * (a + b + 2) < a + 1
    ? front * betaFraction(x, a, b) / a
    : 1 - front * betaFraction(1 - x, b, a) / b
}

/// The x at which a Beta(a, b) variable stays below with a given probability.
///
/// Newton's steps, kept inside a bracket that is halved whenever a step would leave it.
/// - Parameters:
///   - probability: In 0…1.
///   - a: The first shape, positive.
///   - b: The second shape, positive.
/// - Returns: A number in 0…1; NaN when an argument is outside its range.
package func betaQuantile(_ probability: Double, a: Double, b: Double) -> Double {
  guard a > 0, b > 0, probability >= 0, probability <= 1 else { return .nan }
  guard probability > 0 else { return 0 }
  guard probability < 1 else { return 1 }
  let normaliser = logBeta(a, b)
  var (low, high) = (0.0, 1.0)
  var x = a / (a + b)
  // A quantile may be as small as 1e−300 (a tiny shape), which takes about 1,000 halvings.
  for _ in 0..<1_200 {
    let excess = regularisedIncompleteBeta(x, a: a, b: b) - probability
    if excess == 0 { return x }
    if excess < 0 { low = x } else { high = x }
    let logDensity = (a - 1) * Double.log(x) + (b - 1) * Double.log(onePlus: -x) - normaliser
    var next = x - excess / Double.exp(logDensity)
    if !(next > low && next < high) { next = low + (high - low) / 2 }
    if abs(next - x) <= x.ulp || next == low || next == high { return next }
    x = next
  }
  return x
}

/// The continued fraction of the incomplete beta function, by the modified Lentz method.
private func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
  let tiny = 1e-300
  func guarded(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  var c = 1.0
  var d = 1 / guarded(1 - (a + b) * x / (a + 1))
  var result = d
  // Takes about √max(a, b) rounds.
  for round in 1...100_000 {
    let m = Double(round)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / guarded(1 + even * d)
    c = guarded(1 + even / c)
    result *= d * c
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / guarded(1 + odd * d)
    c = guarded(1 + odd / c)
    let factor = d * c
    result *= factor
    if abs(factor - 1) < 1e-16 { break }
  }
  return result
}
