/// Valuable customers who are overdue against their rhythm, the greatest value at risk first.
package struct AttritionReport: Sendable, Hashable {
  /// One customer.
  package struct Row: Sendable, Hashable {
    /// The row in the table of all customers.
    package let row: Int
    /// The identifier given by the source.
    package let id: String
    /// The name; empty when unknown.
    package let name: String
    /// The customer's branch; empty when unknown.
    package let branch: String
    /// The lifecycle stage.
    package let stage: LifecycleStage
    /// Days since the last purchase.
    package let daysSince: Int
    /// The rhythm that they are measured by, in days; halves and quarters occur.
    package let gapDays: Double
    /// Whether the rhythm is their own, or the common one.
    package let isOwnGap: Bool
    /// The first day on which they were overdue: more than two gaps and 30 days by default.
    package let overdueSince: Day
    /// P(alive), or nil where no model is trusted.
    package let alive: Double?
    /// The 12-month value predicted were they still customers, in minor units.
    package let valueGivenAlive: Int64?
    /// (1 − P(alive)) × that value, in minor units.
    package let valueAtRisk: Int64?
    /// Net value of the trailing twelve months, in minor units.
    package let value12Months: Int64

    /// A customer who is overdue.
    package init(
      row: Int, id: String, name: String, branch: String, stage: LifecycleStage, daysSince: Int,
      gapDays: Double, isOwnGap: Bool, overdueSince: Day, alive: Double?, valueGivenAlive: Int64?,
      valueAtRisk: Int64?, value12Months: Int64
    ) {
      (self.row, self.id, self.name, self.branch) = (row, id, name, branch)
      (self.stage, self.daysSince, self.gapDays, self.isOwnGap) =
        (stage, daysSince, gapDays, isOwnGap)
      (self.overdueSince, self.alive, self.valueGivenAlive, self.valueAtRisk) =
        (overdueSince, alive, valueGivenAlive, valueAtRisk)
      self.value12Months = value12Months
    }
  }

  /// The date that the report is as of.
  package let asOf: Day
  /// The cohort that was looked at.
  package let cohort: ValueCohort
  /// The model behind P(alive); nil where none is trusted and rows are ranked by 12-month value.
  package let model: PurchaseModelKind?
  /// The customers.
  package let rows: [Row]
  /// What to keep in mind, a sentence each.
  package let notes: [String]

  /// A report.
  package init(
    asOf: Day, cohort: ValueCohort, model: PurchaseModelKind?, rows: [Row], notes: [String]
  ) {
    (self.asOf, self.cohort, self.model) = (asOf, cohort, model)
    (self.rows, self.notes) = (rows, notes)
  }

  /// The value at risk of all rows together, in minor units; nil without a model.
  package var valueAtRisk: Int64? {
    model == nil ? nil : rows.reduce(0) { $0 + ($1.valueAtRisk ?? 0) }
  }
}
