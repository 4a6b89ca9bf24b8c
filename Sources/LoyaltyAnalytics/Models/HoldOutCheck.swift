package import LoyaltyModel
import Statistics

extension HoldOutReport {
  /// The classes by repeat purchases: 0, 1, … and this many or more.
  private static let lastClass = 7

  /// Fits the models to what was known on a day and compares what they foresee with what came.
  /// - Parameters:
  ///   - known: The purchases as known on the earlier day.
  ///   - history: The purchases as known on the later day.
  ///   - currency: The currency of the amounts.
  ///   - wording: What its sentences are written with.
  package init(
    known: PurchaseHistory, history: PurchaseHistory, currency: Currency, wording: Wording
  ) {
    let figures = CustomerFigures(known)
    let fits = ModelFits(figures, currency: currency)
    let time = Double(history.asOf - known.asOf) / BuyingSummary.daysInWeek
    var tallies = (0...HoldOutReport.lastClass).map { _ in Tally() }
    var all = Tally()
    let ways = HoldOutReport.ways(fits, over: time)
    for row in 0..<figures.count {
      guard let summary = figures.buyingSummary(row) else { continue }
      let actual = history.purchaseDays.days(ofCustomer: row).count { $0 > known.asOf.number }
      let foreseen = ways.map { $0.foresee(summary) }
      all.add(actual, foreseen)
      tallies[min(summary.repeats, HoldOutReport.lastClass)].add(actual, foreseen)
    }
    let names = ways.map(\.name)
    self.init(
      until: known.asOf, through: history.asOf, customers: all.customers, actual: all.actual,
      forecasts: all.forecasts(names),
      classes: tallies.enumerated().filter { $1.customers > 0 }.map { frequency, tally in
        FrequencyClass(
          label: "\(frequency)" + (frequency == HoldOutReport.lastClass ? "+" : ""),
          customers: tally.customers, actual: tally.actual, forecasts: tally.forecasts(names))
      },
      warnings: fits.warnings(wording))
  }

  /// A way to foresee a customer's purchases.
  private struct Way {
    let name: String
    let foresee: (BuyingSummary) -> Double
  }

  /// The fitted models, then two guesses that need none.
  private static func ways(_ fits: ModelFits, over time: Double) -> [Way] {
    let models = [PurchaseModelKind.bgNBD, .mbgNBD].compactMap { kind in
      fits.purchases(kind).map { model in
        Way(name: kind.name) { model.expectedPurchases(within: time, $0) }
      }
    }
    return models + [
      Way(name: "same rate as before") { summary in
        summary.observed > 0 ? Double(summary.repeats) / summary.observed * time : 0
      },
      Way(name: "nobody buys again") { _ in 0 },
    ]
  }

  /// Sums over customers.
  private struct Tally {
    var customers = 0
    var actual = 0
    private var predicted: [CompensatedSum] = []
    private var errors: [CompensatedSum] = []

    mutating func add(_ bought: Int, _ foreseen: [Double]) {
      if predicted.isEmpty {
        predicted = foreseen.map { _ in CompensatedSum() }
        errors = predicted
      }
      customers += 1
      actual += bought
      for (way, value) in foreseen.enumerated() {
        predicted[way].add(value)
        errors[way].add(abs(value - Double(bought)))
      }
    }

    func forecasts(_ names: [String]) -> [Forecast] {
      zip(names, zip(predicted, errors)).map { name, sums in
        Forecast(
          name: name, predicted: sums.0.value, meanAbsoluteError: sums.1.value / Double(customers))
      }
    }
  }
}
