import Foundation
import Testing

/// The program in a real terminal, under what real terminals do to it.
@Suite(
  "In a terminal that misbehaves",
  .enabled(if: TerminalSession.isPossible, "\(TerminalSession.reason)"), .serialized)
struct RobustTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.makeShop()
  }

  /// Starts the program in the foreground and returns its number.
  private func start(
    _ variables: String = "", _ arguments: String = "", waitingFor text: String = "[1 Overview]"
  ) throws -> (session: TerminalSession, pid: Int32) {
    let session = try TerminalSession(
      "\(variables) ladder \(arguments) & echo $! > pid; fg", in: sandbox)
    try session.wait(for: text)
    let pid = try #require(
      Int32(try sandbox.text("pid").trimmingCharacters(in: .whitespacesAndNewlines)))
    return (session, pid)
  }

  private func waitForShell(_ session: TerminalSession) throws {
    try session.wait(until: "the shell") { screen in
      screen.split(separator: "\n").last?.hasPrefix("READY>") == true
        && !screen.contains("[1 Overview]")
    }
    try session.type("stty -a | grep -o ' echo '")
    try session.press("Enter")
    try session.wait(until: "a terminal that echoes") { screen in
      screen.split(separator: "\n").contains { $0 == " echo" || $0.hasSuffix("  echo") }
    }
  }

  private func count(_ state: String) throws -> Int {
    try sandbox.done("offers", "--where", "state = \(state)", "--format", "ndjson").objectLines()
      .count
  }

  @Test(
    "a crash restores the terminal, loses no decision and leaves a report without customers",
    arguments: [SIGSEGV, SIGILL, SIGABRT, SIGTRAP, SIGBUS, SIGFPE])
  func crash(signal: Int32) throws {
    try sandbox.done("suggest")
    let (session, pid) = try start()
    try session.press("6")
    try session.wait(for: "1 of ")
    try TerminalTests.press("a", in: session, until: "Approved:")
    kill(pid, signal)
    try waitForShell(session)
    #expect(try count("approved") == 1)
    let folder = sandbox.url("home/.local/state/ladder")
    let name = try #require(
      FileManager.default.contentsOfDirectory(atPath: folder.path)
        .first { $0.hasPrefix("crash-") })
    let report = try sandbox.text("home/.local/state/ladder/" + name)
    for part in ["ladder ", "terminal: ", "screen: review", "approve", "signal: SIG", "stack:"] {
      #expect(report.contains(part), "\(report)")
    }
    for word in ["Ana", "Álvarez", "example.com", "shop/"] { #expect(!report.contains(word)) }
    let attributes = try FileManager.default.attributesOfItem(
      atPath: folder.appendingPathComponent(name).path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test(
    "a signal to end ends the program, with every decision kept",
    arguments: [SIGHUP, SIGTERM, SIGINT, SIGQUIT])
  func ended(by signal: Int32) throws {
    try sandbox.done("suggest")
    let (session, pid) = try start()
    try session.press("6")
    try session.wait(for: "1 of ")
    try TerminalTests.press("a", in: session, until: "Approved:")
    kill(pid, signal)
    try waitForShell(session)
    #expect(try count("approved") == 1)
  }

  @Test("pasted text is no command, and a held key moves to the end without deciding")
  func pastedAndHeld() throws {
    try sandbox.done("suggest")
    let waiting = try count("suggested")
    let (session, _) = try start()
    try session.press("6")
    try session.wait(for: "1 of \(waiting)")
    try session.type("\u{1B}[200~aaxqaa\u{1B}[201~")
    try session.type(String(repeating: "j", count: 400))
    try session.wait(for: "\(waiting) of \(waiting)")
    try session.type(String(repeating: "a", count: 60))
    // What was typed ahead is thrown away with the keys behind it.
    usleep(1_000_000)
    try session.press("q")
    try waitForShell(session)
    #expect(try count("approved") <= 2, "what is typed ahead never decides")
  }

  @Test("a click goes where it points, and M gives the mouse back to the terminal")
  func mouse() throws {
    let (session, _) = try start()
    // The press and the release of the left button on the second tab, as the terminal in tmux sends them.
    try session.type("\u{1B}[M 0!\u{1B}[M#0!")
    try session.wait(for: "[2 Customers]")
    try session.press("M")
    try session.wait(for: "select and copy")
    try session.press("C-c")
    try session.wait(until: "the shell") { $0.contains("READY>") }
  }

  @Test("without UTF-8 the screens are ASCII", arguments: ["LC_ALL=C", "LANG=C", "LC_ALL=POSIX"])
  func noUTF8(locale: String) throws {
    let (session, _) = try start(locale)
    let screen = try session.wait(for: "[1 Overview]")
    #expect(screen.allSatisfy { $0.isASCII })
    try session.press("q")
    try waitForShell(session)
  }

  /// Old ones, those with eight colours and those without any, as far as tmux is like them.
  @Test(
    "every kind of terminal is drawn on, and left as it was",
    arguments: [
      "vt100", "vt220", "linux", "xterm-mono", "xterm", "screen", "rxvt", "tmux-256color",
    ])
  func kinds(of terminal: String) throws {
    let (session, _) = try start("TERM=\(terminal)")
    try session.press("2")
    let screen = try session.wait(for: "1 of 49")
    #expect(screen.contains("[2 Customers]") && screen.split(separator: "\n").count == 24)
    try session.press("Down", "q")
    // Some have no other screen to go back to; there the prompt has a line of its own.
    try session.wait(until: "the shell") { screen in
      screen.split(separator: "\n").last.map { $0.trimmingCharacters(in: .whitespaces) } == "READY>"
    }
  }

  @Test("where no other screen comes back, the report of a crash can be read all the same")
  func crashWithoutAnotherScreen() throws {
    let (session, pid) = try start("TERM=vt100")
    kill(pid, SIGSEGV)
    let screen = try session.wait(for: "A report without any customer's data")
    #expect(!screen.contains("[1 Overview]"))
  }

  @Test("a terminal that can only print gets a sentence, and the screens as lines with --plain")
  func dumb() throws {
    let session = try TerminalSession("TERM=dumb ladder; echo code $?", in: sandbox)
    let screen = try session.wait(for: "code 2")
    #expect(screen.contains("--plain"))
    try session.type("clear; TERM=dumb ladder --plain")
    try session.press("Enter")
    try session.wait(until: "the overview as lines") {
      $0.contains("1: ") && $0.contains("Overview") && $0.contains("offers wait")
    }
    try session.type("2")
    try session.press("Enter")
    try session.wait(for: "1 of 49")
    try session.type("q")
    try session.press("Enter")
    try session.wait(until: "the shell") {
      $0.split(separator: "\n").last?.hasSuffix("READY>") == true
    }
  }

  @Test("where one was is remembered, and a damaged memory is only told")
  func remembered() throws {
    let (session, _) = try start()
    try session.press("2")
    try session.wait(for: "[2 Customers]")
    try session.press("q")
    try waitForShell(session)
    let (again, _) = try start(waitingFor: "[2 Customers]")
    try again.press("q")
    try again.wait(until: "the shell") { $0.contains("READY>") && !$0.contains("[2 Customers]") }
    let folder = sandbox.url("home/.local/state/ladder/screens")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      try Data("{".utf8).write(to: folder.appendingPathComponent(name))
    }
    let (last, _) = try start()
    try last.wait(for: "could not be read")
    try last.press("q")
  }

  @Test(
    "a store that cannot be opened says why on the terminal as it was",
    arguments: ["", "--plain"])
  func cannotBeOpened(option: String) throws {
    let path = try #require(
      FileManager.default.subpathsOfDirectory(atPath: sandbox.url("shop").path)
        .first { $0.hasPrefix("offers/") })
    try Data("{".utf8).write(to: sandbox.url("shop/" + path))
    let expected = try sandbox.run(["customers", "--limit", "1"])
    #expect(expected.status == 3)
    let session = try TerminalSession("ladder \(option); echo code $?", in: sandbox)
    let screen = try session.wait(for: "code 3")
    // Lines are broken by the terminal.
    func letters(_ text: String) -> String { text.filter { !$0.isWhitespace } }
    #expect(letters(screen).contains(letters(expected.err)), "\(screen)")
    try waitForShell(session)
  }
}
