import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Does a command of the cohorts' screen.
  mutating func performCohorts(_ command: Command) -> [Effect] {
    guard let lines = overview.overview.value?.cohorts else { return [] }
    if let key = command.motion {
      _ = cohorts.handle(key, rowCount: lines.count, height: lines.count)
    }
    guard command == .open, lines.indices.contains(cohorts.selected) else { return [] }
    return showCustomers(where: "cohort = \(lines[cohorts.selected].cohort.rawValue)")
  }

  /// Draws the cohorts: people and value side by side, what it takes to belong, the curve.
  func drawCohorts(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard let overview = overview.overview.value, let programme else {
      return drawFailure(self.overview.overview.failure, &frame, rect, context)
    }
    let height = overview.cohorts.count + 3
    let parts = rect.split(.vertical, [.fixed(min(height, rect.height)), .min(0)])
    frame.draw(
      Pane(title: "Value cohorts", note: "figures as at \(overview.asOf)", isFocused: true),
      in: parts[0], context)
    drawTable(overview, programme, &frame, Pane.inner(of: parts[0]), context)
    guard parts[1].height >= 6, let report = overview.pareto, !report.points.isEmpty else { return }
    frame.draw(Pane(title: "Who brings the value"), in: parts[1], context)
    let inner = Pane.inner(of: parts[1]).inset(dx: 1, dy: 0)
    let lower = inner.split(.vertical, [.min(3), .fixed(inner.width >= 76 ? 1 : 2)])
    frame.draw(
      LineChart(
        report.points.map { LineChart.Point(x: $0.customers, y: $0.value) },
        verticalLabels: ("100 %", "0 %"),
        horizontalLabels: ("best customers", "all customers")), in: lower[0], context)
    frame.draw(Paragraph(CurveWords(report, programme).sentence), in: lower[1], context)
  }

  private func drawTable(
    _ overview: Overview, _ programme: ProgrammeFacts, _ frame: inout Frame, _ rect: Rect,
    _ context: RenderContext
  ) {
    let lines = overview.cohorts
    let people = Double(max(1, lines.map(\.customers).reduce(0, +)))
    let value = Double(max(1, lines.map { max(0, $0.value) }.reduce(0, +)))
    var columns = [
      TableColumn("Cohort", .min(8)), TableColumn("People", .fixed(9), alignment: .trailing),
      TableColumn("Value", .fixed(14), alignment: .trailing),
    ]
    let isWide = rect.width >= 70
    if isWide {
      columns += [
        TableColumn("of people", .fixed(10), alignment: .trailing),
        TableColumn("of value", .fixed(10), alignment: .trailing),
        TableColumn("From \(programme.currency.code)", .fixed(12), alignment: .trailing),
      ]
    }
    let table = Table(columns: columns, rowCount: lines.count, state: cohorts) { index in
      let line = lines[index]
      var cells = [
        TableCell(line.cohort.title), TableCell(programme.number(line.customers)),
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

extension ScreenBindings {
  /// The keys of the cohorts' screen.
  static let cohorts: [KeyBinding<Command>] = [
    KeyBinding([.enter], .open, "cohorts.open", priority: 8)
  ]
}
