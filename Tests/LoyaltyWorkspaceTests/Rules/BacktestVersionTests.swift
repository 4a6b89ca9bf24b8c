import LoyaltyModel
import LoyaltyRules
import Testing

@testable import LoyaltyWorkspace

@Suite("Rules as they were on the day of a backtest")
struct BacktestVersionTests {
  private let shop: TestShop
  private let first = Day(number: 20_637)
  private var day: Day { first + 2 }

  private static let changed = "low-mid.bigger-basket"
  private static let off = "lapsed.win-back"
  private static let broken = "low-mid.return"

  /// The demo's rules, and what was done to them: two days before the day that is replayed, on it, and
  /// after it.
  init() throws {
    shop = try TestShop(customers: 150, seed: 4)
    try write(Self.changed, on: first) { edit in
      _ = edit.set("/version", to: "2")
      _ = edit.set("/offer/percent", to: "12")
    }
    try write(Self.off, on: first + 2) { $0.put(["status"], json: "\"paused\"") }
    try write(Self.broken, on: first + 1) { $0.put(["priority"], json: "\"much\"") }
    try write(Self.changed, on: first + 3) { edit in
      _ = edit.set("/version", to: "3")
      _ = edit.set("/offer/percent", to: "15")
    }
    try write(Self.off, on: first + 4) { $0.put(["status"], json: "\"active\"") }
    try write(Self.broken, on: first + 4) { $0.put(["priority"], json: "40") }
    let workspace = try shop.open(workingOn: first + 5)
    let text = try #require(workspace.ruleText(Self.changed + ".json"))
    var edit = RuleEdit(text)
    edit.put(["id"], json: "\"brand.new\"")
    _ = try workspace.saveRule(edit.text, file: "brand.new.json")
  }

  private func write(
    _ rule: String, on day: Day, _ change: (inout RuleEdit) -> Void
  ) throws {
    let workspace = try shop.open(workingOn: day)
    let text = try #require(workspace.ruleText(rule + ".json"))
    var edit = RuleEdit(text)
    change(&edit)
    _ = try workspace.saveRule(edit.text, file: rule + ".json")
  }

  private func report(_ day: Day, takesPresent: Bool = false) throws -> BacktestReport {
    try shop.open(workingOn: first + 60, asOf: first + 60)
      .backtest(at: day, days: 30, takesPresent: takesPresent)
  }

  @Test("each rule takes part in the version of the day, and it is told which")
  func versions() throws {
    let report = try report(day)
    let changed = try #require(report.rules.first { $0.rule == Self.changed })
    #expect((changed.version, changed.presentVersion) == (2, 3))
    #expect(!changed.isPresentText)
    #expect(
      Set(report.absent.map { "\($0.rule) \($0.reason)" }) == [
        "\(Self.off) off", "\(Self.broken) unreadable",
        "brand.new unknown(since: Optional(\(first + 5)))",
      ])
    let names = Set(report.rules.map(\.rule))
    #expect(names.isDisjoint(with: report.absent.map(\.rule)))
    #expect(names.count == 11 && report.rules.allSatisfy { !$0.isPresentText })
    #expect(!report.notes.contains { $0.contains("as they are today") })
  }

  @Test("the text of the day decides what would have been offered, not today's")
  func terms() throws {
    let workspace = try shop.open(workingOn: first + 60, asOf: first + 60)
    func percent(_ day: Day) throws -> Int? {
      try workspace.rules(before: workspace.changes(after: day), takesPresent: false).entries
        .first { $0.rule.id == Self.changed }?.rule.offer.percent
    }
    #expect(try percent(first) == 12)
    #expect(try percent(first + 2) == 12)
    #expect(try percent(first + 3) == 15)
    #expect(try percent(first - 1) == 10)
  }

  @Test("a rule that did not exist is tried only where that is asked for, and it is told")
  func presentText() throws {
    let report = try report(day, takesPresent: true)
    let new = try #require(report.rules.first { $0.rule == "brand.new" })
    #expect(new.isPresentText && new.presentVersion == nil)
    #expect(Set(report.absent.map(\.rule)) == [Self.off, Self.broken])
    #expect(report.notes.contains { $0.contains("1 did not exist") })
  }

  @Test("before the first rule was saved the present ones are tried, whether asked for or not")
  func beforeTheFirst() throws {
    let report = try report(first - 60)
    #expect(report.isBeforeAllRules && report.rules.count == 14 && report.absent.isEmpty)
    #expect(report.rules.allSatisfy { $0.isPresentText })
    #expect(report.total.roseAnyway.map { (0...1).contains($0) } == true)
    #expect(try self.report(first - 60, takesPresent: true) == report)
    // As soon as one was known, only those of the day are in force.
    #expect(try !self.report(first).isBeforeAllRules)
  }
}
