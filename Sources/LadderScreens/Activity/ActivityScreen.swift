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
          title: texts["activity.entry"],
          text: texts(
            "activity.entry.text",
            ["at": time(entry), "user": entry.event.by, "what": entry.text])))
    case .takeBack:
      let isOwn = entry.event.by == programme?.status.user
      let message = isOwn ? "activity.take-back.own" : "activity.take-back.other"
      askToTakeBack(
        entry.event.sequence,
        message: texts(message, ["what": entry.text, "user": entry.event.by]))
    default: break
    }
    return []
  }

  /// Asks whether an action is to be taken back.
  mutating func askToTakeBack(_ event: Int, message: String) {
    ask(
      .takeBack(event), title: texts["activity.take-back"], message: message,
      .confirm(yes: "y", label: texts["keys.activity.take-back"]))
  }

  private func time(_ entry: LogEntry) -> String {
    (programme?.display ?? DisplayFormat()).time(entry.event.at)
  }

  func whyDisabledInActivity(_ command: Command) -> String? {
    switch command {
    case .open, .takeBack: activity.current == nil ? texts["activity.empty"] : nil
    default: nil
    }
  }

  /// Draws the log.
  func drawActivity(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    if let failure = activity.entries.failure {
      return drawFailure(failure, &frame, rect, context)
    }
    let entries = activity.entries.value ?? []
    frame.draw(
      Pane(title: texts["screen.activity"], note: texts["activity.order"], isFocused: true),
      in: rect, context)
    let isWide = rect.width >= 64
    let display = programme?.display ?? DisplayFormat()
    let columns =
      isWide
      ? [
        TableColumn(texts["activity.when"], .fixed(17)),
        TableColumn(texts["activity.who"], .fixed(10)),
        TableColumn(texts["activity.what"], .min(20)),
      ]
      : [
        TableColumn(texts["activity.day"], .fixed(11)),
        TableColumn(texts["activity.what"], .min(12)),
      ]
    let table = Table(
      columns: columns, rowCount: entries.count, state: activity.table,
      emptyText: texts["activity.empty"]
    ) { index in
      let entry = entries[index]
      let role: Role? = entry.event.undoes == nil ? nil : .muted
      let when = isWide ? time(entry) : display.day(entry.event.at)
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
    KeyBinding([.character("x")], .takeBack, "activity.take-back", priority: 9),
    KeyBinding([.enter], .open, "activity.read", priority: 6),
  ]
}
