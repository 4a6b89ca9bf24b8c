import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Draws the rules, the fields of a run, and who dropped out and why in the last one.
  func drawRules(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard let programme else { return }
    if let failure = rules.lines.failure { return drawFailure(failure, &frame, rect, context) }
    let lines = rules.lines.value ?? []
    let formHeight = rules.form.fields.count
    let parts = rulesParts(in: rect)
    frame.draw(
      Pane(
        title: texts["screen.rules"], note: programme.count(lines.count, "rules.count"),
        isFocused: !rules.isInForm), in: parts[0], context)
    frame.draw(ruleTable(lines, programme), in: Pane.inner(of: parts[0]), context)
    let view = FormView(form: rules.form, isFocused: rules.isInForm)
    if parts[1].height > formHeight {
      frame.draw(Pane(title: texts["rules.run"], isFocused: rules.isInForm), in: parts[1], context)
      frame.draw(view, in: Pane.inner(of: parts[1]), context)
    } else {
      frame.draw(view, in: parts[1], context)
    }
    guard parts[2].height >= 3 else { return }
    guard rules.showsFunnel, let report = rules.report else {
      frame.draw(Pane(title: texts["rules.about"]), in: parts[2], context)
      let inner = Pane.inner(of: parts[2]).inset(dx: 1, dy: 0)
      let lines = ruleAbout(programme, width: inner.width)
      return frame.draw(CardLinesView(lines: lines, skipping: 0), in: inner, context)
    }
    drawFunnel(report, programme, &frame, parts[2], context)
  }

  /// Where the list, the fields of a run and what is told stand.
  private func rulesParts(in rect: Rect) -> [Rect] {
    let formHeight = rules.form.fields.count
    let hasFunnel = rules.report != nil && rules.showsFunnel
    // The list comes first; what is told of a rule takes what is left, and a little in any case.
    let left = rect.height - formHeight - 2
    let count = rules.lines.value?.count ?? 0
    let aboutHeight = max(0, min(8, left - 10), min(16, left - count - 3))
    return rect.split(
      .vertical,
      [
        .min(4), .fixed(rect.height >= 10 ? formHeight + 2 : formHeight),
        .fixed(
          hasFunnel ? max(0, min(rect.height - formHeight - 8, funnelHeight)) : aboutHeight),
      ])
  }

  /// Rules that fit on the screen, below the headings.
  var rulesPage: Int {
    max(1, Pane.inner(of: rulesParts(in: Chrome(bounds: bounds).body)[0]).height - 1)
  }

  private var funnelHeight: Int {
    guard let report = rules.report else { return 0 }
    return report.funnel.total.dropped.count { $0.count > 0 } + 6 + report.notes.count
  }

  private func ruleTable(_ lines: [RuleLine], _ programme: ProgrammeFacts) -> Table {
    let funnel = Dictionary(
      (rules.report?.funnel.rules ?? []).map { ($0.rule, $0) }, uniquingKeysWith: { $1 })
    let switchWidth = ["rules.on", "rules.off"].map { TextWidth.of(texts[$0]) }.max() ?? 0
    var columns = [
      TableColumn(texts["rules.rule"], .min(16)),
      TableColumn(texts["rules.waiting"], .fixed(9), alignment: .trailing),
      TableColumn("", .fixed(switchWidth)),
    ]
    let matched = shelf.rulesDigest?.matched
    let isMid = size.width >= 56
    if isMid {
      columns.insert(
        TableColumn(texts["rules.matches"], .fixed(9), alignment: .trailing), at: 1)
    }
    let isWide = size.width >= 70 && !funnel.isEmpty
    if isWide {
      columns += [
        TableColumn(texts["rules.looked-at"], .fixed(10), alignment: .trailing),
        TableColumn(texts["rules.chosen"], .fixed(8), alignment: .trailing),
      ]
    }
    return Table(
      columns: columns, rowCount: lines.count, state: rules.table, isFocused: !rules.isInForm,
      emptyText: texts["rules.empty"]
    ) { index in
      let line = lines[index]
      var cells = [
        TableCell(line.title, line.isActive ? nil : .disabled),
        TableCell(programme.number(line.offers)),
        TableCell(texts[line.isActive ? "rules.on" : "rules.off"]),
      ]
      if isMid {
        let count = matched?[line.id].map { programme.number($0) } ?? ""
        cells.insert(TableCell(count), at: 1)
      }
      if isWide, let run = funnel[line.id] {
        cells += [
          TableCell(programme.number(run.entered)), TableCell(programme.number(run.suggested)),
        ]
      }
      return cells
    }
  }

  private func drawFunnel(
    _ report: SuggestReport, _ programme: ProgrammeFacts, _ frame: inout Frame, _ rect: Rect,
    _ context: RenderContext
  ) {
    let title = texts[report.dryRun ? "rules.would-drop-out" : "rules.dropped-out"]
    let note = texts("card.as-at.short", ["day": programme.day(report.asOf)])
    frame.draw(Pane(title: title, note: note), in: rect, context)
    let inner = Pane.inner(of: rect).inset(dx: 1, dy: 0)
    var lines = CardLines(width: inner.width)
    let total = report.funnel.total
    lines.pair(
      texts["rules.funnel.looked-at"],
      texts("rules.funnel.all", ["n": programme.number(total.entered)]), labelWidth: 12)
    for gate in total.dropped where gate.count > 0 {
      lines.pair("- " + programme.number(gate.count), gate.reason, labelWidth: 12)
    }
    if report.withheld > 0 {
      lines.pair(
        "- " + programme.number(report.withheld), texts["rules.funnel.withheld"],
        labelWidth: 12)
    }
    lines.pair(
      "= " + programme.number(total.suggested), texts["rules.about.offers"], labelWidth: 12,
      .accent)
    lines.text(
      texts(
        "rules.funnel.quality",
        [
          "cost": programme.money(report.funnel.cost),
          "gain": programme.money(report.funnel.value),
          "all": programme.money(report.funnel.chosenValue),
          "bound": programme.money(report.funnel.bound),
        ]), .muted)
    for note in report.notes { lines.text(note, .warning, first: "- ") }
    frame.draw(CardLinesView(lines: lines, skipping: 0), in: inner, context)
  }
}
