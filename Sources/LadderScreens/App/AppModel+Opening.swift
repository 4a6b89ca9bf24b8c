import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// A programme that is being opened.
struct Opening: Sendable {
  /// What it is called.
  let name: String
  /// Whether that takes so long that the screens are shown meanwhile.
  var isLarge = false
}

/// What is known of a programme at a first look, before it has been read.
package struct FoundProgramme: Sendable {
  /// What screens need to know of it; nil where nothing was kept.
  var facts: ProgrammeFacts?
  /// The overview as it was kept; nil where none was, or it may not be true any more.
  var overview: Overview?
  /// Whether reading it takes more than a moment.
  var isLarge: Bool

  init(_ look: FirstLook, _ environment: WorkspaceEnvironment) {
    facts = look.kept.map { ProgrammeFacts($0.status, environment) }
    overview = look.kept?.overview
    isLarge = look.isLarge
  }
}

extension AppModel {
  /// Whether the overview of the last time is shown, since figures are not there yet.
  var showsKeptOverview: Bool {
    screen == .overview && !isPrepared && overview.isKept && overview.overview.value != nil
  }

  /// Takes what a first look at the files found.
  mutating func take(_ found: FoundProgramme) {
    guard opening != nil else { return }
    opening?.isLarge = found.isLarge
    guard let facts = found.facts, let known = found.overview else { return }
    programme = facts
    overview.overview = .loaded(known)
    overview.isKept = true
  }

  /// Takes the programme, now that it is open, as if it had been so from the start.
  mutating func adopt(_ facts: ProgrammeFacts, isAsFound: Bool) {
    opening = nil
    programme = facts
    if !isAsFound { overview.overview = .missing }
    if let notice = facts.openingNotice { say(.hint(notice)) }
  }

  /// Why a command has to wait until the programme is open; nil when it need not.
  func whyNotWhileOpening(_ command: Command) -> String? {
    guard opening != nil else { return nil }
    switch command {
    case .show, .nextScreen, .previousScreen, .help, .palette, .messages, .toggleMouse, .nextTheme,
      .back,
      .leave, .dismiss:
      return nil
    case .left, .right, .open: return showsKeptOverview ? nil : texts["app.still-opening"]
    default:
      return showsKeptOverview && command.motion != nil ? nil : texts["app.still-opening"]
    }
  }

  /// What the status line says of the opening; the overview that is shown meanwhile can be trusted.
  func openingActivity(_ activity: String) -> String {
    opening != nil && showsKeptOverview ? texts["app.figures-current"] : activity
  }

  /// Says in place of a screen that the programme is being opened.
  func drawOpening(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    let box = rect.centered(width: min(74, rect.width - 2), height: 3)
    frame.draw(Paragraph(texts["app.opening"]), in: box, context)
  }
}
