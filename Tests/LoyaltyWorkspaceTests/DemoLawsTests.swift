import LoyaltyWorkspace
import Statistics
import Testing

/// Draws against the published closed forms; seeds are fixed, bounds are five standard errors.
@Suite("The laws of the demo")
struct DemoLawsTests {
  let laws = DemoLaws()
  let draws = 20_000

  /// The mean and its standard error over many draws.
  func mean(_ draw: (inout SeededGenerator) -> Double) -> (mean: Double, error: Double) {
    var generator = SeededGenerator(seed: 7)
    var (sum, squares) = (0.0, 0.0)
    for _ in 0..<draws {
      let value = draw(&generator)
      sum += value
      squares += value * value
    }
    let n = Double(draws)
    return (sum / n, ((squares / n - sum * sum / n / n) / n).squareRoot())
  }

  @Test("the share without a repeat purchase is (α / (α + t))^r", arguments: [4.0, 26, 104])
  func withoutRepeat(weeks: Double) {
    let measured = mean { generator in
      let habit = laws.habit(using: &generator)
      return laws.repeatTimes(of: habit, within: weeks, using: &generator).isEmpty ? 1 : 0
    }
    let expected = Double.pow(laws.alpha / (laws.alpha + weeks), laws.r)
    #expect(abs(measured.mean - expected) < 5 * measured.error)
  }

  @Test("repeat purchases number E[(1 − e^(−λpt)) / p] on average", arguments: [4.0, 26, 104])
  func repeats(weeks: Double) {
    let measured = mean { generator in
      let habit = laws.habit(using: &generator)
      return Double(laws.repeatTimes(of: habit, within: weeks, using: &generator).count)
    }
    // Over λ the mean of e^(−λpt) is (α / (α + pt))^r; over p by the midpoint rule, with p = u^(1/a),
    // which takes the pole of the beta density at 0 away.
    var (sum, weight) = (0.0, 0.0)
    let steps = 5000
    for step in 0..<steps {
      let p = Double.pow((Double(step) + 0.5) / Double(steps), 1 / laws.a)
      let density = Double.pow(1 - p, laws.b - 1)
      sum += density * (1 - Double.pow(laws.alpha / (laws.alpha + p * weeks), laws.r)) / p
      weight += density
    }
    #expect(abs(measured.mean - sum / weight) < 5 * measured.error)
  }

  @Test("dropout, rate and spending rate have the means of their laws")
  func habits() {
    let rate = mean { laws.habit(using: &$0).rate }
    #expect(abs(rate.mean - laws.r / laws.alpha) < 5 * rate.error)
    let dropout = mean { laws.habit(using: &$0).dropout }
    #expect(abs(dropout.mean - laws.a / (laws.a + laws.b)) < 5 * dropout.error)
    let spending = mean { laws.habit(using: &$0).spendingRate }
    #expect(abs(spending.mean - laws.q / laws.v) < 5 * spending.error)
  }

  @Test("a purchase is worth pv / (q − 1) on average, and p / ν for one person")
  func spend() {
    let all = mean { generator in
      let habit = laws.habit(using: &generator)
      return laws.spend(of: habit, using: &generator)
    }
    #expect(abs(all.mean - laws.p * laws.v / (laws.q - 1)) < 5 * all.error)
    var generator = SeededGenerator(seed: 3)
    let habit = laws.habit(using: &generator)
    let own = mean { laws.spend(of: habit, using: &$0) }
    #expect(abs(own.mean - laws.p / habit.spendingRate) < 5 * own.error)
  }
}

extension Double {
  /// A power, by the module's own logarithm and exponential.
  fileprivate static func pow(_ base: Double, _ exponent: Double) -> Double {
    PortableMath.exp(exponent * PortableMath.log(base))
  }
}
