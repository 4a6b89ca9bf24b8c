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
}
