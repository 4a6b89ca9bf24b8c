import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

@testable import LadderScreens

/// What stands before and after a key, to tell whether the key did what its command is for.
struct BindingEffect {
  let screen: ScreenID
  let before: AppModel
  let after: AppModel
  /// How many entries the log had before and has now.
  let entries: (before: Int, after: Int)
  /// On the review screen the offers that were approved, rejected, put off, and that wait, before
  /// and now.
  let states: (before: [OfferState: [Int]], after: [OfferState: [Int]])

  /// Whether a command did what it is for.
  func holds(for command: Command) -> Bool {
    everywhere(command) ?? inLists(command) ?? deciding(command) ?? inForms(command)
      ?? elsewhere(command)
  }

  private func everywhere(_ command: Command) -> Bool? {
    switch command {
    case .show(let target): after.screen == target
    case .nextScreen: after.screen == screen.neighbour(1)
    case .previousScreen: after.screen == screen.neighbour(-1)
    case .help: finder == .help
    case .palette: finder == .palette
    case .messages, .explain, .why: isSheet
    case .undo, .redo: entries.after == entries.before + 1 || isQuestion
    case .back:
      before.trail.last.map { after.screen == $0 } ?? (after.hasEnded || isQuestion)
    case .leave: after.hasEnded
    case .toggleMouse: after.isMouseOn != before.isMouseOn
    case .nextLanguage: entries.after == entries.before + 1
    case .nextTheme: after.theme == before.theme.next && after.theme != before.theme
    case .dismiss: dismissed
    default: nil
    }
  }

  private var dismissed: Bool {
    after.overlay == nil
      && (after.screen != before.screen || Self.filter(after) != Self.filter(before)
        || Self.narrowing(after) != Self.narrowing(before))
  }

  private func inLists(_ command: Command) -> Bool? {
    let (from, to) = (Self.place(before), Self.place(after))
    return switch command {
    case .down: to == from + 1
    case .up: to == from - 1
    case .pageDown, .last: to > from
    case .pageUp: to < from
    case .first: to == 0 && from > 0
    case .extendDown: to == from + 1 && Self.table(after)?.anchor == from
    case .extendUp: to == from - 1 && Self.table(after)?.anchor == from
    case .markRange: Self.table(after)?.anchor == from
    case .mark: screen == .backtest ? after.backtest.isInList : Self.marks(after) == 1
    case .markAll: Self.marks(after) == Self.rows(after) && Self.marks(after) > 1
    case .filter: after.customers.filter.isOpen || after.review.filter.isOpen
    case .sort:
      after.customers.sort != before.customers.sort
        || after.review.sort.order != before.review.sort.order
    case .reverse: after.review.sort.isReversed != before.review.sort.isReversed
    case .hideColumn: after.customers.hidden.count == before.customers.hidden.count + 1
    case .showColumns: after.customers.hidden.isEmpty && !before.customers.hidden.isEmpty
    case .segments, .dates, .branch: isQuestion
    case .scrollDown: Self.skipping(after) > Self.skipping(before)
    case .scrollUp: Self.skipping(after) < Self.skipping(before)
    default: nil
    }
  }

  private func deciding(_ command: Command) -> Bool? {
    switch command {
    case .approve: moved(to: .approved) == before.review.currentID.map { [$0] }
    case .reject, .snooze, .approveMarked, .rejectMarked: isQuestion
    case .reopen: moved(to: .suggested) == before.review.currentID.map { [$0] }
    case .takeBatch, .giveBatchBack: entries.after == entries.before + 1
    case .summary: isSheet
    case .byRule: after.review.groups.isOpen
    case .editOffer: if case .offer = after.overlay { true } else { false }
    case .takeBack, .removeCampaign: isQuestion
    default: nil
    }
  }

  /// The offers that came into a state.
  private func moved(to state: OfferState) -> [Int]? {
    (states.after[state] ?? []).filter { states.before[state]?.contains($0) != true }
  }

  private func inForms(_ command: Command) -> Bool? {
    switch (screen, command) {
    case (.whatIf, .right), (.whatIf, .turnUp), (.whatIf, .left), (.whatIf, .turnDown): turned
    case (.whatIf, .reset): after.whatIf.changed.isEmpty && !before.whatIf.changed.isEmpty
    case (_, .save): entries.after == entries.before + 1
    case (_, .nextChoice), (_, .previousChoice): Self.form(after) != Self.form(before)
    case (.rules, .edit): after.rules.isInForm && after.rules.form.isEditing
    case (_, .edit), (.importing, .open), (.campaignForm, .open), (.export, .open):
      Self.form(after) != Self.form(before)
    case (.ruleForm, .open): isSheet
    case (.importing, .newFile): after.importing.isWritingPath
    case (.importing, .takeOver): after.importing.mapping?.isEmpty == false
    case (.importing, .tryOut): after.importing.report != nil && entries.after == entries.before
    case (.importing, .run): entries.after == entries.before + 1
    case (.rules, .tryOut): after.rules.report?.dryRun == true
    case (.rules, .run): after.rules.report?.dryRun == false
    case (.export, .run): isQuestion
    case (_, .results): after.notice != nil
    default: nil
    }
  }

