import Foundation
import Testing

/// Calls at their limits: what is asked is done or refused, never half done or left out in silence.
@Suite("Calls", .enabled(if: Program.isBuilt, "\(Program.reason)"))
struct CallTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.makeShop()
  }

  @Test(
    "the largest number of rows that can be asked for is all of them",
    arguments: [
      ["rules", "near", "low-mid.bigger-basket"], ["closest"], ["customers"], ["products"],
      ["attrition"], ["log"], ["offers"],
    ])
  func mostRows(call: [String]) throws {
    let format = ["--format", "ndjson", "--limit"]
    let all = try sandbox.run(call + format + ["\(Int.max)"])
    #expect(all.status == 0, "\(all.err)")
    #expect(try sandbox.run(call + format + ["100000"]).lines == all.lines)
  }

  @Test("a limit takes the first offers of the order of review")
  func firstOffers() throws {
    try sandbox.done("suggest")
    let format = ["offers", "--format", "ndjson"]
    let all = try sandbox.run(format).lines
    try #require(all.count > 1)
    #expect(try sandbox.run(format + ["--limit", "1"]).lines == [all[0]])
    #expect(try sandbox.run(format + ["--limit", "0"]).lines == [])
  }

  @Test("floors that were kept stay when a run names none")
  func floorsStay() throws {
    try sandbox.done("suggest", "--floor", "low=2", "--keep-floors")
    let settings = try sandbox.text("shop/settings/programme.json")
    #expect(settings.contains("floors"))
    #expect(try sandbox.run(["suggest", "--keep-floors"]).status == 2)
    #expect(try sandbox.text("shop/settings/programme.json") == settings)
  }

  @Test("one saved filter that cannot be read hides none of the others")
  func brokenSegment() throws {
    try sandbox.done("segments", "save", "low ones", "--where", "cohort = low")
    try sandbox.done("segments", "save", "new", "--where", "stage = new")
    let path = "shop/settings/programme.json"
    let text = try sandbox.text(path)
    let broken = text.replacingOccurrences(of: "cohort = low", with: "cohrt = low")
    try #require(broken != text)
    try sandbox.put(broken, path)
    let listed = try sandbox.done("segments", "--format", "json").objects()
    #expect(listed.map { $0["name"] as? String } == ["low ones", "new"])
    #expect((listed[0]["problem"] as? String)?.contains("cohrt") == true)
    #expect(listed[0]["customers"] is NSNull)
    #expect(listed[1]["customers"] is Int && listed[1]["problem"] is NSNull)
  }

  @Test(
    "output that cannot be written is told, and the call fails",
    arguments: ["table", "csv", "json", "ndjson"])
  func fullOutput(format: String) throws {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    let program = try #require(Program.url).path
    shell.arguments = ["-c", "'\(program)' customers --format \(format) >/dev/full 2>said"]
    shell.currentDirectoryURL = sandbox.folder
    shell.environment = sandbox.environment
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 1)
    #expect(try sandbox.text("said").hasPrefix("ladder: the output could not be written: No space"))
  }

  @Test(
    "a new programme stands where --store says, before or after the command's name, as a demo does")
  func initAtStore() throws {
    let facts = ["--currency", "EUR", "--time-zone", "Europe/Berlin"]
    for call in [["init", "--store", "a"] + facts, ["--store", "b", "init"] + facts] {
      #expect(try sandbox.run(call).status == 0)
    }
    let home = sandbox.url("home").path
    let usual = try sandbox.run(["init"] + facts, ["XDG_DATA_HOME": home, "LADDER_STORE": ""])
    #expect(usual.status == 0, "\(usual.err)")
    for store in ["a", "b", "home/ladder/store"] {
      #expect(sandbox.exists(store + "/store.json"), "\(store)")
    }
  }

  @Test("a demo is shown as of the day that was asked for")
  func demoAsOf() throws {
    let made = try sandbox.done(
      "demo", "d", "--customers", "20", "--no-open", "--as-of", "2026-01-31")
    #expect(made.out.contains("figures as at 2026-01-31"))
  }
}
