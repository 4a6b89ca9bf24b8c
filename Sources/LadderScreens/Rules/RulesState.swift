import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// The rules, and a run of them.
struct RulesState: Sendable {
  enum FieldPlace { static let budget = 0, perCustomer = 1 }

  var lines: Loadable<[RuleLine]> = .missing
  var table = TableState()
  /// The rule to go to as soon as the rules are listed anew.
  var target: String?
  var form: Form
  /// Whether the keyboard is in the form rather than in the list.
  var isInForm = false
  /// Whether the arrows turn a choice of the form rather than lead into it and out of it.
  var isAtChoice: Bool { isInForm && form.isAtChoice }
  /// What came of the last run.
  var report: SuggestReport?
  /// Whether the lower part shows who dropped out in the last run, rather than the selected rule.
  var showsFunnel = true
  /// Texts of rules as they were edited and not saved yet, by file.
  var kept: [String: String] = [:]
  /// What was asked for and is shown as soon as it is there.
  var asked: FigureQuery?

  init(_ texts: Texts) {
    form = Form([
      Form.Field(
        label: texts["rules.budget"], value: .text(TextFieldState()),
        placeholder: texts["rules.budget.none"]),
      Form.Field(
        label: texts["rules.per-customer"], value: .choice((1...6).map { String($0) }, 0)),
    ])
  }

  func needs() -> [Effect] { lines.isMissing ? [.loadRules] : [] }

  /// Takes the rules; where there are fewer than before the reader stands at the last.
  mutating func take(_ new: [RuleLine], page: Int) {
    lines = .loaded(new)
    table.selected = min(table.selected, max(0, new.count - 1))
    guard let place = new.firstIndex(where: { $0.id == target }) else { return }
    target = nil
    table.move(to: place, rowCount: new.count, height: page)
  }
}

extension AppModel {
  /// Does a command of the rules' screen.
  mutating func performRules(_ command: Command) -> [Effect] {
    let count = rules.lines.value?.count ?? 0
    if let key = command.motion {
      if rules.isInForm {
        rules.form.move(command)
      } else {
        _ = rules.table.handle(key, rowCount: count, height: rulesPage)
      }
      return []
    }
    switch command {
    case .left where rules.isAtChoice: rules.form.choose(-1)
    case .right where rules.isAtChoice: rules.form.choose(1)
    case .left, .right: rules.isInForm.toggle()
    case .edit:
      rules.isInForm = true
      rules.form.selected = RulesState.FieldPlace.budget
      rules.form.edit()
    case .run: return runRules(dryRun: false)
    case .tryOut: return runRules(dryRun: true)
    case .open:
      if rules.isInForm {
        rules.form.edit()
      } else if let line = rules.lines.value, line.indices.contains(rules.table.selected) {
        return showOffers(in: .waiting, where: "rule = \"\(line[rules.table.selected].id)\"")
      }
    default: return performAboutRule(command) ?? []
    }
    return []
  }

  private mutating func runRules(dryRun: Bool) -> [Effect] {
    guard let programme else { return [] }
    var options = SuggestOptions()
    let text = rules.form[RulesState.FieldPlace.budget].filter { $0 != " " }
    if !text.isEmpty {
      guard let budget = programme.display.amount(written: text, programme.currency), budget >= 0
      else {
        let example = programme.amount(2_000 * Int64(programme.currency.minorUnitsPerMajor))
        say(.failed(texts("rules.bad-budget", ["text": text, "example": example])))
        return []
      }
      options.budget = budget
    }
    options.perCustomer = rules.form.choice(RulesState.FieldPlace.perCustomer) + 1
    options.dryRun = dryRun
    return start(.suggest(options))
  }

  /// After the rules ran.
  mutating func suggested(_ report: SuggestReport) -> [Effect] {
    rules.report = report
    rules.showsFunnel = true
    invalidateLists()
    guard let programme else { return [] }
    let new = programme.count(report.new, "rules.new-offers")
    say(
      .done(
        report.dryRun
          ? texts("rules.tried", ["new": new])
          : texts(
            "rules.ran",
            [
              "new": new, "kept": programme.number(report.kept),
              "withdrawn": programme.number(report.withdrawn),
            ])))
    return [.loadStatus]
  }
}

extension ScreenBindings {
  /// The keys of the rules' screen.
  static let rules: [KeyBinding<Command>] = [
    KeyBinding([.character("s")], .run, "rules.suggest", priority: 10),
    KeyBinding([.character("d")], .tryOut, "rules.try", priority: 8),
    KeyBinding([.character("b")], .edit, "rules.budget", priority: 7),
    KeyBinding([.enter], .open, "rules.open", priority: 6),
    KeyBinding([.space], .switchRule, "rules.switch", priority: 9),
    KeyBinding([.character("e")], .editFile, "rules.edit", priority: 5),
    KeyBinding([.character("f")], .formOfRule, "rules.form", priority: 7),
    KeyBinding([.character("n")], .newRule, "rules.new", priority: 4),
    KeyBinding([.character("w")], .whatIfOfRule, "rules.what-if", priority: 6),
    KeyBinding([.character("m")], .nearRule, "rules.near", priority: 4),
    KeyBinding([.character("B")], .tryOnLastYear, "rules.last-year", priority: 3),
    KeyBinding([.character("c")], .show(.campaigns), "rules.campaigns", priority: 5),
    KeyBinding([.character("r")], .results, "results.look", priority: 3),
    KeyBinding([.character("t")], .changeScope, "rules.lower-part", priority: 3),
    KeyBinding([.right], .right, "rules.next-part", priority: 3),
    KeyBinding([.left], .left, "rules.previous-part", priority: 0),
  ]
}
