import CursesDriver
import Foundation
import LadderScreens
import LoyaltyWorkspace

/// Opens the program on the store at a path; where there is none, on the welcome screen.
///
/// - Parameters:
///   - path: The folder of the store.
///   - asOf: The date that figures are as of, as written; nil for the last day of the data.
///   - noColor: Whether colours were declined.
/// - Throws: `WorkspaceError` when the store cannot be opened, `CallError` when the terminal cannot
///   be used.
func openScreens(at path: String, asOf: String? = nil, noColor: Bool = false) throws {
  let environment = System.environment()
  guard LoyaltyWorkspace.exists(at: path, environment: environment) else {
    let new = NewProgramme(
      path: path, currency: Locale.current.currency?.identifier ?? "EUR",
      timeZone: TimeZone.current.identifier, environment: environment,
      isTimeZone: { System.today(in: $0) != nil })
    return try show(.welcome(new), noColor: noColor)
  }
  let workspace = try LoyaltyWorkspace.open(
    at: path, asOf: try day(asOf, option: "--as-of"), environment: environment)
  try openScreens(workspace, noColor: noColor)
  // On the terminal as it was, where it stays.
  workspace.tellNotices()
}

/// Opens the program on a programme that is open.
func openScreens(_ workspace: LoyaltyWorkspace, noColor: Bool = false) throws {
  try show(.programme(workspace), noColor: noColor)
}

private func show(_ start: Start, noColor: Bool) throws {
  let terminal: CursesTerminal
  do throws(CursesError) {
    terminal = try CursesTerminal(
      environment: ProcessInfo.processInfo.environment, noColor: noColor)
  } catch {
    throw CallError(message: error.message)
  }
  defer { terminal.end() }
  runScreens(on: terminal, start: start)
}

extension CursesError {
  /// What is wrong with the terminal, and what to do.
  fileprivate var message: String {
    let commands = "Use a command instead: ladder --help lists them."
    return switch self {
    case .notATerminal: "this is no terminal, so there is no screen to draw on. \(commands)"
    case .unknownType: "the terminal's type in $TERM is unknown. Try TERM=xterm, or \(commands)"
    case .tooSimple: "the terminal in $TERM cannot place its cursor. \(commands)"
    case .system(let number):
      "the terminal could not be used: \(String(cString: strerror(number))). \(commands)"
    }
  }
}
