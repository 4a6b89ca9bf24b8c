import CursesDriver
import Foundation
import LadderScreens
import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit
import TextFormats

/// How the screens are drawn and what they are written in.
struct ScreenLook {
  /// Whether colours were declined.
  var noColor = false
  /// Whether they are said as numbered lines.
  var isPlain = false
  /// Whether clicks and the wheel count.
  var usesMouse = true
  /// The language of the screens.
  var language = Language.english
  /// The colours of the screens; nil for those of the environment, else the standard ones.
  var theme: Theme?
}

/// Opens the program on the store at a path; where there is none, on the welcome screen.
///
/// - Parameters:
///   - path: The folder of the store.
///   - asOf: The date that figures are as of, as written; nil for the last day of the data.
///   - look: How the screens are drawn and what they are written in.
/// - Throws: `WorkspaceError` when the store cannot be opened, `CallError` when the terminal cannot
///   be used.
func openScreens(at path: String, asOf: String? = nil, look: ScreenLook) throws {
  let environment = System.environment().speaking(look.language)
  guard LoyaltyWorkspace.exists(at: path, environment: environment) else {
    let new = NewProgramme(
      path: path, currency: Locale.current.currency?.identifier ?? "EUR",
      timeZone: TimeZone.current.identifier, environment: environment,
      isTimeZone: { System.today(in: $0) != nil })
    _ = try show(.welcome(new), look)
    return
  }
  let closed = ClosedProgramme(
    path: path, asOf: try day(asOf, option: "--as-of"), environment: environment)
  let parting = try show(look.isPlain ? .programme(openPlain(closed)) : .opening(closed), look)
  // Everything is on disk; giving a million customers' memory back piece by piece only takes time,
  // and nothing may be torn down under a programme that is still being opened.
  withExtendedLifetime(parting) { _exit(0) }
}

/// Opens a programme for the screens as lines; says so when that takes longer than a moment.
private func openPlain(_ closed: ClosedProgramme) throws -> LoyaltyWorkspace {
  let text = SafeText.shown(closed.environment.texts("job.open", ["name": closed.name]))
  let saying = DispatchWorkItem { StandardOutput.write(Array((text + " …\n").utf8)) }
  DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(1), execute: saying)
  defer { saying.cancel() }
  return try closed.open()
}

/// Opens the program on a programme that is open.
func openScreens(_ workspace: LoyaltyWorkspace, look: ScreenLook) throws {
  _ = try show(.programme(workspace), look)
}

/// The theme of the options, else of the environment, else the standard one.
private func theme(_ look: ScreenLook) throws -> Theme {
  guard look.theme == nil, let name = System.variable("LADDER_THEME") else {
    return look.theme ?? .standard
  }
  guard let theme = Theme.named(name) else {
    throw CallError(message: "$LADDER_THEME: \(Theme.unknown(name))")
  }
  return theme
}

private func show(_ start: Start, _ look: ScreenLook) throws -> Parting {
  let theme = try theme(look)
  let parting = try look.isPlain ? showPlain(start) : showOnScreen(start, look, theme)
  for line in parting.lines {
    StandardOutput.write(Array((SafeText.shown(line) + "\n").utf8))
  }
  return parting
}

private func showOnScreen(_ start: Start, _ look: ScreenLook, _ theme: Theme) throws -> Parting {
  let terminal: CursesTerminal
  do throws(CursesError) {
    terminal = try CursesTerminal(
      environment: ProcessInfo.processInfo.environment, noColor: look.noColor)
  } catch {
    throw CallError(message: error.message)
  }
  defer { terminal.end() }
  let now = System.environment().now()
  let name = "crash-" + now.description.replacing(":", with: "") + ".txt"
  if let path = System.environment().stateFile(name) {
    terminal.report(to: path, head: System.reportHead(at: now))
  }
  return try runScreens(
    on: terminal, start: start, theme: theme, editor: .own, usesMouse: look.usesMouse)
}

/// The screens as numbered lines, on standard input and output.
private func showPlain(_ start: Start) throws -> Parting {
  StandardOutput.write(Array((start.plainHint + "\n").utf8))
  let variables = ProcessInfo.processInfo.environment
  let terminal = PlainTerminal(
    unicode: Capabilities.detected(environment: variables, noColor: true, colors: 0).unicode,
    readLine: { readLine() }, write: { StandardOutput.write(Array($0.utf8)) })
  return try runScreens(on: terminal, start: start, usesMouse: false)
}

extension CursesError {
  /// What is wrong with the terminal, and what to do.
  fileprivate var message: String {
    let commands = "Use --plain, or a command instead: ladder --help lists them."
    return switch self {
    case .notATerminal: "this is no terminal, so there is no screen to draw on. \(commands)"
    case .unknownType: "the terminal's type in $TERM is unknown. Try TERM=xterm, or \(commands)"
    case .tooSimple: "the terminal in $TERM cannot place its cursor. \(commands)"
    case .system(let number):
      "the terminal could not be used: \(String(cString: strerror(number))). \(commands)"
    }
  }
}
