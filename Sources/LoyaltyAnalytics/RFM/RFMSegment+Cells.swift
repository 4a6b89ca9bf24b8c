package import LoyaltyModel

extension RFMSegment {
  /// The segment of a recency and a frequency score.
  ///
  /// An exact partition of the 25 cells: every pair has one segment.
  /// - Parameters:
  ///   - recency: 1…5, 5 for the most recent.
  ///   - frequency: 1…5, 5 for the most frequent.
  package init(recency: UInt8, frequency: UInt8) {
    switch (recency, frequency) {
    case (...2, ...2): self = .hibernating
    case (...2, 3...4): self = .atRisk
    case (...2, _): self = .cantLose
    case (3, ...2): self = .aboutToSleep
    case (3, 3): self = .needAttention
    case (3...4, 4...): self = .loyal
    case (4, ...1): self = .promising
    case (5..., ...1): self = .new
    case (4..., 2...3): self = .potentialLoyalists
    default: self = .champions
    }
  }
}
