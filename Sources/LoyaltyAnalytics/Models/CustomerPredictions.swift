package import LoyaltyModel

/// What a fitted model expects of every customer, one column a figure.
///
/// A figure that cannot be estimated is unknown: NaN among numbers,
/// ``FactColumn/unknownInt64`` among amounts. Amounts are rounded to minor units.
package struct CustomerPredictions: Sendable {
  /// The date that the predictions are as of.
  package let asOf: Day
  /// The model of purchases.
  package let kind: PurchaseModelKind
  /// Whether the model of purchases was fitted.
  package let isTrusted: Bool
  /// Whether the model of amounts was fitted too, so that values can be told.
  package let hasValues: Bool
  /// Horizon, discount and margin of the values.
  package let terms: LifetimeValueTerms
  /// P(alive), in 0…1; unknown without a purchase.
  package private(set) var alive: Column<Double> = []
  /// The days with a purchase expected over the horizon.
  package private(set) var purchases: Column<Double> = []
  /// E[M], the expected mean amount of a purchase day, before the margin.
  package private(set) var meanValue: Column<Int64> = []
  /// The discounted value over the horizon, were the customer known to be alive.
  package private(set) var valueGivenAlive: Column<Int64> = []
  /// CLV: the discounted value over the horizon.
  package private(set) var value: Column<Int64> = []
  /// The part of the value given alive that is probably lost already.
  package private(set) var valueAtRisk: Column<Int64> = []

  /// Predicts for every customer.
  /// - Parameters:
  ///   - figures: Their figures.
  ///   - fits: The models.
  ///   - kind: The model of purchases.
  ///   - programme: Its currency and margin.
  ///   - pace: May end it.
  /// - Throws: What `pace` does.
  package init<Failure: Error>(
    _ figures: CustomerFigures, fits: ModelFits, kind: PurchaseModelKind, programme: Programme,
    pace: Pace<Failure> = Pace<Never>.free
  ) throws(Failure) {
    let terms = LifetimeValueTerms(
      monthLength: LifetimeValueTerms().monthLength / BuyingSummary.daysInWeek,
      margin: programme.margin ?? 1)
    (asOf, self.kind, self.terms) = (figures.asOf, kind, terms)
    isTrusted = fits.purchases(kind) != nil
    hasValues = isTrusted && fits.spending != nil
    let unit = Double(programme.currency.minorUnitsPerMajor)
    var columns = GrowingPredictions(count: figures.count, terms: terms)
    switch kind {
    case .bgNBD:
      try columns.fill(figures, try? fits.bgNBD.get().model, fits.spending, unit, pace)
    case .mbgNBD:
      try columns.fill(figures, try? fits.mbgNBD.get().model, fits.spending, unit, pace)
    }
    (alive, purchases) = (Column(columns.alive), Column(columns.purchases))
    (meanValue, valueGivenAlive) = (Column(columns.meanValue), Column(columns.valueGivenAlive))
    (value, valueAtRisk) = (Column(columns.value), Column(columns.valueAtRisk))
  }

  /// Visits the columns.
  mutating func visitColumns<Visitor: ColumnVisitor>(
    _ visitor: inout Visitor
  ) throws(Visitor.Failure) {
    try visitor.visit(&alive)
    try visitor.visit(&purchases)
    try visitor.visit(&meanValue)
    try visitor.visit(&valueGivenAlive)
    try visitor.visit(&value)
    try visitor.visit(&valueAtRisk)
  }

  /// Whether there is a row for each of so many customers.
  func fits(customers: Int) -> Bool {
    [
      alive.count, purchases.count, meanValue.count, valueGivenAlive.count, value.count,
      valueAtRisk.count,
    ].allSatisfy { $0 == customers }
  }
}

/// The columns of ``CustomerPredictions`` while they are being filled; unknown at first.
private struct GrowingPredictions {
  let terms: LifetimeValueTerms
  var alive: [Double]
  var purchases: [Double]
  var meanValue: [Int64]
  var valueGivenAlive: [Int64]
  var value: [Int64]
  var valueAtRisk: [Int64]

  init(count: Int, terms: LifetimeValueTerms) {
    self.terms = terms
    alive = Array(repeating: .nan, count: count)
    purchases = alive
    meanValue = Array(repeating: FactColumn.unknownInt64, count: count)
    (valueGivenAlive, value, valueAtRisk) = (meanValue, meanValue, meanValue)
  }

  mutating func fill<Model: PurchaseModel, Failure: Error>(
    _ figures: CustomerFigures, _ model: Model?, _ spending: GammaGammaModel?, _ unit: Double,
    _ pace: Pace<Failure>
  ) throws(Failure) {
    var prospects = model.map { Prospects(model: $0, terms: terms) }
    for row in 0..<figures.count {
      try pace.look(row: row, of: figures.count)
      guard let summary = figures.buyingSummary(row) else { continue }
      let mean = figures.repeatMean(row).map { $0 / unit }
      // The model of amounts knows positive ones alone.
      let expected =
        mean.map { $0 > 0 } ?? true
        ? spending?.expectedMean(repeats: summary.repeats, mean: mean ?? 0) : nil
      if let expected { meanValue[row] = minorUnits(expected * unit) }
      guard let model, let coming = prospects?.coming(summary) else { continue }
      let chance = model.probabilityAlive(summary)
      alive[row] = chance
      purchases[row] = chance * coming.purchases
      guard let expected else { continue }
      let given = terms.margin * expected * unit * coming.discounted
      valueGivenAlive[row] = minorUnits(given)
      value[row] = minorUnits(chance * given)
      valueAtRisk[row] = minorUnits((1 - chance) * given)
    }
  }
}

/// What is expected of customers who are known to be alive; it depends on x and T alone, which
/// many customers share.
private struct Prospects<Model: PurchaseModel> {
  struct Key: Hashable {
    let repeats: Int
    let observed: Double
  }

  let model: Model
  let terms: LifetimeValueTerms
  private var known: [Key: (purchases: Double, discounted: Double)] = [:]

  init(model: Model, terms: LifetimeValueTerms) { (self.model, self.terms) = (model, terms) }

  mutating func coming(_ summary: BuyingSummary) -> (purchases: Double, discounted: Double) {
    let key = Key(repeats: summary.repeats, observed: summary.observed)
    if let found = known[key] { return found }
    let coming = model.comingPurchasesGivenAlive(summary, over: terms)
    known[key] = coming
    return coming
  }
}

/// An amount rounded to whole minor units; what no integer can hold is unknown.
private func minorUnits(_ amount: Double) -> Int64 {
  Int64(exactly: amount.rounded()) ?? FactColumn.unknownInt64
}
