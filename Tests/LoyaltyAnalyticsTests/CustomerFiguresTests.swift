import LoyaltyAnalytics
import LoyaltyModel
import TestSupport
import Testing

/// The figures of one customer's rows as of a day.
private func figures(_ sales: [Sale], asOf: Day) -> CustomerFigures {
  CustomerFigures(PurchaseHistory(.of(sales, customers: 1), customers: 1, asOf: asOf))
}

@Suite struct CustomerFiguresTests {
  @Test func basicFiguresByHand() {
    let sales = [
      Sale(0, 10, 1000), Sale(0, 10, 100), Sale(0, 20, 2000), Sale(0, 50, 501), Sale(0, 60, 900),
      Sale(0, 61, -900),
    ]
    let result = figures(sales, asOf: Day(number: 70))
    #expect(result.purchaseDays == [4])
    #expect(result.repeats(0) == 3)
    #expect(result.lastOffset(0) == 50)
    #expect(result.tenureDays(0) == 60)
    #expect(result.recencyDays(0) == 10)
    #expect(result.valueTotal == [3601])
    // 3601 / 4 = 900.25; the repeat days alone, (2000 + 501 + 900) / 3.
    #expect(result.averageBasket(0) == 900)
    #expect(result.repeatMean(0) == 3401.0 / 3)
    // Gaps 10, 30, 10.
    #expect(result.ownGap == [10])
    #expect(result.gap(0) == 14)
  }

  @Test("amounts that an import of today rejects count as the largest, and never overflow")
  func amountsBeyondTheBound() {
    let most = Purchase.largestAmount
    let sales = (0..<30).map { Sale(0, Int32($0), $0 == 29 ? .min : .max) }
    let result = figures(sales, asOf: Day(number: 40))
    #expect(result.valueTotal == [28 * most])
    #expect(result.value12m == [28 * most])
    #expect(result.purchaseDays == [29])
  }

  @Test func nobodyHasFiguresWithoutAPurchase() {
    let result = figures([Sale(0, 5, -100), Sale(0, 90, 100)], asOf: Day(number: 9))
    #expect(result.purchaseDays == [0])
    #expect(result.valueTotal == [-100])
    #expect(result.firstDay == [FactColumn.unknownInt32])
    #expect(result.recencyDays(0) == nil)
    #expect(result.tenureDays(0) == nil)
    #expect(result.averageBasket(0) == nil)
    #expect(result.repeatMean(0) == nil)
    #expect(result.repeats(0) == 0)
    #expect(result.lastOffset(0) == 0)
    #expect(result.buyers == 0)
  }

  /// (as-of − 12 months, as-of], the month's last day standing in for a day that it lacks.
  @Test(arguments: [
    ("2025-07-15", "2024-07-15", false), ("2025-07-15", "2024-07-16", true),
    ("2025-07-15", "2025-07-15", true), ("2025-07-15", "2025-07-16", false),
    ("2024-02-29", "2023-02-28", false), ("2024-02-29", "2023-03-01", true),
    ("2025-02-28", "2024-02-28", false), ("2025-02-28", "2024-02-29", true),
  ])
  func twelveMonths(asOf: String, bought: String, counts: Bool) {
    let result = figures([Sale(0, Day.of(bought).number, 700)], asOf: .of(asOf))
    #expect(result.value12m == [counts ? 700 : 0])
  }

  @Test func refundsOfTheTrailingYear() {
    let asOf = Day.of("2025-07-15")
    let old = Day.of("2024-01-10").number
    let recent = Day.of("2025-01-10").number
    // Linked to an old purchase: comes off that. Linked to none: counts on its own day.
    let linked = figures([Sale(0, old, 900), Sale(0, recent, -200, refunds: 0)], asOf: asOf)
    #expect(linked.valueTotal == [700])
    #expect(linked.value12m == [0])
    let loose = figures([Sale(0, old, 900), Sale(0, recent, -200)], asOf: asOf)
    #expect(loose.valueTotal == [700])
    #expect(loose.value12m == [-200])
  }

  @Test(
    arguments: [
      ([1000, 1001], 1001), ([1000, 1000, 1001], 1000), ([-3], -3), ([0, 0], 0),
    ] as [([Int64], Int64)])
  func basketsRoundHalvesAwayFromZero(amounts: [Int64], basket: Int64) {
    let sales = amounts.enumerated().map { Sale(0, Int32($0.offset), $0.element) }
    let result = figures(sales, asOf: Day(number: 50))
    #expect(result.averageBasket(0) == (amounts == [-3] ? nil : basket))
  }

  @Test func theCommonRhythmNeedsThirty() {
    func common(_ customers: Int) -> CommonGap {
      // Customer k buys every k + 1 days, four times.
      let sales = (0..<customers).flatMap { row in
        (0..<4).map { Sale(row, Int32($0 * (row + 1)), 100) }
      }
      let history = PurchaseHistory(
        .of(sales, customers: customers), customers: customers, asOf: Day(number: 500))
      return CustomerFigures(history).commonGap
    }
    #expect(common(29).days == 90)
    #expect(!common(29).isMeasured)
    #expect(common(30).days == 15.5)
    #expect(common(30).customers == 30)
    #expect(common(30).isMeasured)
  }

  @Test(.enabled(if: SharedData.isPresent, "\(SharedData.reason)"))
  func ofCDNOW() {
    // From a plain Python pass over the file.
    let figures = CDNOWMaster.figures
    #expect(figures.count == 23_570)
    #expect(figures.valueTotal.reduce(0, +) == 250_031_563)
    #expect(figures.value12m.reduce(0, +) == 106_935_650)
    #expect(figures.value12m.count { $0 > 0 } == 8332)
    #expect(figures.commonGap.days == 43)
    #expect(figures.commonGap.customers == 5271)
    // 2,068 of 69,659 rows are on the same customer's same day as an earlier one.
    #expect(figures.purchaseDays.reduce(0) { $0 + Int($1) } == 69_659 - 2068)
  }
}
