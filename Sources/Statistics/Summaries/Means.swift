/// The sum of some values and of their squares about a mean, taken in one pass.
///
/// Welford's recurrence (1962), which loses no digits where the spread is small beside the mean.
package struct MeanSummary: Sendable, Hashable {
  /// How many values.
  package private(set) var count = 0
  /// Their mean; 0 without values.
  package private(set) var mean = 0.0
  private var squares = 0.0

  /// No values.
  package init() {}

  /// The summary of values.
  package init(_ values: some Sequence<Double>) { for value in values { add(value) } }

  /// Takes one more value.
  package mutating func add(_ value: Double) {
    count += 1
    let deviation = value - mean
    mean += deviation / Double(count)
    squares += deviation * (value - mean)
  }

  /// The unbiased variance; nil for fewer than two values.
  package var variance: Double? { count > 1 ? squares / Double(count - 1) : nil }
}

/// The difference of two means with an interval of 95 %, for groups of unequal spread.
///
/// Welch's interval (1947): d ± t · √(s₁²/n₁ + s₂²/n₂) with Student's t at 97.5 % and the degrees of
/// freedom (s₁²/n₁ + s₂²/n₂)² / ((s₁²/n₁)²/(n₁ − 1) + (s₂²/n₂)²/(n₂ − 1)) of Welch and Satterthwaite.
/// - Parameters:
///   - first: The first group.
///   - second: The second group.
/// - Returns: First less second, with its limits; nothing where a group has fewer than two values, or
///   neither has any spread to reckon with.
package func differenceOfMeans(
  _ first: MeanSummary, _ second: MeanSummary
) -> (difference: Double, low: Double, high: Double)? {
  guard let one = first.variance, let two = second.variance else { return nil }
  let (left, right) = (one / Double(first.count), two / Double(second.count))
  let spread = left + right
  guard spread > 0 else { return nil }
  let degrees =
    spread * spread
    / (left * left / Double(first.count - 1) + right * right / Double(second.count - 1))
  let difference = first.mean - second.mean
  let half = studentQuantile(0.975, degrees: degrees) * spread.squareRoot()
  return (difference, difference - half, difference + half)
}

/// The value that a variable with Student's t distribution stays below with a given probability.
///
/// By the beta distribution: t² / (ν + t²) is Beta(½, ν/2).
/// - Parameters:
///   - probability: Between 0 and 1.
///   - degrees: The degrees of freedom, positive.
/// - Returns: The value; NaN when an argument is outside its range.
package func studentQuantile(_ probability: Double, degrees: Double) -> Double {
  guard degrees > 0, probability > 0, probability < 1 else { return .nan }
  let share = betaQuantile(abs(2 * probability - 1), a: 0.5, b: degrees / 2)
  let size = (degrees * share / (1 - share)).squareRoot()
  return probability < 0.5 ? -size : size
}
