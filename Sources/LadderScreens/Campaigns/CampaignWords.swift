import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// A campaign in words: its limits, and each figure with what it means.
struct CampaignWords {
  let summary: CampaignSummary
  let programme: ProgrammeFacts

  private var texts: Texts { programme.texts }
  private var campaign: Campaign { summary.campaign }

  /// Whether it runs, in a word.
  var standing: String { texts["campaigns.standing.\(summary.standing.rawValue)"] }

  /// Its dates.
  var dates: String { texts.dates(campaign, programme.display) }

  /// Its branches.
  var branches: String {
    campaign.branches.isEmpty
      ? texts["campaigns.all-branches"] : campaign.branches.joined(separator: ", ")
  }

  /// Every figure, with what it means.
  var figures: [Figure] {
    [
      figure("dates", "\(dates) (\(standing))"), figure("branches", branches),
      figure("budget", money(campaign.budget)), figure("used", programme.money(summary.used)),
      figure("left", money(summary.left)), figure("waiting", programme.number(summary.waiting)),
      figure("approved", programme.number(summary.approved)),
      figure("sent", programme.number(summary.sent)),
      figure("bought", programme.number(summary.bought)),
      figure("withheld", programme.number(summary.withheld)),
      figure("cost", programme.money(summary.cost)),
      figure("gain", programme.money(summary.gain)), figure("uplift", uplift),
    ]
  }

  /// What comparison groups showed.
  private var uplift: String {
    guard let uplift = summary.uplift else { return texts["campaigns.uplift.none"] }
    func percent(_ share: Double) -> String { programme.display.percent(share) }
    return texts(
      "campaigns.uplift.measured",
      [
        "difference": percent(uplift.difference), "low": percent(uplift.low),
        "high": percent(uplift.high), "offered": programme.number(uplift.offered),
        "withheld": programme.number(uplift.withheld), "days": String(uplift.days),
      ])
  }

  private func money(_ amount: Int64?) -> String {
    amount.map { programme.money($0) } ?? texts["campaigns.no-budget"]
  }

  private func figure(_ name: String, _ value: String) -> Figure {
    Figure(texts["campaigns.\(name)"], value, why: texts["campaigns.\(name).why"])
  }
}
