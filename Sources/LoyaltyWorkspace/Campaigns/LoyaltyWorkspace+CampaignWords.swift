import LoyaltyAnalytics
package import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

// What is said of campaigns where rules and offers are explained.
extension LoyaltyWorkspace {
  /// What the campaign of a rule says of one customer, a sentence for each of its limits.
  func campaignLines(_ rule: Rule, _ row: Int, _ analysis: Analysis) -> [String] {
    guard let campaign = state.programme.campaign(rule.campaign) else { return [] }
    func mark(_ holds: Bool) -> String { RuleWords.mark(holds ? .yes : .no) }
    var lines: [String] = []
    if campaign.from != nil || campaign.until != nil {
      lines.append(
        texts(
          "campaign.why.dates", ["name": campaign.name, "dates": campaignDates(campaign)])
          + " " + mark(campaign.runs(on: analysis.asOf)))
    }
    if !campaign.branches.isEmpty {
      let branch = analysis.figures.homes.name(row)
      let own = branch.isEmpty ? texts["campaign.why.no-branch"] : branch
      lines.append(
        texts(
          "campaign.why.branches",
          [
            "name": campaign.name, "branches": campaign.branches.joined(separator: ", "),
            "own": own,
          ]) + " " + mark(campaign.branches.contains(branch)))
    }
    if let budget = budgetWords(campaign) {
      lines.append(
        texts("campaign.why.budget", ["name": campaign.name, "budget": budget.text])
          + " " + mark(budget.left > 0))
    }
    return lines
  }

  /// The dates of a campaign in words.
  package func campaignDates(_ campaign: Campaign) -> String {
    texts.dates(campaign, display)
  }

  private func budgetWords(_ campaign: Campaign) -> (text: String, left: Int64)? {
    guard let budget = campaign.budget else { return nil }
    let used = spent(on: campaign.name)
    let text = texts(
      "campaign.budget",
      [
        "budget": display.money(budget, currency), "used": display.money(used, currency),
        "left": display.money(budget - used, currency),
      ])
    return (text, budget - used)
  }

  /// All limits of a campaign on a line: dates, branches, what is left of the budget.
  private func limits(of campaign: Campaign) -> String {
    let parts = [
      campaignDates(campaign),
      campaign.branches.isEmpty
        ? nil
        : texts(
          "campaign.for-branches", ["branches": campaign.branches.joined(separator: ", ")]),
      budgetWords(campaign)?.text,
    ]
    return parts.compactMap(\.self).joined(separator: "; ")
  }

  /// The campaign of an offer, with how it stands, for its card.
  func campaignFigure(of offer: Offer) -> Figure? {
    let name = campaign(of: offer)
    guard !name.isEmpty else { return nil }
    let title = texts["offer.campaign"]
    guard let campaign = state.programme.campaign(name) else {
      return Figure(title, name, why: texts["campaign.no-limits"])
    }
    return Figure(title, name, why: limits(of: campaign))
  }

  /// What of its campaign speaks against an offer by now.
  func campaignCautions(_ offer: Offer, _ row: Int) -> [String] {
    guard let campaign = state.programme.campaign(campaign(of: offer)) else { return [] }
    let obstacle = CampaignObstacle(campaign, offer, branch: homeBranch(row), asOf: asOf)
    return [obstacle?.words(texts, display)].compactMap(\.self)
  }

  /// What a rule's campaign limits, in one sentence; nil where it names none.
  func campaignSentence(of rule: Rule) -> String? {
    guard !rule.campaign.isEmpty else { return nil }
    guard let campaign = state.programme.campaign(rule.campaign) else {
      return texts("campaign.rule.no-limits", ["name": rule.campaign])
    }
    return texts(
      "campaign.rule.limits", ["name": campaign.name, "limits": limits(of: campaign)])
  }
}

/// Why an offer of a campaign should not go out any more: what changed since it was suggested.
struct CampaignObstacle {
  private enum Kind {
    case over(Day)
    case outlasts(Day)
    case branch(String)
  }

  private let kind: Kind
  private let name: String

  /// What stands against an offer; nil for nothing.
  init?(
    _ campaign: Campaign, _ offer: Offer, branch: @autoclosure () -> String, asOf day: Day
  ) {
    name = campaign.name
    if let until = campaign.until, until < day {
      kind = .over(until)
    } else if let until = campaign.until, until < offer.validUntil {
      kind = .outlasts(until)
    } else {
      let home = campaign.branches.isEmpty ? nil : branch()
      guard let home, !campaign.branches.contains(home) else { return nil }
      kind = .branch(home)
    }
  }

  /// What stands against it, as a sentence.
  func words(_ texts: Texts, _ display: DisplayFormat) -> String {
    switch kind {
    case .over(let day):
      texts("campaign.obstacle.over", ["name": name, "day": display.day(day)])
    case .outlasts(let day):
      texts("campaign.obstacle.outlasts", ["name": name, "day": display.day(day)])
    case .branch(let branch):
      texts(
        "campaign.obstacle.branch",
        ["name": name, "branch": branch.isEmpty ? texts["campaign.why.no-branch"] : branch])
    }
  }
}

extension Texts {
  /// The dates of a campaign in words: `from 1 Jul 2026 to 30 Sep 2026`.
  package func dates(_ campaign: Campaign, _ display: DisplayFormat) -> String {
    Wording(self, display).dates(campaign)
  }
}
