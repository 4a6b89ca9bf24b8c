import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import TerminalKit

@testable import LadderScreens

/// Somebody at the keyboard while the programme is still being opened, for as long as the test
/// wants.
final class OpeningSession {
  let terminal: ScriptedTerminal
  let app: Application<ScriptedTerminal>
  private let gate = Gate()

  /// Opens a programme, which stops at its first step; the first look is taken already.
  init(_ closed: ClosedProgramme, width: Int = 80, height: Int = 24) {
    terminal = ScriptedTerminal(width: width, height: height)
    app = Application(
      terminal: terminal, start: .opening(closed), observer: gate.pass)
    app.present()
    gate.awaitFirst()
    app.present()
  }

  /// Presses keys one after the other, each after the frame that the one before led to.
  func press(_ names: String...) { names.forEach { send($0) } }

  private func send(_ name: String) {
    terminal.press(name)
    let before = terminal.remaining
    repeat { app.takeNext() } while terminal.remaining == before && !app.hasEnded
    app.present()
  }

  /// Lets the opening go on to its end, and everything behind it.
  func goOn() {
    gate.open()
    for _ in 0..<2 {
      app.settle()
      app.present()
      app.rest()
    }
    app.settle()
    app.present()
  }

  /// The whole screen.
  var screen: String { terminal.lastFrame?.snapshot ?? "" }
  /// The rows of the screen.
  var lines: [String] { terminal.lastFrame?.textLines ?? [] }
  /// The line above the key hints.
  var status: String { lines.count >= 2 ? lines[lines.count - 2] : "" }
}

extension SmallProgramme {
  /// The programme before it is open; small as it is, its overview is kept.
  func closed(
    as user: String = "anna", language: Language = .english, asOf: Day? = nil
  ) -> ClosedProgramme {
    var environment = Self.environment(disk, user).speaking(language)
    environment.keepsOverviewFrom = 0
    environment.stateFolder = "/disk/state"
    return ClosedProgramme(path: Self.path, asOf: asOf, environment: environment)
  }

  /// Every file of the store with its bytes, without the lock and what is disposable.
  func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for path in disk.files where path.hasPrefix(Self.path + "/") {
      if path.contains("/cache/") || path.hasSuffix("/lock") { continue }
      files[path] = try disk.readWhole(path, .read)
    }
    return files
  }
}
