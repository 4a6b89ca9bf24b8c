import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Draws the file to bring in: its first rows, how they would be read, what came of it.
  func drawImport(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    let isLow = rect.height < 12
    let formHeight = importing.form.fields.count + (isLow ? 0 : 2)
    let parts = rect.split(.vertical, [.fixed(formHeight), .min(1)])
    let form = FormView(form: importing.form)
    if isLow {
      frame.draw(form, in: parts[0], context)
    } else {
      frame.draw(Pane(title: texts["importing.title"], isFocused: true), in: parts[0], context)
      frame.draw(form, in: Pane.inner(of: parts[0]), context)
    }
    let cursor = frame.cursor
    if let report = importing.report {
      drawReport(report, &frame, parts[1], context)
    } else {
      drawPreview(&frame, parts[1], context)
    }
    frame.cursor = cursor
  }

  private func drawPreview(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    frame.draw(Pane(title: texts["importing.preview"]), in: rect, context)
    let inner = Pane.inner(of: rect).inset(dx: 1, dy: 0)
    if let failure = importing.preview.failure {
      return frame.draw(Paragraph("! " + failure, .bad), in: inner, context)
    }
    guard let preview = importing.preview.value else {
      return frame.draw(Paragraph(texts["importing.intro"], .muted), in: inner, context)
    }
    var lines = CardLines(width: inner.width)
    if importing.mapping == nil { lines.text(texts["importing.wrong-columns"], .bad, first: "! ") }
    let profile = preview.profile ?? texts["importing.not-recognised"]
    lines.pair(texts["importing.read-as"], profile, labelWidth: 12, .accent)
    if !preview.mapping.isEmpty {
      let pairs = preview.mapping.map { "\($0.field) = \($0.column)" }.joined(separator: ", ")
      lines.pair(texts["importing.mapping"], pairs, labelWidth: 12)
    }
    for note in preview.notes { lines.text(note, .warning, first: "- ") }
    let head = min(lines.lines.count, max(1, inner.height / 2))
    let parts = inner.split(
      .vertical, [.fixed(head), .fixed(inner.height > head + 2 ? 1 : 0), .min(0)])
    frame.draw(CardLinesView(lines: lines, skipping: 0), in: parts[0], context)
    frame.draw(SampleTable(header: preview.columns, rows: preview.rows), in: parts[2], context)
  }

  private func drawReport(
    _ report: ImportReport, _ frame: inout Frame, _ rect: Rect, _ context: RenderContext
  ) {
    guard let programme else { return }
    let title = texts[report.dryRun ? "importing.would-come" : "importing.came"]
    frame.draw(Pane(title: title, note: report.profile), in: rect, context)
    let inner = Pane.inner(of: rect).inset(dx: 1, dy: 0)
    let counts = report.counts
    var lines = CardLines(width: inner.width)
    let rejected = "importing.row.rejected"
    let rows: [(String, Int)] =
      [
        ("importing.row.read", counts.read),
        (report.isOfSales ? "importing.row.new" : "importing.row.new-rows", counts.new),
      ] + (report.isOfSales ? [] : [("importing.row.changed", counts.changed)]) + [
        ("importing.row.unchanged", counts.unchanged), (rejected, counts.rejected),
        ("importing.row.anonymous", counts.anonymous),
        ("importing.row.customers", report.customers),
        ("importing.row.new-customers", counts.newCustomers),
      ]
      + (report.isOfSales ? [("importing.row.changed-customers", report.changedCustomers)] : [])
    for (label, count) in rows {
      let role: Role = label == rejected && count > 0 ? .warning : .text
      lines.pair(texts[label], programme.number(count), labelWidth: 20, role)
    }
    if let first = report.firstDay, let last = report.lastDay {
      let days = texts(
        "period.between", ["from": programme.day(first), "to": programme.day(last)])
      lines.pair(texts["importing.row.days"], days, labelWidth: 20)
    }
    for note in report.notes { lines.text(note, .warning, first: "- ") }
    if let file = report.rejectedFile {
      lines.text(texts("importing.rejected-file", ["file": file]), .warning)
    }
    for rejection in report.rejections { lines.text(rejection, .muted, first: "  ") }
    if report.untoldRejections > 0 {
      let more = texts(
        "importing.more-rejected", ["n": programme.number(report.untoldRejections)])
      lines.text(more, .muted, first: "  ")
    }
    frame.draw(CardLinesView(lines: lines, skipping: 0), in: inner, context)
  }
}
