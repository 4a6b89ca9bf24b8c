package import LoyaltyModel

/// The degree of loyalty of every customer who bought; ``LoyaltyScore`` has the formula.
package struct LoyaltyScores: Sendable {
  /// The points of each customer, from 0 to 100; unknown without a purchase.
  package private(set) var points: Column<Int32>
  /// The different categories that each customer bought.
  package private(set) var categories: Column<Int32>
  /// The different categories that anybody bought.
  package private(set) var allCategories: Int

  private var figures: CustomerFigures
  private let settings: StageSettings

  /// The tenure, in days, that counts in full.
  private static let fullTenure = 730.0
  /// The fewest categories among which breadth means anything.
  private static let fewestCategories = 2

  /// Scores every customer who bought, by the number of categories that anybody bought: counted,
  /// unless these are a few customers out of a larger programme; `pace` may end it.
  package init<Failure: Error>(
    _ history: PurchaseHistory, figures: CustomerFigures, purchases: PurchaseTable,
    settings: StageSettings, allCategories: Int? = nil, pace: Pace<Failure> = Pace<Never>.free
  ) throws(Failure) {
    let tally = try CategoryCount(history, purchases, pace.part(0, 0.5))
    let count = allCategories ?? tally.all
    (categories, self.allCategories) = (Column(tally.categories), count)
    (self.figures, self.settings) = (figures, settings)
    points = Column(
      try (0..<figures.count).map { row throws(Failure) in
        try pace.part(0.5, 1).look(row: row, of: figures.count)
        guard figures.purchaseDays[row] > 0 else { return FactColumn.unknownInt32 }
        let numbers = Numbers(figures, row, settings, Int(tally.categories[row]), of: count)
        return Int32(LoyaltyScore.points(numbers.parts))
      })
  }

  /// Visits the columns.
  mutating func visitColumns<Visitor: ColumnVisitor>(
    _ visitor: inout Visitor
  ) throws(Visitor.Failure) {
    try visitor.visit(&points)
    try visitor.visit(&categories)
    try visitor.visit(count: &allCategories)
  }

  /// Takes in the figures that the reasons are made from.
  mutating func take(_ figures: CustomerFigures) { self.figures = figures }

  /// The score of a customer with its parts, or nil without a purchase.
  package func score(_ row: Int) -> LoyaltyScore? {
    guard figures.purchaseDays[row] > 0 else { return nil }
    let numbers = Numbers(figures, row, settings, Int(categories[row]), of: allCategories)
    return LoyaltyScore(
      parts: numbers.parts.map { part in
        LoyaltyScore.Part(part.kind, part.value, numbers.grounds(part.kind))
      })
  }

  /// What one customer's score is computed from.
  private struct Numbers {
    let daysSince: Int
    let gap: Double
    let lapsedAfter: Int
    let purchaseDays: Int
    let tenure: Int
    let categories: Int
    let allCategories: Int

    init(
      _ figures: CustomerFigures, _ row: Int, _ settings: StageSettings, _ categories: Int,
      of all: Int
    ) {
      purchaseDays = Int(figures.purchaseDays[row])
      daysSince = Int(figures.recencyDays(row) ?? 0)
      tenure = Int(figures.tenureDays(row) ?? 0)
      let thresholds = settings.thresholds(
        ownGap: figures.ownGap[row], commonGap: figures.commonGap.days, purchaseDays: purchaseDays)
      (gap, lapsedAfter) = (thresholds.gap.days, thresholds.lapsedAfter)
      (self.categories, allCategories) = (categories, all)
    }

    var parts: [(kind: LoyaltyScore.PartKind, value: Double)] {
      LoyaltyScore.PartKind.allCases.compactMap { kind in value(kind).map { (kind, $0) } }
    }

    func value(_ kind: LoyaltyScore.PartKind) -> Double? {
      switch kind {
      case .rhythm:
        let end = Double(lapsedAfter + 1)
        guard end > gap else { return daysSince <= lapsedAfter ? 1 : 0 }
        return min(1, max(0, (end - Double(daysSince)) / (end - gap)))
      case .frequency: return 1 - 1 / Double(purchaseDays)
      case .tenure: return min(1, Double(tenure) / LoyaltyScores.fullTenure)
      case .breadth:
        guard categories > 0, allCategories >= LoyaltyScores.fewestCategories else { return nil }
        return Double(categories) / Double(allCategories)
      }
    }

    func grounds(_ kind: LoyaltyScore.PartKind) -> LoyaltyScore.Grounds {
      switch kind {
      case .rhythm:
        .rhythm(daysSince: daysSince, gap: Int(gap.rounded()), lapsedAfter: lapsedAfter)
      case .frequency: .frequency(days: purchaseDays)
      case .tenure: .tenure(days: tenure)
      case .breadth: .breadth(categories: categories, all: allCategories)
      }
    }
  }
}

/// Counts the categories that customers bought, by what stands.
private struct CategoryCount {
  private(set) var categories: [Int32] = []
  private(set) var all = 0

  init<Failure: Error>(
    _ history: PurchaseHistory, _ purchases: PurchaseTable, _ pace: Pace<Failure>
  ) throws(Failure) {
    var list = LabelList([""])
    let numbers = purchases.products.map { list.number(adding: $0.category) }
    // The last customer who was seen to buy in a category.
    var lastCustomer = [Int](repeating: -1, count: list.labels.count)
    let lines = history.lines
    categories.reserveCapacity(history.customers)
    for row in 0..<history.customers {
      try pace.look(row: row, of: history.customers)
      var different: Int32 = 0
      for line in lines.range(ofCustomer: row) {
        let product = Int(purchases.product[Int(lines.rows[line])])
        let category = product < 0 ? 0 : numbers[product]
        guard category > 0, lastCustomer[category] != row else { continue }
        if lastCustomer[category] < 0 { all += 1 }
        lastCustomer[category] = row
        different += 1
      }
      categories.append(different)
    }
  }
}
