import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Takes a key: the overlay first, then a field that is typed into, then the binding table.
  mutating func take(_ key: Key, isTypeAhead: Bool) -> [Effect] {
    if !isTypeAhead { notice = nil }
    if key == .control("c") { return end() }
    if let overlay { return take(key, in: overlay, isTypeAhead: isTypeAhead) }
    if isTooSmall { return key == .character("q") ? end() : [] }
    if let effects = takeInField(key) { return effects }
    guard let command = bindings.command(for: key) else {
      if case .character(let character) = key.code, key.modifiers.isEmpty, !isTypeAhead {
        say(.hint(texts("keys.none", ["key": String(character)])))
      }
      return []
    }
    return perform(command, isTypeAhead: isTypeAhead)
  }

  /// Does a command, unless it cannot be done now or came too early.
  ///
  /// A deciding key counts only when what it decides about was on the screen before the key was
  /// pressed: it must not have been waiting when the frame was drawn, and the frame must show the
  /// very offer that is selected. Any other is refused, with all that was typed behind it.
  mutating func perform(_ command: Command, isTypeAhead: Bool) -> [Effect] {
    if let reason = whyDisabled(command) {
      say(.hint(reason))
      return []
    }
    let isUnseen = screen == .review && !review.groups.isOpen && drawnOffer != review.currentID
    if command.isDeciding, isTypeAhead || isUnseen {
      refusedTypeAhead = true
      say(.hint(texts["app.key-ignored"]))
      return []
    }
    remember(command)
    return performAnywhere(command) ?? performHere(command)
  }

  private mutating func performAnywhere(_ command: Command) -> [Effect]? {
    switch command {
    case .show(let target): return show(target)
    case .nextScreen: return show(screen.neighbour(1))
    case .previousScreen: return show(screen.neighbour(-1))
    case .help: overlay = .finder(Finder(kind: .help))
    case .palette: overlay = .finder(Finder(kind: .palette))
    case .messages:
      overlay = .text(TextSheet(title: texts["keys.leaving.messages"], text: messageList))
    case .explain: return explainHere()
    case .toggleMouse:
      isMouseOn.toggle()
      say(.hint(texts[isMouseOn ? "mouse.taken" : "mouse.released"]))
      return [.setMouse(isMouseOn)]
    case .why: return askWhy()
    case .nextTheme:
      theme = theme.next
      chosenTheme = theme.name
      say(.done(texts["theme.\(theme.name)"]))
    case .beginOwn: beginOwn()
    case .nextLanguage: return [.setNextLanguage]
    case .undo: return [.undo]
    case .redo: return [.redo]
    case .back: return back()
    case .leave: return end()
    case .dismiss: return dismiss()
    default: return nil
    }
    return []
  }

  private mutating func performHere(_ command: Command) -> [Effect] {
    switch screen {
    case .overview: performOverview(command)
    case .customers: performCustomers(command)
    case .card: performCard(command)
    case .stages: performStages(command)
    case .cohorts: performCohorts(command)
    case .attrition: performAttrition(command)
    case .review: performReview(command)
    case .rules: performRules(command)
    case .ruleForm: performRuleForm(command)
    case .whatIf: performWhatIf(command)
    case .backtest: performBacktest(command)
    case .closest: performClosest(command)
    case .campaigns: performCampaigns(command)
    case .campaignForm: performCampaignForm(command)
    case .export: performExport(command)
    case .importing: performImport(command)
    case .activity: performActivity(command)
    case .welcome: performWelcome(command)
    }
  }

  /// Goes to another screen; from there `q` comes back when `isDetour`.
  mutating func show(_ target: ScreenID, isDetour: Bool = false) -> [Effect] {
    isPreparationHeld = false
    shelf.forgetFailures()
    guard target != screen else { return [] }
    if asksBeforeLeavingForm(for: target) { return [] }
    trail = isDetour || target.number == nil ? trail.filter { $0 != target } + [screen] : []
    screen = target
    // Whoever looks again sees what decisions have changed.
    if let query = figureQuery { shelf.forgetEarlier(query) }
    // A colleague may have worked meanwhile; nothing is asked for while the screen stands still.
    return lookForChanges()
  }

  mutating func back() -> [Effect] {
    if asksBeforeLeavingForm(for: nil) { return [] }
    if let last = trail.popLast() {
      screen = last
      return []
    }
    guard rules.kept.isEmpty else {
      ask(
        .leave, title: texts["app.leave"], message: texts["app.leave.unsaved"],
        .confirm(yes: "y", label: texts["app.leave.lose"]))
      return []
    }
    guard let work, work.job.isWorthWaiting else { return end() }
    ask(
      .leave, title: texts["app.leave"],
      message: texts("app.leave.running", ["work": work.job.title(texts)]),
      .confirm(yes: "y", label: texts["app.leave.yes"]))
    return []
  }

  private mutating func dismiss() -> [Effect] {
    if opening != nil { return trail.isEmpty ? [] : back() }
    if work != nil, work?.isStopping == false {
      work?.isStopping = true
      return [.stopWork]
    }
    if let effects = clearFilterHere() { return effects }
    if !trail.isEmpty { return back() }
    return []
  }

  private var messageList: String {
    messages.isEmpty
      ? texts["app.messages.none"] : messages.reversed().map(\.line).joined(separator: "\n")
  }
}

extension Notice {
  /// The notice with the sign that tells its kind without colour.
  var line: String {
    switch kind {
    case .done: text
    case .failed: "! \(text)"
    case .hint: "- \(text)"
    }
  }
}
