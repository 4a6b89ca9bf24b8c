import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// A rule as a form.
struct RuleFormState: Sendable {
  var draft: RuleDraft?
  /// The rule's identifier; nil for a new one.
  var rule: String?
  var form = Form([])
  /// What was said last, shown until the next is there.
  var report: RuleDraftReport?
  private var reported: RuleDraft?

  /// The fields in the order of the form; the identifier only of a new rule.
  private(set) var fields: [RuleDraft.Field] = []
  /// The campaigns to choose from.
  private var campaigns: [String] = []

  init() {}

  init(_ draft: RuleDraft, rule: String?, campaigns: [String], _ texts: Texts) {
    (self.draft, self.rule, self.campaigns) = (draft, rule, campaigns)
    fields = RuleDraft.Field.allCases.filter { $0 != .id || rule == nil }
    form = Form(
      fields.map { field in
        let choices = Self.choices(field, campaigns)
        let name = texts["rule-form.\(field.rawValue)"]
        guard !choices.isEmpty else {
          return Form.Field(
            label: name, value: .text(TextFieldState(draft[field])),
            placeholder: texts["rule-form.\(field.rawValue).hint"])
        }
        let all = choices.contains(draft[field]) ? choices : choices + [draft[field]]
        let shown = all.map { $0.isEmpty ? texts["rule-form.none"] : texts.value($0) }
        return Form.Field(
          label: name, value: .choice(shown, all.firstIndex(of: draft[field]) ?? 0))
      })
  }

  /// What can be chosen in a field; none where it is typed.
  private static func choices(
    _ field: RuleDraft.Field, _ campaigns: [String]
  ) -> [String] {
    switch field {
    case .campaign: campaigns.isEmpty ? [] : [""] + campaigns
    case .kind: OfferKind.allCases.map(\.rawValue)
    case .to: [""] + [ValueCohort.mid, .high].map(\.rawValue)
    case .category: [""] + LoyaltyWorkspace.categoryPicks
    default: []
    }
  }

  /// Takes what stands in a field into the draft, and what follows from it into the other fields.
  mutating func take(_ index: Int) {
    guard fields.indices.contains(index) else { return }
    let field = fields[index]
    switch form.fields[index].value {
    case .text(let state): draft?[field] = state.text
    case .choice(let shown, let place):
      let choices = Self.choices(field, campaigns)
      draft?[field] = choices.indices.contains(place) ? choices[place] : shown[place]
    }
    // An identifier that was emptied and left follows from the title again.
    if let draft, draft[.id].isEmpty, !form.isEditing { self.draft?[.title] = draft[.title] }
    for (place, other) in fields.enumerated() where place != index || !form.isEditing {
      guard let text = draft?[other], case .text(let state) = form.fields[place].value else {
        continue
      }
      if state.text != text { form.set(place, to: text) }
    }
  }

  /// What is wrong with what stands in the form now, as far as it was looked at.
  var mistakes: [RuleDraftReport.Mistake] { isCurrent ? report?.mistakes ?? [] : [] }

  /// The form with a sign at each field that has a mistake.
  var marked: Form {
    var form = form
    for mistake in mistakes {
      if let place = fields.firstIndex(where: { $0 == mistake.field }) {
        form.fields[place].isWrong = true
      }
    }
    return form
  }

  mutating func take(_ report: RuleDraftReport, of draft: RuleDraft) {
    (self.report, reported) = (report, draft)
  }

  /// Whether what was said last is of what stands in the form now.
  var isCurrent: Bool { reported != nil && reported == draft }

  var query: FigureQuery? { draft.map { .draft($0) } }

  /// The field at which the reader is.
  var field: RuleDraft.Field? {
    fields.indices.contains(form.selected) ? fields[form.selected] : nil
  }
}

extension AppModel {
  /// Does a command of the form of a rule.
  mutating func performRuleForm(_ command: Command) -> [Effect] {
    if command.motion != nil {
      ruleForm.form.move(command)
      return []
    }
    switch command {
    case .edit: if ruleForm.form.edit() { ruleForm.take(ruleForm.form.selected) }
    case .nextChoice: if ruleForm.form.choose(1) { ruleForm.take(ruleForm.form.selected) }
    case .previousChoice: if ruleForm.form.choose(-1) { ruleForm.take(ruleForm.form.selected) }
    case .save: return saveRuleForm()
    case .open: overlay = ruleForm.report.map { .text(TextSheet(title: "JSON", text: $0.json)) }
    default: break
    }
    return []
  }

  /// Saves the rule; where something is wrong, goes to the field and says what is to be done.
  private mutating func saveRuleForm() -> [Effect] {
    guard let mistake = ruleForm.mistakes.first else {
      return ruleForm.draft.map { [.saveDraft($0)] } ?? []
    }
    if let place = ruleForm.fields.firstIndex(where: { $0 == mistake.field }) {
      ruleForm.form.selected = place
    }
    say(.failed(told(mistake)))
    return []
  }

  /// A mistake with the label of its field.
  func told(_ mistake: RuleDraftReport.Mistake) -> String {
    guard let field = mistake.field else { return mistake.text }
    return texts["rule-form.\(field.rawValue)"] + ": " + mistake.text
  }

  /// Asks whether what was written into the form may be lost; false where nothing would be.
  mutating func asksBeforeLeavingForm(for target: ScreenID?) -> Bool {
    let isChanged =
      switch screen {
      case .ruleForm: ruleForm.draft?.isChanged
      case .campaignForm: campaignForm.draft?.isChanged
      default: false
      }
    guard isChanged == true else { return false }
    ask(
      .dropForm(target), title: texts["rule-form.leave"], message: texts["rule-form.leave.about"],
      .confirm(yes: "y", label: texts["rule-form.leave.yes"]))
    return true
  }

  func whyDisabledInRuleForm(_ command: Command) -> String? {
    if command == .open { return ruleForm.report == nil ? texts["figures.coming"] : nil }
    guard command == .save else { return nil }
    if !ruleForm.isCurrent { return texts["figures.coming"] }
    if ruleForm.rule != nil, ruleForm.draft?.isChanged == false {
      return texts["rule-form.unchanged"]
    }
    return nil
  }
}

extension ScreenBindings {
  /// The keys of the form of a rule.
  static let ruleForm: [KeyBinding<Command>] = [
    KeyBinding([.enter], .edit, "rule-form.edit", priority: 9),
    KeyBinding([.right], .nextChoice, "rule-form.next", priority: 4),
    KeyBinding([.left], .previousChoice, "rule-form.previous", priority: 0),
    KeyBinding([.character("s")], .save, "rule-form.save", priority: 10),
    KeyBinding([.character("t")], .open, "rule-form.json", priority: 5),
  ]
}
