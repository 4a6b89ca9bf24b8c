import Statistics
import Testing

struct ProportionTests {
  /// Base 8 %, 10,000 matched; rounded up to a tenth of a point: 3.6, 2.6 and 2.0.
  @Test(arguments: [(500, 36), (1_000, 26), (2_000, 20)])
  func leastDifference(control: Int, tenths: Int) throws {
    let found = try #require(
      leastDetectableDifference(base: 0.08, treated: 10_000 - control, control: control))
    #expect(Int((found * 1_000).rounded(.up)) == tenths)
    #expect(leastDetectableDifference(base: 0.08, treated: 10, control: 0) == nil)
  }

  /// Where nobody or everybody is a buyer already there is no spread to reckon with, and close below
  /// that no share up to 1 lies far enough off: nothing is said rather than "0 points".
  @Test(arguments: [
    (0, 900, 100), (1, 900, 100), (0.99, 900, 100), (0.5, 2, 2), (-0.1, 9, 9), (.nan, 9, 9),
  ])
  func noLeastDifference(base: Double, treated: Int, control: Int) {
    #expect(leastDetectableDifference(base: base, treated: treated, control: control) == nil)
  }

  /// However rare the buyers are, there is a difference as long as there are any; it solves the
  /// equation that defines it.
  @Test(arguments: [(0.000_001, 10_000, 500), (0.08, 1_000, 10), (0.9, 900, 100), (0.5, 30, 30)])
  func leastDifferenceSolvesItsEquation(base: Double, treated: Int, control: Int) throws {
    let found = try #require(
      leastDetectableDifference(base: base, treated: treated, control: control))
    let share = base + found
    let spread = share * (1 - share) / Double(treated) + base * (1 - base) / Double(control)
    #expect(found > 0 && share <= 1)
    #expect(abs(found - (1.959_964 + 0.841_621) * spread.squareRoot()) < 1e-6)
  }

  /// Newcombe (1998), table II, method 10: 56/70 − 48/80 = 0.2 (0.0524, 0.3339); 9/10 − 3/10 = 0.6
  /// (0.1705, 0.8090); and where nobody or everybody did: 0/10 − 0/20, 0/10 − 0/10, 10/10 − 0/20 and
  /// 10/10 − 0/10.
  @Test(arguments: [
    (56, 70, 48, 80, 0.2, 0.0524, 0.3339), (9, 10, 3, 10, 0.6, 0.1705, 0.8090),
    (0, 10, 0, 20, 0, -0.1611, 0.2775), (0, 10, 0, 10, 0, -0.2775, 0.2775),
    (10, 10, 0, 20, 1, 0.6791, 1), (10, 10, 0, 10, 1, 0.6075, 1),
  ])
  func interval(
    a: Int, m: Int, b: Int, n: Int, difference: Double, low: Double, high: Double
  ) throws {
    let found = try #require(differenceOfShares((a, m), (b, n)))
    #expect(abs(found.difference - difference) < 1e-12)
    #expect(abs(found.low - low) < 5e-5 && abs(found.high - high) < 5e-5)
    #expect(differenceOfShares((0, 0), (1, 2)) == nil)
  }

  /// Two strata reckoned by hand: 12/40 against 4/20, and 30/60 against 15/60.
  ///
  /// Weights 40·20/60 = 13.33 and 60·60/120 = 30; differences 0.1 and 0.25, so that the common one is
  /// (1.333 + 7.5) / 43.333 = 0.203846. Variance terms 12·28·20³ + 4·16·40³ over 40·20·60² is 2.3556,
  /// and 30·30·60³ + 15·45·60³ over 60·60·120² is 6.5625; √(8.9181) / 43.333 = 0.068915.
  @Test func strataAreComparedWithinThemselves() throws {
    let found = try #require(
      differenceOfShares([((12, 40), (4, 20)), ((30, 60), (15, 60)), ((5, 9), (0, 0))]))
    #expect(abs(found.difference - 0.203846) < 1e-6)
    #expect(abs((found.high - found.low) / 2 - 1.959964 * 0.068915) < 1e-5)
    let single = try #require(differenceOfShares([((12, 40), (4, 20)), ((5, 9), (0, 0))]))
    let plain = try #require(differenceOfShares((12, 40), (4, 20)))
    #expect(single == plain)
    #expect(differenceOfShares([((1, 2), (0, 0))]) == nil)
  }
}
