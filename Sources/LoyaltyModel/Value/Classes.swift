/// Where a customer stands in the relationship, as of a date; exactly one for each person.
package enum LifecycleStage: String, Sendable, CaseIterable {
  /// Known by an address alone.
  case contact
  /// A source says that orders exist which are not known here.
  case historyMissing = "history missing"
  /// Showed interest, bought nothing.
  case prospect
  /// Bought on one day.
  case new
  /// Bought on two or three days.
  case `repeat`
  /// Bought on four days or more.
  case loyal
  /// Loyal, and recommends.
  case advocate
  /// Came back after a long gap.
  case wonBack = "won back"
  /// Overdue against the own rhythm.
  case atRisk = "at risk"
  /// Long overdue.
  case lapsed
}

/// A group of customers by value, as of a date.
package enum ValueCohort: String, Sendable, CaseIterable, Comparable {
  /// No purchase yet.
  case none
  case low, mid, high

  package static func < (left: ValueCohort, right: ValueCohort) -> Bool { left.rank < right.rank }

  /// The place from `none` (0) to `high` (3).
  package var rank: Int {
    switch self {
    case .none: 0
    case .low: 1
    case .mid: 2
    case .high: 3
    }
  }
}

/// Which amount decides a customer's value.
package enum ValueMeasure: String, Sendable, CaseIterable {
  /// Net value of all purchases.
  case lifetime
  /// Net value of the trailing twelve months.
  case twelveMonths = "12m"
  /// Margin earned in the trailing twelve months: net value times the product's margin, or the
  /// programme's where the product has none.
  case margin
  /// The predicted value of the next twelve months (CLV).
  case clv
}

/// Scores from 1 to 5, 5 best, for recency, frequency and monetary value.
package struct RFMScore: Hashable, Sendable {
  /// Days since the last purchase; fewer is better.
  package var recency: UInt8
  /// Purchase days.
  package var frequency: UInt8
  /// Net value.
  package var monetary: UInt8

  /// A score of three parts, each from 1 to 5.
  package init(recency: UInt8, frequency: UInt8, monetary: UInt8) {
    (self.recency, self.frequency, self.monetary) = (recency, frequency, monetary)
  }
}

/// The segment of a pair of recency and frequency scores.
package enum RFMSegment: String, Sendable, CaseIterable {
  case champions = "Champions"
  case loyal = "Loyal"
  case potentialLoyalists = "Potential Loyalists"
  case new = "New"
  case promising = "Promising"
  case needAttention = "Need Attention"
  case aboutToSleep = "About to Sleep"
  case atRisk = "At Risk"
  case cantLose = "Can't Lose"
  case hibernating = "Hibernating"
}
