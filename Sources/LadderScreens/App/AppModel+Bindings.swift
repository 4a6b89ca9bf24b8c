package import LoyaltyModel
import LoyaltyWorkspace
package import TerminalKit

extension AppModel {
  /// The keys that work on the present screen.
  var bindings: BindingTable<Command> { tables[screen] ?? BindingTable([]) }

  /// The same, called by what they do just now.
  var bindingsHere: BindingTable<Command> {
    bindings.reworded { command in
      textHere(command).map { (texts[$0], texts["\($0).help"]) }
    }
  }

  /// The text of what a command does just now, where that is not what its table says.
  private func textHere(_ command: Command) -> String? {
    switch command {
    case .back: trail.isEmpty ? "keys.leaving.leave" : nil
    case .approveMarked where isAtGroups: "keys.groups.approve"
    case .rejectMarked where isAtGroups: "keys.groups.reject"
    case .open where isAtGroups: "keys.groups.open"
    case .byRule where isAtGroups: "keys.groups.close"
    default: nil
    }
  }

  private var isAtGroups: Bool { screen == .review && review.groups.isOpen }

  /// Why a command cannot be done now; nil when it can.
  func whyDisabled(_ command: Command) -> String? {
    if let reason = whyNotWhileOpening(command) { return reason }
    if command.isWriting, let reason = programme?.status.readOnlyReason {
      return texts("app.read-only.why", ["reason": reason])
    }
    if let work, work.isInTheWay(of: command) {
      return texts("app.still-running", ["work": work.job.title(texts)])
    }
    switch command {
    case .show(let target) where target == screen && !beginsAnew: return texts["app.here-already"]
    case .show(let target):
      let isKnown = programme != nil || opening != nil
      return target == .card && !isKnown ? texts["app.no-programme"] : nil
    case .beginOwn: return whyNotOwn
    case .nextTheme: return hasColors ? nil : texts["app.no-colors"]
    case .dismiss: return canDismiss ? nil : texts["app.nothing-to-stop"]
    case .explain: return whyNotExplained()
    case .why: return whyNotAsked()
    case .messages: return messages.isEmpty ? texts["app.messages.none"] : nil
    case .nextChoice, .previousChoice:
      return formHere?.isAtChoice == false ? texts["app.field-is-written"] : nil
    default: return whyDisabledHere(command)
    }
  }

  /// Whether asking for the present screen once more does something: the numbers begin anew what was
  /// stopped, and each key of a screen does so where its figures failed.
  private var beginsAnew: Bool {
    screen.number != nil || figureQuery.flatMap { shelf[$0].failure } != nil
  }

  private var formHere: Form? {
    switch screen {
    case .export: export.form
    case .ruleForm: ruleForm.form
    case .campaignForm: campaignForm.form
    case .backtest: backtest.form
    case .importing: importing.form
    case .welcome: welcome.form
    default: nil
    }
  }

  private var canDismiss: Bool {
    var copy = self
    guard opening == nil else { return !trail.isEmpty }
    return work != nil || !trail.isEmpty || copy.clearFilterHere() != nil
  }

  private func whyDisabledHere(_ command: Command) -> String? {
    switch screen {
    case .customers: whyDisabledInCustomers(command)
    case .card: whyDisabledInCard(command)
    case .review: whyDisabledInReview(command)
    case .export: whyDisabledInExport(command)
    case .importing: whyDisabledInImport(command)
    case .activity: whyDisabledInActivity(command)
    case .cohorts: whyDisabledInCohorts(command)
    case .rules: whyDisabledInRules(command)
    case .ruleForm: whyDisabledInRuleForm(command)
    case .whatIf: whyDisabledInWhatIf(command)
    case .closest: whyDisabledInClosest(command)
    case .campaigns: whyDisabledInCampaigns(command)
    case .campaignForm: whyDisabledInCampaignForm(command)
    case .attrition: whyDisabledInAttrition(command)
    default: nil
    }
  }
}

