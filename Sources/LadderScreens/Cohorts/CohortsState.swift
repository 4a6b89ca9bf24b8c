import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// The value cohorts in four tables, of which one is shown at a time.
struct CohortsState: Sendable {
  enum Pane: Int, CaseIterable, Sendable { case value, cohortMoves, stageMoves, retention }

  var pane = Pane.value
  /// The place in the table of cohorts.
  var table = TableState()
  /// The place in each of the other tables, by the pane's number.
  var grids = [GridState(), GridState(), GridState(), GridState()]

  var grid: GridState { grids[pane.rawValue] }
}

extension AppModel {
  /// Does a command of the cohorts' screen.
  mutating func performCohorts(_ command: Command) -> [Effect] {
    switch command {
    case .changeScope, .changeScopeBack:
      cohorts.pane = cohorts.pane.neighbour(command == .changeScope ? 1 : -1)
      shelf.forgetFailures()
    case .dates: askPeriod()
    case .open: return openFromCohorts()
    default: moveInCohorts(command)
    }
    return []
  }

  func whyDisabledInCohorts(_ command: Command) -> String? {
    switch command {
    case .left, .right: cohorts.pane == .value ? texts["cohorts.no-columns"] : nil
    case .dates:
      cohorts.pane == .cohortMoves || cohorts.pane == .stageMoves ? nil : texts["cohorts.no-dates"]
    case .open: cohortsGroup == nil && cohorts.pane != .value ? texts["figures.no-rows"] : nil
    default: nil
    }
  }

  private mutating func moveInCohorts(_ command: Command) {
    let key: Key? =
      switch command {
      case .left: .left
      case .right: .right
      default: command.motion
      }
    guard let key else { return }
    if cohorts.pane == .value {
      let count = overview.overview.value?.cohorts.count ?? 0
      _ = cohorts.table.handle(key, rowCount: count, height: count)
    } else if let grid = cohortsGrid {
      let page = grid.page(in: cohortsGridSize)
      _ = cohorts.grids[cohorts.pane.rawValue].handle(
        key, rowCount: grid.rowTitles.count, columnCount: grid.columnTitles.count,
        height: page.rows, width: page.columns)
    }
  }

  private mutating func openFromCohorts() -> [Effect] {
    guard cohorts.pane == .value else {
      return cohortsGroup.map { showCustomers(in: CustomerScope($0)) } ?? []
    }
    guard let lines = overview.overview.value?.cohorts,
      lines.indices.contains(cohorts.table.selected)
    else { return [] }
    return showCustomers(where: "cohort = \(lines[cohorts.table.selected].cohort.rawValue)")
  }

  /// The table of cells that is shown, where it has come.
  var cohortsGrid: Grid? {
    guard let programme else { return nil }
    switch cohorts.pane {
    case .value: return nil
    case .cohortMoves, .stageMoves:
      return moveTable.map { $0.grid(cohorts.grid, programme) }
    case .retention:
      return shelf.retention.value.map { RetentionGrid($0, texts).grid(cohorts.grid, programme) }
    }
  }

  /// The matrix of moves that is shown.
  var moveTable: MoveTable? {
    let kind: CustomerGroup.Kind = cohorts.pane == .stageMoves ? .stages : .cohorts
    return shelf.flows(period).value.map { MoveTable($0, kind, texts) }
  }

  /// The people in the selected cell.
  private var cohortsGroup: CustomerGroup? {
    switch cohorts.pane {
    case .value: nil
    case .cohortMoves, .stageMoves: moveTable?.group(cohorts.grid)
    case .retention: shelf.retention.value.flatMap { RetentionGrid($0, texts).group(cohorts.grid) }
    }
  }
}

extension ScreenBindings {
  /// The keys of the cohorts' screen.
  static let cohorts: [KeyBinding<Command>] =
    [
      KeyBinding([.enter], .open, "cohorts.open", priority: 9),
      KeyBinding([.character("t")], .changeScope, "cohorts.next-table", priority: 8),
      KeyBinding([.character("T")], .changeScopeBack, "cohorts.table-before", priority: 0),
      KeyBinding([.right], .right, "cohorts.next-column", priority: 3),
      KeyBinding([.left], .left, "cohorts.previous-column", priority: 0),
    ] + comparing
}

/// The words of the cohorts' screen.
extension Texts {
  func title(_ pane: CohortsState.Pane) -> String {
    switch pane {
    case .value: self["cohorts.value"]
    case .cohortMoves: self["cohorts.cohort-moves"]
    case .stageMoves: self["cohorts.stage-moves"]
    case .retention: self["cohorts.retention"]
    }
  }
}
