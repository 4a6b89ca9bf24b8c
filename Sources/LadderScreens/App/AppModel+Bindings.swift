import LoyaltyWorkspace
package import TerminalKit

extension AppModel {
  /// The keys that work on the present screen.
  var bindings: BindingTable<Command> { ScreenBindings.table(for: screen) }

  /// Why a command cannot be done now; nil when it can.
  func whyDisabled(_ command: Command) -> String? {
    if command.isWriting, let reason = programme?.status.readOnlyReason {
      return "Nothing can be changed: \(reason)"
    }
    if command.isWriting || command == .tryOut, let work {
      return "\(work.job.title) is still running; Esc stops it."
    }
    switch command {
    case .show(let target): return target == .card && programme == nil ? "No programme yet." : nil
    case .dismiss: return canDismiss ? nil : "There is nothing to stop or clear."
    case .messages: return messages.isEmpty ? "There are no messages yet." : nil
    case .nextChoice, .previousChoice:
      return formHere?.isAtChoice == false ? "This field is written: Enter changes it." : nil
    default: return whyDisabledHere(command)
    }
  }

  private var formHere: Form? {
    switch screen {
    case .export: export.form
    case .importing: importing.form
    case .welcome: welcome.form
    default: nil
    }
  }

  private var canDismiss: Bool {
    var copy = self
    return work != nil || !trail.isEmpty || copy.clearFilterHere() != nil
  }

  private func whyDisabledHere(_ command: Command) -> String? {
    switch screen {
    case .customers: whyDisabledInCustomers(command)
    case .card: whyDisabledInCard(command)
    case .review: whyDisabledInReview(command)
    case .export: whyDisabledInExport(command)
    case .importing: whyDisabledInImport(command)
    case .activity: whyDisabledInActivity(command)
    default: nil
    }
  }
}

/// The one table a screen that feeds dispatch, footer, help, palette and manual.
package enum ScreenBindings {
  /// All keys of a screen, its own first.
  package static func table(for screen: ScreenID) -> BindingTable<Command> {
    tables[screen] ?? BindingTable([])
  }

  private static let tables: [ScreenID: BindingTable<Command>] = Dictionary(
    uniqueKeysWithValues: ScreenID.allCases.map { ($0, BindingTable(bindings(for: $0))) })

  private static func bindings(for screen: ScreenID) -> [KeyBinding<Command>] {
    switch screen {
    case .overview: overview + movement + everywhere
    case .customers: customers + movement + ranges + everywhere
    case .card: card + movement + everywhere
    case .stages: stages + movement + everywhere
    case .cohorts: cohorts + movement + everywhere
    case .review: review + movement + ranges + everywhere
    case .rules: rules + movement + everywhere
    case .export: export + movement + everywhere
    case .importing: importing + movement + everywhere
    case .activity: activity + movement + everywhere
    case .welcome: welcome + movement + leaving
    }
  }

  /// Moving in lists.
  static let movement: [KeyBinding<Command>] = [
    KeyBinding(
      [.down, .character("j")], .down, name: "down", label: "Down",
      help: "Go to the next row.", priority: 0),
    KeyBinding(
      [.up, .character("k")], .up, name: "up", label: "Up",
      help: "Go to the row before.", priority: 0),
    KeyBinding(
      [.pageDown], .pageDown, name: "page-down", label: "Page down",
      help: "Go a page down.", priority: 0),
    KeyBinding(
      [.pageUp], .pageUp, name: "page-up", label: "Page up",
      help: "Go a page up.", priority: 0),
    KeyBinding(
      [.home, .character("g")], .first, name: "first", label: "First",
      help: "Go to the first row.", priority: 0),
    KeyBinding(
      [.end, .character("G")], .last, name: "last", label: "Last",
      help: "Go to the last row.", priority: 0),
  ]

  /// Ranges of rows.
  static let ranges: [KeyBinding<Command>] = [
    KeyBinding(
      [.shiftDown], .extendDown, name: "extend-down", label: "Range down",
      help: "Take the next row into a range; Space marks the whole range.", priority: 0),
    KeyBinding(
      [.shiftUp], .extendUp, name: "extend-up", label: "Range up",
      help: "Take the row before into a range; Space marks the whole range.", priority: 0),
    KeyBinding(
      [.character("v")], .markRange, name: "range", label: "Range",
      help: "Begin a range that every movement extends, or end it.", priority: 0),
  ]

  /// Leaving, and finding out what can be done.
  static let leaving: [KeyBinding<Command>] = [
    KeyBinding(
      [.character("?"), .function(1)], .help, name: "help", label: "Help",
      help: "Show what every key does here; type to find one, Enter does it.", priority: 7),
    KeyBinding(
      [.character("q")], .back, name: "back", label: "Back",
      help: "Go back to where you came from, or leave. All decisions are saved already.",
      priority: 5),
    KeyBinding(
      [.control("c")], .leave, name: "leave", label: "Leave",
      help: "Leave at once. All decisions are saved already.", priority: 0),
    KeyBinding(
      [.escape], .dismiss, name: "stop", label: "Stop or clear",
      help: "Stop what is running, or clear the filter, or go back.", priority: 0),
    KeyBinding(
      [.character("!")], .messages, name: "messages", label: "Messages",
      help: "Read all messages of this session again.", priority: 0),
  ]

  /// What works on every screen of a programme.
  static let everywhere: [KeyBinding<Command>] =
    [
      KeyBinding(
        [.character("u")], .undo, name: "undo", label: "Undo",
        help: "Take back your last change, whatever it was and whenever.", priority: 2),
      KeyBinding(
        [.character("U")], .redo, name: "redo", label: "Redo",
        help: "Do again what you took back last.", priority: 0),
    ] + leaving + [
      KeyBinding(
        [.character(":"), .control("p")], .palette, name: "commands", label: "Commands",
        help: "Find anything that can be done by typing a part of its name.", priority: 4),
      KeyBinding(
        [.tab], .nextScreen, name: "next-screen", label: "Next screen",
        help: "Go to the next screen.", priority: 0),
      KeyBinding(
        [.backtab], .previousScreen, name: "previous-screen", label: "Previous screen",
        help: "Go to the screen before.", priority: 0),
    ]
    + ScreenID.numbered.enumerated().map { index, screen in
      KeyBinding(
        [.character(Character(String(index + 1)))], .show(screen), name: screen.rawValue,
        label: screen.title, help: "Go to the screen \(screen.title).", priority: 0)
    } + [
      KeyBinding(
        [.character("i")], .show(.importing), name: "import", label: "Import a file",
        help: "Bring sales or customers in from a file.", priority: 1),
      KeyBinding(
        [.character("L")], .show(.activity), name: "activity", label: "Activity log",
        help: "See what was done by whom, and take any of it back.", priority: 0),
    ]
}
