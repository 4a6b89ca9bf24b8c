import LoyaltyAnalytics
import LoyaltyModel
import TestSupport
import Testing

/// Customers who each bought once, on one day, for an amount; nil bought nothing.
private func figures(_ amounts: [Int64?], asOf: Day = Day(number: 100)) -> CustomerFigures {
  let sales = amounts.enumerated().compactMap { row, amount in
    amount.map { Sale(row, 100, $0) }
  }
  return CustomerFigures(
    PurchaseHistory(.of(sales, customers: amounts.count), customers: amounts.count, asOf: asOf))
}

@Suite struct ValueTests {
  @Test func paretoByHand() {
    let report = ParetoReport(
      figures([40, nil, 10, 30, 0, 20]), measure: .lifetime)
    #expect(report.customers == 5)
    #expect(report.value == 100)
    #expect(report.top20Share == 0.4)
    // 40, 70, 90: three of five are needed for 80.
    #expect(report.customersFor80 == 0.6)
    // Cumulative shares 0.4, 0.7, 0.9, 1, 1: 2·4/5 − 6/5.
    #expect(abs((report.gini ?? .nan) - 0.4) < 1e-12)
    #expect(report.points.count == 101)
    #expect(report.points.first?.value == 0)
    #expect(report.points.last?.value == 1)
    #expect(report.points.map(\.customers) == (0...100).map { Double($0) / 100 })
    #expect(report.points[40].value == 0.7)
  }

  @Test func aCustomerAtTheEdgeOfTwentyPercentCountsInPart() {
    // 20 % of seven are 1.4 customers: 50 + 0.4 · 30.
    let report = ParetoReport(figures([50, 30, 10, 5, 3, 1, 1]), measure: .lifetime)
    #expect(abs((report.top20Share ?? .nan) - 0.62) < 1e-12)
  }

  @Test(
    arguments: [
      ([], 0, nil, nil), ([nil], 0, nil, nil), ([0, 0], 2, nil, nil), ([7], 1, 0.2, 0.0),
      ([5, 5, 5, 5, 5], 5, 0.2, 0.0),
    ] as [([Int64?], Int, Double?, Double?)])
  func paretoAtTheEdges(amounts: [Int64?], customers: Int, top: Double?, gini: Double?) {
    let report = ParetoReport(figures(amounts), measure: .lifetime)
    #expect(report.customers == customers)
    #expect(report.top20Share.map { ($0 * 1e9).rounded() } == top.map { ($0 * 1e9).rounded() })
    #expect(report.gini.map { ($0 * 1e9).rounded() } == gini.map { ($0 * 1e9).rounded() })
    #expect(report.points.isEmpty == (top == nil))
  }

  @Test func negativeTotalsHaveNoGini() {
    // Bought on day 1, gave back more on day 2.
    let sales = [Sale(0, 1, 100), Sale(0, 2, -300), Sale(1, 1, 100)]
    let report = ParetoReport(
      CustomerFigures(
        PurchaseHistory(.of(sales, customers: 2), customers: 2, asOf: Day(number: 3))),
      measure: .lifetime)
    #expect(report.customers == 2)
    #expect(report.value == -100)
    #expect(report.top20Share == nil)
    #expect(report.gini == nil)
  }

  @Test("who gave back what no purchase of theirs stands for is told beside the curve")
  func othersAreTold() {
    let sales = [Sale(0, 1, 500), Sale(1, 1, -300), Sale(2, 2, -50), Sale(2, 1, 40)]
    let figures = CustomerFigures(
      PurchaseHistory(.of(sales, customers: 4), customers: 4, asOf: Day(number: 3)))
    let report = ParetoReport(figures, measure: .lifetime)
    #expect((report.customers, report.value) == (2, 490))
    #expect((report.others, report.othersValue) == (1, -300))
    let cohorts = CohortReport(ValueCohorts(figures, cut: nil, measure: .lifetime))
    #expect(cohorts.rows.reduce(0) { $0 + $1.value } == report.value + report.othersValue)
  }

  @Test(.enabled(if: SharedData.isPresent, "\(SharedData.reason)"))
  func paretoOfCDNOW() {
    let report = ParetoReport(CDNOWMaster.figures, measure: .lifetime)
    #expect(report.customers == 23_570)
    #expect(report.value == 250_031_563)
    // 20 % are exactly 4,714 customers: 1,694,782.45 less one of the two at 133.95.
    #expect(abs((report.top20Share ?? 0) - (1_694_782.45 - 133.95) / 2_500_315.63) < 1e-12)
    #expect(abs((report.top20Share ?? 0) - 0.67777) < 1e-5)
    #expect(abs((report.customersFor80 ?? 0) - 0.32647) < 1e-5)
    #expect(abs((report.gini ?? 0) - 0.634571) < 1e-6)
  }

