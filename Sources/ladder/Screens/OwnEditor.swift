import Foundation
import LadderScreens

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension Editor {
  /// The exit status of what could not be started.
  private static let notStarted: Int32 = 127

  /// The editor that `$VISUAL` or `$EDITOR` names, else vi; in the terminal of this process.
  static var own: Editor {
    let variables = ProcessInfo.processInfo.environment
    let named = [variables["VISUAL"], variables["EDITOR"]].compactMap(\.self)
    let command = named.first { !$0.isEmpty } ?? "vi"
    let folder = FileManager.default.temporaryDirectory.path(percentEncoded: false)
    return Editor(folder: folder.hasSuffix("/") ? String(folder.dropLast()) : folder) {
      path, line in
      run(command, path, line)
    }
  }

  /// Runs the command through the shell, since it may hold options, and waits until it ends.
  ///
  /// The child stays in this process's group: one in a group of its own could not read the terminal.
  ///
  /// - Returns: Its exit status as a shell tells it.
  private static func run(_ command: String, _ path: String, _ line: Int?) -> Int32 {
    // Editors at large go to a line by `+LINE`.
    let arguments = line.map { ["+\($0)"] } ?? []
    let words = ["sh", "-c", "exec \(command) \"$@\"", "ladder"] + arguments + [path]
    var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var child: pid_t = 0
    guard posix_spawn(&child, "/bin/sh", nil, nil, &pointers, environ) == 0 else {
      return notStarted
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) == -1 {
      guard errno == EINTR else { return notStarted }
    }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }
}
