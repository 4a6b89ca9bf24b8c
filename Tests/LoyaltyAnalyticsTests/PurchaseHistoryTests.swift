import LoyaltyAnalytics
import LoyaltyModel
import Testing

/// Rows of one customer, and the purchase days that they make.
struct NettingCase: CustomTestStringConvertible {
  let testDescription: String
  let sales: [Sale]
  var asOf: Int32 = 100
  /// Days and net amounts.
  let days: [Int32: Int64]
  var loose: Int64 = 0

  static let all = [
    NettingCase(testDescription: "nothing", sales: [], days: [:]),
    NettingCase(
      testDescription: "several rows of a day are one",
      sales: [Sale(1, 1000), Sale(1, 250), Sale(4, 500)], days: [1: 1250, 4: 500]),
    NettingCase(
      testDescription: "an amount of zero is a purchase", sales: [Sale(3, 0)], days: [3: 0]),
    NettingCase(
      testDescription: "what is later does not count", sales: [Sale(5, 100), Sale(6, 100)],
      asOf: 5, days: [5: 100]),
    NettingCase(
      testDescription: "a partial refund lowers the day of its purchase",
      sales: [Sale(1, 1000), Sale(9, -300, refunds: 0)], days: [1: 700]),
    NettingCase(
      testDescription: "a whole refund takes the day away",
      sales: [Sale(1, 1000), Sale(2, 500), Sale(9, -1000, refunds: 0)], days: [2: 500]),
    NettingCase(
      testDescription: "but not before its date",
      sales: [Sale(1, 1000), Sale(9, -1000, refunds: 0)], asOf: 8, days: [1: 1000]),
    NettingCase(
      testDescription: "two halves make a whole",
      sales: [Sale(1, 1000), Sale(3, -400, refunds: 0), Sale(9, -600, refunds: 0)], days: [:]),
    NettingCase(
      testDescription: "a refund alone is no purchase", sales: [Sale(7, -500)], days: [:],
      loose: -500),
    NettingCase(
      testDescription: "a return without money is none either",
      sales: [Sale(7, 0, units: -1)], days: [:]),
    NettingCase(
      testDescription: "an unlinked refund comes off its own day",
      sales: [Sale(7, 900), Sale(7, 100), Sale(7, -500), Sale(8, 100)], days: [7: 500, 8: 100]),
    NettingCase(
      testDescription: "an unlinked refund greater than its day leaves the rest loose",
      sales: [Sale(7, 900), Sale(7, -1200)], days: [:], loose: -300),
    NettingCase(
      testDescription: "free lines of a day that was given back fall with it",
      sales: [Sale(7, 900), Sale(7, 0), Sale(7, -900)], days: [:]),
    NettingCase(
      testDescription: "a free purchase stands beside one whose linked refund is whole",
      sales: [Sale(7, 900), Sale(7, 0), Sale(9, -900, refunds: 0)], days: [7: 0]),
    NettingCase(
      testDescription: "a free purchase that came back does not stand",
      sales: [Sale(7, 0), Sale(9, 0, units: -1, refunds: 0)], days: [:]),
    NettingCase(
      testDescription: "a refund above its line comes off the other lines of that day",
      sales: [Sale(1, 300), Sale(1, 700), Sale(5, 50), Sale(9, -800, refunds: 0)],
      days: [1: 200, 5: 50]),
    NettingCase(
      testDescription: "a link to a later purchase is none",
      sales: [Sale(5, 300), Sale(2, -300, refunds: 0)], days: [5: 300], loose: -300),
    NettingCase(
      testDescription: "a link to a refund is none",
      sales: [Sale(2, -100), Sale(5, -300, refunds: 0), Sale(5, 400)], days: [5: 100],
      loose: -100),
    NettingCase(
      testDescription: "before all data", sales: [Sale(5, 300)], asOf: 4, days: [:]),
  ]
}

extension Sale {
  /// A row of the only customer.
  init(_ day: Int32, _ amount: Int64, units: Int32? = nil, refunds: Int? = nil) {
    self.init(0, day, amount, units: units, product: "", refunds: refunds)
  }
}

