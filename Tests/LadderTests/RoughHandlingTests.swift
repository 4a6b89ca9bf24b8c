import Foundation
import Testing

/// The program in a real terminal that is pulled about, taken away or not known, on a store that
/// others change.
@Suite(
  "In a terminal that is handled roughly",
  .enabled(if: TerminalSession.isPossible, "\(TerminalSession.reason)"), .serialized)
struct RoughHandlingTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.makeShop()
    try sandbox.done("suggest")
  }

  private func offers(_ filter: String) throws -> [Int] {
    try sandbox.done("offers", "--where", filter, "--format", "ndjson").objectLines()
      .compactMap { $0["id"] as? Int }
  }

  /// Starts the program in the foreground at the queue of offers, and returns its number.
  private func review(_ variables: String = "") throws -> (session: TerminalSession, pid: Int32) {
    let session = try TerminalSession("\(variables) ladder & echo $! > pid; fg", in: sandbox)
    try session.wait(for: "[1 Overview]")
    try session.press("6")
    try session.wait(for: "1 of ")
    let pid = try #require(
      Int32(try sandbox.text("pid").trimmingCharacters(in: .whitespacesAndNewlines)))
    return (session, pid)
  }

  private func isRunning(_ pid: Int32) -> Bool {
    // Whoever ended and was not waited for yet is a zombie.
    guard kill(pid, 0) == 0 else { return false }
    let stat = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
    return !stat.contains(") Z ")
  }

  @Test("a storm of sizes, with keys between, leaves the screen as it was")
  func resizeStorm() throws {
    let queue = try offers("state = suggested")
    let (session, pid) = try review()
    for step in 0..<120 {
      try session.resize(columns: 1 + (step * 37) % 240, rows: 1 + (step * 13) % 70)
      if step.isMultiple(of: 10) { try session.press(step.isMultiple(of: 20) ? "Down" : "Up") }
    }
    try session.resize(columns: 80, rows: 24)
    let screen = try session.wait(for: "\(queue.count) offers wait")
    #expect(screen.contains("[6 Review]") && isRunning(pid))
    #expect(screen.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(try offers("state = suggested") == queue)
    try TerminalTests.press("a", in: session, until: "Approved:")
    #expect(try offers("state = approved").count == 1)
  }

  @Test("a terminal that is taken away ends the program, with every decision kept")
  func lostTerminal() throws {
    let (session, pid) = try review()
    try TerminalTests.press("a", in: session, until: "Approved:")
    try session.takeAway()
    for _ in 0..<250 where isRunning(pid) { usleep(20_000) }
    #expect(!isRunning(pid))
    #expect(try offers("state = approved").count == 1)
  }

  @Test("an unknown terminal is drawn on as on xterm")
  func unknownTerminal() throws {
    let (session, _) = try review("TERM=no-such-terminal")
    try session.press("q")
    try session.wait(until: "the shell") { $0.contains("READY>") && !$0.contains("[6 Review]") }
  }

  @Test("what others do to the store shows by itself, and is never decided twice")
  func storeChangesUnderneath() throws {
    let queue = try offers("state = suggested")
    let (session, _) = try review()
    try session.wait(for: "1 of \(queue.count)")
    try sandbox.done("offers", "approve", "\(queue[0])")
    try session.wait(for: "1 of \(queue.count - 1)")
    try TerminalTests.press("a", in: session, until: "1 of \(queue.count - 2)")
    #expect(try offers("state = approved") == Array(queue[0..<2]).sorted())
    try sandbox.put("customer,date,amount\nNEW1,2026-06-20,9.00\n", "more.csv")
    let people = try sandbox.done("customers", "--format", "ndjson").objectLines().count
    try session.press("2")
    try session.wait(for: "1 of \(people)")
    try sandbox.done("import", "more.csv")
    try session.wait(until: "the new customer") { $0.contains(" of \(people + 1)") }
  }

  @Test("text that is pasted into a field is its text, line breaks and all keys in it")
  func pastedIntoAField() throws {
    let queue = try offers("state = suggested")
    let (session, _) = try review()
    try session.press("/")
    try session.wait(for: "Enter Keep")
    try session.type("\u{1B}[200~zz\raaq\u{1B}[201~")
    try session.wait(for: "filter: zz")
    #expect(try session.screen().contains("[6 Review]"))
    #expect(try offers("state = suggested") == queue)
  }

  @Test("after Ctrl-Z and back the offer on the screen is the one that is decided")
  func suspendedInReview() throws {
    let queue = try offers("state = suggested")
    let (session, _) = try review()
    try session.press("C-z")
    try session.wait(until: "the shell") { $0.contains("READY>") && !$0.contains("[6 Review]") }
    // A colleague decides the first one meanwhile.
    try sandbox.done("offers", "reject", "\(queue[0])", "--reason", "bad timing")
    try session.type("fg")
    try session.press("Enter")
    try session.wait(for: "1 of \(queue.count - 1)")
    try TerminalTests.press("a", in: session, until: "1 of \(queue.count - 2)")
    #expect(try offers("state = approved") == [queue[1]])
  }
}