/// The one table a screen that feeds dispatch, footer, help, palette and manual.
package enum ScreenBindings {
  /// All keys of a screen, its own first.
  ///
  /// Labels and explanations stand in the tables as keys of texts.
  package static func table(for screen: ScreenID, _ texts: Texts) -> BindingTable<Command> {
    BindingTable(bindings(for: screen).map { $0.written(in: texts) })
  }

  private static func bindings(for screen: ScreenID) -> [KeyBinding<Command>] {
    own(screen) + shared(screen)
  }

  /// The keys that only a screen has.
  static func own(_ screen: ScreenID) -> [KeyBinding<Command>] {
    switch screen {
    case .overview: overview
    case .customers: customers
    case .card: card
    case .stages: stages
    case .cohorts: cohorts
    case .attrition: attrition
    case .review: review
    case .rules: rules
    case .ruleForm: ruleForm
    case .whatIf: whatIf
    case .backtest: backtest
    case .closest: closest
    case .campaigns: campaigns
    case .campaignForm: campaignForm
    case .export: export
    case .importing: importing
    case .activity: activity
    case .welcome: welcome
    }
  }

  /// The keys that a screen has in common with others.
  private static func shared(_ screen: ScreenID) -> [KeyBinding<Command>] {
    switch screen {
    case .overview, .stages, .cohorts, .attrition, .rules, .ruleForm,
      .whatIf, .backtest, .campaigns:
      explaining + movement + everywhere
    case .customers: explaining + movement + ranges + everywhere
    case .card, .closest: asking + explaining + movement + everywhere
    case .review: asking + explaining + movement + ranges + everywhere
    case .campaignForm, .export, .importing, .activity: movement + everywhere
    case .welcome: movement + leaving
    }
  }

  /// Moving in lists.
  static let movement: [KeyBinding<Command>] = [
    KeyBinding([.down, .character("j")], .down, "movement.down", priority: 0),
    KeyBinding([.up, .character("k")], .up, "movement.up", priority: 0),
    KeyBinding([.pageDown], .pageDown, "movement.page-down", priority: 0),
    KeyBinding([.pageUp], .pageUp, "movement.page-up", priority: 0),
    KeyBinding([.home, .character("g")], .first, "movement.first", priority: 0),
    KeyBinding([.end, .character("G")], .last, "movement.last", priority: 0),
  ]

  /// Ranges of rows.
  static let ranges: [KeyBinding<Command>] = [
    KeyBinding([.shiftDown], .extendDown, "ranges.extend-down", priority: 0),
    KeyBinding([.shiftUp], .extendUp, "ranges.extend-up", priority: 0),
    KeyBinding([.character("v")], .markRange, "ranges.range", priority: 0),
  ]

  /// Leaving, and finding out what can be done; the key to help stays in the narrowest footer.
  static let leaving: [KeyBinding<Command>] = [
    KeyBinding([.character("?"), .function(1)], .help, "leaving.help", priority: 11),
    KeyBinding([.character("q")], .back, "leaving.back", priority: 5),
    KeyBinding([.control("c")], .leave, "leaving.leave", priority: 0),
    KeyBinding([.escape], .dismiss, "leaving.stop", priority: 0),
    KeyBinding([.character("!")], .messages, "leaving.messages", priority: 0),
    KeyBinding([.control("t")], .nextTheme, "leaving.theme", priority: 0),
  ]

  /// What works on every screen of a programme.
  static let everywhere: [KeyBinding<Command>] =
    [
      KeyBinding([.character("u")], .undo, "everywhere.undo", priority: 2),
      KeyBinding([.character("U")], .redo, "everywhere.redo", priority: 0),
    ] + leaving + [
      KeyBinding([.character(":"), .control("p")], .palette, "everywhere.commands", priority: 4),
      KeyBinding([.tab], .nextScreen, "everywhere.next-screen", priority: 0),
      KeyBinding([.backtab], .previousScreen, "everywhere.previous-screen", priority: 0),
    ]
    + ScreenID.numbered.enumerated().map { index, screen in
      KeyBinding(
        [.character(Character(String(index + 1)))], .show(screen), "screen.\(screen.rawValue)",
        priority: 0)
    } + [
      KeyBinding([.character("M")], .toggleMouse, "everywhere.mouse", priority: 0),
      KeyBinding([.character("i")], .show(.importing), "everywhere.import", priority: 1),
      KeyBinding([.character("L")], .show(.activity), "everywhere.activity", priority: 0),
      KeyBinding(
        [.character("W")], .show(.attrition), "everywhere.slipping-away", priority: 3),
      KeyBinding([.character("C")], .show(.closest), "everywhere.almost-there", priority: 0),
      KeyBinding([.character("O")], .beginOwn, "everywhere.begin-own", priority: 0),
    ]
}
