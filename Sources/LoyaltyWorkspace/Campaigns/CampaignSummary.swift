package import LoyaltyModel

/// A campaign with what its offers come to.
package struct CampaignSummary: Sendable, Hashable {
  /// Whether it offers anything on the date.
  package enum Standing: String, Sendable, CaseIterable {
    /// It begins later.
    case ahead
    /// It runs.
    case running
    /// It is over.
    case over
  }

  /// The campaign; only a name where none is kept.
  package var campaign: Campaign
  /// Whether it is kept, rather than only named by rules or offers.
  package var isKept: Bool
  /// Whether it offers anything on the date.
  package var standing: Standing
  /// The identifiers of the rules that name it now, ascending.
  package var rules: [String]
  /// Offers that wait for a decision, those put off included.
  package var waiting: Int
  /// Offers that are approved and not yet sent.
  package var approved: Int
  /// Offers that went out, whatever came of them.
  package var sent: Int
  /// Of the offers sent, those that customers used.
  package var bought: Int
  /// Offers kept back as comparison group.
  package var withheld: Int
  /// What is spent of the budget, in minor units: the expected cost of offers that are approved, put
  /// off or sent.
  package var used: Int64
  /// The expected cost of those that wait and are not put off, in minor units.
  package var waitingCost: Int64
  /// The expected cost of all that wait, are approved or sent, in minor units.
  package var cost: Int64
  /// What these are expected to bring after cost, in minor units.
  package var gain: Int64
  /// What was measured against its comparison groups, where lists went out long enough ago.
  package var uplift: CampaignUplift?

  /// What is left of the budget, in minor units; negative where more is spent than it allows; nil
  /// without a budget.
  package var left: Int64? { campaign.budget.map { $0 - used } }
}

/// Extra buyers due to a campaign, by intention to treat, measured within each rule and then put
/// together.
package struct CampaignUplift: Sendable, Hashable {
  /// Within how many days after a list went out buyers count.
  package var days: Int
  /// Who bought on either side, of all its rules.
  package var buyers: BuyerUplift
}
