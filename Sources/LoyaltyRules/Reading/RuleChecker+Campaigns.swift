package import LoyaltyModel
import TextFormats

extension RuleChecker {
  /// Warns where a rule names a campaign that is not there, is over, or never runs when the rule does.
  ///
  /// - Parameters:
  ///   - rules: The rules with the names of their files.
  ///   - campaigns: The campaigns that are there.
  ///   - day: The date that is as of; only active rules are told of what is over by then.
  /// - Returns: Warnings, in the order of the rules.
  package static func checkCampaigns(
    _ rules: [(file: String, rule: Rule)], _ campaigns: [Campaign], asOf day: Day
  ) -> [RuleIssue] {
    rules.compactMap { file, rule in
      campaignFlaw(rule, campaigns, day).map {
        RuleIssue(
          .warning, file: file, position: nil, pointer: JSONPointer(["campaign"]), cause: $0)
      }
    }
  }

  private static func campaignFlaw(
    _ rule: Rule, _ campaigns: [Campaign], _ day: Day
  ) -> RuleIssue.Cause? {
    guard !rule.campaign.isEmpty else { return nil }
    guard let campaign = campaigns.first(where: { $0.name == rule.campaign }) else {
      let names = campaigns.map(\.name)
      let same = names.first { $0.lowercased() == rule.campaign.lowercased() }
      return .unknownCampaign(
        rule.campaign, nearest: same ?? Nearest.word(to: rule.campaign, among: names))
    }
    if let until = campaign.until, until < day, rule.status == .active {
      return .campaignOver(campaign.name, until: until)
    }
    let window = rule.window
    let isBefore = campaign.until.flatMap { until in window.from.map { until < $0 } } ?? false
    let isAfter = campaign.from.flatMap { from in window.until.map { $0 < from } } ?? false
    guard isBefore || isAfter else { return nil }
    return .campaignApart(
      campaign.name, dates: RuleWindow(from: campaign.from, until: campaign.until),
      window: window)
  }
}

extension Rule {
  /// The rule within the dates of its campaign, for questions that know of no campaigns.
  package func narrowed(to campaign: Campaign?) -> Rule {
    guard let campaign else { return self }
    var rule = self
    rule.window.from = [window.from, campaign.from].compactMap(\.self).max()
    rule.window.until = [window.until, campaign.until].compactMap(\.self).min()
    return rule
  }
}
