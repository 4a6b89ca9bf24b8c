import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// The stages with their people: name, bar, number, share.
struct StageBars: Widget {
  let lines: [StageCount]
  let programme: ProgrammeFacts
  /// All customers, whom the shares refer to.
  let customers: Int
  let selected: Int?

  func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    let top = TableState(selected: selected ?? 0).visibleTop(
      rowCount: lines.count, height: rect.height)
    let name = lines.map { TextWidth.of(programme.texts.title($0.stage)) }.max() ?? 0
    let number = lines.map { TextWidth.of(programme.number($0.count)) }.max() ?? 0
    let most = Double(max(1, lines.map(\.count).max() ?? 0))
    let parts = rect.split(
      .horizontal, [.fixed(name), .min(0), .fixed(number), .fixed(7)], spacing: 1)
    for (row, line) in lines.dropFirst(top).prefix(rect.height).enumerated() {
      let place = { (part: Rect) in Rect(x: part.x, y: rect.y + row, width: part.width, height: 1) }
      frame.put(
        programme.texts.title(line.stage), in: place(parts[0]), style: context[.text],
        ellipsis: context.ellipsis)
      let isSlipping = line.stage == .atRisk || line.stage == .lapsed
      frame.draw(
        BarChart(
          [
            Bar("", value: Double(line.count), valueText: "", role: isSlipping ? .warning : .bar)
          ], fullScale: most), in: place(parts[1]), context)
      frame.put(
        programme.number(line.count), in: place(parts[2]), alignment: .trailing,
        style: context[.text])
      let share = programme.display.percent(Double(line.count) / Double(max(1, customers)))
      frame.put(share, in: place(parts[3]), alignment: .trailing, style: context[.muted])
      guard top + row == selected else { continue }
      frame.restyle(rect.row(row), with: context[.selection])
      frame.cursor = Position(x: rect.x, y: rect.y + row)
    }
  }
}
