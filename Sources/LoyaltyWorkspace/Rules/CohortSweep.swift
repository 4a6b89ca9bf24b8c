import LoyaltyAnalytics
import LoyaltyModel

/// What one purchase must bring to lift a customer into the next cohort, and until when: one sweep
/// over the purchases that leave the twelve-month window.
struct CohortSweep {
  private let analysis: Analysis
  private let cut: CohortCut
  private let cohorts: ValueCohorts
  /// How far ahead a deadline is looked for, in days.
  static let horizon = 90

  /// A sweep by the cut in force; nil when there is none, or it is by a measure to which a purchase
  /// adds something else than its amount.
  init?(_ analysis: Analysis) {
    guard let cut = analysis.figures.cohorts.cut,
      [.lifetime, .twelveMonths].contains(analysis.figures.cohorts.measure)
    else { return nil }
    (self.analysis, self.cut, cohorts) = (analysis, cut, analysis.figures.cohorts)
  }

  /// What a purchase on the next day must bring, and how long that is enough.
  struct Found {
    let target: ValueCohort
    let amount: Int64
    let deadline: Day?
    let amountLater: Int64?
  }

  /// The cohort above a customer's, and the least value in it; nil in the high one, before the
  /// first purchase, and where nobody can reach it.
  private func target(_ row: Int) -> (cohort: ValueCohort, least: Int64)? {
    let cohort = cohorts.cohorts[row]
    guard cohort == .low || cohort == .mid else { return nil }
    let isMidNext = cohort == .low && cut.mid < cut.high
    let (next, least) = isMidNext ? (ValueCohort.mid, cut.mid) : (.high, cut.high)
    return least == .max ? nil : (next, least)
  }

  /// The amount that a purchase on the day after the as-of date must bring; nil where there is no
  /// next cohort.
  func amount(_ row: Int) -> Int64? {
    target(row).map { max(1, $0.least - value(row, on: analysis.asOf + 1)) }
  }

  /// The amount with its deadline.
  func find(_ row: Int) -> Found? {
    guard let (cohort, least) = target(row), let amount = amount(row) else { return nil }
    for days in 2...Self.horizon {
      let later = max(1, least - value(row, on: analysis.asOf + days))
      guard later > amount else { continue }
      return Found(
        target: cohort, amount: amount, deadline: analysis.asOf + (days - 1), amountLater: later)
    }
    return Found(target: cohort, amount: amount, deadline: nil, amountLater: nil)
  }

  /// The customer's value on a later day, if nothing is bought until then.
  private func value(_ row: Int, on day: Day) -> Int64 {
    guard cohorts.measure == .twelveMonths else { return cohorts.values[row] }
    let history = analysis.figures.history
    let before = day.adding(months: -12).number
    // Purchases that are in the window now and have left it by then.
    var gone: Int64 = 0
    let start = analysis.asOf.adding(months: -12).number
    for index in history.purchaseDays.range(ofCustomer: row) {
      let bought = history.purchaseDays.days[index]
      if bought > before { break }
      if bought > start { gone += history.purchaseDays.amounts[index] }
    }
    for index in history.looseRefunds.range(ofCustomer: row) {
      let refunded = history.looseRefunds.days[index]
      if refunded > start, refunded <= before { gone += history.looseRefunds.amounts[index] }
    }
    return cohorts.values[row] - gone
  }
}