  /// Whether the selected number is another, and only that one.
  private var turned: Bool {
    let pairs = zip(before.whatIf.numbers, after.whatIf.numbers)
    let changed = pairs.enumerated().filter { $0.element.0 != $0.element.1 }.map(\.offset)
    return changed == [before.whatIf.table.selected]
  }

  private func elsewhere(_ command: Command) -> Bool {
    switch (screen, command) {
    case (.overview, .left), (.overview, .right): after.overview.panel != before.overview.panel
    case (.customers, .left), (.customers, .right):
      after.customers.column != before.customers.column
    case (.card, .left), (.card, .right): after.card.pane != before.card.pane
    case (.stages, .left), (.stages, .right): after.stages.column != before.stages.column
    case (.cohorts, .left), (.cohorts, .right):
      after.cohorts.grid.column != before.cohorts.grid.column
    case (.rules, .left), (.rules, .right): after.rules.isInForm != before.rules.isInForm
    case (.backtest, .left), (.backtest, .right): after.backtest.form != before.backtest.form
    case (.cohorts, .changeScope), (.cohorts, .changeScopeBack):
      after.cohorts.pane != before.cohorts.pane
    case (.attrition, .changeScope): after.attrition.cohort != before.attrition.cohort
    case (.review, .changeScope): after.review.scope != before.review.scope
    case (.closest, .changeScope): before.closest.rule != nil && after.closest.rule == nil
    case (.rules, .changeScope): after.rules.showsFunnel != before.rules.showsFunnel
    case (.card, .nextCustomer), (.card, .previousCustomer):
      after.card.subject != before.card.subject
    case (.card, .open): after.overlay != nil || after.screen != screen
    case (.activity, .open): isSheet
    case (.campaigns, .open), (.rules, .open), (_, .offersOfCustomers): after.screen == .review
    case (.review, .open), (.customers, .open), (.attrition, .open), (.closest, .open):
      after.screen == .card
    case (.overview, .open), (.stages, .open), (.cohorts, .open): after.screen == .customers
    case (.rules, .switchRule): entries.after == entries.before + 1
    // There is no editor in tests, and that is said.
    case (.rules, .editFile): after.notice?.text == after.texts["rules.edit.none"]
    case (_, .newRule), (_, .formOfRule): after.screen == .ruleForm
    case (_, .whatIfOfRule): after.screen == .whatIf
    case (_, .tryOnLastYear): after.screen == .backtest
    case (_, .nearRule): after.screen == .closest && after.closest.rule != nil
    case (_, .newCampaign), (_, .editCampaign): after.screen == .campaignForm
    default: false
    }
  }
}

extension BindingEffect {
  private var isQuestion: Bool { if case .dialog = after.overlay { true } else { false } }
  private var isSheet: Bool { if case .text = after.overlay { true } else { false } }
  private var finder: Finder.Kind? {
    if case .finder(let finder) = after.overlay { finder.kind } else { nil }
  }

  /// The form of the screen.
  private static func form(_ model: AppModel) -> Form? {
    switch model.screen {
    case .export: model.export.form
    case .importing: model.importing.form
    case .ruleForm: model.ruleForm.form
    case .campaignForm: model.campaignForm.form
    case .backtest: model.backtest.form
    case .welcome: model.welcome.form
    default: nil
    }
  }

  /// The list of the screen.
  private static func table(_ model: AppModel) -> TableState? {
    switch model.screen {
    case .customers: model.customers.table
    case .card: model.card.tables[model.card.pane.rawValue]
    case .stages: model.stages.table
    case .cohorts: model.cohorts.table
    case .attrition: model.attrition.table
    case .review: model.review.table
    case .rules: model.rules.table
    case .whatIf: model.whatIf.table
    case .closest: model.closest.table
    case .campaigns: model.campaigns.table
    case .activity: model.activity.table
    default: nil
    }
  }

  /// The place in the list or the form of the screen.
  private static func place(_ model: AppModel) -> Int {
    model.screen == .overview
      ? model.overview.row : table(model)?.selected ?? form(model)?.selected ?? 0
  }

  /// How many lines of what is read beside or below are scrolled past.
  private static func skipping(_ model: AppModel) -> Int {
    model.screen == .importing ? model.importing.skipping : model.review.skipping
  }

  private static func marks(_ model: AppModel) -> Int {
    model.screen == .customers ? model.customers.marks.count : model.review.marks.count
  }

  private static func rows(_ model: AppModel) -> Int {
    model.screen == .customers ? model.customers.rows.count : model.review.offers.count
  }

  private static func filter(_ model: AppModel) -> String {
    model.screen == .customers ? model.customers.filter.text : model.review.filter.text
  }

  /// Whether the keyboard was led into a part of the screen.
  private static func narrowing(_ model: AppModel) -> Bool { model.rules.isInForm }
}
