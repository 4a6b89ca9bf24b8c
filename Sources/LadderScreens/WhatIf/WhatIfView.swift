import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Draws the numbers of a rule, and what turning them does.
  func drawWhatIf(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard let programme else { return }
    let isWide = rect.width >= 110
    let parts =
      isWide
      ? rect.split(.horizontal, [.min(40), .fixed(54)])
      : rect.split(.vertical, [.min(4), .fixed(min(12, max(5, rect.height / 2)))])
    frame.draw(
      Pane(
        title: texts("what-if.title", ["rule": whatIf.title]), isFocused: true),
      in: parts[0], context)
    frame.draw(numberTable(programme.wording), in: Pane.inner(of: parts[0]), context)
    frame.draw(
      Pane(title: texts["what-if.outcome"], note: texts["what-if.not-saved"]), in: parts[1],
      context)
    let inner = Pane.inner(of: parts[1]).inset(dx: 1, dy: 0)
    drawOutcome(programme, &frame, inner, context)
  }

  private func numberTable(_ wording: Wording) -> Table {
    Table(
      columns: [
        TableColumn(texts["what-if.number"], .min(16)),
        TableColumn(texts["what-if.now"], .fixed(9), alignment: .trailing),
        TableColumn(texts["what-if.then"], .fixed(10), alignment: .trailing),
      ],
      rowCount: whatIf.numbers.count, state: whatIf.table, isFocused: true,
      emptyText: texts["what-if.no-numbers"]
    ) { index in
      let (number, start) = (whatIf.numbers[index], whatIf.start[index])
      let isChanged = number != start
      return [
        TableCell(number.label), TableCell(start.shown(wording)),
        TableCell(isChanged ? number.shown(wording) : "", isChanged ? .accent : nil),
      ]
    }
  }

  private func drawOutcome(
    _ programme: ProgrammeFacts, _ frame: inout Frame, _ rect: Rect, _ context: RenderContext
  ) {
    guard let query = whatIf.query else { return }
    if let failure = shelf[query].failure { return drawFailure(failure, &frame, rect, context) }
    let report = shelf.whatIf(query)
    guard let shown = report ?? whatIf.last, shown.rule == whatIf.rule else {
      return drawPending(nil, &frame, rect, context)
    }
    var lines = CardLines(width: rect.width)
    func row(_ key: String, _ value: (WhatIfReport.Side) -> String) {
      let (before, after) = (value(shown.before), value(shown.after))
      let text = before == after ? before : "\(before) → \(after)"
      lines.pair(
        texts[key], text, labelWidth: 22, before == after ? .text : .accent)
    }
    row("what-if.matched") { programme.number($0.matched) }
    row("what-if.overlap") { programme.number($0.overlap) }
    row("what-if.offers") { programme.number($0.suggested) }
    row("what-if.cost") { programme.money($0.cost) }
    row("what-if.gain") { programme.money($0.value) }
    row("what-if.all") { programme.money($0.totalValue) }
    for (key, ids) in [("what-if.enter", shown.entering), ("what-if.leave", shown.leaving)] {
      let names = ids.prefix(6).joined(separator: ", ") + (ids.count > 6 ? ", …" : "")
      lines.pair(
        texts[key], programme.number(ids.count) + (names.isEmpty ? "" : ": \(names)"),
        labelWidth: 22)
    }
    if report == nil { lines.text(texts["figures.coming"], .muted) }
    frame.draw(CardLinesView(lines: lines, skipping: 0), in: rect, context)
  }
}
