import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Draws the fields of an export and the very rows that it would write.
  func drawExport(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard let programme else { return }
    let isLow = rect.height < 12
    let formHeight = export.form.fields.count + (isLow ? 0 : 2)
    let kept = min(keptBackRows, max(0, (rect.height - formHeight) / 3))
    let parts = rect.split(.vertical, [.fixed(formHeight), .min(1), .fixed(kept)])
    let form = FormView(form: export.form)
    if isLow {
      frame.draw(form, in: parts[0], context)
    } else {
      frame.draw(Pane(title: texts["export.title"], isFocused: true), in: parts[0], context)
      frame.draw(form, in: Pane.inner(of: parts[0]), context)
    }
    let cursor = frame.cursor
    drawSample(programme, &frame, parts[1], context)
    drawKeptBack(&frame, parts[2], context)
    frame.cursor = cursor
  }

  private var keptBackRows: Int {
    let count = export.sample.value?.keptBack.count ?? 0
    return count == 0 ? 0 : count + 2
  }

  private func drawSample(
    _ programme: ProgrammeFacts, _ frame: inout Frame, _ rect: Rect, _ context: RenderContext
  ) {
    guard rect.height >= 3 else {
      let count = export.sample.value.map { programme.count($0.total, "count.offers") } ?? ""
      return frame.draw(Label(count, .muted), in: rect, context)
    }
    let note = export.sample.value.map { programme.count($0.total, "count.offers") } ?? ""
    frame.draw(Pane(title: texts["export.preview"], note: note), in: rect, context)
    let inner = Pane.inner(of: rect)
    if let failure = export.sample.failure {
      frame.draw(Paragraph("! " + failure, .bad), in: inner.inset(dx: 1, dy: 0), context)
    }
    guard let sample = export.sample.value else { return }
    frame.draw(
      SampleTable(
        header: sample.columns, rows: sample.rows,
        emptyText: texts["export.empty"]), in: inner, context)
  }

  private func drawKeptBack(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard rect.height >= 3, let sample = export.sample.value else { return }
    let note = programme?.number(sample.keptBack.count) ?? ""
    frame.draw(Pane(title: texts["export.kept"], note: note), in: rect, context)
    let (keptBack, texts) = (sample.keptBack, texts)
    let list = List(
      count: keptBack.count, state: TableState(), isFocused: false
    ) { index in
      let line = keptBack[index]
      return TableCell(
        texts(
          "export.kept.line",
          ["customer": line.customer, "n": "\(line.offer)", "reason": line.reason]))
    }
    frame.draw(list, in: Pane.inner(of: rect), context)
  }
}

/// The first rows of a table of unknown columns, each as wide as its texts, as many as fit.
struct SampleTable: Widget {
  let header: [String]
  let rows: [[String]]
  var emptyText = ""
  private static let widest = 24

  func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    let shown = rows.prefix(max(0, rect.height - 1))
    let widths = header.indices.map { column in
      let texts = [header[column]] + shown.map { $0.indices.contains(column) ? $0[column] : "" }
      return min(Self.widest, texts.map { TextWidth.of($0) }.max() ?? 0)
    }
    var x = rect.x + 1
    for (column, width) in widths.enumerated() {
      guard x < rect.maxX else { break }
      let room = min(width, rect.maxX - x)
      frame.put(
        header[column], in: Rect(x: x, y: rect.y, width: room, height: 1),
        style: context[.header], ellipsis: context.ellipsis)
      for (row, cells) in shown.enumerated() where cells.indices.contains(column) {
        frame.put(
          cells[column], in: Rect(x: x, y: rect.y + 1 + row, width: room, height: 1),
          style: context[.text], ellipsis: context.ellipsis)
      }
      x += width + 2
    }
    guard rows.isEmpty, rect.height > 1 else { return }
    let place = Rect(x: rect.x + 1, y: rect.y + 1, width: rect.width - 2, height: rect.height - 1)
    frame.draw(Paragraph(emptyText, .muted), in: place, context)
  }
}
