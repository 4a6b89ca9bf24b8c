import Foundation
import TestSupport
import Testing

/// The whole loop on the CDNOW data, whose figures are published or were computed elsewhere.
@Suite(
  "CDNOW",
  .enabled(
    if: SharedData.isPresent && Program.isBuilt, "\(SharedData.reason), or \(Program.reason)"))
struct AcceptanceTests {
  @Test("from a sales file to an exported offer list")
  func cdnow() throws {
    let sandbox = try Sandbox()
    let file = SharedData.url("cdnow/CDNOW_master.txt").path
    try sandbox.done("init", "S", "--currency", "USD", "--time-zone", "America/New_York")
    let first = try #require(
      try sandbox.done("--store", "S", "import", file, "--format", "json").objects().first)
    #expect(first["read"] as? Int == 69_659 && first["rejected"] as? Int == 0)
    #expect(first["customers"] as? Int == 23_570)
    let again = try #require(
      try sandbox.done("--store", "S", "import", file, "--format", "json").objects().first)
    #expect(again["new"] as? Int == 0 && again["new_customers"] as? Int == 0)

    let pareto = try sandbox.done(
      "--store", "S", "pareto", "--value", "lifetime", "--format", "json"
    ).object()
    #expect(pareto["as_of"] as? String == "1998-06-30")
    #expect(pareto["customers"] as? Int == 23_570)
    #expect(pareto["value"] as? String == "2500315.63")
    for (name, value) in [
      ("top_20_share", 0.67777), ("customers_for_80", 0.32647), ("gini", 0.634571),
    ] {
      let found = try #require(pareto[name] as? Double)
      #expect(abs(found - value) < 1e-5, "\(name)")
    }
    let cohorts = try sandbox.done(
      "--store", "S", "cohorts", "--value", "lifetime", "--cut", "20,30,50", "--format", "json"
    ).objects()
    #expect(cohorts.map { $0["cohort"] as? String } == ["high", "mid", "low"])
    #expect(cohorts.map { $0["customers"] as? Int } == [4715, 7070, 11_785])
    #expect(cohorts.map { $0["value"] as? String } == ["1694782.45", "545282.52", "260250.66"])

    let report = try sandbox.done(
      "--store", "S", "suggest", "--budget", "20000.00", "--format", "json"
    ).object()
    let funnel = try #require(report["funnel"] as? [String: Any])
    let gates = try #require(funnel["gates"] as? [[String: Any]])
    #expect(!gates.isEmpty)
    #expect(gates.allSatisfy { $0["dropped"] is Int && $0["reason"] is String })
    let cost = try #require(Decimal(string: report["cost"] as? String ?? ""))
    #expect(cost <= 20_000)
    let offers = try sandbox.done("--store", "S", "offers", "--format", "ndjson").lines
    #expect(offers.count == report["new"] as? Int)
    let wanted = ["id", "customer", "rule", "state"]
    #expect(offers.prefix(20).allSatisfy { line in wanted.allSatisfy(keys(of: line).contains) })

    let ids = offers.prefix(3).compactMap { line in
      line.split(separator: ",").first.map { $0.drop { !$0.isNumber } }.map(String.init)
    }
    #expect(try sandbox.run(["--store", "S", "offers", "approve"] + ids).status == 0)
    try sandbox.done(
      "--store", "S", "export", "offers", "--where", "state = approved", "--to", "offers.csv")
    let rows = FormatTests.cells(try sandbox.text("offers.csv"))
    #expect(rows.dropFirst().map { $0[0] } == ids.sorted { Int($0) ?? 0 < Int($1) ?? 0 })
    #expect(rows.first?.prefix(2) == ["offer", "customer"])
  }
}
