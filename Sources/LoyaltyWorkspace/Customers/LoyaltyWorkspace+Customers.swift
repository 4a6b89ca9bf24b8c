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
    try listing(matching: filter, sortedBy: sort, among: group, options).rows
  }

  /// As ``customers(matching:sortedBy:among:_:)``, with who stands in the rows.
  package func listing(
    matching filter: String, sortedBy sort: CustomerSort? = nil, among group: [Int]? = nil,
    _ options: FigureOptions = FigureOptions()
  ) throws(WorkspaceError) -> CustomerListing {
    let analysis = analysis()
    let condition = try condition(filter, .customers)
    return CustomerListing(
      rows: rows(where: condition, sortedBy: sort, among: group, options, in: analysis),
      roll: CustomerRoll(analysis))
  }

  private func rows(
    where condition: Condition?, sortedBy sort: CustomerSort?, among group: [Int]?,
    _ options: FigureOptions, in analysis: Analysis
  ) -> [Int] {
    // A group of other data may reach beyond these.
    let group = group.map { $0.last ?? -1 < analysis.facts.count ? $0 : [] }
    guard let condition else {
      guard let group else { return analysis.sorted(nil, by: sort, options) }
      return sort == nil
        ? group : analysis.sorted(RowSet(group, count: analysis.facts.count), by: sort, options)
    }
    var rows = analysis.lists.rows(where: condition)
    if let group { rows.formIntersection(RowSet(group, count: rows.count)) }
    return analysis.sorted(rows, by: sort, options)
  }

  /// What a list shows of a row.
  ///
  /// - Throws: An error where there is no such row, as when the data changed since it was told.
  package func summary(ofRow row: Int) throws(WorkspaceError) -> CustomerSummary {
    let analysis = analysis()
    try analysis.check(row)
    return analysis.summary(row)
  }

  /// A filter as a condition; nil when it is blank.
  func condition(
    _ filter: String, _ catalogue: FactCatalogue, saved: [String: String]? = nil
  ) throws(WorkspaceError) -> Condition? {
    let offers = state.offers
    do throws(FilterIssue) {
      return try Filter.read(
        filter, catalogue: catalogue, currency: currency, saved: saved ?? savedFilters,
        words: .embedded
      ) { text in
        guard let code = OfferCode(reading: text), let offer = offers[code.offer] else {
          return nil
        }
        return OfferCode(offer) == code ? code.offer : nil
      }
    } catch {
      throw .filter(error)
    }
  }

  /// The facts with the list of offers as it is now.
  func factsWithOffers(_ analysis: Analysis, _ book: OfferBook? = nil) -> FactTable {
    var facts = analysis.facts
    let (figures, customers) = (analysis.figures, analysis.customers)
    let book = book ?? state.offers
    // All else is the same for every state of the offers, and kept with the analysis.
    facts.lists.set("offers") {
      FactColumnsBuilder(
        figures, customers: customers, purchases: PurchaseTable(), offers: book.summaries
      ).offerList
    }
    return facts
  }
}

extension Analysis {
  /// Makes sure that there is a row.
  func check(_ row: Int) throws(WorkspaceError) {
    guard (0..<customers.count).contains(row) else { throw .customersChanged }
  }

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