  @Test func sharesBecomeAmountsAndEqualsStayTogether() throws {
    // Ten buyers: the top 20 % end at the second, who has an equal.
    let result = figures([90, 80, 80, 70, 60, 60, 50, 40, 30, 20, nil])
    let cut = try #require(CohortCut.shares([20, 30, 50], of: result, by: .lifetime))
    #expect(cut == CohortCut(measure: .lifetime, high: 80, mid: 60, day: Day(number: 100)))
    let cohorts = ValueCohorts(result, cut: cut)
    #expect(
      cohorts.cohorts == [
        .high, .high, .high, .mid, .mid, .mid, .low, .low, .low, .low, .none,
      ])
    #expect(cohorts.missingToNext(0) == nil)
    #expect(cohorts.missingToNext(3) == 10)
    #expect(cohorts.missingToNext(9) == 40)
    #expect(cohorts.missingToNext(10) == nil)
    let report = CohortReport(cohorts)
    #expect(report.rows.map(\.cohort) == [.high, .mid, .low, .none])
    #expect(report.rows.map(\.customers) == [3, 3, 4, 1])
    #expect(report.rows.map(\.value) == [250, 190, 140, 0])
    #expect(report.rows.map(\.from) == [80, 60, nil, nil])
  }

  @Test func whoBroughtNothingIsNeverAboveLow() throws {
    let result = figures([100, 0, 0, 0, 0])
    let cut = try #require(CohortCut.shares([20, 30, 50], of: result, by: .twelveMonths))
    let cohorts = ValueCohorts(result, cut: cut)
    #expect(cohorts.cohorts == [.high, .low, .low, .low, .low])
    #expect(cohorts.missingToNext(1) == 1)
  }

  @Test(arguments: [
    ([100, 0, 0], [ValueCohort.high, .high]), ([0, 100, 0], [.mid, .mid]),
    ([0, 0, 100], [.low, .low]), ([50, 0, 50], [.high, .low]),
  ])
  func emptySharesAreEmpty(shares: [Int], expected: [ValueCohort]) throws {
    let result = figures([20, 10])
    let cut = try #require(CohortCut.shares(shares, of: result, by: .lifetime))
    #expect(ValueCohorts(result, cut: cut).cohorts == ChoiceColumn(expected))
  }

  @Test(arguments: [[20, 30], [20, 30, 49], [-10, 60, 50]])
  func otherSharesMakeNoCut(shares: [Int]) {
    #expect(CohortCut.shares(shares, of: figures([1, 2]), by: .lifetime) == nil)
  }

  @Test func nobodyMakesNoCut() {
    let result = figures([nil, nil])
    #expect(CohortCut.shares([20, 30, 50], of: result, by: .lifetime) == nil)
    #expect(ValueCohorts(result, cut: nil).cohorts == [.none, .none])
    #expect(CohortReport(ValueCohorts(result, cut: nil)).rows.map(\.customers) == [0, 0, 0, 2])
  }

  @Test func storedAmountsHoldFromTheirDayOn() throws {
    let result = figures([90, 50, 10])
    var settings = CohortSettings()
    settings.measure = .lifetime
    func cut(_ measure: ValueMeasure, day: Int32) -> CohortCut? {
      settings.amounts = CohortCut(
        measure: measure, high: 1000, mid: 40, day: Day(number: day))
      return CohortCut.inForce(settings, of: result)
    }
    let shares = try #require(CohortCut.shares([20, 30, 50], of: result, by: .lifetime))
    #expect(cut(.lifetime, day: 100)?.high == 1000)
    #expect(cut(.lifetime, day: 101) == shares)
    #expect(cut(.twelveMonths, day: 50) == shares)
    let stored = ValueCohorts(result, cut: cut(.lifetime, day: 100))
    #expect(stored.cohorts == [.mid, .mid, .low])
    #expect(stored.missingToNext(0) == 910)
  }

  @Test(.enabled(if: SharedData.isPresent, "\(SharedData.reason)"))
  func cohortsOfCDNOW() throws {
    let cut = try #require(CohortCut.shares([20, 30, 50], of: CDNOWMaster.figures, by: .lifetime))
    #expect(cut.high == 13_395)
    let report = CohortReport(ValueCohorts(CDNOWMaster.figures, cut: cut))
    #expect(report.rows.map(\.customers) == [4715, 7070, 11_785, 0])
    #expect(report.rows.map(\.value) == [169_478_245, 54_528_252, 26_025_066, 0])
  }
}
