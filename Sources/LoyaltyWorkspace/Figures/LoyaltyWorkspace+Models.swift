import LoyaltyAnalytics
package import LoyaltyModel
import LoyaltyStore

extension LoyaltyWorkspace {
  /// The models fitted to all purchases as of the date, and what cannot be estimated.
  ///
  /// Where a day is given, the models are also fitted to what was known on it, and what they foresee
  /// is compared with what came until the as-of date, before which that day must lie.
  package func model(calibratedUntil until: Day? = nil) throws(WorkspaceError) -> ModelReport {
    let analysis = analysis()
    var report = analysis.figures.fits.report(asOf: analysis.asOf, wording)
    guard let until else { return report }
    guard until < analysis.asOf else { throw .nothingHeldOut(until, asOf: analysis.asOf) }
    let known = PurchaseHistory(
      analysis.purchases, customers: analysis.customers.count, asOf: until)
    report.holdOut = HoldOutReport(
      known: known, history: analysis.figures.history, currency: analysis.programme.currency,
      wording: wording)
    return report
  }

  /// The models fitted to a table of (x, t_x, T) and, where it is there, the mean amount.
  ///
  /// No store is needed. Columns are found by their names: `x` or `frequency`, `t_x` or `recency`,
  /// `T`, and `zbar`, `monetary` or `monetary_value`. A row that makes no sense is an error with its
  /// line.
  package static func model(
    ofTable path: String, environment: WorkspaceEnvironment
  ) throws(WorkspaceError) -> ModelReport {
    let table = try SummaryTable(path, disk: environment.disk)
    return ModelFits(buying: table.buying, spending: table.spending).report(
      asOf: nil, environment.wording)
  }

  /// Valuable customers who are overdue against their rhythm, the greatest value at risk first.
  ///
  /// - Parameters:
  ///   - cohort: Which value cohort to look at.
  ///   - branch: Only customers of this home branch; nil for all.
  ///   - since: Only those who were not overdue on this day yet: what is new since last time.
  /// - Returns: The customers, and what to keep in mind.
  /// - Throws: An error when no customer has such a branch.
  package func attrition(
    cohort: ValueCohort = .high, branch: String? = nil, since: Day? = nil
  ) throws(WorkspaceError) -> AttritionReport {
    let analysis = analysis()
    if let branch, !analysis.figures.homes.labels.labels.contains(branch) {
      throw .noSuchBranch(branch, known: analysis.figures.homes.names)
    }
    return AttritionReport(
      analysis.figures, customers: analysis.customers, cohort: cohort, branch: branch,
      overdueAfter: since, wording: wording)
  }

  /// The names of the branches that customers belong to, in order.
  package var branches: [String] { analysis().figures.homes.names }

  /// The home branch of a customer by their row; empty without one.
  func homeBranch(_ row: Int) -> String {
    let customers = state.customers
    let stated = Int(customers.branch[row])
    // Nobody has to wait for figures for what the record says.
    if customers.branches.labels.indices.contains(stated) {
      return customers.branches.labels[stated]
    }
    return analysis().figures.homes.name(row)
  }

  /// How many of those won in a month bought again, month by month.
  package func retention() throws(WorkspaceError) -> RetentionTable {
    RetentionTable(analysis().figures.history)
  }

  /// The rows of the customers in one cell of the retention table, ascending: won in the month of a
  /// day, and buying so many months after it; nil for everybody who was won.
  package func retentionMembers(
    wonIn month: Day, activeAfter monthsSince: Int?
  ) throws(WorkspaceError) -> [Int] {
    RetentionTable.members(
      wonIn: month, activeAfter: monthsSince, in: analysis().figures.history)
  }

  /// What was sold, by product or category; adds up to the customers' values.
  package func products(by level: ProductReport.Level) throws(WorkspaceError) -> ProductReport {
    let analysis = analysis()
    return ProductReport(analysis.figures.history, purchases: analysis.purchases, by: level)
  }

  /// The net value of all customers and all time, in minor units.
  package func customerValue() throws(WorkspaceError) -> Int64 {
    analysis().figures.figures.valueTotal.reduce(0, +)
  }
}
