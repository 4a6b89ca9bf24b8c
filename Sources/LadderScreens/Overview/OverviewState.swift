import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// The programme at a glance: five panels, of which small screens show one at a time.
struct OverviewState: Sendable {
  enum Panel: Int, CaseIterable, Sendable { case stages, cohorts, offers, curve, recent }

  var overview: Loadable<Overview> = .missing
  /// Whether it is the one of the last time, kept until figures are there.
  var isKept = false
  var panel = Panel.stages
  /// The row in each panel, by the panel's number.
  var rows = [0, 0, 0, 0, 0]

  var row: Int { rows[panel.rawValue] }

  /// How many rows a panel has to choose from.
  func count(_ panel: Panel, _ overview: Overview) -> Int {
    switch panel {
    case .stages: overview.stages.count
    case .cohorts: overview.cohorts.count
    case .offers: overview.offers.count
    case .curve: 1
    case .recent: overview.recent.count
    }
  }
}

extension AppModel {
  /// Does a command of the overview.
  mutating func performOverview(_ command: Command) -> [Effect] {
    guard let shown = overview.overview.value else { return [] }
    if let key = command.motion {
      var state = TableState(selected: overview.row)
      _ = state.handle(
        key, rowCount: overview.count(overview.panel, shown), height: size.height / 2)
      overview.rows[overview.panel.rawValue] = state.selected
      return []
    }
    switch command {
    case .left, .right:
      overview.panel = overview.panel.neighbour(command == .right ? 1 : -1)
    case .open: return openFromOverview(shown)
    default: break
    }
    return []
  }

  private mutating func openFromOverview(_ shown: Overview) -> [Effect] {
    let row = overview.row
    switch overview.panel {
    case .stages where shown.stages.indices.contains(row):
      return showCustomers(where: "stage = \"\(shown.stages[row].stage.rawValue)\"")
    case .cohorts where shown.cohorts.indices.contains(row):
      return showCustomers(where: "cohort = \(shown.cohorts[row].cohort.rawValue)")
    case .offers where shown.offers.indices.contains(row):
      return showOffers(in: ReviewScope(shown.offers[row].state), where: "")
    case .curve: return show(.cohorts, isDetour: true)
    case .recent: return show(.activity, isDetour: true)
    default: return []
    }
  }
}

extension ScreenBindings {
  /// The overview's own keys.
  static let overview: [KeyBinding<Command>] = [
    KeyBinding([.enter], .open, "overview.open", priority: 8),
    KeyBinding([.right], .right, "overview.next-panel", priority: 6),
    KeyBinding([.left], .left, "overview.previous-panel", priority: 0),
  ]
}
