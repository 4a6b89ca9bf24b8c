import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Draws what the rules would have offered on an earlier day, and what happened anyway.
  func drawBacktest(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard let programme, let query = backtest.query(asOf: programme.status.asOf) else { return }
    let parts = rect.split(.vertical, [.fixed(3), .min(4)])
    drawBacktestForm(programme.status.asOf, &frame, parts[0], context)
    guard let report = shelf.backtest(query) else {
      return drawPending(shelf[query].failure, &frame, parts[1], context)
    }
    var lines = CardLines(width: rect.width - 3)
    tell(report, programme, &lines)
    // What is true of the whole goes before the last rules of the list.
    let least = rect.height >= 18 ? 6 : 2
    let wordsHeight = min(
      lines.lines.count, max(least, rect.height - max(2, report.rules.count) - 7))
    let body = parts[1].split(.vertical, [.min(4), .fixed(wordsHeight)])
    frame.draw(
      Pane(
        title: texts["screen.backtest"],
        note: texts(
          "backtest.note", ["from": programme.day(report.at), "to": programme.day(report.until)]),
        isFocused: backtest.isInList), in: body[0], context)
    frame.draw(backtestTable(report, programme), in: Pane.inner(of: body[0]), context)
    frame.draw(
      CardLinesView(lines: lines, skipping: 0), in: body[1].inset(dx: 1, dy: 0), context)
  }

  private func drawBacktestForm(
    _ asOf: Day, _ frame: inout Frame, _ rect: Rect, _ context: RenderContext
  ) {
    var form = backtest.form
    let days = BacktestState.monthsBack.map { months in
      texts(
        "backtest.months",
        ["months": String(months), "day": texts.day(asOf.adding(months: -months))])
    }
    let spans = BacktestState.horizons.map { texts("backtest.days", ["days": String($0)]) }
    form.fields = [
      Form.Field(label: texts["backtest.on"], value: .choice(days, form.choice(0))),
      Form.Field(label: texts["backtest.read"], value: .choice(spans, form.choice(1))),
      Form.Field(
        label: texts["backtest.which"],
        value: .choice([texts["backtest.then"], texts["backtest.present"]], form.choice(2))),
    ]
    frame.draw(FormView(form: form, isFocused: !backtest.isInList), in: rect, context)
  }

  private func backtestTable(_ report: BacktestReport, _ programme: ProgrammeFacts) -> Table {
    func number(_ key: String, _ width: Int) -> TableColumn {
      TableColumn(texts[key], .fixed(width), alignment: .trailing)
    }
    var columns = [TableColumn(texts["backtest.rule"], .min(12))]
    if size.width >= 70 { columns.append(TableColumn(texts["backtest.text"], .fixed(9))) }
    if size.width >= 60 { columns.append(number("backtest.matched", 8)) }
    columns += [number("backtest.offered", 9)]
    if size.width >= 50 { columns.append(number("backtest.bought", 7)) }
    columns.append(number("backtest.rose", 7))
    if size.width >= 76 { columns.append(number("backtest.wasted", 10)) }
    if size.width >= 90 {
      columns += [number("backtest.cost", 10), number("backtest.least", 12)]
    }
    return Table(
      columns: columns, rowCount: report.rules.count, state: backtest.table,
      isFocused: backtest.isInList, emptyText: texts["backtest.no-rule"]
    ) { index in
      let line = report.rules[index]
      let version = line.isPresentText ? "backtest.version.present" : "backtest.version"
      var cells = [TableCell(line.title)]
      if size.width >= 70 {
        cells.append(TableCell(texts(version, ["version": String(line.version)])))
      }
      if size.width >= 60 { cells.append(TableCell(programme.number(line.matched))) }
      cells.append(TableCell(programme.number(line.offered)))
      if size.width >= 50 { cells.append(TableCell(programme.number(line.bought))) }
      cells.append(TableCell(programme.number(line.rose)))
      if size.width >= 76 { cells.append(TableCell(programme.money(line.wasted))) }
      if size.width >= 90 {
        let least = line.leastDetectable.map { programme.display.percent($0) } ?? "–"
        cells += [TableCell(programme.money(line.cost)), TableCell(least)]
      }
      return cells
    }
  }

  /// Which rules took no part, and which are others today.
  private func tellVersions(
    _ report: BacktestReport, _ programme: ProgrammeFacts, _ lines: inout CardLines
  ) {
    func titles(_ reason: (BacktestReport.Absence.Reason) -> Bool) -> [String] {
      report.absent.filter { reason($0.reason) }.map(\.title)
    }
    let day = programme.display.day(report.at)
    let unknown = titles { if case .unknown = $0 { true } else { false } }
    let kinds = [
      ("backtest.unknown", unknown), ("backtest.off", titles { $0 == .off }),
      ("backtest.unreadable", titles { $0 == .unreadable }),
    ]
    for (key, rules) in kinds where !rules.isEmpty {
      let count = programme.number(rules.count)
      lines.text(
        texts(key, ["day": day, "n": count, "rules": rules.joined(separator: ", ")]), .warning)
    }
    let others = report.rules.compactMap { line in
      line.presentVersion.map { "\(line.title) (\(line.version) → \($0))" }
    }
    if !others.isEmpty {
      lines.text(texts("backtest.others", ["rules": others.joined(separator: ", ")]), .muted)
    }
  }

  private func tell(
    _ report: BacktestReport, _ programme: ProgrammeFacts, _ lines: inout CardLines
  ) {
    let share = report.customers > 0 ? Double(report.reached) / Double(report.customers) : 0
    if report.isBeforeAllRules {
      lines.text(texts("backtest.before-all", ["day": programme.display.day(report.at)]), .warning)
    }
    tellVersions(report, programme, &lines)
    guard !report.rules.isEmpty else { return }
    lines.text(
      texts(
        "backtest.reached",
        [
          "reached": programme.number(report.reached), "share": programme.display.percent(share),
          "overlap": programme.number(report.overlapping),
          "cost": programme.money(report.total.cost),
        ]))
    lines.text(
      texts(
        "backtest.anyway",
        [
          "rose": programme.number(report.total.rose),
          "share": report.total.roseAnyway.map { programme.display.percent($0) } ?? "–",
          "wasted": programme.money(report.total.wasted),
        ]), .warning)
    for uplift in report.uplift {
      lines.text(
        texts(
          "backtest.uplift",
          [
            "rule": uplift.rule, "difference": programme.display.percent(uplift.buyers.difference),
            "low": programme.display.percent(uplift.buyers.low),
            "high": programme.display.percent(uplift.buyers.high),
            "offered": programme.number(uplift.buyers.offered),
            "withheld": programme.number(uplift.buyers.withheld),
          ]), .accent)
    }
    for uplift in report.uplift {
      guard let sales = uplift.sales else { continue }
      func money(_ amount: Double) -> String { programme.money(Int64(amount.rounded())) }
      lines.text(
        texts(
          "backtest.uplift.sales",
          [
            "rule": uplift.rule, "difference": money(sales.difference), "low": money(sales.low),
            "high": money(sales.high), "offered": money(sales.offered),
            "withheld": money(sales.withheld),
          ]), .accent)
    }
    for note in report.notes { lines.text(note, .muted, first: "- ") }
  }
}
