import LoyaltyAnalytics
import LoyaltyModel

extension Analysis {
  /// Rows in an order; ties by identifier, which is the order of rows, and who has no value last.
  ///
  /// - Parameters:
  ///   - rows: The rows that are wanted; nil for all.
  ///   - sort: The order; nil for that of the identifiers.
  ///   - options: By which model and convention it goes.
  /// - Returns: The rows.
  func sorted(_ rows: RowSet?, by sort: CustomerSort?, _ options: FigureOptions) -> [Int] {
    let order = CustomerOrder(sort: sort ?? CustomerSort(.id), options: options)
    guard let rows = rows ?? allButUnknown else { return all(in: order) }
    if order.sort == CustomerSort(.id) { return rows.rows }
    // Few are sorted by themselves; of many, the order of all is read off.
    guard rows.population < facts.count / 8 else { return all(in: order).filter { rows[$0] } }
    return ordered(rows.rows, order)
  }

  /// Those who were known on the date, where somebody was not; nil where all were.
  private var allButUnknown: RowSet? {
    facts.known.population < facts.count ? facts.known : nil
  }

  private func all(in order: CustomerOrder) -> [Int] {
    lists.all(in: order) {
      let rows = Array(0..<facts.count)
      return order.sort == CustomerSort(.id) ? rows : ordered(rows, order)
    }
  }

  /// Sorts by a number for each row, which for a million takes some hundredths of a second.
  private func ordered(_ rows: [Int], _ order: CustomerOrder) -> [Int] {
    let key = key(order.sort.key, order.options)
    let isDescending = order.sort.descending
    var keyed = rows.map { row -> KeyedRow in
      // The greatest number is kept for who has no value.
      let number = key(row).map { min($0, .max - 1) }
      return KeyedRow(
        key: number.map { isDescending ? .max - 1 - $0 : $0 } ?? .max, row: UInt32(row))
    }
    RowOrder.sort(&keyed)
    return keyed.map { Int($0.row) }
  }

  /// What a column is ordered by, as a number of each row; nil where there is no value.
  private func key(_ key: CustomerSortKey, _ options: FigureOptions) -> (Int) -> UInt64? {
    let basic = figures.figures
    switch key {
    case .id: return { UInt64($0) }
    case .name:
      let ranks = lists.nameRanks
      return { UInt64(ranks[$0]) }
    case .stage, .cohort, .segment: return groupKey(key, options)
    case .recencyScore, .frequencyScore, .monetaryScore:
      return scoreKey(key, scores(options.rfm))
    case .purchaseDays, .repeats: return { basic.purchaseDays[$0].orderKey }
    case .lastRepeat: return { basic.buyingSummary($0)?.lastRepeat.orderKey }
    case .observed: return { basic.buyingSummary($0)?.observed.orderKey }
    case .recencyDays: return { basic.recencyDays($0)?.orderKey }
    case .value12Months: return { basic.value12m[$0].orderKey }
    case .valueTotal: return { basic.valueTotal[$0].orderKey }
    case .stageSince: return { Int32(known: figures.stages.since[$0])?.orderKey }
    case .loyaltyScore: return { Int32(known: figures.loyalty.points[$0])?.orderKey }
    case .alive, .expectedPurchases, .expectedValue, .lifetimeValue, .valueAtRisk:
      return predictionKey(key, predictions(options.model))
    }
  }

  private func groupKey(_ key: CustomerSortKey, _ options: FigureOptions) -> (Int) -> UInt64? {
    switch key {
    case .stage:
      let places = Self.places(LifecycleStage.allCases)
      return { places[figures.stages.stages[$0]] }
    case .cohort:
      let places = Self.places(ValueCohort.allCases.sorted())
      return { places[figures.cohorts.cohorts[$0]] }
    default:
      let places = Self.places(RFMSegment.allCases.sorted { $0.rawValue < $1.rawValue })
      let scores = scores(options.rfm)
      return { scores.segment($0).flatMap { places[$0] } }
    }
  }

  private static func places<Value: Hashable>(_ values: [Value]) -> [Value: UInt64] {
    Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, UInt64($0)) })
  }

  private func scoreKey(_ key: CustomerSortKey, _ scores: RFMScores) -> (Int) -> UInt64? {
    switch key {
    case .recencyScore: { scores.score($0).map { UInt64($0.recency) } }
    case .frequencyScore: { scores.score($0).map { UInt64($0.frequency) } }
    default: { scores.score($0).map { UInt64($0.monetary) } }
    }
  }

  private func predictionKey(
    _ key: CustomerSortKey, _ predictions: CustomerPredictions
  ) -> (Int) -> UInt64? {
    switch key {
    case .alive: { Double(known: predictions.alive[$0])?.orderKey }
    case .expectedPurchases: { Double(known: predictions.purchases[$0])?.orderKey }
    case .expectedValue: { Int64(known: predictions.meanValue[$0])?.orderKey }
    case .valueAtRisk: { Int64(known: predictions.valueAtRisk[$0])?.orderKey }
    default: { Int64(known: predictions.value[$0])?.orderKey }
    }
  }
}

extension Int32 {
  /// A number of a column, or nil where it is unknown.
  init?(known number: Int32) {
    guard number != FactColumn.unknownInt32 else { return nil }
    self = number
  }
}
