import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Does a command of the stages' screen.
  mutating func performStages(_ command: Command) -> [Effect] {
    guard let lines = overview.overview.value?.stages else { return [] }
    if let key = command.motion {
      _ = stages.handle(key, rowCount: lines.count, height: lines.count)
    }
    guard command == .open, lines.indices.contains(stages.selected) else { return [] }
    return showCustomers(where: "stage = \"\(lines[stages.selected].stage.rawValue)\"")
  }

  /// Draws the ladder of stages with what each means.
  func drawStages(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard let overview = overview.overview.value, let programme else {
      return drawFailure(self.overview.overview.failure, &frame, rect, context)
    }
    let parts = rect.split(.vertical, [.min(5), .fixed(rect.height >= 12 ? 6 : 0)])
    frame.draw(
      Pane(
        title: "Lifecycle stages",
        note: programme.count(overview.customers, "customer", "customers"), isFocused: true),
      in: parts[0], context)
    let inner = Pane.inner(of: parts[0]).inset(dx: 1, dy: 0)
    frame.draw(
      StageBars(
        lines: overview.stages, programme: programme, customers: overview.customers,
        selected: stages.selected), in: inner, context)
    guard overview.stages.indices.contains(stages.selected), parts[1].height > 2 else { return }
    let stage = overview.stages[stages.selected].stage
    frame.draw(Pane(title: stage.title), in: parts[1], context)
    frame.draw(
      Paragraph("\(stage.meaning)\n\(stage.next)"),
      in: Pane.inner(of: parts[1]).inset(dx: 1, dy: 0), context)
  }
}

extension ScreenBindings {
  /// The keys of the stages' screen.
  static let stages: [KeyBinding<Command>] = [
    KeyBinding([.enter], .open, "stages.open", priority: 8)
  ]
}
