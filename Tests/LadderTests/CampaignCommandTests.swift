import Foundation
import Testing

/// Campaigns on the command line, from making one to its column in an export.
@Suite("Campaigns", .enabled(if: Program.isBuilt, "\(Program.reason)"))
struct CampaignCommandTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.done("demo", "demo", "--customers", "250", "--seed", "3", "--no-open")
  }

  /// Runs the program on the demo and expects it to end well.
  @discardableResult
  private func demo(_ arguments: String...) throws -> Outcome {
    let outcome = try sandbox.run(["--store", "demo"] + arguments)
    #expect(outcome.status == 0, "\(arguments): \(outcome.err)")
    return outcome
  }

  @Test("they are listed with stable names in every format, changed, and undone")
  func list() throws {
    let made = try demo("campaigns", "--format", "json")
    let one = try #require(try made.objects().first)
    #expect(one["name"] as? String == "Summer 2026" && one["budget"] as? String == "20.00")
    #expect(one["standing"] as? String == "running" && one["uplift"] is NSNull)
    #expect(
      try keys(of: #require(demo("campaigns", "--format", "ndjson").lines.first)) == [
        "name", "kept", "standing", "from", "until", "branches", "budget", "used", "left",
        "waiting", "approved", "sent", "bought", "withheld", "waiting_cost", "cost", "gain",
        "uplift", "uplift_low", "uplift_high", "uplift_days", "rules", "note",
      ])
    #expect(try demo("campaigns", "--format", "csv").lines.count == 2)
    let changed = try demo(
      "campaigns", "set", "Summer 2026", "--budget", "30", "--to", "none", "--branches", "Web")
    #expect(changed.out.contains("Changed the campaign Summer 2026."))
    #expect(changed.out.contains(" of 250 customers."))
    let shown = try demo("campaigns", "show", "Summer 2026", "--format", "json").object()
    #expect(shown["budget"] as? String == "30.00" && shown["until"] is NSNull)
    #expect(shown["branches"] as? [String] == ["Web"])
    #expect(try demo("undo").out.contains("changed the campaign Summer 2026"))
    #expect(try demo("campaigns", "show", "Summer 2026").out.contains("2026-08-31"))
    #expect(try demo("campaigns", "set", "Extra").out.contains("No rule belongs to it yet"))
    try demo("campaigns", "remove", "Extra")
    #expect(try !demo("campaigns").out.contains("Extra"))
  }

  @Test("its budget bounds a run; offers, filters and exports bear its name")
  func loop() throws {
    try demo("campaigns", "set", "Summer 2026", "--budget", "1.00")
    let report = try demo("suggest", "--format", "json").object()
    let gates = try #require((report["funnel"] as? [String: Any])?["gates"] as? [[String: Any]])
    let gate = try #require(gates.first { $0["gate"] as? String == "campaign-budget" })
    #expect(try #require(gate["dropped"] as? Int) > 0)
    let filter = "campaign = \"Summer 2026\""
    let waiting = filter + " and state = suggested"
    let offers = try demo("offers", "--where", waiting, "--format", "json").objects()
    #expect(!offers.isEmpty && offers.allSatisfy { $0["campaign"] as? String == "Summer 2026" })
    let cost = offers.compactMap { ($0["cost"] as? String).flatMap(Double.init) }.reduce(0, +)
    #expect(cost <= 1)
    let id = try #require(offers.first?["id"] as? Int)
    try demo("offers", "approve", String(id))
    try demo("export", "offers", "--to", sandbox.url("o.ndjson").path, "--as", "ndjson")
    #expect(try sandbox.text("o.ndjson").contains(#""campaign":"Summer 2026""#))
    let after = try demo("campaigns", "show", "Summer 2026", "--format", "json").object()
    #expect(after["sent"] as? Int == 1 && after["used"] as? String != "0.00")
  }
}
