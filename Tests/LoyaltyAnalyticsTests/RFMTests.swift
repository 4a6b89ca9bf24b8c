import LoyaltyAnalytics
import LoyaltyModel
import TestSupport
import Testing

/// Scores of customers who bought on so many days and for so much; all last bought on one day.
private func scores(days: [Int], amounts: [Int64], _ convention: RFMConvention) -> RFMScores {
  let sales = days.enumerated().flatMap { row, count in
    (0..<count).map { Sale(row, Int32(100 - $0), $0 == 0 ? amounts[row] : 0) }
  }
  let history = PurchaseHistory(
    .of(sales, customers: days.count), customers: days.count, asOf: Day(number: 100))
  return RFMScores(RFMInput(CustomerFigures(history)), convention: convention)
}

@Suite struct RFMTests {
  /// The cells of ANALYTICS, frequency 1 to 5 in each row of recency 1 to 5.
  @Test func segmentsPartitionTheCells() {
    let table: [[RFMSegment]] = [
      [.hibernating, .hibernating, .atRisk, .atRisk, .cantLose],
      [.hibernating, .hibernating, .atRisk, .atRisk, .cantLose],
      [.aboutToSleep, .aboutToSleep, .needAttention, .loyal, .loyal],
      [.promising, .potentialLoyalists, .potentialLoyalists, .loyal, .loyal],
      [.new, .potentialLoyalists, .potentialLoyalists, .champions, .champions],
    ]
    for recency in 1...5 {
      for frequency in 1...5 {
        #expect(
          RFMSegment(recency: UInt8(recency), frequency: UInt8(frequency))
            == table[recency - 1][frequency - 1])
      }
    }
    #expect(Set(table.flatMap { $0 }) == Set(RFMSegment.allCases))
  }

  @Test(arguments: 1...30)
  func tieSafeIsTheFormula(seed: Int) {
    var random = TestGenerator(seed: UInt64(seed))
    let count = Int.random(in: 1...40, using: &random)
    let days = (0..<count).map { _ in Int.random(in: 0...6, using: &random) }
    let amounts = (0..<count).map { _ in Int64.random(in: 0...9, using: &random) }
    let scores = scores(days: days, amounts: amounts, .tieSafe)
    let bought = days.indices.filter { days[$0] > 0 }
    #expect(scores.scored == bought.count)
    for row in days.indices {
      guard days[row] > 0 else {
        #expect(scores.score(row) == nil)
        continue
      }
      let fewer = bought.count { days[$0] < days[row] }
      let less = bought.count { amounts[$0] < amounts[row] }
      #expect(scores.frequency[row] == UInt8(1 + 5 * fewer / bought.count))
      #expect(scores.monetary[row] == UInt8(1 + 5 * less / bought.count))
      // All bought last on the same day, so nobody is worse.
      #expect(scores.recency[row] == 1)
    }
  }

  /// Expected by `ntile(5) over (order by v, i)` of SQLite 3.40.1.
  @Test(
    arguments: [
      ([5, 1, 3, 3, 3, 9, 2, 2, 8, 1, 1, 4, 7], [4, 1, 2, 3, 3, 5, 2, 2, 5, 1, 1, 3, 4]),
      ([5, 1, 3], [3, 1, 2]),
      ([4, 4, 4, 4, 1, 2, 9], [2, 2, 3, 4, 1, 1, 5]),
      ([7], [1]),
    ] as [([Int64], [UInt8])])
  func ntileIsSQLs(amounts: [Int64], expected: [UInt8]) {
    #expect(
      scores(days: amounts.map { _ in 1 }, amounts: amounts, .ntile).monetary.array == expected)
  }

  /// Edges of 1…10 are 1, 2.8, 4.6, 6.4, 8.2 and 10, so the fifths hold two each.
  @Test(
    arguments: [
      ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]),
      ([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]),
      // Edges at positions 1, 2, 3, 4 of six values: 20, 30, 40, 50, each closed above.
      ([10, 20, 30, 40, 50, 900], [1, 1, 2, 3, 4, 5]),
      // Coinciding edges: by rank, the first come worse.
      ([3, 3, 3, 3, 3], [1, 2, 3, 4, 5]),
    ] as [([Int64], [UInt8])])
  func tutorialCutsAtQuantiles(amounts: [Int64], expected: [UInt8]) {
    #expect(
      scores(days: amounts.map { _ in 1 }, amounts: amounts, .tutorial).monetary.array == expected)
  }

  @Test func tutorialGivesEqualCustomersDifferentScores() {
    let days = [1, 1, 1, 1, 2]
    let amounts = days.map { _ in Int64(5) }
    #expect(scores(days: days, amounts: amounts, .tutorial).frequency == [1, 2, 3, 4, 5])
    #expect(scores(days: days, amounts: amounts, .tieSafe).frequency == [1, 1, 1, 1, 5])
  }

  @Test(arguments: RFMConvention.allCases)
  func theRecentScoreBest(_ convention: RFMConvention) {
    let sales = (0..<10).map { Sale($0, Int32($0 * 7), 100) }
    let history = PurchaseHistory(
      .of(sales, customers: 11), customers: 11, asOf: Day(number: 90))
    let scores = RFMScores(RFMInput(CustomerFigures(history)), convention: convention)
    #expect(scores.recency == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 0])
    #expect(scores.segment(10) == nil)
  }

  @Test func aWindowLeavesOutWhatCameBefore() {
    let asOf = Day.of("2025-06-30")
    let sales = [
      Sale(0, Day.of("2024-12-30").number, 500), Sale(0, Day.of("2025-01-01").number, 300),
      Sale(1, Day.of("2024-12-30").number, 900), Sale(0, Day.of("2025-02-01").number, -50),
    ]
    let history = PurchaseHistory(.of(sales, customers: 2), customers: 2, asOf: asOf)
    let input = RFMInput(history, trailingMonths: 6)
    #expect(input.frequency == [1, 0])
    #expect(input.monetary == [250, 0])
    #expect(input.recency == [180, FactColumn.unknownInt32])
    #expect(RFMScores(input).scored == 1)
  }

  @Test(.enabled(if: SharedData.isPresent, "\(SharedData.reason)"))
  func segmentsOfCDNOW() {
    // From a plain Python pass over the file by the definitions.
    let scores = RFMScores(RFMInput(CDNOWMaster.figures))
    let expected: [RFMSegment: Int] = [
      .champions: 4118, .loyal: 3259, .potentialLoyalists: 2421, .needAttention: 950,
      .aboutToSleep: 3375, .atRisk: 762, .cantLose: 6, .hibernating: 8679, .new: 0, .promising: 0,
    ]
    for (segment, customers) in scores.segmentCounts {
      #expect(customers == expected[segment], "\(segment)")
    }
    #expect(
      (1...5).map { score in scores.recency.count { $0 == score } }
        == [4735, 4712, 4702, 4720, 4701])
    #expect(
      (1...5).map { score in scores.frequency.count { $0 == score } }
        == [12_054, 0, 4040, 3641, 3835])
    #expect(
      (1...5).map { score in scores.monetary.count { $0 == score } }
        == [4817, 4615, 4710, 4715, 4713])
  }
}
