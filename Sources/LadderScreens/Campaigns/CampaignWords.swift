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

  /// The figures, in the order in which they are explained.
  enum Name: String, CaseIterable {
    case dates, branches, budget, used, left, waiting, approved, sent, bought, withheld, cost, gain
    case uplift
  }

  /// The numbers of offers, which stand on one line.
  static let counts: Set<Name> = [.waiting, .approved, .sent, .bought, .withheld]

  /// Every figure, with what it means.
  var figures: [(name: Name, figure: Figure)] {
    Name.allCases.map { name in
      let figure = Figure(
        texts["campaigns.\(name.rawValue)"], value(name),
        why: texts["campaigns.\(name.rawValue).why"])
      return (name, figure)
    }
  }

  private func value(_ name: Name) -> String {
    switch name {
    case .dates: "\(dates) (\(standing))"
    case .branches: branches
    case .budget: money(campaign.budget)
    case .used: programme.money(summary.used)
    case .left: money(summary.left)
    case .waiting: programme.number(summary.waiting)
    case .approved: programme.number(summary.approved)
    case .sent: programme.number(summary.sent)
    case .bought: programme.number(summary.bought)
    case .withheld: programme.number(summary.withheld)
    case .cost: programme.money(summary.cost)
    case .gain: programme.money(summary.gain)
    case .uplift: uplift
    }
  }

  /// The numbers of offers on a line.
  var offers: String {
    texts(
      "campaigns.offers.line",
      [
        "waiting": programme.number(summary.waiting),
        "approved": programme.number(summary.approved), "sent": programme.number(summary.sent),
        "bought": programme.number(summary.bought),
        "withheld": programme.number(summary.withheld),
      ])
  }

  /// What comparison groups showed.
  private var uplift: String {
    guard let uplift = summary.uplift else { return texts["campaigns.uplift.none"] }
    func percent(_ share: Double) -> String { programme.display.percent(share) }
    return texts(
      "campaigns.uplift.measured",
      [
        "difference": percent(uplift.buyers.difference), "low": percent(uplift.buyers.low),
        "high": percent(uplift.buyers.high), "offered": programme.number(uplift.buyers.offered),
        "withheld": programme.number(uplift.buyers.withheld), "days": String(uplift.days),
      ])
  }

  private func money(_ amount: Int64?) -> String {
    amount.map { programme.money($0) } ?? texts["campaigns.no-budget"]
  }
}
