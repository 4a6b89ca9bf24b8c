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
  ///   - group: Only these rows, ascending, such as those of ``rows(of:progress:)``; nil for all.
  ///   - options: By which model and convention the order goes.
  /// - Returns: Rows for ``summary(ofRow:)``, valid until data change.
  /// - Throws: An error that says where the filter is wrong.
  package func customers(
    matching filter: String, sortedBy sort: CustomerSort? = nil, among group: [Int]? = nil,
    _ options: FigureOptions = FigureOptions()
  ) throws(WorkspaceError) -> [Int] {
    let analysis = analysis()
    guard let condition = try condition(filter, .customers) else {
      guard let group else { return analysis.sorted(nil, by: sort, options) }
      return sort == nil
        ? group : analysis.sorted(RowSet(group, count: analysis.facts.count), by: sort, options)
    }
    var rows = analysis.lists.rows(where: condition)
    if let group { rows.formIntersection(RowSet(group, count: rows.count)) }
    return analysis.sorted(rows, by: sort, options)
  }

  /// What a list shows of a row.
  package func summary(ofRow row: Int) throws(WorkspaceError) -> CustomerSummary {
    analysis().summary(row)
  }

  /// Why a customer is at their stage and since when, in words.
  package func stageReason(ofRow row: Int) throws(WorkspaceError) -> String {
    analysis().figures.stages.figure(row).words(wording)
  }

  /// A filter as a condition; nil when it is blank.
  func condition(
    _ filter: String, _ catalogue: FactCatalogue
  ) throws(WorkspaceError) -> Condition? {
    do throws(FilterIssue) {
      return try Filter.read(
        filter, catalogue: catalogue, currency: currency, saved: savedFilters)
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
      valueTotal: basic.valueTotal[row], alive: Double(known: figures.predictions.alive[row]),
      lifetimeValue12Months: Int64(known: figures.predictions.value[row]))
  }
}

extension Day {
  /// The day of a number from a column, or nil where it is unknown.
  init?(known number: Int32) {
    guard number != FactColumn.unknownInt32 else { return nil }
    self.init(number: number)
  }
}
