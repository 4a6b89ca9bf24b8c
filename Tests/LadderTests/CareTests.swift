import Foundation
import Testing

/// Looking after a store with the program as it is built.
@Suite("Care of a store", .enabled(if: Program.isBuilt, "\(Program.reason)"), .serialized)
struct CareTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.makeShop()
  }

  @Test("a write that was cut off is told of once, and kept")
  func tornWrite() throws {
    try sandbox.done("suggest")
    let before = try sandbox.done("offers", "--format", "ndjson").out
    let journal = sandbox.url("shop/journal/000001.ndjson")
    let line = #"{"seq":99999,"at":"2026-07-01T09:30:00Z","by":"an"#
    let file = try FileHandle(forWritingTo: journal)
    try file.seekToEnd()
    try file.write(contentsOf: Data(line.utf8))
    try file.close()
    let told = try sandbox.done("offers", "--format", "ndjson")
    #expect(told.out == before)
    #expect(told.err.hasPrefix("Note: A change was being written when"))
    let start = try #require(told.err.range(of: "kept in "))
    let name = told.err[start.upperBound...].prefix { $0 != " " }.dropLast()
    #expect(try sandbox.text("shop/" + name) == line)
    #expect(told.err.contains(" \(line.utf8.count) bytes "))
    let later = try sandbox.done("offers", "--format", "ndjson")
    #expect(later.out == before && later.err.isEmpty)
    #expect(try sandbox.done("doctor").out.contains("Note: \(name) keeps bytes"))
  }

  @Test("a team's group that is not there makes no programme")
  func unknownGroup() throws {
    let call = ["init", "team", "--currency", "EUR", "--time-zone", "UTC", "--group", "no-such"]
    let refused = try sandbox.run(call)
    #expect(refused.status == 3 && refused.out.isEmpty)
    #expect(refused.err.contains("There is no group “no-such” on this machine."))
    #expect(!sandbox.exists("team"))
  }

  @Test("a team shares what init --group makes", .enabled(if: geteuid() == 0, "needs root"))
  func group() throws {
    let made = try sandbox.done(
      "init", "new/team", "--currency", "EUR", "--time-zone", "UTC", "--group", "root")
    #expect(made.out.contains("Everybody in the group root can work with it."))
    #expect(try sandbox.text("new/team/store.json").contains(#""group": "root""#))
    for (name, mode) in [("new", 0o2770), ("new/team", 0o2770), ("new/team/store.json", 0o660)] {
      let attributes = try FileManager.default.attributesOfItem(
        atPath: sandbox.url(name).path)
      #expect(attributes[.posixPermissions] as? Int == mode, "\(name)")
    }
  }

  /// Two processes, one of them with its screen open: what the other decides is seen on it.
  @Test(
    "a colleague's decision is seen within a second",
    .enabled(if: TerminalSession.isPossible, "\(TerminalSession.reason)"))
  func colleague() throws {
    try sandbox.done("suggest")
    let ids = try sandbox.done("offers", "--where", "state = suggested", "--format", "ndjson")
      .objectLines().compactMap { $0["id"] as? Int }
    let session = try TerminalSession("ladder", in: sandbox)
    try session.wait(for: "[1 Overview]")
    try session.press("6")
    try session.wait(for: "\(ids.count) offers wait")
    for (count, id) in ids.prefix(3).enumerated() {
      try sandbox.done("offers", "approve", "\(id)")
      let acknowledged = Date()
      try session.wait(for: "\(ids.count - count - 1) offers wait")
      #expect(Date().timeIntervalSince(acknowledged) < 1)
    }
  }
}
