import LoyaltyAnalytics
import LoyaltyModel
import TestSupport
import Testing

@Suite struct ReportTests {
  @Test func migrationAddsUp() {
    let opening: [ValueCohort?] = [.low, .low, .mid, .high, ValueCohort.none, .low, nil, .mid]
    let closing: [ValueCohort?] = [.low, .mid, .high, .high, .low, nil, .low, nil]
    let matrix = MigrationMatrix(from: opening, to: closing)
    #expect(matrix.count(from: .low, to: .low) == 1)
    #expect(matrix.count(from: .low, to: .mid) == 1)
    #expect(matrix.count(from: .low, to: nil) == 1)
    #expect(matrix.count(from: nil, to: .low) == 1)
    #expect(matrix.opening(.low) == 3)
    #expect(matrix.opening(.mid) == 2)
    #expect(matrix.opening(nil) == 1)
    #expect(matrix.closing(.low) == 3)
    #expect(matrix.closing(nil) == 2)
    #expect(matrix.counts.flatMap { $0 }.reduce(0, +) == 8)
    #expect(
      MigrationMatrix.members(from: .mid, to: .high, opening: opening, closing: closing) == [2])
    #expect(
      MigrationMatrix.members(from: .mid, to: nil, opening: opening, closing: closing) == [7])
  }

  @Test func migrationBetweenTwoDates() {
    let sales = [Sale(0, 0, 500), Sale(1, 0, 500), Sale(1, 50, 700), Sale(2, 60, 100)]
    let table = PurchaseTable.of(sales, customers: 3)
    let customers = CustomerTable.of(3)
    let days: [Int32] = [10, 100]
    let stages: [[LifecycleStage]] = days.map { day in
      let history = PurchaseHistory(table, customers: 3, asOf: Day(number: day))
      return StageFigures(history, figures: CustomerFigures(history), customers: customers)
        .stages.map { $0 }
    }
    let matrix = MigrationMatrix(from: stages[0], to: stages[1])
    #expect(matrix.count(from: .new, to: .atRisk) == 1)
    #expect(matrix.count(from: .new, to: .repeat) == 1)
    #expect(matrix.count(from: .contact, to: .new) == 1)
    #expect(matrix.groups.map { matrix.opening($0) }.reduce(0, +) == 3)
  }

  @Test func retentionByHand() {
    let day = { Day.of($0).number }
    let sales = [
      Sale(0, day("2024-11-30"), 100), Sale(0, day("2024-12-01"), 200),
      Sale(0, day("2025-01-31"), 300), Sale(0, day("2025-01-02"), 50),
      Sale(1, day("2024-11-01"), 100),
      Sale(2, day("2025-01-15"), 900), Sale(2, day("2025-03-01"), 900),
    ]
    let history = PurchaseHistory(
      .of(sales, customers: 4), customers: 4, asOf: .of("2025-02-28"))
    let table = RetentionTable(history)
    #expect(table.rows.map(\.month) == [.of("2024-11-01"), .of("2025-01-01")])
    #expect(table.rows.map(\.customers) == [2, 1])
    #expect(table.rows.map(\.active) == [[2, 1, 1, 0], [1, 0]])
    #expect(table.rows.map(\.values) == [[200, 200, 350, 0], [900, 0]])
    #expect(table.rows[0].share(1) == 0.5)
    #expect(table.rows[1].share(2) == nil)
    #expect(!table.lastMonthIsPartial)
  }

  @Test func retentionOfNobody() {
    let history = PurchaseHistory(PurchaseTable(), customers: 2, asOf: .of("2025-02-27"))
    #expect(RetentionTable(history).rows == [])
    #expect(RetentionTable(history).lastMonthIsPartial)
  }

  @Test(.enabled(if: SharedData.isPresent, "\(SharedData.reason)"))
  func retentionOfCDNOW() {
    // From a plain Python pass over the file.
    let rows = RetentionTable(CDNOWMaster.history).rows
    #expect(rows.map(\.customers) == [7846, 8476, 7248])
    #expect(
      rows.map { Array($0.active.prefix(6)) } == [
        [7846, 1157, 964, 810, 679, 736], [8476, 1312, 980, 783, 847, 786],
        [7248, 1032, 752, 756, 674, 564],
      ])
    #expect(rows[0].active.count == 18)
    #expect(rows[0].active[17] == 498)
  }

  @Test func productsByHand() {
    let sales = [
      Sale(0, 1, 500, product: "tea/green"), Sale(0, 2, 300, product: "tea/black"),
      Sale(1, 2, 900, units: 3, product: "cup/blue"), Sale(1, 3, 100),
      Sale(1, 9, -300, product: "cup/blue", refunds: 2), Sale(0, 9, -50, product: "tea/green"),
    ]
    let table = PurchaseTable.of(sales, customers: 2)
    let history = PurchaseHistory(table, customers: 2, asOf: Day(number: 9))
    let products = ProductReport(history, purchases: table, by: .product)
    #expect(products.rows.map(\.label) == ["cup/blue", "tea/green", "tea/black", ""])
    #expect(products.rows.map(\.value) == [600, 450, 300, 100])
    #expect(products.rows.map(\.units) == [3, 1, 1, 1])
    let categories = ProductReport(history, purchases: table, by: .category)
    #expect(categories.rows.map(\.label) == ["tea", "cup", ""])
    #expect(categories.rows.map(\.value) == [750, 600, 100])
    #expect(categories.rows.map(\.customers) == [1, 1, 1])
    #expect(categories.rows.map(\.lines) == [2, 1, 1])
  }

  @Test(arguments: 1...10)
  func productsAddUpToCustomers(seed: Int) {
    let table = PurchaseTable.of(
      randomSales(500, customers: 20, days: 90, seed: UInt64(seed)), customers: 20)
    let history = PurchaseHistory(table, customers: 20, asOf: Day(number: 70))
    let total = CustomerFigures(history).valueTotal.reduce(0, +)
    for level in ProductReport.Level.allCases {
      #expect(ProductReport(history, purchases: table, by: level).value == total)
    }
  }
}
