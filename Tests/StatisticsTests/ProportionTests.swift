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

  /// Newcombe (1998), table II, method 10: 56/70 − 48/80 = 0.2 (0.0524, 0.3339); 9/10 − 3/10 = 0.6
  /// (0.1705, 0.8090).
  @Test(arguments: [
    (56, 70, 48, 80, 0.2, 0.0524, 0.3339), (9, 10, 3, 10, 0.6, 0.1705, 0.8090),
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
