package import LoyaltyModel

/// What is scored: recency, frequency and money of each customer over a window.
package struct RFMInput: Sendable {
  /// The date that the figures are as of.
  package let asOf: Day
  /// Days since the last purchase, unknown for customers without one in the window.
  package let recency: Column<Int32>
  /// Purchase days in the window.
  package let frequency: Column<Int32>
  /// Net value in the window, in minor units.
  package let monetary: Column<Int64>

  /// The input over all history.
  package init(_ figures: CustomerFigures) {
    asOf = figures.asOf
    recency = Column(
      (0..<figures.count).map { figures.recencyDays($0) ?? FactColumn.unknownInt32 })
    frequency = figures.purchaseDays
    monetary = figures.valueTotal
  }

  /// The input over the trailing months: (as-of − months, as-of].
  package init(_ history: PurchaseHistory, trailingMonths months: Int) {
    let asOf = history.asOf
    let before = asOf.adding(months: -months).number
    var recency: [Int32] = []
    var (frequency, monetary): ([Int32], [Int64]) = ([], [])
    let (days, loose) = (history.purchaseDays, history.looseRefunds)
    for row in 0..<history.customers {
      let range = days.range(ofCustomer: row)
      let inside = range.filter { days.days[$0] > before }
      var value = inside.reduce(Int64(0)) { $0 + days.amounts[$1] }
      for index in loose.range(ofCustomer: row) where loose.days[index] > before {
        value += loose.amounts[index]
      }
      recency.append(inside.last.map { asOf.number - days.days[$0] } ?? FactColumn.unknownInt32)
      frequency.append(Int32(inside.count))
      monetary.append(value)
    }
    self.asOf = asOf
    self.recency = Column(recency)
    (self.frequency, self.monetary) = (Column(frequency), Column(monetary))
  }
}

/// The RFM scores and segments of every customer as of a date.
package struct RFMScores: Sendable {
  /// The convention that the scores follow; to be stated beside them.
  package let convention: RFMConvention
  /// How many customers were scored.
  package internal(set) var scored: Int
  /// Recency scores from 1 to 5; 0 for customers without a purchase in the window.
  package internal(set) var recency: Column<UInt8>
  /// Frequency scores from 1 to 5; 0 for customers without a purchase in the window.
  package internal(set) var frequency: Column<UInt8>
  /// Monetary scores from 1 to 5; 0 for customers without a purchase in the window.
  package internal(set) var monetary: Column<UInt8>

  /// Scores every customer who bought.
  /// - Parameters:
  ///   - input: Recency, frequency and money.
  ///   - convention: How they become scores.
  ///   - pace: May end it.
  /// - Throws: What `pace` does.
  package init<Failure: Error>(
    _ input: RFMInput, convention: RFMConvention = .tieSafe, pace: Pace<Failure> = Pace<Never>.free
  ) throws(Failure) {
    let rows = input.frequency.indices.filter { input.frequency[$0] > 0 }
    self.convention = convention
    scored = rows.count
    // Fewer days are better, so recency is scored by its negative.
    let days = rows.map { -Int64(input.recency[$0]) }
    let counts = rows.map { Int64(input.frequency[$0]) }
    let money = rows.map { input.monetary[$0] }
    let parts = try RFMScores.parts([days, counts, money], convention, pace)
    let columns = parts.map { part -> Column<UInt8> in
      var column = [UInt8](repeating: 0, count: input.frequency.count)
      for (place, row) in rows.enumerated() { column[row] = part[place] }
      return Column(column)
    }
    (recency, frequency, monetary) = (columns[0], columns[1], columns[2])
  }

  /// Visits the columns.
  mutating func visitColumns<Visitor: ColumnVisitor>(
    _ visitor: inout Visitor
  ) throws(Visitor.Failure) {
    try visitor.visit(count: &scored)
    try visitor.visit(&recency)
    try visitor.visit(&frequency)
    try visitor.visit(&monetary)
    let scores = [recency, frequency, monetary]
    try visitor.require(
      scores.allSatisfy { $0.withElements { $0.allSatisfy { $0 <= RFMScores.best } } })
  }

  /// The best score.
  private static let best: UInt8 = 5

  /// The score of a customer, or nil for one without a purchase.
  package func score(_ row: Int) -> RFMScore? {
    guard recency[row] > 0 else { return nil }
    return RFMScore(recency: recency[row], frequency: frequency[row], monetary: monetary[row])
  }

  /// The segment of a customer, or nil for one without a purchase.
  package func segment(_ row: Int) -> RFMSegment? {
    guard recency[row] > 0 else { return nil }
    return RFMSegment(recency: recency[row], frequency: frequency[row])
  }

  /// How many customers each segment has, in the order of the segments' declaration.
  package var segmentCounts: [(segment: RFMSegment, customers: Int)] {
    var counts: [RFMSegment: Int] = [:]
    for row in recency.indices {
      if let segment = segment(row) { counts[segment, default: 0] += 1 }
    }
    return RFMSegment.allCases.map { ($0, counts[$0] ?? 0) }
  }
}
