package import LoyaltyModel

/// The value cohort of every customer as of a date.
package struct ValueCohorts: Sendable {
  /// The date that the cohorts are as of.
  package let asOf: Day
  /// Which amount decides.
  package private(set) var measure: ValueMeasure
  /// The amounts that divide the cohorts; nil when nobody bought.
  package private(set) var cut: CohortCut?
  /// The value of each customer by the measure, in minor units.
  package private(set) var values: Column<Int64>
  /// The cohort of each customer; ``ValueCohort/none`` without a purchase.
  package private(set) var cohorts: ChoiceColumn<ValueCohort>

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
    cohorts = ChoiceColumn(
      figures.purchaseDays.indices.map { row in
        guard figures.purchaseDays[row] > 0 else { return .none }
        return cut?.cohort(ofValue: values[row]) ?? .low
      })
  }

  /// Visits the columns that are not those of the figures.
  mutating func visitColumns<Visitor: ColumnVisitor>(
    _ visitor: inout Visitor
  ) throws(Visitor.Failure) {
    try cohorts.visitColumns(&visitor)
    var numbers = Column(cut.map { [Int64($0.day.number), $0.high, $0.mid] } ?? [])
    try visitor.visit(&numbers)
    try visitor.require(numbers.isEmpty || numbers.count == 3)
    cut =
      numbers.isEmpty
      ? nil
      : CohortCut(
        measure: measure, high: numbers[1], mid: numbers[2],
        day: Day(number: Int32(truncatingIfNeeded: numbers[0])))
  }

  /// Takes in the values of the figures, by the measure that is wanted.
  mutating func take(_ figures: CustomerFigures, measure wanted: ValueMeasure) {
    measure = figures.resolved(wanted)
    cut?.measure = measure
    values = figures.values(measure)
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

  /// Sums up cohorts, of all customers or of some.
  package init(_ cohorts: ValueCohorts, among rows: RowSet? = nil) {
    var counts = [Int](repeating: 0, count: ValueCohort.allCases.count)
    var values = [Int64](repeating: 0, count: ValueCohort.allCases.count)
    let ranks = ValueCohort.allCases.map(\.rank)
    cohorts.values.withElements { amounts in
      cohorts.cohorts.places.withElements { places in
        let rows = rows ?? RowSet(count: places.count, all: true)
        rows.forEach { row in
          let rank = ranks[Int(places[row])]
          counts[rank] += 1
          values[rank] += amounts[row]
        }
      }
    }
    let cut = cohorts.cut
    asOf = cohorts.asOf
    measure = cohorts.measure
    self.rows = ValueCohort.allCases.sorted(by: >).map { cohort in
      let from = cohort == .high ? cut?.high : cohort == .mid ? cut?.mid : nil
      return Row(
        cohort: cohort, customers: counts[cohort.rank], value: values[cohort.rank], from: from)
    }
  }
}
