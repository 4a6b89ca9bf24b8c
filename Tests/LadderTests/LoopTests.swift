import Foundation
import Testing

/// The daily loop on the command line, on a small file that is kept beside the tests.
@Suite("The daily loop", .enabled(if: Program.isBuilt, "\(Program.reason)"))
struct LoopTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  @Test("import, understand, suggest, review, export: each step leads to the next")
  func wholeLoop() throws {
    try sandbox.copy(fixture: "sales.csv")
    let made = try sandbox.done(
      "init", "shop", "--currency", "EUR", "--time-zone", "Europe/Berlin")
    #expect(made.out.hasSuffix("Next: ladder --store shop import FILE\n"))
    let first = try #require(
      try sandbox.done("import", "sales.csv", "--format", "json").objects().first)
    #expect(first["read"] as? Int == 171 && first["new"] as? Int == 171)
    #expect(first["customers"] as? Int == 48 && first["rejected"] as? Int == 0)
    #expect(first["last_day"] as? String == "2026-06-30")
    let again = try #require(
      try sandbox.done("import", "sales.csv", "--format", "json").objects().first)
    #expect(again["read"] as? Int == 171 && again["new"] as? Int == 0)
    #expect(again["unchanged"] as? Int == 171)

    try understand()
    try suggestAndDecide()
    try exportOnce()
    try record()
  }

  /// Figures of the fixture, from a few lines of Python over the same file.
  private func understand() throws {
    let pareto = try sandbox.done("pareto", "--value", "lifetime", "--format", "json").object()
    #expect(pareto["as_of"] as? String == "2026-06-30")
    #expect(pareto["customers"] as? Int == 48)
    #expect(pareto["value"] as? String == "15424.62")
    let share = try #require(pareto["top_20_share"] as? Double)
    #expect(abs(share - 0.755073382683009) < 1e-12)
    let holders = try #require(pareto["customers_for_80"] as? Double)
    #expect(abs(holders - 13.0 / 48) < 1e-12)
    let gini = try #require(pareto["gini"] as? Double)
    #expect(abs(gini - 0.6648513599254526) < 1e-12)
    let cohorts = try sandbox.done(
      "cohorts", "--value", "lifetime", "--cut", "20,30,50", "--format", "json"
    ).objects()
    #expect(cohorts.map { $0["cohort"] as? String } == ["high", "mid", "low"])
    #expect(cohorts.map { $0["customers"] as? Int } == [10, 14, 24])
    #expect(cohorts.map { $0["value"] as? String } == ["11736.74", "2240.54", "1447.34"])
    #expect(cohorts.map { $0["at_least"] as? String } == ["225.05", "114.30", nil])
    let stages = try sandbox.done("stages", "--format", "json").objects()
    #expect(stages.compactMap { $0["customers"] as? Int }.reduce(0, +) == 48)
    let migration = try sandbox.done(
      "migration", "--from", "2026-01-31", "--to", "2026-06-30", "--format", "json"
    ).objects()
    // Whose first sale or other trace is of later stands in a row of arrivals.
    #expect(
      migration.map { $0["from"] as? String } == ["none", "low", "mid", "high", "arrived"])
    for row in migration {
      let moved = ["none", "low", "mid", "high", "gone"].compactMap { row[$0] as? Int }
      #expect(moved.count == 5)
      #expect(moved.reduce(0, +) == row["total"] as? Int)
    }
  }

  private func suggestAndDecide() throws {
    let funnel = try sandbox.done("suggest", "--budget", "20.00", "--format", "json")
    let report = try funnel.object()
    let rules = try #require(report["rules"] as? [[String: Any]])
    let total = try #require(report["funnel"] as? [String: Any])
    for line in rules + [total] {
      let gates = try #require(line["gates"] as? [[String: Any]])
      #expect(gates.allSatisfy { ($0["reason"] as? String)?.isEmpty == false })
      let dropped = gates.compactMap { $0["dropped"] as? Int }
      #expect(dropped.count == gates.count)
      let (withheld, suggested) = (line["withheld"] as? Int, line["suggested"] as? Int)
      #expect(
        line["entered"] as? Int
          == dropped.reduce(0, +) + (try #require(withheld)) + (try #require(suggested)))
    }
    let offers = try sandbox.done("offers", "--format", "ndjson").objectLines()
    #expect(offers.count == report["new"] as? Int)
    #expect(offers.count >= 10)
    let ids = offers.compactMap { $0["id"] as? Int }.map(String.init)
    try sandbox.run(["offers", "approve"] + ids.prefix(3))
    try sandbox.done("offers", "reject", ids[3], "--reason", "bad timing")
    try sandbox.done("offers", "snooze", ids[4], "--until", "2026-12-24")
    #expect(
      try states(ids.prefix(5)) == ["approved", "approved", "approved", "rejected", "snoozed"])
    #expect(try sandbox.done("undo").out.hasPrefix("Took back: offer \(ids[4])"))
    try sandbox.done("undo")
    #expect(try states(ids.prefix(5).suffix(2)) == ["suggested", "suggested"])
    #expect(try sandbox.done("redo").out.hasPrefix("Did again: offer \(ids[3])"))
    #expect(try states(ids.prefix(5).suffix(2)) == ["rejected", "suggested"])
  }

  private func states(_ ids: some Collection<String>) throws -> [String?] {
    let offers = try sandbox.done("offers", "--format", "ndjson").objectLines()
    return ids.map { id in
      offers.first { $0["id"] as? Int == Int(id) }?["state"] as? String
    }
  }

  private func exportOnce() throws {
    let approved = try sandbox.done(
      "offers", "--where", "state = approved", "--format", "ndjson"
    ).objectLines().compactMap { $0["id"] as? Int }.sorted()
    let call = ["export", "offers", "--where", "state = approved", "--to", "offers.csv"]
    #expect(
      try sandbox.run(call).out
        == "Wrote 3 offers to offers.csv; of the approved, 3 are now exported.\n")
    let file = try sandbox.text("offers.csv")
    #expect(try ids(ofCSV: file) == approved)
    let second = try sandbox.run(call)
    #expect(second.status == 1)
    #expect(second.err.contains("There is no offer to write"))
    #expect(try sandbox.text("offers.csv") == file)
    let log = try sandbox.done("log", "--format", "ndjson").objectLines()
    let export = try #require(log.first)
    #expect((export["what"] as? String)?.contains("export") == true, "\(export)")
    #expect((export["what"] as? String)?.contains("3 offers to offers.csv") == true, "\(export)")
    #expect(export["changes"] as? Int == 4)
    #expect(log.allSatisfy { $0["by"] as? String == "anna" })
  }

  /// Later sales tell what came of the three that went out: one used, two run out.
  private func record() throws {
    let sent = try sandbox.done("offers", "--where", "state = exported", "--format", "ndjson")
      .objectLines()
    let customer = try #require(sent.first?["customer"] as? String)
    let offer = try #require(sent.first?["id"] as? Int)
    try sandbox.put(
      "customer,date,amount\n\(customer),2026-07-02,500.00\nX,2026-10-31,5.00\n", "later.csv")
    try sandbox.done("import", "later.csv")
    #expect(try sandbox.done("results", "--dry-run").out.hasSuffix("; nothing written.\n"))
    let rules = try sandbox.done("results", "--format", "json").objects()
    func sum(_ name: String) -> Int { rules.compactMap { $0[name] as? Int }.reduce(0, +) }
    #expect(["sent", "redeemed", "expired", "open"].map(sum) == [3, 1, 2, 0])
    let used = try sandbox.done("offers", "--where", "state = redeemed", "--format", "ndjson")
      .objectLines()
    #expect(used.map { $0["id"] as? Int } == [offer])
    #expect(used.first?["redeemed"] as? String == "2026-07-02")
    #expect(used.first?["spent"] as? String == "500.00")
    #expect(try sandbox.done("undo").out.hasPrefix("Took back: recorded what came of 3 offers"))
    let template = try sandbox.done("template", "results").out
    try sandbox.put(
      template.split(separator: "\n")[0] + "\n\(offer),,,yes,2026-07-03,12.00\n", "results.csv")
    let report = try #require(
      try sandbox.done("import", "results.csv", "--format", "json").objects().first)
    #expect(report["profile"] as? String == "ladder-results" && report["changed"] as? Int == 1)
    try sandbox.done("import", "results.csv", "--as", "results")
    let told = try sandbox.done("offers", "--where", "state = redeemed", "--format", "ndjson")
      .objectLines()
    #expect(told.map { $0["spent"] as? String } == ["12.00"])
  }

  private func ids(ofCSV text: String) throws -> [Int] {
    // Lines of a message never begin with a number and a comma.
    text.replacing("\r\n", with: "\n").split(separator: "\n").compactMap { line in
      line.split(separator: ",").first.flatMap { Int($0) }
    }
  }

  @Test("the same store and date give the same bytes, in the output and on the disk")
  func deterministic() throws {
    try sandbox.makeShop()
    for name in ["one", "two"] {
      try FileManager.default.copyItem(at: sandbox.url("shop"), to: sandbox.url(name))
    }
    let outcomes = try ["one", "two"].map { store in
      try sandbox.done("--store", store, "suggest", "--format", "json").out
    }
    #expect(outcomes[0] == outcomes[1])
    let offers = try ["one", "two"].map { store in
      try sandbox.done("--store", store, "offers", "--format", "ndjson").out
    }
    #expect(offers[0] == offers[1] && !offers[0].isEmpty)
    let again = try sandbox.done("--store", "one", "suggest", "--format", "json").object()
    #expect(again["new"] as? Int == 0 && again["withdrawn"] as? Int == 0)
    #expect(try sandbox.done("--store", "one", "offers", "--format", "ndjson").out == offers[0])
  }

  @Test("a dry run says what would happen and writes nothing")
  func dryRuns() throws {
    try sandbox.makeShop()
    let dry = try sandbox.done("suggest", "--dry-run", "--format", "json").object()
    #expect(dry["dry_run"] as? Bool == true)
    #expect(try sandbox.done("offers", "--format", "ndjson").out.isEmpty)
    try sandbox.put("customer,date,amount\n0001,2026-07-01,5.00\n", "more.csv")
    let more = try sandbox.done("import", "more.csv", "--dry-run", "--format", "json").objects()
    #expect(more.first?["new"] as? Int == 1)
    #expect(
      try sandbox.done("pareto", "--format", "json").object()["as_of"] as? String == "2026-06-30")
  }

  @Test("two people at once: both decisions are kept, nothing is lost")
  func twoAtOnce() throws {
    try sandbox.makeShop()
    try sandbox.done("suggest")
    let ids = try sandbox.done("offers", "--format", "ndjson").objectLines()
      .compactMap { $0["id"] as? Int }
    let calls = ids.prefix(8).enumerated().map { index, id in
      index.isMultiple(of: 2)
        ? ["offers", "approve", "\(id)"] : ["offers", "reject", "\(id)", "--reason", "bad timing"]
    }
    let outcomes = try sandbox.runAll(calls)
    #expect(outcomes.allSatisfy { $0.status == 0 }, "\(outcomes.map(\.err))")
    let after = try sandbox.done("offers", "--format", "ndjson").objectLines()
    for (index, id) in ids.prefix(8).enumerated() {
      let offer = try #require(after.first { $0["id"] as? Int == id })
      #expect(offer["state"] as? String == (index.isMultiple(of: 2) ? "approved" : "rejected"))
    }
    // One decision about one offer, asked for twice at once: it is made once, without a quarrel.
    let same = try sandbox.runAll([
      ["offers", "approve", "\(ids[8])"], ["offers", "approve", "\(ids[8])"],
    ])
    #expect(same.contains { $0.status == 0 })
    #expect(same.allSatisfy { $0.status == 0 || $0.status == 1 })
  }

  @Test("the demo is made the same for a seed, without opening, and is ready for the loop")
  func demo() throws {
    for store in ["one", "two"] {
      let made = try sandbox.done(
        "demo", store, "--customers", "120", "--seed", "7", "--no-open")
      #expect(made.out.contains("120 invented customers"))
    }
    let files = try ["one", "two"].map { store in
      try FileManager.default.subpathsOfDirectory(atPath: sandbox.url(store).path).sorted()
        .map { path -> String in
          let data = try? Data(contentsOf: sandbox.url(store + "/" + path))
          return path + " " + (data?.base64EncodedString() ?? "")
        }
    }
    #expect(files[0] == files[1] && files[0].count > 10)
    try sandbox.done("--store", "one", "suggest")
    #expect(try sandbox.done("--store", "one", "offers", "--format", "ndjson").lines.count > 20)
  }

  @Test("a demo that is killed half-way leaves no store, and the next one is made")
  func killedDemo() throws {
    let process = Process()
    let program: URL = try #require(Program.url)
    process.executableURL = program
    process.arguments = ["demo", "shop", "--customers", "200000", "--no-open"]
    process.currentDirectoryURL = sandbox.folder
    process.environment = sandbox.environment
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let deadline = Date().addingTimeInterval(20)
    while !sandbox.exists("shop.unfinished/store.json"), Date() < deadline { usleep(2000) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(sandbox.exists("shop.unfinished"))
    #expect(!sandbox.exists("shop/store.json"))
    try sandbox.done("demo", "shop", "--customers", "20", "--no-open")
    #expect(!sandbox.exists("shop.unfinished"))
    #expect(try sandbox.done("stages", "--format", "ndjson").lines.count == 10)
  }

  @Test("Control-C ends long work where it can end cleanly, says so, and ends the process with it")
  func interrupted() throws {
    let process = Process()
    let program: URL = try #require(Program.url)
    process.executableURL = program
    process.arguments = ["demo", "shop", "--customers", "200000", "--no-open"]
    process.currentDirectoryURL = sandbox.folder
    process.environment = sandbox.environment
    let told = Pipe()
    process.standardError = told
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let deadline = Date().addingTimeInterval(20)
    while !sandbox.exists("shop.unfinished/store.json"), Date() < deadline { usleep(2000) }
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGINT)
    let text = String(decoding: told.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(text == "ladder: Stopped; nothing was changed.\n")
    // Unlike one that was killed, it cleaned up behind itself.
    #expect(!sandbox.exists("shop") && !sandbox.exists("shop.unfinished"))
  }

  @Test("without a place named, the store lies in the home folder")
  func defaultPlaces() throws {
    let made = try sandbox.run(
      ["demo", "--customers", "5", "--no-open"], ["HOME": sandbox.url("home").path])
    #expect(made.status == 0, "\(made.err)")
    #expect(sandbox.exists("home/.local/share/ladder/demo/store.json"))
    let other = try sandbox.run(
      ["demo", "--customers", "5", "--no-open"], ["XDG_DATA_HOME": sandbox.url("data").path])
    #expect(other.status == 0, "\(other.err)")
    #expect(sandbox.exists("data/ladder/demo/store.json"))
  }
}
