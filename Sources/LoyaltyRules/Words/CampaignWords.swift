package import LoyaltyModel

// Campaigns in words: the one place for what their limits did.

extension Words {
  /// The dates of a campaign: `from 2026-07-01 to 2026-09-30`, `until 2026-09-30`, `always`.
  package static func dates(_ campaign: Campaign) -> String {
    dates(RuleWindow(from: campaign.from, until: campaign.until))
  }

  /// The dates of a window, in the same words.
  package static func dates(_ window: RuleWindow) -> String {
    switch (window.from, window.until) {
    case (let from?, let until?): "from \(from) to \(until)"
    case (let from?, nil): "from \(from) on"
    case (nil, let until?): "until \(until)"
    case (nil, nil): "always"
    }
  }

  /// Why a gate of campaigns dropped those whom it dropped; without a campaign, of all rules together.
  static func campaignReason(
    _ gate: Gate, _ campaign: Campaign?, _ currency: Currency?
  ) -> String {
    guard let campaign else {
      return switch gate {
      case .campaignDates: "The rule's campaign does not run on this date."
      case .campaignBranches:
        "The rule's campaign is for other branches, or the customer's branch is not known."
      default: "The budget of the rule's campaign is used up."
      }
    }
    switch gate {
    case .campaignDates: return "The campaign \(campaign.name) runs \(dates(campaign))."
    case .campaignBranches:
      return "The campaign \(campaign.name) is for customers of "
        + "\(campaign.branches.joined(separator: ", ")); others, and those whose branch is not "
        + "known, are not in it."
    default:
      guard let budget = campaign.budget, let currency else {
        return "The budget of the campaign \(campaign.name) is used up."
      }
      return "The budget of the campaign \(campaign.name), "
        + "\(currency.decimalText(minorUnits: budget)) \(currency.code), is used up."
    }
  }
}
