import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Draws a rule as a form, with its sentence and the people whom it reaches as it is typed.
  func drawRuleForm(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard let programme else { return }
    let isWide = rect.width >= 100
    let saying = min(12, max(4, rect.height * 2 / 5))
    let parts =
      isWide
      ? rect.split(.horizontal, [.min(50), .fixed(52)])
      : rect.split(.vertical, [.min(4), .fixed(saying)])
    let title = ruleForm.rule ?? texts["rule-form.new"]
    frame.draw(Pane(title: title, isFocused: true), in: parts[0], context)
    let inner = Pane.inner(of: parts[0])
    drawFields(of: ruleForm.marked, &frame, inner, context)
    frame.draw(
      Pane(title: texts["rule-form.says"], note: reach(programme)), in: parts[1], context)
    let below = Pane.inner(of: parts[1]).inset(dx: 1, dy: 0)
    let lines = sayings(width: below.width)
    frame.draw(CardLinesView(lines: lines, skipping: 0), in: below, context)
  }

  /// The fields that fit, around the selected one.
  func drawFields(
    of whole: Form, _ frame: inout Frame, _ rect: Rect, _ context: RenderContext
  ) {
    var form = whole
    let top = max(0, min(form.selected - rect.height / 2, form.fields.count - rect.height))
    form.fields = Array(form.fields.dropFirst(top).prefix(rect.height))
    form.selected -= top
    frame.draw(FormView(form: form, isFocused: true), in: rect, context)
  }

  /// How many people it reaches.
  private func reach(_ programme: ProgrammeFacts) -> String {
    guard let matched = ruleForm.report?.matched, ruleForm.isCurrent else {
      return ruleForm.isCurrent ? "" : "…"
    }
    return texts("rule-form.reaches", count: matched, ["people": programme.number(matched)])
  }

  private func sayings(width: Int) -> CardLines {
    var lines = CardLines(width: width)
    guard let report = ruleForm.report else {
      lines.text(texts["figures.coming"], .muted)
      return lines
    }
    // What is wrong where the reader is comes first.
    let here = report.mistakes.filter { $0.field == ruleForm.field }
    for mistake in here + report.mistakes.filter({ $0.field != ruleForm.field }) {
      lines.text(told(mistake), .warning, first: "! ")
    }
    for sentence in report.sentences.dropFirst() { lines.text(sentence) }
    for sentence in report.kept {
      lines.text(texts("rule-form.kept", ["sentence": sentence]), .muted)
    }
    if let power = report.power { lines.text(power, .muted) }
    return lines
  }
}
