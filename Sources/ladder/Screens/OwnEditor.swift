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

  /// The editor that somebody chose, else one that is there; in the terminal of this process.
  static var own: Editor {
    let variables = ProcessInfo.processInfo.environment
    let choice = EditorChoice(
      variables: variables,
      selected: variables["HOME"].flatMap {
        try? String(contentsOfFile: $0 + "/.selected_editor", encoding: .utf8)
      },
      program: { program($0, path: variables["PATH"] ?? "") })
    let folder = FileManager.default.temporaryDirectory.path(percentEncoded: false)
    return Editor(
      folder: folder.hasSuffix("/") ? String(folder.dropLast()) : folder,
      unchosen: choice.unchosen
    ) { path, line in
      run(choice.command, path, line)
    }
  }

  /// The file that a command runs, links followed; nil where there is no such command.
  private static func program(_ command: String, path: String) -> String? {
    let folders = command.hasPrefix("/") ? [""] : path.split(separator: ":").map { $0 + "/" }
    return folders.map { $0 + command }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
      .map { URL(filePath: $0).resolvingSymlinksInPath().path(percentEncoded: false) }
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
