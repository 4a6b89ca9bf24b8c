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
        let shown = all.map { $0.isEmpty ? texts["rule-form.none"] : $0 }
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
    case .category: ["", "next-best-category", "favourite-category"]
    default: []
    }
  }

  /// Takes what stands in the form into the draft.
  mutating func takeFields() {
    for (index, field) in fields.enumerated() {
      switch form.fields[index].value {
      case .text(let state): draft?[field] = state.text
      case .choice(let shown, let place):
        let choices = Self.choices(field, campaigns)
        draft?[field] = choices.indices.contains(place) ? choices[place] : shown[place]
      }
    }
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
    case .edit: if ruleForm.form.edit() { ruleForm.takeFields() }
    case .nextChoice: if ruleForm.form.choose(1) { ruleForm.takeFields() }
    case .previousChoice: if ruleForm.form.choose(-1) { ruleForm.takeFields() }
    case .save: return ruleForm.draft.map { [.saveDraft($0)] } ?? []
    case .open: overlay = ruleForm.report.map { .text(TextSheet(title: "JSON", text: $0.json)) }
    default: break
    }
    return []
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
    if let mistake = ruleForm.report?.mistakes.first { return mistake.text }
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
