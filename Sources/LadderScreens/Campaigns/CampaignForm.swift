import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// A campaign as a form.
struct CampaignFormState: Sendable {
  var draft: CampaignDraft?
  var form = Form([])
  /// What was said last, shown until the next is there.
  private(set) var report: CampaignDraftReport?
  private var reported: CampaignDraft?
  /// The fields in the order of the form; the name only of a new one, since rules go by it.
  private var fields: [CampaignDraft.Field] = []

  init() {}

  init(_ draft: CampaignDraft, _ texts: Texts) {
    self.draft = draft
    fields = CampaignDraft.Field.allCases.filter { $0 != .name || draft.original == nil }
    form = Form(
      fields.map { field in
        Form.Field(
          label: texts["campaign-form.\(field.rawValue)"],
          value: .text(TextFieldState(draft[field])),
          placeholder: texts["campaign-form.\(field.rawValue).hint"])
      })
  }

  /// Takes what stands in the form into the draft.
  mutating func takeFields() {
    for (index, field) in fields.enumerated() { draft?[field] = form[index] }
  }

  mutating func take(_ report: CampaignDraftReport, of draft: CampaignDraft) {
    (self.report, reported) = (report, draft)
  }

  /// Whether what was said last is of what stands in the form now.
  var isCurrent: Bool { reported != nil && reported == draft }

  var query: FigureQuery? { draft.map { .campaignDraft($0) } }

  /// The field at which the reader is.
  var field: CampaignDraft.Field? {
    fields.indices.contains(form.selected) ? fields[form.selected] : nil
  }
}

extension AppModel {
  /// Does a command of the form of a campaign.
  mutating func performCampaignForm(_ command: Command) -> [Effect] {
    if command.motion != nil {
      campaignForm.form.move(command)
      return []
    }
    switch command {
    case .edit: campaignForm.form.edit()
    case .save: return campaignForm.draft.map { [.saveCampaign($0)] } ?? []
    default: break
    }
    return []
  }

  func whyDisabledInCampaignForm(_ command: Command) -> String? {
    guard command == .save else { return nil }
    if !campaignForm.isCurrent { return texts["figures.coming"] }
    if let mistake = campaignForm.report?.mistakes.first { return mistake.words(texts) }
    return campaignForm.draft?.isChanged == false ? texts["campaign-form.unchanged"] : nil
  }

  /// Draws a campaign as a form, with whom it is for and what is left as it is typed.
  func drawCampaignForm(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard let programme else { return }
    let form = campaignForm.form
    let parts =
      rect.width >= 100
      ? rect.split(.horizontal, [.min(50), .fixed(52)])
      : rect.split(.vertical, [.fixed(min(rect.height - 3, form.fields.count + 2)), .min(3)])
    let title = campaignForm.draft?.original ?? texts["campaign-form.new"]
    frame.draw(Pane(title: title, isFocused: true), in: parts[0], context)
    drawFields(of: form, &frame, Pane.inner(of: parts[0]), context)
    frame.draw(Pane(title: texts["campaign-form.says"]), in: parts[1], context)
    let below = Pane.inner(of: parts[1]).inset(dx: 1, dy: 0)
    let lines = campaignSayings(programme, width: below.width)
    frame.draw(CardLinesView(lines: lines, skipping: 0), in: below, context)
  }

  private func campaignSayings(_ programme: ProgrammeFacts, width: Int) -> CardLines {
    var lines = CardLines(width: width)
    guard let report = campaignForm.report else {
      lines.text(texts["figures.coming"], .muted)
      return lines
    }
    // What is wrong where the reader is comes first.
    let here = report.mistakes.filter { $0.field == campaignForm.field }
    for mistake in here + report.mistakes.filter({ $0.field != campaignForm.field }) {
      let name = texts["campaign-form.\(mistake.field.rawValue)"]
      lines.text("\(name): \(mistake.words(texts))", .warning, first: "! ")
    }
    guard let campaign = report.campaign else { return lines }
    lines.text(texts("campaign-form.runs", ["dates": texts.dates(campaign, programme.display)]))
    lines.text(
      texts(
        "campaign-form.reaches",
        [
          "people": programme.number(report.customers),
          "all": programme.number(report.allCustomers),
        ]))
    if let left = report.left {
      lines.text(
        texts(
          left < 0 ? "campaign-form.overspent" : "campaign-form.left",
          ["amount": programme.money(abs(left))]), left < 0 ? .warning : .text)
    }
    let rules = report.rules.joined(separator: "; ")
    lines.text(
      report.rules.isEmpty
        ? texts["campaign-form.no-rules"] : texts("campaign-form.rules", ["rules": rules]), .muted)
    return lines
  }
}

extension ScreenBindings {
  /// The keys of the form of a campaign.
  static let campaignForm: [KeyBinding<Command>] = [
    KeyBinding([.enter], .edit, "campaign-form.edit", priority: 9),
    KeyBinding([.character("s")], .save, "campaign-form.save", priority: 10),
  ]
}
