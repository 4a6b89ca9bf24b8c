package import LoyaltyModel

// Campaigns in words: the one place for what their limits did.

extension Wording {
  /// The dates of a campaign: `from 2026-07-01 to 2026-09-30`, `until 2026-09-30`.
  package func dates(_ campaign: Campaign) -> String {
    dates(RuleWindow(from: campaign.from, until: campaign.until))
  }

  /// The dates of a window, in the same words.
  package func dates(_ window: RuleWindow) -> String {
    switch (window.from, window.until) {
    case (let from?, let until?):
      self("campaign.dates.both", ["from": day(from), "until": day(until)])
    case (let from?, nil): self("campaign.dates.from", ["from": day(from)])
    case (nil, let until?): self("campaign.dates.until", ["until": day(until)])
    case (nil, nil): self["campaign.dates.always"]
    }
  }

  /// Why a gate of campaigns dropped those whom it dropped; without a campaign, of all rules together.
  func campaignReason(_ gate: Gate, _ campaign: Campaign?, _ currency: Currency?) -> String {
    guard let campaign else { return self["gate.\(gate.rawValue)"] }
    switch gate {
    case .campaignDates:
      return self("gate.campaign-dates.of", ["name": campaign.name, "dates": dates(campaign)])
    case .campaignBranches:
      return self(
        "gate.campaign-branches.of",
        ["name": campaign.name, "branches": campaign.branches.joined(separator: ", ")])
    default:
      guard let budget = campaign.budget, let currency else {
        return self("gate.campaign-budget.used", ["name": campaign.name])
      }
      let amount = display.plainAmount(budget, currency) + " " + currency.code
      return self("gate.campaign-budget.of", ["name": campaign.name, "amount": amount])
    }
  }
}
