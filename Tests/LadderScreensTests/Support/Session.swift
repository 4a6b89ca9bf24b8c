import LadderScreens
import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import Synchronization
import TerminalKit

/// A small programme of invented people on a disk in memory, the same every time; for the screens
/// it is somebody's own.
struct SmallProgramme {
  static let path = "/disk/shop"
  let disk: MemoryDisk

  /// Made once; each programme is a copy of what would be found after a crash.
  private static let made = Result { () throws -> MemoryDisk in
    let disk = MemoryDisk()
    let workspace = try LoyaltyWorkspace.createDemo(
      at: path, customers: 60, seed: 7, environment: environment(disk, "anna"),
      kind: .bare, progress: { _ in true })
    _ = try workspace.suggest(SuggestOptions(), progress: { _ in true })
    return disk
  }

  /// Sixty people, and what the rules suggest for them.
  init() throws { disk = try Self.made.get().crashed() }

  /// The programme as it would be found if the machine stopped now.
  func afterCrash() throws -> LoyaltyWorkspace {
    try LoyaltyWorkspace.open(
      at: Self.path, environment: Self.environment(disk.crashed(), "anna"))
  }

  /// The programme as somebody opens it.
  func open(
    as user: String = "anna", language: Language = .english
  ) throws -> LoyaltyWorkspace {
    try LoyaltyWorkspace.open(
      at: Self.path, environment: Self.environment(disk, user).speaking(language))
  }

  static func environment(_ disk: MemoryDisk, _ user: String) -> WorkspaceEnvironment {
    WorkspaceEnvironment(
      disk: disk, user: user, now: { Timestamp(seconds: 1_782_900_000) },
      today: { _ in Day(number: 20_635) })
  }
}

/// Somebody at the keyboard: keys go through the very loop of the program, frame by frame.
final class Session {
  let terminal: ScriptedTerminal
  let app: Application<ScriptedTerminal>
  let workspace: LoyaltyWorkspace?

  /// Opens a programme.
  convenience init(
    _ programme: SmallProgramme, width: Int = 80, height: Int = 24, as user: String = "anna",
    language: Language = .english, capabilities: Capabilities = Capabilities(),
    editor: Editor? = nil
  ) throws {
    let workspace = try programme.open(as: user, language: language)
    self.init(
      .programme(workspace), workspace, width: width, height: height, capabilities: capabilities,
      editor: editor)
  }

  init(
    _ start: Start, _ workspace: LoyaltyWorkspace? = nil, width: Int = 80, height: Int = 24,
    capabilities: Capabilities = Capabilities(), editor: Editor? = nil,
    observer: (@Sendable (WorkProgress) -> Void)? = nil
  ) {
    terminal = ScriptedTerminal(width: width, height: height, capabilities: capabilities)
    app = Application(terminal: terminal, start: start, editor: editor, observer: observer)
    self.workspace = workspace
    idle()
  }

  /// Presses keys one after the other, each after the frame that the one before led to.
  func press(_ names: String...) {
    for name in names {
      terminal.press(name)
      takeScripted()
      idle()
    }
  }

  /// Takes the next scripted event; a wake of work that ended just now may come before it.
  private func takeScripted() {
    let before = terminal.remaining
    repeat { app.takeNext() } while terminal.remaining == before && !app.hasEnded
  }

  /// Types a text, each character as a key of its own.
  func type(_ text: String) {
    for character in text { press(character == " " ? "space" : String(character)) }
  }

  /// Presses keys so fast that all are waiting before a frame is drawn for the first of them.
  func typeAhead(_ names: String...) {
    for name in names { terminal.press(name) }
    takeScripted()
    idle()
  }

  /// Pastes a text.
  func paste(_ text: String) { send(.paste(text)) }

  func send(_ event: TerminalEvent) {
    terminal.append([event])
    takeScripted()
    idle()
  }

  /// Draws, and waits until nothing runs in the background.
  func idle() {
    app.present()
    app.settle()
    app.rest()
    app.settle()
    app.present()
  }

  /// The rows of the screen.
  var lines: [String] { terminal.lastFrame?.textLines ?? [] }
  /// The whole screen.
  var screen: String { terminal.lastFrame?.snapshot ?? "" }
  /// The line above the key hints.
  var status: String { lines.count >= 2 ? lines[lines.count - 2] : "" }
  /// The key hints.
  var footer: String { lines.last ?? "" }

  /// How many entries the log has.
  func entries() throws -> Int { try workspace?.log(limit: 1_000).count ?? 0 }

  /// The offers in a state, as another reader of the programme sees them.
  func offers(_ state: OfferState) throws -> [Offer] {
    try workspace?.offers(matching: "state = \(state.rawValue)") ?? []
  }
}

extension SmallProgramme {
  private init(_ disk: MemoryDisk) { self.disk = disk }

  /// The same programme on a disk of its own.
  static func copy(of programme: SmallProgramme) -> SmallProgramme {
    SmallProgramme(programme.disk.crashed())
  }
}
