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

  @Test("of several who make a programme in one folder at once, one does", arguments: 0..<5)
  func madeAtOnce(_ round: Int) throws {
    let calls = ["EUR", "USD", "JPY", "IDR"].map {
      ["init", "above/both", "--currency", $0, "--time-zone", "UTC"]
    }
    let ends = try sandbox.runAll(calls)
    #expect(ends.map(\.status).sorted() == [0, 2, 2, 2], "\(ends.map(\.err))")
    for end in ends where end.status != 0 {
      #expect(end.err.contains("above/both"), "\(end.err)")
    }
    let made = try #require(ends.first { $0.status == 0 })
    let store = try sandbox.text("above/both/store.json")
    let currency = try #require(["EUR", "USD", "JPY", "IDR"].first { made.out.contains($0) })
    #expect(store.contains(#""currency": "\#(currency)""#))
    #expect(try sandbox.done("doctor", "--store", "above/both").out.contains("Sound"))
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

  /// The files below a folder that hold one of some texts.
  private func holding(_ texts: [String], in folder: String) throws -> [String] {
    let root = sandbox.url(folder).path
    return try FileManager.default.subpathsOfDirectory(atPath: root).filter { path in
      guard let data = FileManager.default.contents(atPath: root + "/" + path) else { return false }
      let text = String(decoding: data, as: UTF8.self)
      return texts.contains { text.contains($0) }
    }
  }

  @Test("who is erased stands in no file, does not come back, and copies outside are named")
  func erase() throws {
    try sandbox.done("suggest")
    let offers = try sandbox.done("offers", "--where", "state = suggested", "--format", "ndjson")
      .objectLines()
    // Somebody with a name, an e-mail address and an offer.
    var found: (id: String, name: String, email: String, offer: Int)?
    for line in offers where found == nil {
      guard let id = line["customer"] as? String, let offer = line["id"] as? Int else { continue }
      let card = try sandbox.done("customer", id, "--format", "json").object()
      guard let name = card["name"] as? String, name.utf8.count > 4,
        let email = card["email"] as? String, email.contains("@")
      else { continue }
      found = (id, name, email, offer)
    }
    let (id, name, email, offer) = try #require(found)
    try sandbox.done("offers", "approve", "\(offer)")
    try sandbox.done("export", "offers", "--to", "sent.csv")
    try sandbox.done("backup", "saved")
    try sandbox.put("customer,date,amount\n\(id),2026-06-29,5.00\n\(id),x,5.00\n", "more.csv")
    try sandbox.done("import", "more.csv")
    #expect(try holding([name, email], in: "shop").count >= 1)

    let asked = try sandbox.run(["erase", id])
    #expect(asked.status == 2 && asked.err.contains("Add --yes"))
    let before = try sandbox.done("pareto", "--format", "json").out
    #expect(!before.isEmpty)
    let erased = try sandbox.done("erase", id, "--yes")
    #expect(erased.lines.first?.contains(name) == true)
    #expect(erased.out.contains("No import brings this person back."))
    let folder = sandbox.folder.path
    for copy in [
      "backup: \(folder)/saved, mend it with: ladder --store \(folder)/saved erase \(id)",
      "export: \(folder)/sent.csv", "rejected rows: \(folder)/more.csv.rejected.csv",
    ] { #expect(erased.out.contains(copy), "\(copy) in \(erased.out)") }

    #expect(try holding([name, email, "\"\(id)\""], in: "shop") == [])
    #expect(try sandbox.run(["customer", id]).status == 2)
    let again = try sandbox.done("import", "sales.csv", "people.csv", "more.csv")
    #expect(again.out.contains("about people who were erased"))
    #expect(try holding([name, email, "\"\(id)\""], in: "shop") == [])
    #expect(try sandbox.done("doctor").out.hasPrefix("Sound"))
    let log = try sandbox.done("log", "--where", "customer.erase", "--format", "ndjson")
      .objectLines()
    #expect((log.first?["what"] as? String)?.hasPrefix("erased a person") == true)
    #expect(try sandbox.run(["undo", "\(log.first?["event"] as? Int ?? 0)"]).status == 1)

    // The backup still knows them; going back to it does not bring them back.
    let restored = try sandbox.done("restore", "saved")
    #expect(restored.out.contains("erased again") && restored.err == "")
    #expect(try holding([name, email, "\"\(id)\""], in: "shop") == [])

    // Nor does it where the store is damaged; whom it cannot tell of any more is said.
    try Data("damaged\n".utf8).write(to: sandbox.url("shop/settings/recorded.ndjson"))
    let damaged = try sandbox.done("restore", "saved")
    #expect(damaged.out.contains("erased again"))
    #expect(damaged.err.contains("may be in it again"))
    #expect(damaged.err.contains("settings/recorded.ndjson: "))
    #expect(try holding([name, email, "\"\(id)\""], in: "shop") == [])
  }

  @Test(
    "in a terminal erase asks back for the number",
    .enabled(if: TerminalSession.isPossible, "\(TerminalSession.reason)"))
  func eraseAsksBack() throws {
    let id = try #require(
      try sandbox.done("customers", "--limit", "1", "--format", "ndjson").objectLines()
        .first?["id"] as? String)
    let session = try TerminalSession("ladder erase '\(id)'", in: sandbox)
    try session.wait(for: "to do it:")
    try session.type("yes")
    try session.press("Enter")
    try session.wait(for: "Nothing was changed.")
    try sandbox.done("customer", id)
    try session.type("ladder erase '\(id)'")
    try session.press("Enter")
    try session.wait(until: "the question again") { screen in
      screen.components(separatedBy: "to do it:").count == 3
    }
    try session.type(id)
    try session.press("Enter")
    try session.wait(for: "No import brings this person back.")
    #expect(try sandbox.run(["customer", id]).status == 2)
  }

  @Test("what was changed by hand is shown, and taken over when asked")
  func handEdit() throws {
    try sandbox.done("suggest")
    let path = "shop/offers/00.ndjson"
    // Folding is what puts offers there.
    try #require(!(try sandbox.text(path)).contains("\"state\""))
    try sandbox.put(
      try sandbox.text(path).replacing("\n{\"end\"", with: "\n\n{\"end\""), path)
    let health = try sandbox.run(["doctor"])
    #expect(health.status == 3 && health.out.contains("offers/00.ndjson"))
    let accepted = try sandbox.done("doctor", "--accept", "--yes")
    #expect(accepted.err == "No record was changed by hand.\n")
    #expect(accepted.out.hasPrefix("Sound"))
  }
}
