import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Draws the overview.
  func drawOverview(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard let shown = overview.overview.value, let programme else {
      return drawFailure(overview.overview.failure, &frame, rect, context)
    }
    let view = OverviewView(overview: shown, state: overview, programme: programme)
    guard shown.purchases > 0 || shown.customers > 0 else {
      let box = rect.centered(width: min(64, rect.width - 2), height: 6)
      frame.draw(
        Paragraph(texts["overview.empty"]), in: box, context)
      return
    }
    for (panel, place) in OverviewLayout.panels(in: rect, focused: overview.panel) {
      view.draw(panel, &frame, place, context)
    }
  }

  /// Says why there is nothing to show.
  func drawFailure(
    _ text: String?, _ frame: inout Frame, _ rect: Rect, _ context: RenderContext
  ) {
    guard let text else { return }
    let box = rect.centered(width: min(70, rect.width - 2), height: min(6, rect.height))
    frame.draw(Paragraph("! " + text, .bad), in: box, context)
  }
}

/// Where the panels of the overview stand.
enum OverviewLayout {
  /// The panels that fit, each with its place; on a small screen the focused one alone.
  static func panels(
    in rect: Rect, focused: OverviewState.Panel
  ) -> [(OverviewState.Panel, Rect)] {
    guard rect.width >= 72, rect.height >= 18 else { return [(focused, rect)] }
    let columns = rect.split(.horizontal, [.min(36), .min(36)])
    let isTall = rect.height >= 28
    let left = columns[0].split(.vertical, [.fixed(12), .min(6)])
    let right = columns[1].split(.vertical, [.fixed(6), .min(8)])
    guard isTall else {
      // The log gives way; the key to it stays.
      return [(.stages, left[0]), (.offers, left[1]), (.cohorts, right[0])]
        + [(focused == .recent ? .recent : .curve, right[1])]
    }
    let low = left[1].split(.vertical, [.fixed(10), .min(6)])
    return [
      (.stages, left[0]), (.offers, low[0]), (.recent, low[1]), (.cohorts, right[0]),
      (.curve, right[1]),
    ]
  }
}

/// Draws one panel of the overview.
struct OverviewView {
  let overview: Overview
  let state: OverviewState
  let programme: ProgrammeFacts

  func draw(
    _ panel: OverviewState.Panel, _ frame: inout Frame, _ rect: Rect, _ context: RenderContext
  ) {
    let isFocused = state.panel == panel
    frame.draw(
      Pane(title: title(panel), note: note(panel), isFocused: isFocused), in: rect, context)
    let inner = Pane.inner(of: rect).inset(dx: 1, dy: 0)
    let selected = isFocused ? state.rows[panel.rawValue] : nil
    switch panel {
    case .stages: drawStages(&frame, inner, selected, context)
    case .cohorts: drawCohorts(&frame, inner, selected, context)
    case .offers: drawOffers(&frame, inner, selected, context)
    case .curve: drawCurve(&frame, inner, isFocused, context)
    case .recent: drawRecent(&frame, inner, selected, context)
    }
    // Where the keyboard is must show without colours, too; the log has signs of its own.
    guard isFocused, panel != .recent, let cursor = frame.cursor else { return }
    let sign = context.symbol("›", ascii: ">")
    frame.put(sign, x: inner.x - 1, y: cursor.y, style: context[.title], width: 1)
  }

  private var texts: Texts { programme.texts }

  private func title(_ panel: OverviewState.Panel) -> String {
    switch panel {
    case .stages: texts["stages.title"]
    case .cohorts: texts["cohorts.title"]
    case .offers: texts["overview.offers"]
    case .curve: texts["curve.title"]
    case .recent: texts["overview.recent"]
    }
  }

  private func note(_ panel: OverviewState.Panel) -> String {
    switch panel {
    case .stages: programme.count(overview.customers, "count.customers")
    case .cohorts: texts("overview.cohorts.note", ["currency": programme.currency.code])
    case .offers:
      texts(
        "overview.offers.note",
        ["give": programme.number(overview.give), "get": programme.number(overview.get)])
    case .curve, .recent: ""
    }
  }

  private func drawStages(
    _ frame: inout Frame, _ rect: Rect, _ selected: Int?, _ context: RenderContext
  ) {
    frame.draw(
      StageBars(
        lines: overview.stages, programme: programme, customers: overview.customers,
        selected: selected), in: rect, context)
  }

  private func drawCohorts(
    _ frame: inout Frame, _ rect: Rect, _ selected: Int?, _ context: RenderContext
  ) {
    frame.draw(
      CohortBars(lines: overview.cohorts, programme: programme, selected: selected), in: rect,
      context)
  }

