import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Draws the ladder of stages with who came and went, and what the selected one means.
  func drawStages(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard let overview = overview.overview.value, let programme else {
      return drawFailure(self.overview.overview.failure, &frame, rect, context)
    }
    let hasWords = rect.height >= 18
    let parts = rect.split(
      .vertical, hasWords ? [.fixed(overview.stages.count + 3), .min(3)] : [.min(3)])
    let flows = shelf.flows(period)
    frame.draw(
      Pane(
        title: texts["stages.title"],
        note: flows.failure == nil ? texts.between(period) : "",
        isFocused: true), in: parts[0], context)
    let ladder = StageLadder(
      lines: overview.stages, customers: overview.customers, flows: flows.value?.stages,
      programme: programme, state: stages)
    frame.draw(ladder, in: Pane.inner(of: parts[0]).inset(dx: 1, dy: 0), context)
    guard hasWords, let stage = selectedStage else { return }
    drawMeaning(stage, flows, overview, &frame, parts[1], context)
  }

  private func drawMeaning(
    _ stage: LifecycleStage, _ flows: Loadable<FlowReport>, _ overview: Overview,
    _ frame: inout Frame, _ rect: Rect, _ context: RenderContext
  ) {
    guard let programme else { return }
    frame.draw(Pane(title: texts.title(stage)), in: rect, context)
    let inner = Pane.inner(of: rect).inset(dx: 1, dy: 0)
    var lines = CardLines(width: inner.width)
    if let report = flows.value {
      lines.text(texts.sum(stage, report, programme))
      lines.text(texts.cameFrom(stage, report, programme))
      lines.text(texts.wentTo(stage, report, programme))
    } else {
      lines.text(flows.failure ?? texts["figures.coming"], .muted)
    }
    lines.text(texts.meaning(stage), .muted)
    for finding in overview.findings { lines.text(finding, .warning, first: "- ") }
    frame.draw(CardLinesView(lines: lines, skipping: 0), in: inner, context)
  }
}

/// The stages as lines: name, bar, people, share, who came in and who went out.
struct StageLadder: Widget {
  let lines: [StageCount]
  /// All customers, whom the shares refer to.
  let customers: Int
  /// Who came and went; nil while it is not there yet.
  let flows: MigrationReport?
  let programme: ProgrammeFacts
  let state: StagesState

  func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    guard rect.height > 1 else { return }
    let parts = columns(in: rect)
    drawHeader(&frame, rect, parts, context)
    let top = state.table.visibleTop(rowCount: lines.count, height: rect.height - 1)
    let most = Double(max(1, lines.map(\.count).max() ?? 0))
    for (row, line) in lines.dropFirst(top).prefix(rect.height - 1).enumerated() {
      let y = rect.y + 1 + row
      let isHere = top + row == min(state.table.selected, lines.count - 1)
      frame.put(
        programme.texts.title(line.stage), in: place(parts[0], y),
        style: context[isHere ? .title : .text],
        ellipsis: context.ellipsis)
      let isSlipping = line.stage == .atRisk || line.stage == .lapsed
      let bar = Bar(
        "", value: Double(line.count), valueText: "", role: isSlipping ? .warning : .bar)
      frame.draw(BarChart([bar], fullScale: most), in: place(parts[1], y), context)
      frame.put(
        share(line), in: place(parts[3], y), alignment: .trailing, style: context[.muted])
      for (column, part) in zip(StagesState.Column.allCases, [parts[2], parts[4], parts[5]]) {
        let cell = place(part, y)
        frame.put(
          text(line, column), in: cell, alignment: .trailing,
          style: context[role(line.stage, column)])
        if isHere, column == state.column { select(cell, &frame, context) }
      }
    }
  }

  private func select(_ cell: Rect, _ frame: inout Frame, _ context: RenderContext) {
    frame.put(
      context.symbol("›", ascii: ">"), x: cell.x - 1, y: cell.y, style: context[.text], width: 1)
    frame.restyle(
      Rect(x: cell.x - 1, y: cell.y, width: cell.width + 1, height: 1),
      with: context[.selection])
    frame.cursor = Position(x: cell.x - 1, y: cell.y)
  }

  private func columns(in rect: Rect) -> [Rect] {
    let name = lines.map { TextWidth.of(programme.texts.title($0.stage)) }.max() ?? 0
    let number = max(6, lines.map { TextWidth.of(programme.number($0.count)) }.max() ?? 0)
    let isWide = rect.width >= 60
    let flow = isWide ? max(8, number + 1) : number
    return rect.split(
      .horizontal,
      [
        .fixed(isWide ? name : min(name, rect.width - 3 * (number + 1))), .min(0),
        .fixed(number), .fixed(isWide ? 7 : 0), .fixed(flow), .fixed(flow),
      ], spacing: 1)
  }

  private func drawHeader(
    _ frame: inout Frame, _ rect: Rect, _ parts: [Rect], _ context: RenderContext
  ) {
    let isWide = parts[3].width > 0
    let heads = [
      (
        parts[2], isWide ? programme.texts["stages.people"] : programme.texts["stages.people.short"]
      ),
      (
        parts[4], isWide ? programme.texts["stages.joined"] : programme.texts["stages.joined.short"]
      ),
      (parts[5], isWide ? programme.texts["stages.left"] : programme.texts["stages.left.short"]),
    ]
    for (part, text) in heads {
      frame.put(
        text, in: place(part, rect.y), alignment: .trailing, style: context[.header])
    }
  }

  private func place(_ part: Rect, _ y: Int) -> Rect {
    Rect(x: part.x, y: y, width: part.width, height: 1)
  }

  private func share(_ line: StageCount) -> String {
    programme.display.percent(Double(line.count) / Double(max(1, customers)))
  }

  private func text(_ line: StageCount, _ column: StagesState.Column) -> String {
    guard column != .people else { return programme.number(line.count) }
    guard let flows else { return "-" }
    let name = line.stage.rawValue
    let count = column == .joined ? flows.joined(name) : flows.left(name)
    return count == 0 ? "0" : (column == .joined ? "+" : "-") + programme.number(count)
  }

  private func role(_ stage: LifecycleStage, _ column: StagesState.Column) -> Role {
    column == .people ? .text : .muted
  }
}

