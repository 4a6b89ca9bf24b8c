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
