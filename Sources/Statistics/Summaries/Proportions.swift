/// How far two shares must lie apart to be told apart: the least effect that a comparison finds.
///
/// Solves d = (z₀.₉₇₅ + z₀.₈) · √(p₁(1 − p₁)/n₁ + p₀(1 − p₀)/n₀) with p₁ = p₀ + d, which is a
/// quadratic equation in d: significance 5 % from both sides, power 80 %.
/// - Parameters:
///   - base: The share among those who are compared with, in 0…1.
///   - treated: How many are treated.
///   - control: How many they are compared with.
/// - Returns: The difference of shares; nothing where either group is empty, where nobody or
///   everybody is expected to do it anyway, so that there is no spread to reckon with, and where not
///   even a share of 1 would lie far enough off.
package func leastDetectableDifference(base: Double, treated: Int, control: Int) -> Double? {
  guard treated > 0, control > 0, base > 0, base < 1 else { return nil }
  let factor = normalQuantile(0.975) + normalQuantile(0.8)
  let spread = base * (1 - base)
  let (own, other) = (factor * factor / Double(treated), factor * factor / Double(control))
  let linear = own * (1 - 2 * base)
  let root = (linear * linear + 4 * (1 + own) * (own + other) * spread).squareRoot()
  let difference = (linear + root) / (2 * (1 + own))
  return base + difference <= 1 ? difference : nil
}

/// The difference of two shares with an interval of 95 %.
///
/// Newcombe's hybrid score interval (1998, method 10): the Wilson intervals of both shares combined.
/// - Parameters:
///   - first: Successes and trials of the first group.
///   - second: Successes and trials of the second group.
/// - Returns: First less second, with its limits; nothing where a group is empty.
package func differenceOfShares(
  _ first: (successes: Int, trials: Int), _ second: (successes: Int, trials: Int)
) -> (difference: Double, low: Double, high: Double)? {
  guard first.trials > 0, second.trials > 0 else { return nil }
  let z = normalQuantile(0.975)
  func wilson(_ group: (successes: Int, trials: Int)) -> (share: Double, low: Double, high: Double)
  {
    let (n, share) = (Double(group.trials), Double(group.successes) / Double(group.trials))
    let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return (share, centre - half, centre + half)
  }
  let (one, two) = (wilson(first), wilson(second))
  let difference = one.share - two.share
  func part(_ left: Double, _ right: Double) -> Double {
    (left * left + right * right).squareRoot()
  }
  return (
    difference, difference - part(one.share - one.low, two.high - two.share),
    difference + part(one.high - one.share, two.share - two.low)
  )
}

/// The difference of two shares over several strata, each compared within itself, with an interval of
/// 95 %.
///
/// The Mantel-Haenszel risk difference with the variance of Greenland and Robins (1985), which holds for
/// few large strata as for many small ones; a single stratum goes by Newcombe's interval, see
/// ``differenceOfShares(_:_:)``.
/// - Parameter strata: Successes and trials of the first and of the second group of each stratum; those
///   where a group is empty tell nothing and are left out.
/// - Returns: First less second, with its limits; nothing where no stratum has both groups.
package func differenceOfShares(
  _ strata: [(first: (successes: Int, trials: Int), second: (successes: Int, trials: Int))]
) -> (difference: Double, low: Double, high: Double)? {
  let telling = strata.filter { $0.first.trials > 0 && $0.second.trials > 0 }
  guard telling.count > 1 else {
    return telling.first.flatMap { differenceOfShares($0.first, $0.second) }
  }
  var (sum, weights, variance) = (0.0, 0.0, 0.0)
  for stratum in telling {
    let (n1, n0) = (Double(stratum.first.trials), Double(stratum.second.trials))
    let (a, b) = (Double(stratum.first.successes), Double(stratum.second.successes))
    let n = n1 + n0
    sum += (a * n0 - b * n1) / n
    weights += n1 * n0 / n
    variance += (a * (n1 - a) * n0 * n0 * n0 + b * (n0 - b) * n1 * n1 * n1) / (n1 * n0 * n * n)
  }
  let difference = sum / weights
  let half = normalQuantile(0.975) * variance.squareRoot() / weights
  return (difference, difference - half, difference + half)
}