@Suite struct PurchaseHistoryTests {
  @Test(arguments: NettingCase.all)
  func netsRefunds(_ scene: NettingCase) {
    let history = PurchaseHistory(
      .of(scene.sales, customers: 1), customers: 1, asOf: Day(number: scene.asOf))
    let days = history.purchaseDays
    #expect(days.days.array == scene.days.keys.sorted())
    #expect(Dictionary(uniqueKeysWithValues: zip(days.days, days.amounts)) == scene.days)
    #expect(history.looseRefunds.amounts.reduce(0, +) == scene.loose)
  }

  @Test func aRefundComesOffItsProductFirst() {
    let sales = [
      Sale(0, 1, 900, product: "cup/blue"), Sale(0, 1, 500, product: "tea/green"),
      Sale(0, 1, -300, product: "tea/green"),
    ]
    let history = PurchaseHistory(.of(sales, customers: 1), customers: 1, asOf: Day(number: 1))
    #expect(history.lines.rows == [0, 1])
    #expect(history.lines.amounts == [900, 200])
  }

  @Test func customersWhomTheTableLacksBoughtNothing() {
    let history = PurchaseHistory(PurchaseTable(), customers: 3, asOf: Day(number: 0))
    #expect(history.purchaseDays.offsets == [0, 0, 0, 0])
    #expect(history.mentioned.population == 0)
  }

  @Test(arguments: 1...20)
  func losesNoMoney(seed: Int) {
    let sales = randomSales(400, customers: 12, days: 60, seed: UInt64(seed))
    for asOf in [-1, 10, 30, 59] as [Int32] {
      let history = PurchaseHistory(
        .of(sales, customers: 12), customers: 12, asOf: Day(number: asOf))
      let figures = CustomerFigures(history)
      for row in 0..<12 {
        let expected = sales.filter { $0.customer == row && $0.day <= asOf }.map(\.amount)
        #expect(figures.valueTotal[row] == expected.reduce(0, +))
      }
      #expect(history.lines.amounts.reduce(0, +) == history.purchaseDays.amounts.reduce(0, +))
      #expect(history.looseRefunds.amounts.allSatisfy { $0 < 0 })
      #expect(history.purchaseDays.amounts.allSatisfy { $0 >= 0 })
    }
  }

  /// Without links a day stands when something was sold and nothing, or not all, came back.
  @Test(arguments: 1...20)
  func withoutLinksADayIsItsSum(seed: Int) {
    let sales = randomSales(300, customers: 1, days: 120, seed: UInt64(seed)).map { sale in
      var sale = sale
      sale.refunds = nil
      return sale
    }
    let history = PurchaseHistory(.of(sales, customers: 1), customers: 1, asOf: Day(number: 90))
    var expected: [Int32: Int64] = [:]
    for day in Int32(0)...90 {
      let rows = sales.filter { $0.day == day }
      let refunds = rows.filter { $0.units < 0 }
      let sum = rows.reduce(0) { $0 + $1.amount }
      guard refunds.count < rows.count, refunds.isEmpty || sum > 0 else { continue }
      expected[day] = sum
    }
    let days = history.purchaseDays
    #expect(Dictionary(uniqueKeysWithValues: zip(days.days, days.amounts)) == expected)
    #expect(expected.count > 20)
  }

  @Test(arguments: 1...20)
  func theOrderOfRowsDoesNotMatter(seed: Int) {
    let sales = randomSales(400, customers: 8, days: 30, seed: UInt64(seed))
    let other = shuffled(sales, seed: UInt64(seed + 1000))
    let tables = [sales, other].map { PurchaseTable.of($0, customers: 8) }
    let histories = tables.map {
      PurchaseHistory($0, customers: 8, asOf: Day(number: 25))
    }
    #expect(histories[0].purchaseDays == histories[1].purchaseDays)
    #expect(histories[0].looseRefunds.days == histories[1].looseRefunds.days)
    for level in ProductReport.Level.allCases {
      let reports = zip(histories, tables).map { ProductReport($0, purchases: $1, by: level) }
      #expect(reports[0] == reports[1])
    }
  }
}
