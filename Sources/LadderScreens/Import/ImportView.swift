import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// Where the parts of the import's screen stand.
struct ImportLayout {
  let form: Rect
  /// What is in the file, or what came of it.
  let below: Rect
  let isLow: Bool

  init(_ rect: Rect, fields: Int) {
    isLow = rect.height < 12
    let parts = rect.split(.vertical, [.fixed(fields + (isLow ? 0 : 2)), .min(1)])
    (form, below) = (parts[0], parts[1])
  }

  /// Where the lines below stand that can be scrolled; beside the first rows only so many.
  func lines(_ count: Int, besideRows rows: Int?) -> (lines: Rect, rows: Rect) {
    let inner = Pane.inner(of: below).inset(dx: 1, dy: 0)
    guard let rows else { return (inner, Rect(x: inner.x, y: inner.maxY, width: 0, height: 0)) }
    // Few rows leave the lines more than their half: below a blank one stand the names and the rows.
    let head = min(count, max(1, inner.height / 2, inner.height - 2 - rows))
    let parts = inner.split(
      .vertical, [.fixed(head), .fixed(inner.height > head + 2 ? 1 : 0), .min(0)])
    return (parts[0], parts[2])
  }
}

extension AppModel {
  /// Draws the file to bring in: its first rows, how they would be read, what came of it.
  func drawImport(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    let layout = ImportLayout(rect, fields: importing.form.fields.count)
    let form = FormView(form: importing.form)
    if layout.isLow {
      frame.draw(form, in: layout.form, context)
    } else {
      frame.draw(Pane(title: texts["importing.title"], isFocused: true), in: layout.form, context)
      frame.draw(form, in: Pane.inner(of: layout.form), context)
    }
    let cursor = frame.cursor
    drawBelow(&frame, layout, context)
    frame.cursor = cursor
  }

  private func drawBelow(_ frame: inout Frame, _ layout: ImportLayout, _ context: RenderContext) {
    let report = importing.report
    let title = report.map { $0.dryRun ? "importing.would-come" : "importing.came" }
    frame.draw(
      Pane(
        title: texts[title ?? "importing.preview"],
        note: report.map { name(ofProfile: $0.profile) } ?? ""),
      in: layout.below, context)
    let inner = Pane.inner(of: layout.below).inset(dx: 1, dy: 0)
    if report == nil, let failure = importing.preview.failure {
      return frame.draw(Paragraph("! " + failure, .bad), in: inner, context)
    }
    guard let lines = importLines(width: inner.width) else {
      return frame.draw(Paragraph(texts["importing.intro"], .muted), in: inner, context)
    }
    let places = layout.lines(lines.lines.count, besideRows: rowsInView)
    frame.draw(CardLinesView(lines: lines, skipping: importing.skipping), in: places.lines, context)
    if report == nil, let preview = importing.preview.value {
      frame.draw(SampleTable(header: preview.columns, rows: preview.rows), in: places.rows, context)
    }
  }

  /// How many rows of the file are shown; nil where what came of it stands instead.
  private var rowsInView: Int? {
    importing.report == nil ? importing.preview.value?.rows.count ?? 0 : nil
  }

  /// How far what stands below the form can be scrolled, and how far a key scrolls it.
  var importScroll: (most: Int, page: Int) {
    let body = Chrome(bounds: bounds).body
    let layout = ImportLayout(body, fields: importing.form.fields.count)
    let inner = Pane.inner(of: layout.below).inset(dx: 1, dy: 0)
    guard let lines = importLines(width: inner.width) else { return (0, 1) }
    let place = layout.lines(lines.lines.count, besideRows: rowsInView).lines
    return (CardLinesView.mostSkipped(lines, height: place.height), max(1, place.height / 2))
  }

  /// Scrolls what stands below the form.
  mutating func scrollImport(_ step: Int) {
    let (most, page) = importScroll
    importing.skipping = min(most, max(0, importing.skipping + step * page))
  }

  /// What came of the file, else what it is and how it would be read; nil while neither is known.
  private func importLines(width: Int) -> CardLines? {
    if let report = importing.report {
      return programme.map { reportLines(report, $0, width: width) }
    }
    return importing.preview.value.map { previewLines($0, width: width) }
  }

  /// What a file holds, in words.
  private func name(ofProfile profile: String) -> String { texts["importing.profile.\(profile)"] }

  private func previewLines(_ preview: ImportPreview, width: Int) -> CardLines {
    var lines = CardLines(width: width)
    if importing.mapping == nil { lines.text(texts["importing.wrong-columns"], .bad, first: "! ") }
    for caution in preview.cautions { lines.text(caution, .bad, first: "! ") }
    let profile = preview.profile.map(name(ofProfile:)) ?? texts["importing.not-recognised"]
    lines.pair(texts["importing.read-as"], profile, labelWidth: 12, .accent)
    if !preview.mapping.isEmpty {
      let pairs = preview.mapping.map { "\($0.field) = \($0.column)" }.joined(separator: ", ")
      lines.pair(texts["importing.mapping"], pairs, labelWidth: 12)
    }
    for note in preview.notes { lines.text(note, .warning, first: "- ") }
    return lines
  }

  /// What came of the file: what somebody has to do first, then the counts.
  private func reportLines(
    _ report: ImportReport, _ programme: ProgrammeFacts, width: Int
  ) -> CardLines {
    var lines = CardLines(width: width)
    if let file = report.rejectedFile {
      lines.text(texts("importing.rejected-file", ["file": file]), .warning)
    }
    for caution in report.cautions { lines.text(caution, .bad, first: "! ") }
    addCounts(of: report, programme, to: &lines)
    for note in report.notes { lines.text(note, .warning, first: "- ") }
    for rejection in report.rejections { lines.text(rejection, .muted, first: "  ") }
    if report.untoldRejections > 0 {
      let more = texts(
        "importing.more-rejected", ["n": programme.number(report.untoldRejections)])
      lines.text(more, .muted, first: "  ")
    }
    return lines
  }

  private func addCounts(
    of report: ImportReport, _ programme: ProgrammeFacts, to lines: inout CardLines
  ) {
    let counts = report.counts
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
  }
}
