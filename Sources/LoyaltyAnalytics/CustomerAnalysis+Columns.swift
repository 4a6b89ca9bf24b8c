package import LoyaltyModel

// The analysis as columns, so that it can be kept and need not be computed again. Each part lists
// its own; what follows from columns, settings and fits in a moment is no column.
extension CustomerAnalysis {
  /// An analysis whose columns somebody kept; nothing is computed but what takes a moment.
  ///
  /// - Parameters:
  ///   - visitor: Hands out the columns, then those of the history.
  ///   - fits: The models that were fitted.
  ///   - purchases: All purchases.
  ///   - customers: All customers.
  ///   - programme: The settings that it was made with.
  ///   - asOf: The date that it is as of.
  /// - Throws: What the visitor does, where columns are missing or do not fit together.
  package init<Visitor: ColumnVisitor & Sendable>(
    columns visitor: inout Visitor, fits: ModelFits, purchases: PurchaseTable,
    customers: CustomerTable, programme: Programme, asOf: Day
  ) throws(Visitor.Failure) {
    // That of nobody has all but the columns.
    self.init(
      purchases: PurchaseTable(), customers: CustomerTable(), programme: programme, asOf: asOf
    ) { _, _ in fits }
    try visitColumns(&visitor)
    let (count, rest) = (customers.count, visitor)
    // Few ask for the history, and what nobody asks for need not be checked.
    let history = Later {
      var rest = rest
      return (try? PurchaseHistory(columns: &rest, of: purchases, customers: count, asOf: asOf))
        ?? PurchaseHistory(purchases.summable, customers: count, asOf: asOf)
    }
    keptHistory = history
    figures.margin12m = margin.values
    cohorts.take(figures, measure: programme.cohorts.measure)
    loyalty.take(figures)
    try homes.take(customers, purchases, &visitor)
    stages.take(StageInputs(history, figures, customers.details, programme.stages, fits))
    let analysis = self
    try visitor.require(analysis.fits(customers: count))
    visitor.rest()
  }

  /// Visits all columns but those of the history.
  package mutating func visitColumns<Visitor: ColumnVisitor>(
    _ visitor: inout Visitor
  ) throws(Visitor.Failure) {
    try figures.visitColumns(&visitor)
    try predictions.visitColumns(&visitor)
    try margin.visitColumns(&visitor)
    try rfm.visitColumns(&visitor)
    try cohorts.visitColumns(&visitor)
    try stages.visitColumns(&visitor)
    try loyalty.visitColumns(&visitor)
    try homes.visitColumns(&visitor)
  }

  /// Whether every column has a row for each of so many customers.
  private func fits(customers: Int) -> Bool {
    let counts = [
      figures.purchaseDays.count, figures.firstDay.count, figures.lastDay.count,
      figures.valueTotal.count, figures.value12m.count, figures.repeatValue.count,
      figures.clv12m?.count ?? customers, figures.ownGap.count, margin.values?.count ?? customers,
      rfm.recency.count, rfm.frequency.count, rfm.monetary.count, cohorts.cohorts.count,
      stages.stages.count, stages.since.count, loyalty.points.count, loyalty.categories.count,
      homes.branch.count,
    ]
    return counts.allSatisfy { $0 == customers } && predictions.fits(customers: customers)
  }
}
