package import LoyaltyModel

/// The lifecycle stage of one customer, since when, and why.
package struct StageFigure: Sendable, Hashable {
  /// The stage.
  package let stage: LifecycleStage
  /// The day on which the present stage began; nil where no date is known, for contacts and those
  /// whose history is missing.
  package let since: Day?
  /// The numbers and thresholds that decided.
  package let reason: StageReason

  /// A stage with its reason.
  package init(stage: LifecycleStage, since: Day?, reason: StageReason) {
    (self.stage, self.since, self.reason) = (stage, since, reason)
  }
}

/// Why a customer is at a stage: the numbers and thresholds that decided it.
package enum StageReason: Sendable, Hashable {
  /// Neither purchase nor interest is known.
  case contact
  /// Purchases are known, of which none stands as of the date: they were brought back, or came
  /// later; and no interest is known.
  case nothingStands
  /// A source says that so many orders exist, and none is known.
  case historyMissing(statedOrders: Int)
  /// No purchase, and interest first shown on a day.
  case prospect(interest: String, day: Day)
  /// Bought on one day, so many days ago.
  case new(daysSince: Int)
  /// Bought on two or three days, the last one so many days ago.
  case `repeat`(purchaseDays: Int, daysSince: Int)
  /// Bought on four days or more, the last one so many days ago.
  case loyal(purchaseDays: Int, daysSince: Int, gap: StageGap)
  /// Loyal, and gave a rating of 9 or 10 within the last year.
  case advocate(purchaseDays: Int, score: Int, day: Day)
  /// Came back on a day, after a gap of so many days that made them lapsed after fewer.
  case wonBack(returned: Day, gapDays: Int, lapsedAfter: Int)
  /// Last bought so many days ago, which is more than the days after which the own rhythm is
  /// overdue.
  case atRisk(daysSince: Int, gap: StageGap, after: Int)
  /// Bought only once, more days ago than a one-time buyer usually takes to return.
  case onceAtRisk(daysSince: Int, after: Int)
  /// Last bought so many days ago, which is more than the days after which nobody counts on them.
  case lapsed(daysSince: Int, gap: StageGap, after: Int)
  /// Last bought so many days ago, after which the fitted model's P(alive) is below the percentage
  /// for being at risk, or for being lapsed, sooner than the rhythm says so.
  case unlikely(
    daysSince: Int, chance: Double, below: Int, model: PurchaseModelKind, isLapsed: Bool)
}

/// The rhythm that a customer is measured by.
package struct StageGap: Sendable, Hashable {
  /// The usual days between purchase days; halves and quarters occur.
  package let days: Double
  /// Whether it is the customer's own, or the common one.
  package let isOwn: Bool

  /// A rhythm in days.
  package init(days: Double, isOwn: Bool) { (self.days, self.isOwn) = (days, isOwn) }
}
