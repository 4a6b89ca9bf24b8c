import CursesDriver
import Foundation
import LoyaltyModel
import LoyaltyWorkspace

/// Why the screens could not be shown, in their language, and the exit code for it.
struct ScreensError: Error {
  let message: String
  let exitCode: Int32

  /// The store could not be opened.
  init(_ error: WorkspaceError, _ wording: Wording) {
    message = [error.message(wording), error.place].compactMap(\.self).joined(separator: "\n")
    exitCode = error.exitCode
  }

  /// The terminal cannot show them.
  init(_ error: CursesError, _ texts: Texts) {
    let commands = texts["terminal.commands"]
    message =
      switch error {
      case .notATerminal: texts("terminal.none", ["commands": commands])
      case .unknownType: texts("terminal.unknown", ["commands": commands])
      case .tooSimple: texts("terminal.simple", ["commands": commands])
      case .system(let number):
        texts(
          "terminal.failed",
          ["text": String(cString: strerror(number)), "commands": commands])
      }
    exitCode = 2
  }

  /// An option holds no day.
  init(notADay text: String, option: String, _ texts: Texts) {
    message = texts("call.no-day", ["option": option, "text": text])
    exitCode = 2
  }

  /// Nobody is there to see them.
  static func withoutTerminal(_ texts: Texts) -> Self {
    Self(message: texts["terminal.call"], exitCode: 2)
  }

  private init(message: String, exitCode: Int32) {
    (self.message, self.exitCode) = (message, exitCode)
  }
}
