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
  /// The colours of the screens; nil for those of the environment, else for those that were chosen
  /// the last time, else the standard ones.
  var theme: Theme?
}

/// Opens the program on the store at a path; where there is none, on the welcome screen.
///
/// - Parameters:
///   - path: The folder of the store.
///   - asOf: The date that figures are as of, as written; nil for the last day of the data.
///   - look: How the screens are drawn and what they are written in.
/// - Throws: `ScreensError` when the store cannot be opened, or the terminal cannot be used;
///   `CallError` for a theme that is none.
func openScreens(at path: String, asOf: String? = nil, look: ScreenLook) throws {
  let environment = System.environment().speaking(look.language)
  guard LoyaltyWorkspace.exists(at: path, environment: environment) else {
    _ = try show(.welcome(newProgramme(at: path, environment)), look)
    return
  }
  let closed = ClosedProgramme(
    path: path, asOf: try asOf.map { try checkedDay($0, option: "--as-of", environment.texts) },
    environment: environment)
  let parting = try show(
    look.isPlain
      ? openPlain(closed)
      : .opening(closed, own: newProgramme(at: System.defaultStorePath, environment)), look)
  // Everything is on disk; giving a million customers' memory back piece by piece only takes time,
  // and nothing may be torn down under a programme that is still being opened.
  withExtendedLifetime(parting) { _exit(0) }
}

/// The programme that can be begun at a path, as the machine suggests it.
private func newProgramme(at path: String, _ environment: WorkspaceEnvironment) -> NewProgramme {
  NewProgramme(
    path: path, demoPath: System.defaultDemoPath,
    currency: System.usualCurrency,
    timeZone: System.usualTimeZone, environment: environment,
    timeZones: System.timeZones)
}

/// Opens a programme for the screens as lines; says so when that takes longer than a moment.
private func openPlain(_ closed: ClosedProgramme) throws -> Start {
  let text = SafeText.shown(closed.environment.texts("job.open", ["name": closed.name]))
  let saying = DispatchWorkItem { StandardOutput.write(Array((text + " …\n").utf8)) }
  DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(1), execute: saying)
  defer { saying.cancel() }
  do throws(WorkspaceError) {
    let own = newProgramme(at: System.defaultStorePath, closed.environment)
    return .programme(try closed.open(), own: own)
  } catch {
    throw ScreensError(error, closed.environment.wording)
  }
}

/// The day of an option's text, refused in the language of the screens.
func checkedDay(_ text: String, option: String, _ texts: Texts) throws(ScreensError) -> Day {
  guard let day = Day(text) else { throw ScreensError(notADay: text, option: option, texts) }
  return day
}

/// Opens the program on a programme that is open.
func openScreens(_ workspace: LoyaltyWorkspace, look: ScreenLook) throws {
  let environment = System.environment().speaking(look.language)
  let own = newProgramme(at: System.defaultStorePath, environment)
  _ = try show(.programme(workspace, own: own), look)
}

/// The theme of the options, else of the environment; nil for whatever was chosen the last time.
private func theme(_ look: ScreenLook) throws -> Theme? {
  guard look.theme == nil, let name = System.variable("LADDER_THEME") else { return look.theme }
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

private func showOnScreen(_ start: Start, _ look: ScreenLook, _ theme: Theme?) throws -> Parting {
  let terminal: CursesTerminal
  do throws(CursesError) {
    terminal = try CursesTerminal(
      environment: ProcessInfo.processInfo.environment, noColor: look.noColor)
  } catch {
    throw ScreensError(error, start.texts)
  }
  defer { terminal.end() }
  let now = System.environment().now()
  let name = "crash-" + now.description.replacing(":", with: "") + ".txt"
  if let path = System.environment().stateFile(name) {
    terminal.report(to: path, head: System.reportHead(at: now))
  }
  do throws(WorkspaceError) {
    return try runScreens(
      on: terminal, start: start, theme: theme, editor: .own, usesMouse: look.usesMouse)
  } catch {
    throw ScreensError(error, start.wording)
  }
}

/// The screens as numbered lines, on standard input and output.
private func showPlain(_ start: Start) throws -> Parting {
  StandardOutput.write(Array((start.plainHint + "\n").utf8))
  let variables = ProcessInfo.processInfo.environment
  let terminal = PlainTerminal(
    unicode: Capabilities.detected(environment: variables, noColor: true, colors: 0).unicode,
    readLine: { readLine() }, write: { StandardOutput.write(Array($0.utf8)) })
  do throws(WorkspaceError) {
    return try runScreens(on: terminal, start: start, usesMouse: false)
  } catch {
    throw ScreensError(error, start.wording)
  }
}
