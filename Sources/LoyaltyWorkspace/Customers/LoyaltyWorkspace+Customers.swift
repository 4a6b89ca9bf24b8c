import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

extension LoyaltyWorkspace {
  /// The rows of the customers that match a filter, in an order.
  ///
  /// - Parameters:
  ///   - filter: The filter language; empty for everybody.
  ///   - sort: The order; nil for that of the identifiers.
  /// - Returns: Rows for ``summary(ofRow:)``, valid until data change.
  /// - Throws: An error that says where the filter is wrong.
  package func customers(
    matching filter: String, sortedBy sort: CustomerSort? = nil
  ) throws(WorkspaceError) -> [Int] {
    let analysis = analysis()
    guard let condition = try condition(filter, .customers) else {
      return analysis.sorted(Array(0..<analysis.customers.count), by: sort)
    }
    let facts = condition.reads(list: "offers") ? factsWithOffers(analysis) : analysis.facts
    return analysis.sorted(Evaluator(facts: facts).answer(condition).holds.rows, by: sort)
  }

  /// What a list shows of a row.
  package func summary(ofRow row: Int) throws(WorkspaceError) -> CustomerSummary {
    analysis().summary(row)
  }

  /// Why a customer is at their stage and since when, in words.
  package func stageReason(ofRow row: Int) throws(WorkspaceError) -> String {
    analysis().figures.stages.figure(row).words
  }

  /// A filter as a condition; nil when it is blank.
  func condition(
    _ filter: String, _ catalogue: FactCatalogue
  ) throws(WorkspaceError) -> Condition? {
    do throws(FilterIssue) {
      return try Filter.read(filter, catalogue: catalogue, currency: currency)
    } catch {
      throw .filter(error)
    }
  }

  /// The facts with the list of offers as it is now.
  func factsWithOffers(_ analysis: Analysis) -> FactTable {
    FactColumnsBuilder(
      analysis.figures, customers: analysis.customers, purchases: analysis.purchases,
      offers: state.offers.filter { _ in true }
    ).build()
  }
}

extension Analysis {
  /// What a list shows of a row.
  func summary(_ row: Int) -> CustomerSummary {
    let basic = figures.figures
    let bought = basic.purchaseDays[row] > 0
    return CustomerSummary(
      row: row, id: customers.ids[row], name: customers.names[row], email: customers.emails[row],
      stage: figures.stages.stages[row], stageSince: Day(known: figures.stages.since[row]),
      cohort: figures.cohorts.cohorts[row], segment: figures.rfm.segment(row),
      scores: figures.rfm.score(row), purchaseDays: Int(basic.purchaseDays[row]),
      firstPurchase: bought ? Day(known: basic.firstDay[row]) : nil,
      lastPurchase: bought ? Day(known: basic.lastDay[row]) : nil,
      recencyDays: basic.recencyDays(row).map(Int.init), value12Months: basic.value12m[row],
      valueTotal: basic.valueTotal[row])
  }

  /// Rows in an order; ties by identifier, which is the order of rows.
  func sorted(_ rows: [Int], by sort: CustomerSort?) -> [Int] {
    guard let sort else { return rows }
    let basic = figures.figures
    switch sort.key {
    case .id: return sort.descending ? rows.reversed() : rows
    case .name: return ordered(rows, sort, by: { customers.names[$0] })
    case .stage:
      let ladder = LifecycleStage.allCases
      return ordered(rows, sort) { ladder.firstIndex(of: figures.stages.stages[$0]) ?? 0 }
    case .cohort: return ordered(rows, sort) { figures.cohorts.cohorts[$0] }
    case .segment: return ordered(rows, sort) { figures.rfm.segment($0)?.rawValue ?? "" }
    case .purchaseDays: return ordered(rows, sort) { basic.purchaseDays[$0] }
    case .recencyDays: return ordered(rows, sort) { basic.recencyDays($0) ?? .max }
    case .value12Months: return ordered(rows, sort) { basic.value12m[$0] }
    case .valueTotal: return ordered(rows, sort) { basic.valueTotal[$0] }
    }
  }

  private func ordered<Key: Comparable>(
    _ rows: [Int], _ sort: CustomerSort, by key: (Int) -> Key
  ) -> [Int] {
    let keyed = rows.map { (key: key($0), row: $0) }
    let ordered = keyed.sorted { left, right in
      if left.key == right.key { return left.row < right.row }
      return sort.descending ? left.key > right.key : left.key < right.key
    }
    return ordered.map(\.row)
  }
}

extension Day {
  /// The day of a number from a column, or nil where it is unknown.
  init?(known number: Int32) {
    guard number != FactColumn.unknownInt32 else { return nil }
    self.init(number: number)
  }
}
