import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// What was done, newest first.
struct ActivityState: Sendable {
  var entries: Loadable<[LogEntry]> = .missing
  var table = TableState()

  /// How many entries are read at once.
  static let limit = 500

  var current: LogEntry? {
    guard let entries = entries.value, entries.indices.contains(table.selected) else { return nil }
    return entries[table.selected]
  }

  func needs() -> [Effect] { entries.isMissing ? [.loadLog] : [] }
}

extension AppModel {
  /// Does a command of the activity log.
  mutating func performActivity(_ command: Command) -> [Effect] {
    if let key = command.motion {
      _ = activity.table.handle(
        key, rowCount: activity.entries.value?.count ?? 0, height: max(1, size.height - 5))
      return []
    }
    guard let entry = activity.current else { return [] }
    switch command {
    case .open:
      overlay = .text(
        TextSheet(
          title: "What was done",
          text: "\(entry.event.at) by \(entry.event.by)\n\n\(entry.text)"))
    case .takeBack:
      let whose =
        entry.event.by == programme?.status.user ? "" : " It was done by \(entry.event.by)."
      overlay = .dialog(
        Dialog(
          title: "Take this back?", message: "\(entry.text).\(whose)",
          kind: .confirm(yes: "y", label: "Take it back")), .takeBack(entry.event.sequence))
    default: break
    }
    return []
  }

  func whyDisabledInActivity(_ command: Command) -> String? {
    switch command {
    case .open, .takeBack: activity.current == nil ? "Nothing was done yet." : nil
    default: nil
    }
  }

  /// Draws the log.
  func drawActivity(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    if let failure = activity.entries.failure {
      return drawFailure(failure, &frame, rect, context)
    }
    let entries = activity.entries.value ?? []
    frame.draw(Pane(title: "Activity", note: "newest first", isFocused: true), in: rect, context)
    let isWide = rect.width >= 64
    let columns =
      isWide
      ? [
        TableColumn("When", .fixed(16)), TableColumn("Who", .fixed(10)),
        TableColumn("What", .min(20)),
      ]
      : [TableColumn("Day", .fixed(10)), TableColumn("What", .min(12))]
    let table = Table(
      columns: columns, rowCount: entries.count, state: activity.table,
      emptyText: " Nothing was done yet."
    ) { index in
      let entry = entries[index]
      let role: Role? = entry.event.undoes == nil ? nil : .muted
      let when = String(entry.event.at.shortText.prefix(isWide ? 16 : 10))
      return isWide
        ? [TableCell(when, .muted), TableCell(entry.event.by, .muted), TableCell(entry.text, role)]
        : [TableCell(when, .muted), TableCell(entry.text, role)]
    }
    frame.draw(table, in: Pane.inner(of: rect), context)
  }
}

extension ScreenBindings {
  /// The keys of the activity log.
  static let activity: [KeyBinding<Command>] = [
    KeyBinding(
      [.character("x")], .takeBack, name: "take-back", label: "Take it back",
      help: "Take back the selected entry, whoever did it and whenever.", priority: 9),
    KeyBinding(
      [.enter], .open, name: "read", label: "Read it",
      help: "Show the whole entry.", priority: 6),
  ]
}
