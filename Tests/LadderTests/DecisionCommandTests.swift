import Foundation
import Testing

/// Deciding on all offers that a filter finds, without the screen.
@Suite("Decisions by a filter", .enabled(if: Program.isBuilt, "\(Program.reason)"))
struct DecisionCommandTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.done("demo", "shop", "--customers", "120", "--seed", "3", "--no-open")
    try sandbox.done("suggest")
  }

  private func offers(_ filter: String) throws -> [[String: Any]] {
    try sandbox.done("offers", "--where", filter, "--format", "ndjson").objectLines()
  }

  private func ids(_ filter: String) throws -> [Int] {
    try offers(filter).compactMap { $0["id"] as? Int }
  }

  private func cents(_ offers: [[String: Any]], _ field: String) -> Int {
    offers.compactMap { ($0[field] as? String).flatMap(Double.init) }
      .reduce(0) { $0 + Int(($1 * 100).rounded()) }
  }

  @Test("what it would mean is said first, and nothing is written")
  func dryRun() throws {
    let low = try offers("state = suggested and cohort = low")
    try #require(low.count > 3)
    let log = try sandbox.done("log").out
    let said = try sandbox.done("offers", "approve", "--where", "cohort = low", "--dry-run").out
    let people = Set(low.compactMap { $0["customer"] as? String }).count
    #expect(said.hasPrefix("\(low.count) offers to \(people) customers.\nExpected cost "))
    #expect(said.hasSuffix("Nothing was changed. Without --dry-run they would be approved.\n"))
    let plan = try sandbox.done(
      "offers", "approve", "--where", "cohort = low", "--dry-run", "--format", "json"
    ).object()
    #expect(plan["dry_run"] as? Bool == true && plan["decision"] as? String == "approve")
    #expect(plan["offers"] as? Int == low.count && plan["customers"] as? Int == people)
    for field in ["cost", "worth"] {
      let amount = try #require((plan[field] as? String).flatMap(Double.init))
      #expect(Int((amount * 100).rounded()) == cents(low, field))
    }
    let moves = try #require(plan["moves"] as? [[String: Any]])
    #expect(moves.allSatisfy { $0["from"] as? String == "low" })
    #expect(
      moves.compactMap { $0["offers"] as? Int }.reduce(0, +)
        == low.count { $0["target"] is String })
    #expect(plan["ids"] as? [Int] == low.compactMap { $0["id"] as? Int })
    #expect(try sandbox.done("log").out == log)
    let one = try sandbox.done("offers", "reject", "1", "--reason", "r", "--dry-run").out
    #expect(one.hasPrefix("1 offer to 1 customer.\n") && one.contains("would be rejected"))
    #expect(try sandbox.done("log").out == log)
  }

  @Test(
    "it is one change, undone as a whole; what was decided before stays",
    arguments: [
      (["approve"], "approved"), (["reject", "--reason", "bad timing"], "rejected"),
      (["snooze", "--until", "2026-12-24"], "snoozed"),
    ])
  func oneChange(call: [String], state: String) throws {
    let all = try ids("cohort = low")
    try sandbox.done("offers", "approve", "\(all[0])")
    try sandbox.done("offers", "reject", "\(all[1])", "--reason", "too expensive")
    let low = try ids("state = suggested and cohort = low")
    #expect(low.count == all.count - 2)
    let entries = try sandbox.done("log", "--format", "ndjson").lines.count
    let call = ["offers"] + call + ["--where", "cohort = low", "--yes"]
    let done = try sandbox.run(call)
    #expect(done.status == 0, "\(done.err)")
    #expect(done.out.hasPrefix("\(low.count) offers to "))
    #expect(done.out.contains(": \(low.count) offers\n"))
    #expect(done.out.hasSuffix("To take all of it back: ladder undo\n"))
    #expect(try Set(ids("state = \(state) and cohort = low")).isSuperset(of: low))
    #expect(try offers("offer = \(all[1])").first?["reason"] as? String == "too expensive")
    #expect(try sandbox.done("log", "--format", "ndjson").lines.count == entries + 1)
    try sandbox.done("undo")
    #expect(try ids("state = suggested and cohort = low") == low)
    // Nothing is left to do the second time, which is no failure of a nightly run.
    try sandbox.done("redo")
    let again = try sandbox.run(call)
    #expect(again.status == 0 && again.out == "No offer that waits matches. Nothing was changed.\n")
    let record = try sandbox.run(call + ["--format", "json"]).object()
    #expect(record["offers"] as? Int == 0 && record["ids"] as? [Int] == [])
  }

  @Test("a state in the filter reaches what was decided, and numbers are told in every format")
  func states() throws {
    let some = try ids("state = suggested").prefix(4)
    let told = try sandbox.run(
      ["offers", "approve"] + some.map(String.init) + ["--format", "ndjson"]
    ).objectLines()
    #expect(told.first?["ids"] as? [Int] == Array(some) && told.count == 1)
    #expect(told.first?["dry_run"] as? Bool == false && told.first?["taken"] as? Int == 0)
    let csv = try sandbox.run([
      "offers", "reject", "--reason", "r", "--where", "state = approved", "--yes", "--format",
      "csv",
    ])
    #expect(csv.lines.count == 2 && csv.lines[0].hasPrefix("decision,dry_run,offers,customers,"))
    #expect(csv.lines[1].hasPrefix("reject,false,4,"))
    #expect(try ids("state = rejected") == Array(some))
  }

  @Test("what a colleague has taken stays theirs, and that is said")
  func taken() throws {
    let low = try ids("state = suggested and cohort = low")
    _ = try sandbox.run(
      ["offers", "take", "--count", "2", "--where", "cohort = low"], ["LADDER_USER": "ben"])
    let said = try sandbox.done("offers", "approve", "--where", "cohort = low", "--yes").out
    #expect(said.contains("2 more match, but colleagues have taken them to decide on."), "\(said)")
    #expect(try ids("state = suggested and cohort = low").count == 2)
    #expect(try ids("state = approved").count == low.count - 2)
  }

  @Test(
    "in a terminal it asks back for the count",
    .enabled(if: TerminalSession.isPossible, "\(TerminalSession.reason)"))
  func asksBack() throws {
    let count = try ids("state = suggested and cohort = low").count
    let call = "ladder offers approve --where 'cohort = low'"
    let session = try TerminalSession(call, in: sandbox)
    try session.wait(for: "Type \(count) to approve them:")
    try session.type("y")
    try session.press("Enter")
    try session.wait(for: "Nothing was changed.")
    #expect(try ids("state = approved").isEmpty)
    try session.type("clear; " + call + " --format csv")
    try session.press("Enter")
    try session.wait(for: "Type \(count) to approve them:")
    try session.type("\(count)")
    try session.press("Enter")
    try session.wait(for: "approve,false,\(count),")
    #expect(try ids("state = approved").count == count)
  }
}
