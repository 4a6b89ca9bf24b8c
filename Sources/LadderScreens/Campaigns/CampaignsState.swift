import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// The campaigns, and the one at which the reader is.
struct CampaignsState: Sendable {
  var table = TableState()
}

extension AppModel {
  /// The campaigns that are there; empty while they come.
  var campaignList: [CampaignSummary] {
    if case .campaigns(let list)? = shelf[.campaigns].value { list } else { [] }
  }

  /// The campaign at which the reader is.
  var campaignHere: CampaignSummary? {
    let list = campaignList
    return list.indices.contains(campaigns.table.selected) ? list[campaigns.table.selected] : nil
  }

  /// Does a command of the list of campaigns.
  mutating func performCampaigns(_ command: Command) -> [Effect] {
    if let key = command.motion {
      _ = campaigns.table.handle(
        key, rowCount: campaignList.count, height: max(1, size.height - 12))
      return []
    }
    switch command {
    case .newCampaign: return [.openCampaignForm(nil)]
    case .editCampaign: return campaignHere.map { [.openCampaignForm($0.campaign.name)] } ?? []
    case .removeCampaign: askCampaignRemoval()
    case .open:
      guard let name = campaignHere?.campaign.name else { return [] }
      return showOffers(in: .all, where: "campaign = \"\(name)\"")
    default: break
    }
    return []
  }

  func whyDisabledInCampaigns(_ command: Command) -> String? {
    switch command {
    case .open, .editCampaign: return campaignHere == nil ? texts["campaigns.none-here"] : nil
    case .removeCampaign:
      guard let here = campaignHere else { return texts["campaigns.none-here"] }
      if !here.isKept { return texts["campaigns.not-kept"] }
      let rules = here.rules.joined(separator: ", ")
      return here.rules.isEmpty ? nil : texts("campaigns.in-use", ["rules": rules])
    default: return nil
    }
  }

  private mutating func askCampaignRemoval() {
    guard let here = campaignHere else { return }
    let name = here.campaign.name
    ask(
      .removeCampaign(name), title: texts("campaigns.remove", ["name": name]),
      message: texts["campaigns.remove.about"],
      .confirm(yes: "y", label: texts["campaigns.remove.yes"]))
  }

  /// After a campaign was made, changed or removed.
  mutating func campaignChanged(_ receipt: Receipt) -> [Effect] {
    say(.done(receipt.text))
    rules.lines = .missing
    activity.entries = .missing
    shelf.removeAll()
    if screen == .campaignForm { screen = trail.popLast() ?? .campaigns }
    return [.loadStatus]
  }

  /// Shows what each figure of the campaign means, with what it is.
  mutating func explainCampaign() {
    guard let programme, let here = campaignHere else { return }
    let words = CampaignWords(summary: here, programme: programme)
    let figures = words.figures.map {
      "\($0.figure.label): \($0.figure.value)\n\($0.figure.why)"
    }
    let asOf = texts.asAt(programme.status.asOf)
    overlay = .text(
      TextSheet(
        title: texts["figures.how"],
        text: ([here.campaign.name] + figures + [asOf]).joined(separator: "\n\n")))
  }
}

extension ScreenBindings {
  /// The keys of the list of campaigns.
  static let campaigns: [KeyBinding<Command>] = [
    KeyBinding([.character("n")], .newCampaign, "campaigns.new", priority: 10),
    KeyBinding([.character("e")], .editCampaign, "campaigns.edit", priority: 9),
    KeyBinding([.character("x"), .delete], .removeCampaign, "campaigns.remove", priority: 7),
    KeyBinding([.enter], .open, "campaigns.open", priority: 8),
  ]
}
