import Foundation
import Statistics
import TestSupport
import Testing

@Suite struct SummaryTests {
  // R: quantile(c(1, 2, 4, 8, 16), p, type = 7).
  @Test(arguments: [(0.0, 1.0), (0.1, 1.4), (0.25, 2), (0.5, 4), (0.6, 5.6), (0.9, 12.8), (1, 16)])
  func quantiles(probability: Double, expected: Double) throws {
    let value = try #require(quantile(probability, ofSorted: [1, 2, 4, 8, 16]))
    #expect(agree(value, expected, within: 1e-15))
  }

  @Test func medians() {
    #expect(median([3.0, 1, 2]) == 2)
    #expect(median([4.0, 1, 2, 3]) == 2.5)
    #expect(median([4, 1, 2, 3]) == 2.5)
    #expect(median([Int.max, Int.max]) == Double(Int.max))
    #expect(median([Double]()) == nil)
    #expect(median([Int]()) == nil)
    #expect(quantile(1.5, ofSorted: [1]) == nil)
  }

  @Test func ranksOfTies() {
    let values = [30, 10, 20, 10, 30, 30]
    #expect(countsStrictlyLess(values) == [3, 0, 2, 0, 3, 3])
    #expect(meanRanks(values) == [5, 1.5, 3, 1.5, 5, 5])
    #expect(tieSafeScores(values, levels: 5) == [3, 1, 2, 1, 3, 3])
    #expect(tieSafeScores([Int](), levels: 5) == [])
    #expect(tieSafeScores(Array(1...10), levels: 5) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
  }

  @Test func compensatedSums() {
    #expect([1.0, 1e100, 1, -1e100].compensatedSum == 2)
    #expect([Double](repeating: 0.1, count: 10_000_000).compensatedSum == 1_000_000)
    #expect([Double.infinity, 1].compensatedSum == .infinity)
  }

  @Test func paretoOfASmallExample() throws {
    let curve = ParetoCurve([10, 40, 20, 30])
    #expect(curve.cumulative == [0, 40, 70, 90, 100])
    #expect(curve.shareHeld(byTop: 0.5) == 0.7)
    #expect(curve.shareHeld(byTop: 0.375) == 0.55)
    #expect(curve.shareHeld(byTop: 1) == 1)
    #expect(curve.holders(of: 0.8) == 3)
    #expect(curve.shareOfHolders(of: 0.7) == 0.5)
    #expect(curve.leastValue(ofTop: 0.25) == 40)
    #expect(curve.leastValue(ofTop: 0.26) == 30)
    // Mean absolute difference over twice the mean: (6·10·2 + …)/(2·16·25) = 200/800.
    #expect(agree(try #require(curve.gini), 0.25, within: 1e-15))
  }

  @Test func paretoEdges() {
    #expect(ParetoCurve([]).shareHeld(byTop: 0.2) == nil)
    #expect(ParetoCurve([]).leastValue(ofTop: 0.2) == nil)
    #expect(ParetoCurve([0, 0]).gini == nil)
    #expect(ParetoCurve([5, -1]).gini == nil)
    #expect(ParetoCurve([5, -1]).shareHeld(byTop: 0.5) == 1.25)
    #expect(ParetoCurve([7, 7, 7]).gini == 0)
    #expect(ParetoCurve([Int64](1...100)).leastValue(ofTop: 0.07) == 94)
  }

  @Test(.enabled(if: SharedData.isPresent, "needs the CDNOW data set"))
  func paretoOfCDNOW() throws {
    let text = try String(
      contentsOf: SharedData.url("cdnow/CDNOW_master.txt"), encoding: .utf8)
    var values: [Int: Int64] = [:]
    // The first line names the columns.
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      let fields = line.split(separator: " ")
      let customer = try #require(Int(fields[0]))
      let amount = try #require(Double(fields[3]))
      values[customer, default: 0] += Int64((amount * 100).rounded())
    }
    let curve = ParetoCurve(Array(values.values))
    #expect(curve.count == 23_570)
    let held = try #require(curve.shareHeld(byTop: 0.2))
    #expect((held * 10_000).rounded() == 6_778)
    let holders = try #require(curve.shareOfHolders(of: 0.8))
    #expect((holders * 10_000).rounded() == 3_265)
    let high = try #require(curve.leastValue(ofTop: 0.2))
    let mid = try #require(curve.leastValue(ofTop: 0.5))
    #expect(high == 13_395)
    #expect(curve.values.count { $0 >= high } == 4_715)
    #expect(curve.values.filter { $0 >= high }.reduce(0, +) == 169_478_245)
    #expect(curve.values.count { $0 >= mid && $0 < high } == 7_070)
    #expect(curve.values.filter { $0 >= mid && $0 < high }.reduce(0, +) == 54_528_252)
  }
}
