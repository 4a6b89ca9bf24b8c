package import LoyaltyModel

/// The value cohort of every customer as of a date.
package struct ValueCohorts: Sendable {
  /// The date that the cohorts are as of.
  package let asOf: Day
  /// Which amount decides.
  package let measure: ValueMeasure
  /// The amounts that divide the cohorts; nil when nobody bought.
  package let cut: CohortCut?
  /// The value of each customer by the measure, in minor units.
  package let values: [Int64]
  /// The cohort of each customer; ``ValueCohort/none`` without a purchase.
  package let cohorts: [ValueCohort]

  /// The cohorts of customers by the amounts of a cut, and by its measure.
  /// - Parameters:
  ///   - figures: The customers' figures.
  ///   - cut: The amounts; without any, everybody who bought is low.
  ///   - measure: The measure where there is no cut.
  package init(
    _ figures: CustomerFigures, cut: CohortCut?, measure: ValueMeasure = .twelveMonths
  ) {
    let measure = figures.resolved(cut?.measure ?? measure)
    let values = figures.values(measure)
    asOf = figures.asOf
    self.cut = cut
    self.measure = measure
    self.values = values
    cohorts = figures.purchaseDays.indices.map { row in
      guard figures.purchaseDays[row] > 0 else { return .none }
      return cut?.cohort(ofValue: values[row]) ?? .low
    }
  }

  /// What a customer lacks to reach the next cohort, in minor units; nil in the high cohort and
  /// for those who have not bought.
  package func missingToNext(_ row: Int) -> Int64? {
    cohorts[row] == .none ? nil : cut?.missing(fromValue: values[row])
  }
}

/// How many customers each value cohort has, and what they are worth.
package struct CohortReport: Sendable, Hashable {
  /// One cohort.
  package struct Row: Sendable, Hashable {
    /// The cohort.
    package let cohort: ValueCohort
    /// How many customers are in it.
    package let customers: Int
    /// Their value together, in minor units.
    package let value: Int64
    /// The least value from which a customer is in it, in minor units; nil for low and none.
    package let from: Int64?
  }

  /// The date that the report is as of.
  package let asOf: Day
  /// Which amount decides.
  package let measure: ValueMeasure
  /// The cohorts from high to none; their customers add up to all.
  package let rows: [Row]

  /// Sums up cohorts.
  package init(_ cohorts: ValueCohorts) {
    var counts = [Int](repeating: 0, count: ValueCohort.allCases.count)
    var values = [Int64](repeating: 0, count: ValueCohort.allCases.count)
    for (row, cohort) in cohorts.cohorts.enumerated() {
      counts[cohort.rank] += 1
      values[cohort.rank] += cohorts.values[row]
    }
    let cut = cohorts.cut
    asOf = cohorts.asOf
    measure = cohorts.measure
    rows = ValueCohort.allCases.sorted(by: >).map { cohort in
      let from = cohort == .high ? cut?.high : cohort == .mid ? cut?.mid : nil
      return Row(
        cohort: cohort, customers: counts[cohort.rank], value: values[cohort.rank], from: from)
    }
  }
}
