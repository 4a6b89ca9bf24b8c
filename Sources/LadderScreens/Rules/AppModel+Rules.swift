import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

// What the rules' screen does beside running them: switching, editing, and going on from there.
extension AppModel {
  /// The rule in the list at which the reader is.
  var ruleHere: RuleLine? {
    let lines = rules.lines.value ?? []
    return lines.indices.contains(rules.table.selected) ? lines[rules.table.selected] : nil
  }

  /// Does what is about the selected rule; nil for other commands.
  mutating func performAboutRule(_ command: Command) -> [Effect]? {
    switch command {
    case .newRule: return [.openRuleForm(nil)]
    case .results: return lookForResults()
    case .tryOnLastYear: return show(.backtest)
    case .changeScope: rules.showsFunnel.toggle()
    default: break
    }
    guard let line = ruleHere else { return nil }
    switch command {
    case .switchRule: return [.switchRule(file: line.file, on: !line.isActive)]
    case .editFile: return edit(line)
    case .formOfRule: return [.openRuleForm(line.id)]
    case .whatIfOfRule: return [.openWhatIf(line.id)]
    case .nearRule:
      closest.show(line)
      return show(.closest)
    default: return nil
    }
  }

  /// Opens a rule's file in the editor; where nobody chose that one, says first how it is left.
  private mutating func edit(_ line: RuleLine) -> [Effect] {
    guard let name = unchosenEditor else {
      return [.editRule(file: line.file, text: rules.kept[line.file], line: nil)]
    }
    let leaving = KnownEditor(name).map { texts["editor.\($0.rawValue)"] } ?? texts["editor.other"]
    ask(
      .editFile(line.file), title: texts("editor.title", ["editor": name]),
      message: [leaving, texts["editor.after"]].joined(separator: "\n\n"),
      .confirm(yes: "y", label: texts["editor.open"]))
    return []
  }

  func whyDisabledInRules(_ command: Command) -> String? {
    switch command {
    case .switchRule, .formOfRule, .whatIfOfRule, .nearRule:
      guard let line = ruleHere else { return texts["rules.none"] }
      return line.status == "broken" ? texts["rules.broken"] : nil
    case .editFile: return ruleHere == nil ? texts["rules.none"] : nil
    case .changeScope: return rules.report == nil ? texts["rules.not-run"] : nil
    default: return nil
    }
  }

  /// After something about a rule was opened or changed.
  mutating func takeAboutRules(_ answer: Answer) -> [Effect] {
    switch answer {
    case .ruleForm(let draft, let rule):
      ruleForm = RuleFormState(
        draft, rule: rule, campaigns: programme?.status.campaigns ?? [], texts)
      return show(.ruleForm)
    case .ruleNumbers(let rule, let numbers):
      let title = rules.lines.value?.first { $0.id == rule }?.title ?? rule
      whatIf = WhatIfState(rule: rule, title: title, numbers: numbers)
      return show(.whatIf)
    case .ruleChanged(let receipt): return ruleChanged(receipt)
    case .ruleEdited(let file, let outcome): return ruleEdited(file, outcome)
    default: return []
    }
  }

  private mutating func ruleChanged(_ receipt: Receipt) -> [Effect] {
    say(.done(receipt.text))
    rulesChanged()
    if screen == .ruleForm { rules.target = ruleForm.draft?[.id] }
    if screen == .ruleForm || screen == .whatIf { screen = trail.popLast() ?? .rules }
    return [.loadStatus]
  }

  /// Forgets what is told of rules.
  private mutating func rulesChanged() {
    rules.lines = .missing
    rules.report = nil
    activity.entries = .missing
    shelf.removeAll()
  }

  private mutating func ruleEdited(_ file: String, _ outcome: RuleEditing) -> [Effect] {
    rules.kept[file] = nil
    switch outcome {
    case .unchanged: say(.hint(texts["rules.edit.unchanged"]))
    case .saved(let receipt, let warnings):
      say(.done(([receipt.text] + warnings).joined(separator: " ")))
      rulesChanged()
      return [.loadStatus]
    case .mistakes(let text, let first, let line):
      askToEditAgain(
        .editAgain(file: file, text: text, line: line), title: texts["rules.edit.mistake"], first,
        again: texts("rules.edit.again", ["line": String(line)]))
    case .notSaved(let text, let reason):
      askToEditAgain(
        .editAgain(file: file, text: text, line: nil), title: texts["rules.edit.not-saved"],
        reason, again: texts["rules.edit.go-on"])
    }
    return []
  }

  private mutating func askToEditAgain(
    _ question: Question, title: String, _ message: String, again: String
  ) {
    let choices = [
      Dialog.Choice(again, key: "e"), Dialog.Choice(texts["rules.edit.drop"], key: "d"),
    ]
    ask(question, title: title, message: message, .choice(choices, selected: 0))
  }
}

// Why, and why not.
extension AppModel {
  /// The offer at which the reader is, or nearly one: its rule and its customer.
  private var offerHere: (rule: String, customer: String)? {
    switch screen {
    case .review: return review.current.map { ($0.rule.id, $0.customer) }
    case .card:
      guard let shown = card.card.value else { return nil }
      let offers = shown.offers
      let place = card.pane == .offers ? card.table.selected : 0
      return offers.indices.contains(place)
        ? (offers[place].rule.id, shown.summary.id) : nil
    case .closest:
      guard let rule = closest.rule?.id, nearPeople.indices.contains(closest.table.selected)
      else { return nil }
      return (rule, nearPeople[closest.table.selected].customer)
    default: return nil
    }
  }

  func whyNotAsked() -> String? {
    if screen == .closest, closest.rule == nil { return texts["why.no-rule"] }
    if screen == .review, review.groups.isOpen { return texts["review.groups.open-one"] }
    // It is read off the figures at once; without them it would have to wait for all of them.
    guard isPrepared else { return texts["why.coming"] }
    return offerHere == nil ? texts["why.no-offer"] : nil
  }

  /// Asks why a rule offers this to this customer, and why the others do not.
  mutating func askWhy() -> [Effect] {
    offerHere.map { [.askWhy(rule: $0.rule, customer: $0.customer)] } ?? []
  }

  mutating func showWhy(_ lines: [String]) {
    overlay = .text(TextSheet(title: texts["why.title"], text: lines.joined(separator: "\n")))
  }

  /// Takes what the screens about rules keep of figures that were got.
  mutating func noteFigures(_ query: FigureQuery, _ answer: FigureAnswer) {
    if case .draft(let report) = answer, case .draft(let draft) = query {
      ruleForm.take(report, of: draft)
    }
    if case .campaignDraft(let report) = answer, case .campaignDraft(let draft) = query {
      campaignForm.take(report, of: draft)
    }
    if case .whatIf(let report) = answer { whatIf.last = report }
  }
}

extension ScreenBindings {
  /// Asking why, on every screen that shows an offer.
  static let asking: [KeyBinding<Command>] = [
    KeyBinding([.character("y")], .why, "why.why", priority: 6)
  ]
}
