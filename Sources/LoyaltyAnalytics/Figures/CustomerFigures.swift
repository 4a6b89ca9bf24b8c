package import LoyaltyModel

/// The basic figures of every customer as of a date, one column a figure.
///
/// Dates and day counts of customers without a purchase are ``FactColumn/unknownInt32``. The
/// BTYD literature's *recency* is ``lastOffset(_:)`` (t_x); RFM's is ``recencyDays(_:)``.
package struct CustomerFigures: Sendable {
  /// The date that every figure is as of.
  package let asOf: Day
  /// The number of days on which each customer bought (see ``PurchaseHistory``).
  package private(set) var purchaseDays: Column<Int32>
  /// The first purchase day's number, or unknown.
  package private(set) var firstDay: Column<Int32>
  /// The last purchase day's number, or unknown.
  package private(set) var lastDay: Column<Int32>
  /// The net value of all purchases and refunds in minor units.
  package private(set) var valueTotal: Column<Int64>
  /// The net value in the twelve months up to the as-of date: (as-of − 12 months, as-of].
  ///
  /// A purchase counts with what its refunds left of it; a refund that met no purchase counts on
  /// its own day.
  package private(set) var value12m: Column<Int64>
  /// The net value of the repeat days, that is without the first purchase day, in minor units.
  package private(set) var repeatValue: Column<Int64>
  /// The margin earned in the twelve months up to the as-of date, in minor units; nil where the
  /// margin of anything sold in them is unknown.
  package internal(set) var margin12m: Column<Int64>?
  /// The predicted value of the next twelve months, in minor units; 0 without a purchase and for
  /// those whose repeat purchases brought nothing; nil where the models cannot be fitted.
  package internal(set) var clv12m: Column<Int64>?
  /// The median gap between the own purchase days, for those who have a rhythm of their own.
  ///
  /// In days; halves occur. NaN for everybody else.
  package private(set) var ownGap: Column<Double>
  /// The rhythm assumed for those without their own.
  package private(set) var commonGap: CommonGap
  /// The shortest rhythm that is believed, in days.
  package let leastGap: Int

  /// The figures of every customer of a history.
  /// - Parameters:
  ///   - history: The purchases as known on the as-of date.
  ///   - settings: From how many purchase days on there is an own rhythm, and what is assumed else.
  ///   - pace: May end it.
  /// - Throws: What `pace` does.
  package init<Failure: Error>(
    _ history: PurchaseHistory, settings: StageSettings = StageSettings(),
    pace: Pace<Failure> = Pace<Never>.free
  ) throws(Failure) {
    var sums = FigureSums(history)
    let walk = pace.part(0, 0.5)
    for row in 0..<history.customers {
      try walk.look(row: row, of: history.customers)
      sums.add(row, history)
    }
    asOf = history.asOf
    purchaseDays = Column(sums.purchaseDays)
    (firstDay, lastDay) = (Column(sums.firstDay), Column(sums.lastDay))
    (valueTotal, value12m) = (Column(sums.valueTotal), Column(sums.value12m))
    repeatValue = Column(sums.repeatValue)
    let gaps = try CustomerFigures.ownGaps(history.purchaseDays, settings, pace.part(0.5, 1))
    (ownGap, commonGap) = (Column(gaps), CommonGap(ownGaps: gaps, settings))
    leastGap = settings.leastGap
  }

  /// The same figures with the rhythm of another population assumed for those without their own.
  init(_ figures: CustomerFigures, commonGap: CommonGap) {
    self = figures
    self.commonGap = commonGap
    (margin12m, clv12m) = (nil, nil)
  }

  /// Visits the columns that are the figures' own.
  mutating func visitColumns<Visitor: ColumnVisitor>(
    _ visitor: inout Visitor
  ) throws(Visitor.Failure) {
    try visitor.visit(&purchaseDays)
    try visitor.visit(&firstDay)
    try visitor.visit(&lastDay)
    try visitor.visit(&valueTotal)
    try visitor.visit(&value12m)
    try visitor.visit(&repeatValue)
    try visitor.visit(&clv12m)
    try visitor.visit(&ownGap)
    try commonGap.visitColumns(&visitor)
  }

  /// Takes in the values that need more than the purchases' amounts.
  mutating func add(margin: MarginColumn, predictions: CustomerPredictions) {
    margin12m = margin.values
    guard predictions.hasValues else { return }
    clv12m = Column(predictions.value.map { $0 == FactColumn.unknownInt64 ? 0 : $0 })
  }

  /// The number of customers.
  package var count: Int { purchaseDays.count }

  /// How many customers bought at least once.
  package var buyers: Int { purchaseDays.reduce(0) { $0 + ($1 > 0 ? 1 : 0) } }

  /// x: the purchase days after the first.
  package func repeats(_ row: Int) -> Int32 { max(0, purchaseDays[row] - 1) }

  /// t_x: the days from the first purchase day to the last; 0 without repeat purchases.
  package func lastOffset(_ row: Int) -> Int32 {
    purchaseDays[row] > 0 ? lastDay[row] - firstDay[row] : 0
  }

  /// T: the days from the first purchase day to the as-of date, or nil without a purchase.
  package func tenureDays(_ row: Int) -> Int32? {
    purchaseDays[row] > 0 ? asOf.number - firstDay[row] : nil
  }

  /// The most days from anybody's first purchase day to the as-of date; 0 without a purchase.
  var longestTenure: Int {
    firstDay.reduce(0) { longest, first in
      first == FactColumn.unknownInt32 ? longest : max(longest, Int(asOf.number - first))
    }
  }

  /// The days from the last purchase day to the as-of date, or nil without a purchase.
  package func recencyDays(_ row: Int) -> Int32? {
    purchaseDays[row] > 0 ? asOf.number - lastDay[row] : nil
  }

  /// The net value of all purchases divided by the purchase days, in minor units, halves rounded
  /// away from zero; nil without a purchase.
  package func averageBasket(_ row: Int) -> Int64? {
    guard purchaseDays[row] > 0 else { return nil }
    let days = Int64(purchaseDays[row])
    let (quotient, rest) = valueTotal[row].quotientAndRemainder(dividingBy: days)
    return abs(rest) * 2 >= days ? quotient + rest.signum() : quotient
  }

  /// The mean value of a repeat day in minor units, as the Gamma-Gamma model wants it: the first
  /// purchase day excluded; nil without repeat purchases.
  package func repeatMean(_ row: Int) -> Double? {
    purchaseDays[row] > 1 ? Double(repeatValue[row]) / Double(purchaseDays[row] - 1) : nil
  }

  /// Whether a customer has a rhythm of their own.
  package func hasOwnGap(_ row: Int) -> Bool { !ownGap[row].isNaN }

  /// g: the rhythm that a customer is measured by, in days: their own, else the common one, and at
  /// least ``leastGap``.
  package func gap(_ row: Int) -> Double {
    max(Double(leastGap), hasOwnGap(row) ? ownGap[row] : commonGap.days)
  }

  /// The measure that can be used in the place of one: itself, or the net value of twelve months
  /// where margins are unknown or nothing can be predicted.
  package func resolved(_ measure: ValueMeasure) -> ValueMeasure {
    switch measure {
    case .lifetime, .twelveMonths: measure
    case .margin: margin12m == nil ? .twelveMonths : .margin
    case .clv: clv12m == nil ? .twelveMonths : .clv
    }
  }

  /// The value of each customer by a measure that is ``resolved(_:)``, in minor units.
  package func values(_ measure: ValueMeasure) -> Column<Int64> {
    switch measure {
    case .lifetime: valueTotal
    case .twelveMonths: value12m
    case .margin: margin12m ?? value12m
    case .clv: clv12m ?? value12m
    }
  }

  /// (x, t_x, T) of a customer in weeks, or nil without a purchase.
  package func buyingSummary(_ row: Int) -> BuyingSummary? {
    guard let tenure = tenureDays(row) else { return nil }
    return BuyingSummary(
      repeats: Int(repeats(row)), lastRepeat: Double(lastOffset(row)) / BuyingSummary.daysInWeek,
      observed: Double(tenure) / BuyingSummary.daysInWeek)
  }
}

