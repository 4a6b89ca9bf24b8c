import Statistics
import Testing

struct MeanTests {
  /// The 97.5 % points of the tables of Student's t.
  @Test(arguments: [
    (1.0, 12.7062), (2, 4.30265), (5, 2.57058), (10, 2.22814), (30, 2.04227), (120, 1.97993),
    (1e9, 1.95996),
  ])
  func studentsTable(degrees: Double, point: Double) {
    #expect(abs(studentQuantile(0.975, degrees: degrees) - point) < 6e-6 * point)
    #expect(studentQuantile(0.025, degrees: degrees) == -studentQuantile(0.975, degrees: degrees))
    #expect(studentQuantile(0.5, degrees: degrees) == 0)
    #expect(studentQuantile(1, degrees: degrees).isNaN && studentQuantile(0.9, degrees: 0).isNaN)
  }

  /// Student's own data on sleep, as in R: `t.test(extra ~ group, data = sleep)` gives the means 0.75
  /// and 2.33 and the interval −3.3654832 to 0.2054832.
  @Test func sleep() throws {
    let first = MeanSummary([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
    let second = MeanSummary([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
    #expect(abs(first.mean - 0.75) < 1e-12 && abs(second.mean - 2.33) < 1e-12)
    let found = try #require(differenceOfMeans(first, second))
    #expect(abs(found.difference + 1.58) < 1e-12)
    #expect(abs(found.low + 3.365_483_2) < 1e-6 && abs(found.high - 0.205_483_2) < 1e-6)
    let turned = try #require(differenceOfMeans(second, first))
    #expect(abs(turned.low + found.high) < 1e-12 && abs(turned.high + found.low) < 1e-12)
  }

  /// Nothing is said where there is nothing to reckon with.
  @Test(arguments: [
    ([], [1.0, 2]), ([1.0], [1.0, 2]), ([3.0, 3], [3.0, 3, 3]), ([0.0, 0], [0.0, 0]),
  ])
  func nothingToReckonWith(one: [Double], two: [Double]) {
    #expect(differenceOfMeans(MeanSummary(one), MeanSummary(two)) == nil)
  }

  /// A small spread on a great mean: the variance of 1, 2, 3, 4 is 5/3 wherever they stand.
  @Test(arguments: [0.0, 1e9, -1e12]) func farFromNought(offset: Double) throws {
    let variance = try #require(MeanSummary((1...4).map { offset + Double($0) }).variance)
    #expect(abs(variance - 5 / 3) < 1e-9)
  }
}