  private func drawOffers(
    _ frame: inout Frame, _ rect: Rect, _ selected: Int?, _ context: RenderContext
  ) {
    guard !overview.offers.isEmpty else {
      frame.draw(
        Paragraph(texts["review.empty.all"], .muted), in: rect, context)
      return
    }
    let bars = overview.offers.map { line in
      Bar(
        texts.title(line.state), value: Double(line.count), valueText: programme.number(line.count),
        role: line.state == .suggested ? .accent : .bar)
    }
    frame.draw(
      BarChart(window(bars, rect.height, selected), selected: offset(rect.height, selected)),
      in: rect, context)
  }

  private func drawCurve(
    _ frame: inout Frame, _ rect: Rect, _ isFocused: Bool, _ context: RenderContext
  ) {
    guard let report = overview.pareto, !report.points.isEmpty else {
      frame.draw(Paragraph(texts["overview.no-purchases"], .muted), in: rect, context)
      return
    }
    let text = CurveWords(report, programme).sentence
    let height = min(3, Paragraph(text).height(width: rect.width))
    let parts = rect.split(.vertical, [.min(3), .fixed(height)])
    frame.draw(
      LineChart(
        report.points.map { LineChart.Point(x: $0.customers, y: $0.value) },
        verticalLabels: ("100 %", "0 %"),
        horizontalLabels: (texts["curve.best"], texts["curve.all"])), in: parts[0], context)
    frame.draw(Paragraph(text), in: parts[1], context)
    if isFocused { frame.cursor = Position(x: parts[1].x, y: parts[1].y) }
  }

  private func drawRecent(
    _ frame: inout Frame, _ rect: Rect, _ selected: Int?, _ context: RenderContext
  ) {
    let entries = overview.recent
    let list = List(
      count: entries.count, state: TableState(selected: selected ?? 0), isFocused: selected != nil,
      emptyText: texts["activity.empty"]
    ) { index in
      let line = entries[index]
      return TableCell("\(programme.display.time(line.at)) \(line.by): \(line.text)")
    }
    frame.draw(list, in: rect, context)
  }

  /// The bars that fit, so that the selected one is among them.
  private func window(_ bars: [Bar], _ height: Int, _ selected: Int?) -> [Bar] {
    Array(bars.dropFirst(top(height, selected)).prefix(height))
  }

  private func offset(_ height: Int, _ selected: Int?) -> Int? {
    selected.map { $0 - top(height, selected) }
  }

  private func top(_ height: Int, _ selected: Int?) -> Int {
    max(0, (selected ?? 0) - max(1, height) + 1)
  }
}

/// What the measured curve says.
struct CurveWords {
  let sentence: String

  init(_ report: ParetoReport, _ programme: ProgrammeFacts) {
    let (texts, display) = (programme.texts, programme.display)
    let parts = [
      report.top20Share.map { texts("curve.top", ["share": display.percent($0)]) },
      report.customersFor80.map { texts("curve.most", ["share": display.percent($0)]) },
    ].compactMap(\.self)
    let measure = report.measure == .twelveMonths ? "curve.twelve-months" : "curve.all-purchases"
    sentence = texts(
      "curve.sentence", ["parts": parts.joined(separator: "; "), "measure": texts[measure]])
  }
}

/// Cohorts with people and value side by side.
struct CohortBars: Widget {
  let lines: [CohortLine]
  let programme: ProgrammeFacts
  let selected: Int?

  func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    let people = max(1, lines.map(\.customers).reduce(0, +))
    let value = max(1, lines.map { max(0, $0.value) }.reduce(0, +))
    // Name, people, their number, value, its amount.
    let number = max(6, lines.map { TextWidth.of(programme.number($0.customers)) }.max() ?? 0)
    let amount = max(6, lines.map { TextWidth.of(programme.amount($0.value)) }.max() ?? 0)
    let titles = lines.map { programme.texts.title($0.cohort) }
    let name = min(titles.map { TextWidth.of($0) }.max() ?? 4, rect.width / 4)
    let parts = rect.split(
      .horizontal, [.fixed(name), .min(2), .fixed(number), .min(2), .fixed(amount)], spacing: 1)
    for (index, line) in lines.prefix(rect.height).enumerated() {
      let place = { (part: Rect) in Rect(x: part.x, y: rect.y + index, width: part.width, height: 1)
      }
      frame.put(titles[index], in: place(parts[0]), style: context[.text])
      let share = Double(line.customers) / Double(people)
      frame.draw(Gauge(share, role: .bar), in: place(parts[1]), context)
      frame.put(
        programme.number(line.customers), in: place(parts[2]), alignment: .trailing,
        style: context[.text])
      let worth = Double(max(0, line.value)) / Double(value)
      frame.draw(Gauge(worth, role: .good), in: place(parts[3]), context)
      frame.put(
        programme.amount(line.value), in: place(parts[4]), alignment: .trailing,
        style: context[.text])
      guard index == selected else { continue }
      frame.restyle(rect.row(index), with: context[.selection])
      frame.cursor = Position(x: rect.x, y: rect.y + index)
    }
  }
}
