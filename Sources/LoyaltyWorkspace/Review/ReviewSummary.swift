import LoyaltyModel
import LoyaltyStore

/// What came of deciding on some offers: of a session at the screen.
package struct ReviewSummary: Sendable, Hashable {
  /// A number of offers and their money, in minor units.
  package struct Part: Sendable, Hashable {
    /// How many.
    package var offers = 0
    /// What they are expected to cost.
    package var cost: Int64 = 0
    /// What they are expected to bring after cost.
    package var value: Int64 = 0
  }

  /// Offers that were rejected for one reason.
  package struct Rejected: Sendable, Hashable {
    /// Why.
    package var reason: String
    /// How many.
    package var offers: Int
  }

  /// What one rule got.
  package struct Rule: Sendable, Hashable {
    /// The rule's title.
    package var title: String
    /// Its offers that were approved.
    package var approved = 0
    /// Its offers that were rejected.
    package var rejected = 0
    /// What the approved ones are expected to cost, in minor units.
    package var cost: Int64 = 0
    /// What the approved ones are expected to bring after cost, in minor units.
    package var value: Int64 = 0
  }

  /// The offers that are approved, sent ones among them.
  package var approved = Part()
  /// The rejected ones by reason, the most frequent first.
  package var rejected: [Rejected] = []
  /// How many were put off.
  package var snoozed = 0
  /// Each rule, by title.
  package var rules: [Rule] = []
}

extension LoyaltyWorkspace {
  /// What came of deciding on some offers, as they stand now: what was taken back counts for nothing.
  package func reviewSummary(of ids: [Int]) -> ReviewSummary {
    let book = state.offers
    var summary = ReviewSummary()
    var reasons: [String: Int] = [:]
    var rules: [String: ReviewSummary.Rule] = [:]
    for id in ids {
      guard let offer = book[id] else { continue }
      var rule = rules[offer.rule.id] ?? ReviewSummary.Rule(title: offer.rule.title)
      switch offer.state {
      case .approved, .exported, .redeemed:
        summary.approved.offers += 1
        summary.approved.cost += offer.expectedCost
        summary.approved.value += offer.expectedValue
        rule.approved += 1
        rule.cost += offer.expectedCost
        rule.value += offer.expectedValue
      case .rejected:
        reasons[offer.reason, default: 0] += 1
        rule.rejected += 1
      case .snoozed: summary.snoozed += 1
      default: continue
      }
      rules[offer.rule.id] = rule
    }
    summary.rejected = reasons.map { ReviewSummary.Rejected(reason: $0.key, offers: $0.value) }
      .sorted { ($1.offers, $0.reason) < ($0.offers, $1.reason) }
    summary.rules = rules.values.sorted { $0.title < $1.title }
    return summary
  }
}
