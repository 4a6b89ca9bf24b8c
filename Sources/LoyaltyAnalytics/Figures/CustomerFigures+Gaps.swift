import LoyaltyModel

/// The rhythm assumed for customers who have none of their own.
package struct CommonGap: Sendable, Hashable {
  /// The gap in days: the median of the customers' own median gaps, or the default.
  package private(set) var days: Double
  /// How many customers have a rhythm of their own.
  package private(set) var customers: Int
  /// Whether it was measured, or is the default because too few have a rhythm of their own.
  package private(set) var isMeasured: Bool

  /// The common rhythm of customers.
  /// - Parameters:
  ///   - ownGaps: Each customer's own median gap in days; NaN without one.
  ///   - settings: How many are needed, and the default where there are fewer.
  init(ownGaps: [Double], _ settings: StageSettings) {
    let known = ownGaps.filter { !$0.isNaN }.sorted()
    customers = known.count
    isMeasured = known.count >= settings.fewestRhythms && !known.isEmpty
    guard isMeasured else {
      days = Double(settings.defaultGap)
      return
    }
    days = (known[(known.count - 1) / 2] + known[known.count / 2]) / 2
  }
}

extension CommonGap {
  /// Visits its numbers.
  mutating func visitColumns<Visitor: ColumnVisitor>(
    _ visitor: inout Visitor
  ) throws(Visitor.Failure) {
    var measured: UInt8 = isMeasured ? 1 : 0
    try visitor.visit(number: &days)
    try visitor.visit(count: &customers)
    try visitor.visit(number: &measured)
    isMeasured = measured != 0
  }
}

extension StageSettings {
  /// The purchase days from which a customer has a rhythm of their own: two at least, for a gap.
  var ownGapDays: Int { max(2, loyalDays) }
}

extension CustomerFigures {
  /// Each customer's own median gap in days; NaN for those with too few purchase days.
  static func ownGaps<Failure: Error>(
    _ history: PurchaseDays, _ settings: StageSettings, _ pace: Pace<Failure>
  ) throws(Failure) -> [Double] {
    var gaps = SortedGaps()
    let rows = 0..<history.offsets.count - 1
    return try rows.map { row throws(Failure) in
      try pace.look(row: row, of: rows.count)
      let range = history.range(ofCustomer: row)
      guard range.count >= settings.ownGapDays else { return .nan }
      gaps.removeAll()
      for index in range.dropFirst() { gaps.insert(history.days[index] - history.days[index - 1]) }
      return gaps.median
    }
  }
}

/// Gaps between purchase days, kept sorted while they come in, so that the median is at hand after
/// each: most customers have a handful, for whom shifting beats any tree.
struct SortedGaps {
  private var gaps: [Int32] = []

  /// Forgets all gaps, keeping the room.
  mutating func removeAll() { gaps.removeAll(keepingCapacity: true) }

  /// Adds a gap in days.
  mutating func insert(_ gap: Int32) {
    var (low, high) = (0, gaps.count)
    while low < high {
      let middle = (low + high) / 2
      if gaps[middle] <= gap { low = middle + 1 } else { high = middle }
    }
    gaps.insert(gap, at: low)
  }

  /// The middle gap, or the mean of the middle two; NaN without any.
  var median: Double {
    guard !gaps.isEmpty else { return .nan }
    return Double(gaps[(gaps.count - 1) / 2] + gaps[gaps.count / 2]) / 2
  }
}
