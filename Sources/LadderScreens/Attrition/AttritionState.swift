import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// Valuable customers who slip away.
struct AttritionState: Sendable {
  var cohort = ValueCohort.high
  /// Only those of this branch; nil for all.
  var branch: String?
  /// Only those who became overdue after this day; nil for all.
  var since: Day?
  var table = TableState()

  var query: FigureQuery { .attrition(cohort, branch: branch, since: since) }

  /// The cohorts that can be looked at, by turns.
  static let cohorts: [ValueCohort] = [.high, .mid, .low]

  /// Shows others.
  mutating func change(_ change: (inout Self) -> Void) {
    change(&self)
    table = TableState()
  }
}

extension AppModel {
  /// Who slips away, and the branches there are; nil while that is not there yet.
  var slipping: (report: AttritionReport, branches: [String])? {
    guard case .attrition(let report, let branches)? = shelf[attrition.query].value else {
      return nil
    }
    return (report, branches)
  }

  /// Does a command of the screen of those who slip away.
  mutating func performAttrition(_ command: Command) -> [Effect] {
    let rows = slipping?.report.rows ?? []
    if let key = command.motion {
      _ = attrition.table.handle(key, rowCount: rows.count, height: attritionPage)
      return []
    }
    switch command {
    case .open:
      guard rows.indices.contains(attrition.table.selected) else { return [] }
      return showCard(ofCustomer: rows[attrition.table.selected].id, from: .attrition)
    case .changeScope:
      attrition.change { $0.cohort = AttritionState.cohorts.neighbour(of: $0.cohort, 1) }
      shelf.forgetFailures()
    case .dates: askSince()
    case .branch: askBranch()
    default: break
    }
    return []
  }

  func whyDisabledInAttrition(_ command: Command) -> String? {
    switch command {
    case .open: slipping?.report.rows.isEmpty == false ? nil : texts["figures.no-rows"]
    case .branch: slipping?.branches.isEmpty == false ? nil : texts["attrition.no-branches"]
    default: nil
    }
  }

  /// Takes away what narrows the list down; nil when nothing does.
  mutating func clearAttrition() -> [Effect]? {
    guard attrition.branch != nil || attrition.since != nil else { return nil }
    attrition.change { ($0.branch, $0.since) = (nil, nil) }
    return []
  }

  private static let daysBack = [7, 30, 90]

  private mutating func askSince() {
    guard let asOf = programme?.status.asOf else { return }
    let choices = Self.daysBack.enumerated().map { index, days in
      Dialog.Choice(texts.since(asOf - days), key: Character(String(index + 2)))
    }
    ask(
      .overdueSince, title: texts["attrition.since.title"],
      message: texts["attrition.since.message"],
      .choice(
        [Dialog.Choice(texts["attrition.everybody"], key: "1")] + choices
          + [Dialog.Choice(texts["attrition.other-day"], key: "o")], selected: 0))
  }

  private mutating func askBranch() {
    let branches = slipping?.branches ?? []
    let choices = branches.enumerated().map { index, name in
      Dialog.Choice(name, key: index < 8 ? Character(String(index + 2)) : nil)
    }
    ask(
      .branch(branches), title: texts["attrition.branch.title"],
      message: texts["attrition.branch.message"],
      .choice([Dialog.Choice(texts["attrition.all-branches"], key: "1")] + choices, selected: 0))
  }

  /// What to do once a question of this screen was answered.
  mutating func answerAttrition(_ question: Question, _ outcome: Dialog.Outcome) -> [Effect] {
    guard let asOf = programme?.status.asOf else { return [] }
    switch (question, outcome) {
    case (.overdueSince, .chosen(0)): attrition.change { $0.since = nil }
    case (.overdueSince, .chosen(let index)):
      guard Self.daysBack.indices.contains(index - 1) else {
        askDay(texts["attrition.since.title"], asOf.adding(months: -1), .overdueDay)
        return []
      }
      attrition.change { $0.since = asOf - Self.daysBack[index - 1] }
    case (.overdueDay, .entered(let text)):
      guard let day = programme?.display.day(written: text), day < asOf else {
        return sayWrongDay(before: asOf)
      }
      attrition.change { $0.since = day }
    case (.branch(let names), .chosen(let index)):
      attrition.change { $0.branch = names.indices.contains(index - 1) ? names[index - 1] : nil }
    default: break
    }
    return []
  }
}

extension ScreenBindings {
  /// The keys of the screen of those who slip away.
  static let attrition: [KeyBinding<Command>] = [
    KeyBinding([.enter], .open, "attrition.card", priority: 9),
    KeyBinding([.character("t")], .changeScope, "attrition.next-cohort", priority: 8),
    KeyBinding([.character("d")], .dates, "attrition.new-since", priority: 7),
    KeyBinding([.character("b")], .branch, "attrition.branch", priority: 5),
  ]
}
