package import LoyaltyModel

extension CohortCut {
  /// The amounts at the ranks of shares of customers: high, mid and the rest.
  ///
  /// The top p % of n customers end at rank ⌈p·n/100⌉ by descending value; the amount at that rank
  /// is the cut, so that equal values share a cohort and a cohort may be larger than its share. A
  /// cut is at least one minor unit: who brought nothing is never above low.
  /// - Parameters:
  ///   - shares: The percentages of customers for high, mid and low, which add up to 100.
  ///   - figures: The customers' figures; those without a purchase are left out.
  ///   - measure: Which amount decides; ``CustomerFigures/resolved(_:)`` stands in for one that is
  ///     unknown.
  /// - Returns: The cut, dated on the figures' day; nil when nobody bought or the shares are none.
  package static func shares(
    _ shares: [Int], of figures: CustomerFigures, by measure: ValueMeasure
  ) -> CohortCut? {
    guard shares.count == 3, shares.allSatisfy({ $0 >= 0 }), shares.reduce(0, +) == 100 else {
      return nil
    }
    let measure = figures.resolved(measure)
    let values = figures.values(measure)
    let sorted = values.indices.filter { figures.purchaseDays[$0] > 0 }.map { values[$0] }
      .sorted(by: >)
    guard !sorted.isEmpty else { return nil }
    func amount(ofTop percent: Int) -> Int64 {
      let rank = (percent * sorted.count + 99) / 100
      return rank == 0 ? .max : max(1, sorted[rank - 1])
    }
    return CohortCut(
      measure: measure, high: amount(ofTop: shares[0]), mid: amount(ofTop: shares[0] + shares[1]),
      day: figures.asOf)
  }

  /// The cut that is in force on the figures' day: the stored amounts, unless they are of another
  /// measure or were cut later; then the programme's shares.
  package static func inForce(
    _ settings: CohortSettings, of figures: CustomerFigures
  ) -> CohortCut? {
    let measure = figures.resolved(settings.measure)
    if let stored = settings.amounts, stored.measure == measure, stored.day <= figures.asOf {
      return stored
    }
    return shares(settings.shares, of: figures, by: measure)
  }

  /// The cohort of a customer who bought, by their value in minor units.
  package func cohort(ofValue value: Int64) -> ValueCohort {
    value >= high ? .high : value >= mid ? .mid : .low
  }

  /// What a value lacks to reach the next cohort that is higher, in minor units; nil in the high one.
  package func missing(fromValue value: Int64) -> Int64? {
    if value >= high { return nil }
    let next = value >= mid || mid >= high ? high : mid
    let (missing, overflow) = next.subtractingReportingOverflow(value)
    // A cut at the greatest number stands for a cohort that nobody can reach.
    return overflow || next == .max ? nil : missing
  }
}
