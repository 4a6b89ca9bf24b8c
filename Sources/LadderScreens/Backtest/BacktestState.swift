import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// The rules tried on an earlier day.
struct BacktestState: Sendable {
  static let monthsBack = [12, 9, 6, 4, 3]
  static let horizons = [90, 30, 60, 180]

  var form = Form([
    Form.Field(label: "", value: .choice(monthsBack.map { String($0) }, 0)),
    Form.Field(label: "", value: .choice(horizons.map { String($0) }, 0)),
    Form.Field(label: "", value: .choice(["", ""], 0)),
  ])
  var table = TableState()
  /// Whether the keyboard is in the list rather than in the form.
  var isInList = false

  func query(asOf: Day?) -> FigureQuery? {
    guard let asOf else { return nil }
    return .backtest(day(asOf), days: days(asOf), takesPresent: takesPresent)
  }

  func day(_ asOf: Day) -> Day { asOf.adding(months: -Self.monthsBack[form.choice(0)]) }

  /// Whether rules that the day did not know are tried as they are today.
  var takesPresent: Bool { form.choice(2) == 1 }

  /// The horizon, never beyond the date of the figures.
  func days(_ asOf: Day) -> Int { min(Self.horizons[form.choice(1)], asOf - day(asOf)) }
}

extension AppModel {
  /// Does a command of the screen that tries the rules on an earlier day.
  mutating func performBacktest(_ command: Command) -> [Effect] {
    if let key = command.motion {
      if backtest.isInList {
        let query = backtest.query(asOf: programme?.status.asOf)
        let count = query.flatMap { shelf.backtest($0) }?.rules.count ?? 0
        _ = backtest.table.handle(key, rowCount: count, height: max(1, size.height - 11))
      } else {
        backtest.form.move(command)
      }
      return []
    }
    switch command {
    case .mark: backtest.isInList.toggle()
    case .left, .previousChoice: turnBacktest(-1)
    case .right, .nextChoice, .edit: turnBacktest(1)
    default: break
    }
    return []
  }

  private mutating func turnBacktest(_ step: Int) {
    backtest.isInList = false
    backtest.form.choose(step)
    shelf.forgetFailures()
  }
}

extension ScreenBindings {
  /// The keys of the screen that tries the rules on an earlier day.
  static let backtest: [KeyBinding<Command>] = [
    KeyBinding([.right], .right, "backtest.later", priority: 9),
    KeyBinding([.left], .left, "backtest.earlier", priority: 8),
    KeyBinding([.space], .mark, "backtest.list", priority: 6),
  ]
}