/// The columns of ``CustomerFigures`` that are gathered in one walk over the history.
private struct FigureSums {
  var purchaseDays: [Int32] = []
  var firstDay: [Int32] = []
  var lastDay: [Int32] = []
  var valueTotal: [Int64] = []
  var value12m: [Int64] = []
  var repeatValue: [Int64] = []
  /// The last day before the trailing twelve months.
  let before: Int32

  init(_ history: PurchaseHistory) {
    before = history.asOf.adding(months: -12).number
    purchaseDays.reserveCapacity(history.customers)
    firstDay.reserveCapacity(history.customers)
    lastDay.reserveCapacity(history.customers)
    valueTotal.reserveCapacity(history.customers)
    value12m.reserveCapacity(history.customers)
    repeatValue.reserveCapacity(history.customers)
  }

  /// Adds the next customer.
  mutating func add(_ row: Int, _ history: PurchaseHistory) {
    let days = history.purchaseDays
    let range = days.range(ofCustomer: row)
    var (total, recent) = (Int64(0), Int64(0))
    for index in range {
      total += days.amounts[index]
      if days.days[index] > before { recent += days.amounts[index] }
    }
    repeatValue.append(range.isEmpty ? 0 : total - days.amounts[range.lowerBound])
    for index in history.looseRefunds.range(ofCustomer: row) {
      total += history.looseRefunds.amounts[index]
      if history.looseRefunds.days[index] > before { recent += history.looseRefunds.amounts[index] }
    }
    purchaseDays.append(Int32(range.count))
    firstDay.append(range.isEmpty ? FactColumn.unknownInt32 : days.days[range.lowerBound])
    lastDay.append(range.isEmpty ? FactColumn.unknownInt32 : days.days[range.upperBound - 1])
    valueTotal.append(total)
    value12m.append(recent)
  }
}
