import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// Where the parts of the cohorts' screen stand.
struct CohortsLayout {
  let tabs: Rect
  let table: Rect
  /// What the selected cell says; empty where there is no room.
  let words: Rect

  init(_ body: Rect) {
    let words = body.height >= 14 ? 5 : body.height >= 9 ? 2 : 0
    let parts = body.split(.vertical, [.fixed(1), .min(3), .fixed(words)])
    (tabs, table, self.words) = (parts[0], parts[1], parts[2])
  }

  /// The room for a grid within the box around it.
  var grid: Rect { Pane.inner(of: table).inset(dx: 1, dy: 0) }
}

extension AppModel {
  var cohortsGridSize: Size {
    let grid = CohortsLayout(Chrome(bounds: bounds).body).grid
    return Size(width: grid.width, height: grid.height)
  }

  /// Draws the table that was chosen, under the names of all.
  func drawCohorts(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard let overview = overview.overview.value, let programme else {
      return drawFailure(self.overview.overview.failure, &frame, rect, context)
    }
    let layout = CohortsLayout(rect)
    let names = CohortsState.Pane.allCases.map(texts.title)
    frame.draw(
      Tabs(names: names, selected: cohorts.pane.rawValue, texts: texts), in: layout.tabs, context)
    guard cohorts.pane != .value else {
      let place = Rect(
        x: rect.x, y: layout.table.y, width: rect.width, height: rect.maxY - layout.table.y)
      return CohortValueView(overview: overview, table: cohorts.table, programme: programme)
        .draw(&frame, place, context)
    }
    drawGrid(layout, programme, &frame, context)
  }

  private func drawGrid(
    _ layout: CohortsLayout, _ programme: ProgrammeFacts, _ frame: inout Frame,
    _ context: RenderContext
  ) {
    frame.draw(
      Pane(title: texts.title(cohorts.pane), note: gridNote, isFocused: true),
      in: layout.table, context)
    guard let grid = cohortsGrid else {
      return drawPending(figureQuery.flatMap { shelf[$0].failure }, &frame, layout.grid, context)
    }
    frame.draw(grid, in: layout.grid, context)
    guard !layout.words.isEmpty else { return }
    var lines = CardLines(width: layout.words.width - 2)
    let retention = shelf.retention.value.map { RetentionGrid($0, texts) }
    if cohorts.pane == .retention {
      lines.text(retention?.sentence(cohorts.grid, programme) ?? "")
      if layout.words.height > 2, let retention { lines.text(retention.legend(context), .muted) }
    } else {
      lines.text(moveTable?.sentence(cohorts.grid, programme) ?? "")
      if layout.words.height > 2 { lines.text(texts["cohorts.shares"], .muted) }
    }
    let place = layout.words.inset(dx: 1, dy: 0)
    for (row, spans) in lines.lines.prefix(place.height).enumerated() {
      frame.draw(Label(spans), in: place.row(row), context)
    }
  }

  private var gridNote: String {
    cohorts.pane == .retention
      ? texts.asAtShort(programme?.status.asOf) : texts.between(period)
  }
}

/// The names of a screen's parts in a line; the one that is shown stands in brackets.
struct Tabs: Widget {
  let names: [String]
  let selected: Int
  let texts: Texts

  func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    let all = names.map(TextWidth.of).reduce(0, +) + names.count * 3
    var x = rect.x + 1
    for (index, name) in names.enumerated() {
      let isHere = index == selected
      guard isHere || all <= rect.width else { continue }
      let text = isHere ? "[\(name)]" : " \(name) "
      x += frame.put(
        text, x: x, y: rect.y, style: context[isHere ? .title : .muted], width: rect.maxX - x)
    }
    guard all > rect.width else { return }
    frame.put(
      "  " + texts("tabs.place", ["n": String(selected + 1), "all": String(names.count)]), x: x,
      y: rect.y, style: context[.muted],
      width: rect.maxX - x)
  }
}

/// Draws the cohorts: people and value side by side, what it takes to belong, the curve.
struct CohortValueView {
  let overview: Overview
  let table: TableState
  let programme: ProgrammeFacts

  private var texts: Texts { programme.texts }

  func draw(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    let height = overview.cohorts.count + 3
    let parts = rect.split(.vertical, [.fixed(min(height, rect.height)), .min(0)])
    frame.draw(
      Pane(
        title: texts["cohorts.title"], note: texts.asAtShort(overview.asOf),
        isFocused: true),
      in: parts[0], context)
    drawTable(&frame, Pane.inner(of: parts[0]), context)
    guard parts[1].height >= 6, let report = overview.pareto, !report.points.isEmpty else { return }
    frame.draw(Pane(title: texts["curve.title"]), in: parts[1], context)
    let inner = Pane.inner(of: parts[1]).inset(dx: 1, dy: 0)
    let sentence = Paragraph(CurveWords(report, programme).sentence)
    let words = min(3, sentence.height(width: inner.width))
    let lower = inner.split(.vertical, [.min(3), .fixed(words)])
    frame.draw(
      LineChart(
        report.points.map { LineChart.Point(x: $0.customers, y: $0.value) },
        verticalLabels: ("100 %", "0 %"),
        horizontalLabels: (texts["curve.best"], texts["curve.all"])), in: lower[0], context)
    frame.draw(sentence, in: lower[1], context)
  }

  private func drawTable(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    let (lines, programme) = (overview.cohorts, programme)
    let people = Double(max(1, lines.map(\.customers).reduce(0, +)))
    let value = Double(max(1, lines.map { max(0, $0.value) }.reduce(0, +)))
    var columns = [
      TableColumn(texts["customers.column.cohort"], .min(8)),
      TableColumn(texts["stages.people"], .fixed(9), alignment: .trailing),
      TableColumn(texts["cohorts.value"], .fixed(14), alignment: .trailing),
    ]
    let isWide = rect.width >= 70
    if isWide {
      columns += [
        TableColumn(texts["cohorts.of-people"], .fixed(10), alignment: .trailing),
        TableColumn(texts["cohorts.of-value"], .fixed(10), alignment: .trailing),
        TableColumn(
          texts("cohorts.from", ["currency": programme.currency.code]), .fixed(12),
          alignment: .trailing),
      ]
    }
    let table = Table(columns: columns, rowCount: lines.count, state: table) { index in
      let line = lines[index]
      var cells = [
        TableCell(programme.texts.title(line.cohort)), TableCell(programme.number(line.customers)),
        TableCell(programme.amount(line.value)),
      ]
      if isWide {
        cells += [
          TableCell(programme.display.percent(Double(line.customers) / people)),
          TableCell(programme.display.percent(Double(max(0, line.value)) / value)),
          TableCell(line.atLeast.map { programme.amount($0) } ?? ""),
        ]
      }
      return cells
    }
    frame.draw(table, in: rect, context)
  }
}
