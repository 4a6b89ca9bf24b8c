import ArgumentParser
import Foundation
import LoyaltyWorkspace
import TextFormats

/// The entry point: runs a command and turns what was thrown into words and an exit code.
@main
enum Main {
  static func main() {
    do {
      var command = try Ladder.parseAsRoot()
      try command.run()
    } catch {
      exit(report(error))
    }
  }

  /// Says what went wrong and answers with the exit code: 0 done, 1 the work failed, 2 the call was
  /// wrong, 3 the store is damaged or cannot be written.
  private static func report(_ error: any Error) -> Int32 {
    switch error {
    case let error as WorkspaceError:
      let lines = [error.message(.english), error.place].compactMap { $0 }.joined(separator: "\n")
      StandardError.write("ladder: \(safe(lines))\n")
      if error.isStop { Interrupt.end() }
      return error.exitCode
    case let error as ScreensError:
      StandardError.write("ladder: \(safe(error.message))\n")
      return error.exitCode
    case let error as CallError:
      StandardError.write("ladder: \(safe(error.message))\n")
      return 2
    case let code as ExitCode:
      return code.rawValue
    default:
      let code = Ladder.exitCode(for: error)
      let text = Ladder.fullMessage(for: error)
      if code.isSuccess {
        StandardOutput.write(Array((text + "\n").utf8))
        return 0
      }
      let arguments = Array(CommandLine.arguments.dropFirst())
      if let unknown = UnknownCommand(arguments: arguments) {
        StandardError.write("ladder: \(safe(unknown.message))\n")
      } else {
        StandardError.write(safe(text) + "\n")
      }
      return code == .validationFailure ? 2 : code.rawValue
    }
  }

  /// Keeps the line breaks of a message and makes everything else in it harmless.
  private static func safe(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { SafeText.shown(String($0)) }.joined(separator: "\n")
  }
}

/// A wrong call: what is wrong and what to do.
struct CallError: Error {
  let message: String
}
