import Foundation
import Testing

/// A session of the program in a real terminal: tmux on a socket of its own, killed in the end.
final class TerminalSession {
  /// Whether there is tmux to run it in.
  static let isPossible = tmux != nil && Program.isBuilt
  /// What a skipped test says.
  static let reason = "needs tmux and the program"
  private static let tmux: URL? = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").map { URL(fileURLWithPath: $0 + "/tmux") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  private let socket = "ladder-test-" + UUID().uuidString
  private let sandbox: Sandbox

  /// Starts a command of the shell on a screen of a size.
  init(_ command: String, in sandbox: Sandbox, columns: Int = 80, rows: Int = 24) throws {
    self.sandbox = sandbox
    try tmux(
      [
        "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
        "-c", sandbox.folder.path, "/bin/sh",
      ])
    try tmux(["set-option", "-g", "status", "off"])
    let program = try #require(Program.url).path
    try type("PS1='READY> '; clear; alias ladder='\(program)'")
    try press("Enter")
    try wait(for: "READY>")
    try type(command)
    try press("Enter")
  }

  deinit { _ = try? tmux(["kill-server"]) }

  /// Presses keys by tmux's names: `a`, `Enter`, `Escape`, `C-c`.
  func press(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

  /// Types a text as it is.
  func type(_ text: String) throws { try tmux(["send-keys", "-l", text]) }

  /// The screen as text, without the blanks at the ends of lines.
  func screen() throws -> String { try tmux(["capture-pane", "-p"]) }

  /// The title that the program gave the window.
  func title() throws -> String {
    try tmux(["display-message", "-p", "#{pane_title}"])
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Changes the size of the screen.
  func resize(columns: Int, rows: Int) throws {
    try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// Takes the terminal away, as when its window is closed or the connection breaks.
  func takeAway() throws { try tmux(["kill-server"]) }

  /// Waits until the screen shows what is wanted, and returns it; an issue when it never does.
  @discardableResult
  func wait(
    until what: String, seconds: Double = 15, _ location: SourceLocation = #_sourceLocation,
    _ isShown: (String) -> Bool
  ) throws -> String {
    let deadline = Date().addingTimeInterval(seconds)
    var last = ""
    while Date() < deadline {
      last = try screen()
      if isShown(last) { return last }
      usleep(20_000)
    }
    Issue.record("the screen never showed \(what):\n\(last)", sourceLocation: location)
    throw Missing(what: what)
  }

  /// Waits until the screen contains a text.
  @discardableResult
  func wait(
    for text: String, _ location: SourceLocation = #_sourceLocation
  ) throws -> String {
    try wait(until: "“\(text)”", location) { $0.contains(text) }
  }

  /// What the screen never showed.
  struct Missing: Error {
    let what: String
  }

  /// Runs tmux and returns what it prints.
  ///
  /// Not by `Process`: the server that tmux leaves behind would keep its files open, and it waits
  /// until those are closed.
  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    let tmux: URL = try #require(Self.tmux)
    let out = sandbox.url(".tmux-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: out) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, out.path, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    // The threads of tests block signals; a server that inherits that never ends.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    let words = [tmux.path, "-L", socket] + arguments
    let variables = sandbox.environment.map { "\($0)=\($1)" }
    var pid: pid_t = 0
    let failure = Self.withCStrings(words) { words in
      Self.withCStrings(variables) {
        posix_spawn(&pid, tmux.path, &actions, &attributes, words, $0)
      }
    }
    try #require(failure == 0)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    return try String(contentsOf: out, encoding: .utf8)
  }

  private static func withCStrings<Result>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let pointers = texts.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers)
  }
}