/// The words of the stages' screen.
extension Texts {
  func cameFrom(
    _ stage: LifecycleStage, _ report: FlowReport, _ programme: ProgrammeFacts
  ) -> String {
    let flows = report.stages
    let counts = flows.rows.indices.map { row in
      (flows.rows[row], flows.columns.firstIndex(of: stage.rawValue).map { flows.counts[row][$0] })
    }
    let parts = largest(counts, but: stage, programme, "stages.flow-from")
    let day = self.day(report.period.from)
    return parts.isEmpty
      ? self("stages.nobody-came", ["day": day])
      : self("stages.came", ["day": day, "flows": parts.joined(separator: ", ")])
  }

  func wentTo(
    _ stage: LifecycleStage, _ report: FlowReport, _ programme: ProgrammeFacts
  ) -> String {
    let flows = report.stages
    let row = flows.rows.firstIndex(of: stage.rawValue)
    let counts = flows.columns.indices.map { column in
      (flows.columns[column], row.map { flows.counts[$0][column] })
    }
    let parts = largest(counts, but: stage, programme, "stages.flow-to")
    return parts.isEmpty
      ? self["stages.nobody-went"]
      : self("stages.went", ["flows": parts.joined(separator: ", ")])
  }

  /// How many were in a stage, came, went and are in it, so that the figures are seen to add up.
  func sum(
    _ stage: LifecycleStage, _ report: FlowReport, _ programme: ProgrammeFacts
  ) -> String {
    let (flows, name) = (report.stages, stage.rawValue)
    let (joined, left) = (flows.joined(name), flows.left(name))
    return self(
      "stages.sum",
      [
        "from": day(report.period.from), "before": programme.number(flows.began(name)),
        "joined": programme.number(joined), "left": programme.number(left),
        "to": day(report.period.to), "now": programme.number(flows.ended(name)),
      ])
  }

  /// The greatest flows first, four of them, and how many the rest are.
  private func largest(
    _ counts: [(String, Int?)], but stage: LifecycleStage, _ programme: ProgrammeFacts,
    _ text: String
  ) -> [String] {
    let all = counts.enumerated().compactMap { place, flow -> (Int, Int, String)? in
      guard flow.0 != stage.rawValue, let count = flow.1, count > 0 else { return nil }
      return (count, place, MoveWords(self).group(flow.0, .stages))
    }.sorted { ($1.0, $0.1) < ($0.0, $1.1) }
    let rest = all.dropFirst(4).reduce(0) { $0 + $1.0 }
    return all.prefix(4).map { self(text, ["n": programme.number($0.0), "stage": $0.2]) }
      + (rest == 0 ? [] : [self("stages.flow-rest", count: rest, ["n": programme.number(rest)])])
  }
}
