package import LoyaltyModel

extension AttritionReport {
  /// Finds the customers of a cohort who are overdue against their rhythm.
  ///
  /// Overdue means: more days since the last purchase than those after which the rhythm puts a
  /// customer at risk. Ranked by value at risk, where no model is trusted by the net value of
  /// twelve months; then by row.
  /// - Parameters:
  ///   - analysis: The analysis as of a date.
  ///   - customers: The customers that were analysed.
  ///   - cohort: Which value cohort to look at.
  ///   - branch: Only customers of this home branch; nil for all.
  ///   - since: Only those who were not overdue on this day yet; nil for all.
  ///   - wording: What its notes are written with.
  package init(
    _ analysis: CustomerAnalysis, customers: CustomerTable, cohort: ValueCohort,
    branch: String? = nil, overdueAfter since: Day? = nil, wording: Wording
  ) {
    let rows = OverdueFinder(analysis: analysis, customers: customers).rows(cohort)
      .filter { row in
        (branch.map { $0 == row.branch } ?? true) && (since.map { row.overdueSince > $0 } ?? true)
      }
    let isTrusted = analysis.predictions.hasValues
    func rank(_ row: Row) -> Int64 { isTrusted ? row.valueAtRisk ?? 0 : row.value12Months }
    let ranked = rows.sorted { left, right in
      let (first, second) = (rank(left), rank(right))
      return first == second ? left.row < right.row : first > second
    }
    self.init(
      asOf: analysis.asOf, cohort: cohort,
      model: isTrusted ? analysis.predictions.kind : nil, rows: ranked,
      notes: (isTrusted
        ? []
        : analysis.fits.warnings(wording) + [wording["finding.ranked-by-value"]])
        + [wording["figure.season"]])
  }
}

/// Finds overdue customers.
private struct OverdueFinder {
  let analysis: CustomerAnalysis
  let customers: CustomerTable

  func rows(_ cohort: ValueCohort) -> [AttritionReport.Row] {
    let (figures, predictions) = (analysis.figures, analysis.predictions)
    return analysis.cohorts.cohorts.indices.compactMap { row in
      guard analysis.cohorts.cohorts[row] == cohort, let days = figures.recencyDays(row) else {
        return nil
      }
      let limits = analysis.settings.thresholds(
        ownGap: figures.ownGap[row], commonGap: figures.commonGap.days,
        purchaseDays: Int(figures.purchaseDays[row]))
      guard days > limits.atRiskAfter else { return nil }
      return AttritionReport.Row(
        row: row, id: customers.ids[row], name: customers.names[row],
        branch: analysis.homes.name(row),
        stage: analysis.stages.stages[row], daysSince: Int(days), gapDays: limits.gap.days,
        isOwnGap: limits.gap.isOwn,
        overdueSince: Day(number: figures.lastDay[row]) + limits.atRiskAfter + 1,
        alive: Double(known: predictions.alive[row]),
        valueGivenAlive: Int64(known: predictions.valueGivenAlive[row]),
        valueAtRisk: Int64(known: predictions.valueAtRisk[row]),
        value12Months: figures.value12m[row])
    }
  }
}
