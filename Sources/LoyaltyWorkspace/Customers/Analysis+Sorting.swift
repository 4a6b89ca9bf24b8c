import LoyaltyAnalytics
import LoyaltyModel

extension Analysis {
  /// Rows in an order; ties by identifier, which is the order of rows, and who has no value last.
  func sorted(_ rows: [Int], by sort: CustomerSort?, _ options: FigureOptions) -> [Int] {
    guard let sort else { return rows }
    let basic = figures.figures
    switch sort.key {
    case .id: return sort.descending ? rows.reversed() : rows
    case .name: return ordered(rows, sort, by: { customers.names[$0] })
    case .stage, .stageSince, .cohort, .segment: return sortedByGroup(rows, sort, options)
    case .recencyScore, .frequencyScore, .monetaryScore:
      return sortedByScore(rows, sort, scores(options.rfm))
    case .purchaseDays: return ordered(rows, sort) { basic.purchaseDays[$0] }
    case .repeats: return ordered(rows, sort) { basic.purchaseDays[$0] }
    case .lastRepeat: return ordered(rows, sort) { basic.buyingSummary($0)?.lastRepeat }
    case .observed: return ordered(rows, sort) { basic.buyingSummary($0)?.observed }
    case .recencyDays: return ordered(rows, sort) { basic.recencyDays($0) }
    case .value12Months: return ordered(rows, sort) { basic.value12m[$0] }
    case .valueTotal: return ordered(rows, sort) { basic.valueTotal[$0] }
    case .loyaltyScore: return ordered(rows, sort) { Int32(known: figures.loyalty.points[$0]) }
    case .alive, .expectedPurchases, .expectedValue, .lifetimeValue, .valueAtRisk:
      return sortedByPrediction(rows, sort, predictions(options.model))
    }
  }

  private func sortedByGroup(
    _ rows: [Int], _ sort: CustomerSort, _ options: FigureOptions
  ) -> [Int] {
    switch sort.key {
    case .stageSince: return ordered(rows, sort) { Int32(known: figures.stages.since[$0]) }
    case .cohort: return ordered(rows, sort) { figures.cohorts.cohorts[$0] }
    case .segment:
      let scores = scores(options.rfm)
      return ordered(rows, sort) { scores.segment($0)?.rawValue }
    default:
      var places: [LifecycleStage: Int] = [:]
      for (place, stage) in LifecycleStage.allCases.enumerated() { places[stage] = place }
      return ordered(rows, sort) { places[figures.stages.stages[$0]] }
    }
  }

  private func sortedByScore(
    _ rows: [Int], _ sort: CustomerSort, _ scores: RFMScores
  ) -> [Int] {
    switch sort.key {
    case .recencyScore: ordered(rows, sort) { scores.score($0)?.recency }
    case .frequencyScore: ordered(rows, sort) { scores.score($0)?.frequency }
    default: ordered(rows, sort) { scores.score($0)?.monetary }
    }
  }

  private func sortedByPrediction(
    _ rows: [Int], _ sort: CustomerSort, _ predictions: CustomerPredictions
  ) -> [Int] {
    switch sort.key {
    case .alive: ordered(rows, sort) { Double(known: predictions.alive[$0]) }
    case .expectedPurchases: ordered(rows, sort) { Double(known: predictions.purchases[$0]) }
    case .expectedValue: ordered(rows, sort) { Int64(known: predictions.meanValue[$0]) }
    case .valueAtRisk: ordered(rows, sort) { Int64(known: predictions.valueAtRisk[$0]) }
    default: ordered(rows, sort) { Int64(known: predictions.value[$0]) }
    }
  }

  private func ordered<Key: Comparable>(
    _ rows: [Int], _ sort: CustomerSort, by key: (Int) -> Key?
  ) -> [Int] {
    var keyed: [(key: Key, row: Int)] = []
    keyed.reserveCapacity(rows.count)
    var unknown: [Int] = []
    for row in rows {
      if let key = key(row) { keyed.append((key, row)) } else { unknown.append(row) }
    }
    keyed.sort { left, right in
      if left.key == right.key { return left.row < right.row }
      return sort.descending ? left.key > right.key : left.key < right.key
    }
    return keyed.map(\.row) + unknown
  }
}

extension Int32 {
  /// A number of a column, or nil where it is unknown.
  init?(known number: Int32) {
    guard number != FactColumn.unknownInt32 else { return nil }
    self = number
  }
}
