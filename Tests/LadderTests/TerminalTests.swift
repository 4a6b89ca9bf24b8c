import Foundation
import Testing

/// The program in a real terminal.
@Suite(
  "In a terminal", .enabled(if: TerminalSession.isPossible, "\(TerminalSession.reason)"),
  .serialized)
struct TerminalTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.makeShop()
  }

  /// The numbers of the offers that match, in the order of the queue.
  func ids(_ filter: String) throws -> [Int] {
    try sandbox.done("offers", "--where", filter, "--format", "ndjson").objectLines()
      .compactMap { $0["id"] as? Int }
  }

  @Test("the whole loop: suggest, approve three, reject one with a reason, undo, export")
  func wholeLoop() throws {
    try sandbox.done("suggest")
    let queue = try ids("state = suggested")
    try #require(queue.count > 5)
    let session = try TerminalSession("ladder", in: sandbox)
    try session.wait(for: "[1 Overview]")
    try session.press("6")
    try session.wait(for: "[6 Review]")
    try session.wait(for: "\(queue.count) offers wait")
    for decided in 1...3 {
      try decide("a", in: session, until: "1 of \(queue.count - decided) ─")
    }
    try decide("x", in: session, until: "Reject: why?")
    try session.press("4")
    try session.wait(for: "1 of \(queue.count - 4) ─")
    // Each decision is on the disk before the next row shows, so another process sees all of them.
    #expect(try ids("state = approved") == Array(queue[0..<3]))
    #expect(try ids("state = rejected") == [queue[3]])
    let log = try sandbox.done("log", "--limit", "1", "--format", "ndjson").objectLines()
    #expect((log.first?["what"] as? String)?.hasSuffix("rejected (bad timing)") == true)
    try session.press("u")
    try session.wait(for: " of \(queue.count - 3) ─")
    #expect(try ids("state = suggested").contains(queue[3]))

    try session.press("8")
    try session.wait(for: "[8 Export]")
    try session.wait(for: "3 offers")
    try decide("w", in: session, until: "Write 3 offers? Type 3")
    try session.type("3")
    // What is typed ahead of the screen never decides.
    try session.wait(for: "> 3")
    for _ in 0..<5 where !sandbox.exists("offers.csv") {
      try session.press("Enter")
      for _ in 0..<100 where !sandbox.exists("offers.csv") { usleep(30_000) }
    }
    #expect(sandbox.exists("offers.csv"))
    try session.wait(until: "the end of the work") { _ in
      (try? ids("state = exported").count) == 3
    }
    let cells = FormatTests.cells(try sandbox.text("offers.csv"))
    #expect(cells.dropFirst().compactMap { Int($0[0]) } == queue[0..<3].sorted())
    #expect(cells.allSatisfy { $0.count == cells[0].count })
    try leave(session)
  }

  /// Presses a deciding key, and again where it came before the program had finished drawing: this
  /// test reads a screen faster than a person does.
  func decide(_ key: String, in session: TerminalSession, until text: String) throws {
    try Self.press(key, in: session, until: text)
  }

  /// See ``decide(_:in:until:)``.
  static func press(_ key: String, in session: TerminalSession, until text: String) throws {
    for _ in 0..<5 {
      try session.press(key)
      usleep(200_000)
      var isRefused = false
      try session.wait(until: text) { screen in
        isRefused = screen.contains("A key came before this")
        return isRefused || screen.contains(text)
      }
      if !isRefused { return }
    }
  }

  /// Leaves the program and looks whether the terminal is as it was.
  func leave(_ session: TerminalSession) throws {
    try session.press("C-c")
    try session.wait(until: "the shell") { screen in
      screen.split(separator: "\n").last?.hasPrefix("READY>") == true
        && !screen.contains("8 Export")
    }
    try expectEcho(session)
  }

  /// Whether the terminal shows what is typed, which a program that draws switches off.
  func expectEcho(_ session: TerminalSession) throws {
    try session.type("stty -a | grep -o ' echo '")
    try session.press("Enter")
    try session.wait(until: "a terminal that echoes") { screen in
      screen.split(separator: "\n").contains { $0 == " echo" || $0.hasSuffix("  echo") }
    }
  }

  @Test("every size from the smallest on, and back, with the same queue")
  func resize() throws {
    try sandbox.done("suggest")
    let count = try ids("state = suggested").count
    let session = try TerminalSession("ladder", in: sandbox)
    try session.wait(for: "[1 Overview]")
    try session.press("6")
    try session.wait(for: "\(count) offers wait")
    for (columns, rows) in [(132, 50), (40, 12), (20, 5), (80, 24)] {
      try session.resize(columns: columns, rows: rows)
      let screen = try session.wait(until: "\(columns) × \(rows)") { screen in
        let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count >= rows && lines.contains { !$0.isEmpty }
      }
      #expect(screen.split(separator: "\n").allSatisfy { $0.count <= columns })
    }
    try session.wait(for: "\(count) offers wait")
    try leave(session)
  }

  @Test("Ctrl-Z gives the terminal back, and fg shows the program again")
  func suspend() throws {
    let session = try TerminalSession("ladder", in: sandbox)
    try session.wait(for: "[1 Overview]")
    try session.press("C-z")
    try session.wait(until: "the shell") { $0.contains("READY>") && !$0.contains("[1 Overview]") }
    try session.type("fg")
    try session.press("Enter")
    try session.wait(for: "[1 Overview]")
    try leave(session)
  }

  @Test("a program that is told to end restores the terminal")
  func terminated() throws {
    let session = try TerminalSession("ladder & echo $! > pid; fg", in: sandbox)
    try session.wait(for: "[1 Overview]")
    let pid = try #require(
      Int32(try sandbox.text("pid").trimmingCharacters(in: .whitespacesAndNewlines)))
    kill(pid, SIGTERM)
    try session.wait(until: "the shell") { $0.contains("READY>") && !$0.contains("[1 Overview]") }
    try expectEcho(session)
  }

  @Test("hostile names are shown harmless, names of all writing systems as they are")
  func names() throws {
    let session = try TerminalSession("ladder", in: sandbox)
    try session.wait(for: "[1 Overview]")
    try session.press("2")
    let screen = try session.wait(for: "Ana Álvarez")
    #expect(screen.contains("李娜"))
    #expect(screen.contains("[2 Customers]"))
    #expect(try session.title() != "title", "a name set the window's title")
  }

  @Test("without a store it welcomes, and the demo is one key away")
  func welcome() throws {
    let session = try TerminalSession("LADDER_STORE=none/store ladder", in: sandbox)
    let screen = try session.wait(until: "the welcome") { $0.lowercased().contains("demo") }
    #expect(!screen.contains("Overview]"))
  }
}
