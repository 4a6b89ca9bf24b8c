package import LoyaltyModel

/// What came of the offers that went out, rule by rule.
package struct OutcomeReport: Sendable, Hashable {
  /// The offers of one rule that went out.
  package struct Rule: Sendable, Hashable {
    /// The rule's identifier.
    package var id: String
    /// Its title.
    package var title: String
    /// How many went out.
    package var sent = 0
    /// How many were used.
    package var redeemed = 0
    /// How many ran out unused.
    package var expired = 0
    /// What was spent when using them, in minor units, as far as it is known.
    package var spent: Int64 = 0

    /// How many can still be used.
    package var open: Int { sent - redeemed - expired }
  }

  /// The last day whose purchases were looked at.
  package var until: Day
  /// How many offers this run found to be used.
  package var redeemed = 0
  /// How many it found to have run out unused.
  package var expired = 0
  /// Each rule of which anything went out, by its identifier.
  package var rules: [Rule] = []
  /// Whether nothing was written.
  package var dryRun: Bool
}
