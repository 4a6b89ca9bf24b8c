import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// The ladder of stages with who came and went.
struct StagesState: Sendable {
  enum Column: Int, CaseIterable, Sendable { case people, joined, left }

  var table = TableState()
  var column = Column.people
}

extension AppModel {
  /// Does a command of the stages' screen.
  mutating func performStages(_ command: Command) -> [Effect] {
    guard let lines = overview.overview.value?.stages else { return [] }
    if let key = command.motion {
      _ = stages.table.handle(key, rowCount: lines.count, height: lines.count)
      return []
    }
    switch command {
    case .left, .right:
      stages.column = stages.column.neighbour(command == .right ? 1 : -1)
    case .dates: askPeriod()
    case .open:
      guard let stage = selectedStage else { return [] }
      return openFromStages(stage)
    default: break
    }
    return []
  }

  /// The stage that the reader is at.
  var selectedStage: LifecycleStage? {
    guard let lines = overview.overview.value?.stages,
      lines.indices.contains(stages.table.selected)
    else { return nil }
    return lines[stages.table.selected].stage
  }

  private mutating func openFromStages(_ stage: LifecycleStage) -> [Effect] {
    switch stages.column {
    case .people: showCustomers(where: "stage = \"\(stage.rawValue)\"")
    case .joined: showMoved(.joined(stage.rawValue))
    case .left: showMoved(.left(stage.rawValue))
    }
  }

  private mutating func showMoved(_ move: CustomerGroup.Move) -> [Effect] {
    showCustomers(in: CustomerScope(.moved(period, .stages, move)))
  }
}

extension ScreenBindings {
  /// The keys of the stages' screen.
  static let stages: [KeyBinding<Command>] =
    [
      KeyBinding([.enter], .open, "stages.open", priority: 9),
      KeyBinding([.right], .right, "stages.next-column", priority: 6),
      KeyBinding([.left], .left, "stages.previous-column", priority: 0),
    ] + comparing
}
