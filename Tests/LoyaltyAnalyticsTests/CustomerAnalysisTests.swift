import LoyaltyAnalytics
import LoyaltyModel
import Testing

@Suite struct CustomerAnalysisTests {
  /// Nothing that is dated later may influence a figure.
  @Test(arguments: 1...10)
  func theFutureDoesNotMatter(seed: Int) {
    let sales = randomSales(300, customers: 10, days: 100, seed: UInt64(seed))
    let asOf = Day(number: 40)
    // Links may point at later rows, so that rows are made harmless rather than left out.
    let known = sales.map { sale in
      var sale = sale
      if sale.day > asOf.number { (sale.amount, sale.day) = (1, 99) }
      return sale
    }
    let customers = CustomerTable.of(10)
    let analyses = [sales, known].map { rows in
      CustomerAnalysis(
        purchases: .of(rows, customers: 10), customers: customers, programme: .euros, asOf: asOf)
    }
    #expect(analyses[0].history.purchaseDays == analyses[1].history.purchaseDays)
    #expect(analyses[0].figures.valueTotal == analyses[1].figures.valueTotal)
    #expect(analyses[0].rfm.monetary == analyses[1].rfm.monetary)
    #expect(analyses[0].cohorts.cohorts == analyses[1].cohorts.cohorts)
    #expect(analyses[0].stages.stages == analyses[1].stages.stages)
    #expect(analyses[0].stages.since == analyses[1].stages.since)
  }

  /// Nobody, one, all on one day, and before all data.
  @Test(arguments: [
    (0, []), (1, []), (1, [Sale(0, 10, 500)]), (1, [Sale(0, 10, -500)]),
    (3, [Sale(0, 10, 500), Sale(1, 10, 500), Sale(2, 10, 500)]), (2, [Sale(1, 11, 500)]),
  ])
  func degenerateShops(customers: Int, sales: [Sale]) {
    let analysis = CustomerAnalysis(
      purchases: .of(sales, customers: customers), customers: .of(customers), programme: .euros,
      asOf: Day(number: 10))
    let buyers = sales.count { $0.amount > 0 && $0.day <= 10 }
    #expect(analysis.figures.buyers == buyers)
    #expect(analysis.rfm.scored == buyers)
    #expect(analysis.cohorts.cohorts.count { $0 != .none } == buyers)
    #expect(analysis.cohorts.cohorts.allSatisfy { $0 == (buyers > 0 ? .high : .none) })
    #expect(analysis.stages.stages.count { $0 == .new } == buyers)
    #expect(analysis.stages.stages.count { $0 == .contact } == customers - buyers)
    let report = ParetoReport(analysis.figures, measure: .lifetime)
    #expect(report.customers == buyers)
    #expect((report.gini == nil) == (buyers == 0))
  }

  @Test(arguments: RFMConvention.allCases)
  func theConventionIsChosen(_ convention: RFMConvention) {
    let analysis = CustomerAnalysis(
      purchases: .of([Sale(0, 1, 100)], customers: 1), customers: .of(1), programme: .euros,
      asOf: Day(number: 2), convention: convention)
    #expect(analysis.rfm.convention == convention)
    #expect(analysis.rfm.score(0) != nil)
  }
}
