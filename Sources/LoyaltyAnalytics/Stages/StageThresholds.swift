package import LoyaltyModel

/// After how many days without a purchase a customer with some rhythm changes stage.
package struct StageThresholds: Sendable, Hashable {
  /// The rhythm.
  package let gap: StageGap
  /// At risk when more days than this have passed since the last purchase.
  package let atRiskAfter: Int
  /// Lapsed when more days than this have passed.
  package let lapsedAfter: Int
}

extension StageSettings {
  /// The thresholds of a customer, in whole days.
  ///
  /// Days are whole, so "more than k gaps and more than m days" is "more than ⌊max(k·gap, m)⌋".
  /// - Parameters:
  ///   - ownGap: The own median gap in days; NaN for a customer without one.
  ///   - commonGap: The rhythm of those without their own, in days.
  ///   - purchaseDays: n, at least 1.
  /// - Returns: The rhythm and the days after which the stage changes.
  package func thresholds(
    ownGap: Double, commonGap: Double, purchaseDays: Int
  ) -> StageThresholds {
    let isOwn = purchaseDays >= ownGapDays && !ownGap.isNaN
    let days = max(Double(leastGap), isOwn ? ownGap : commonGap)
    func after(_ gaps: Int, _ least: Int) -> Int {
      Int(max(Double(gaps) * days, Double(least)).rounded(.down))
    }
    let overdue = after(atRiskGaps, atRiskDays)
    return StageThresholds(
      gap: StageGap(days: days, isOwn: isOwn),
      atRiskAfter: purchaseDays == 1 ? min(overdue, onceAtRiskDays) : overdue,
      lapsedAfter: after(lapsedGaps, lapsedDays))
  }
}
