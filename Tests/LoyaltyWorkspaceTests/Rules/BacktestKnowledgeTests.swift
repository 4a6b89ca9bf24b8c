import LoyaltyModel
import LoyaltyRules
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

/// Everything that a backtest may know of a day, each changed after it.
@Suite("What a backtest knows of its day")
struct BacktestKnowledgeTests {
  private let shop: TestShop
  private let day = Day(number: 20_637)

  /// A shop of which one rule writes by e-mail alone, so that consents decide.
  init() throws {
    shop = try TestShop(customers: 150, seed: 4)
    let workspace = try shop.open(workingOn: day - 1)
    let text = try #require(workspace.ruleText("lapsed.win-back.json"))
    var edit = RuleEdit(text)
    edit.put(["version"], json: "2")
    edit.put(["needs", "channels"], json: #"["email"]"#)
    _ = try workspace.saveRule(edit.text, file: "lapsed.win-back.json")
  }

  /// The report of the day, read thirty days later, less what was really measured since.
  private func report() throws -> BacktestReport {
    var report = try shop.open(workingOn: day + 60, asOf: day + 60).backtest(at: day, days: 30)
    report.uplift = []
    return report
  }

  /// Whether two reports tell the same; one that is printed is pages long.
  private func isSame(_ one: BacktestReport, _ other: BacktestReport) -> Bool { one == other }

  private func set(on day: Day, _ change: (inout Programme) -> Void) throws {
    let workspace = try shop.open(workingOn: day)
    let before = workspace.state.programme
    var after = before
    change(&after)
    try #require(before != after)
    _ = try workspace.commit([.settings(from: before, to: after)])
  }

  /// Each setting on which a run rests, and a value under which fewer or other offers would be made.
  static let settings: [(name: String, change: @Sendable (inout Programme) -> Void)] = [
    ("contacts", { ($0.contacts.most, $0.contacts.mostForHigh) = (0, 0) }),
    ("margin", { $0.margin = 0.001 }),
    (
      "cut",
      {
        $0.cohorts.amounts = CohortCut(
          measure: .twelveMonths, high: 3, mid: 2, day: Day(number: 20_630))
      }
    ),
    ("stages", { $0.stages.lapsedDays = 3_000 }),
    ("budget of a campaign", { $0.campaigns[0].budget = 0 }),
    ("branches of a campaign", { $0.campaigns[0].branches = ["nowhere"] }),
  ]

  @Test("settings of a later day change nothing", arguments: settings.indices)
  func laterSettings(_ index: Int) throws {
    let before = try report()
    #expect(before.reached > 0)
    try set(on: day + 3, Self.settings[index].change)
    #expect(try isSame(report(), before), "\(Self.settings[index].name)")
  }

  @Test("settings of the day count, whatever they were set to later", arguments: settings.indices)
  func settingsOfTheDay(_ index: Int) throws {
    let before = try report()
    let old = try shop.open().state.programme
    try set(on: day, Self.settings[index].change)
    let changed = try report()
    #expect(!isSame(changed, before), "\(Self.settings[index].name)")
    try set(on: day + 3) { $0 = old }
    #expect(try isSame(report(), changed), "\(Self.settings[index].name)")
  }

  @Test("a cut of a later day does not move the cohorts of the day")
  func laterCut() throws {
    let before = try report()
    _ = try shop.open(workingOn: day + 5, asOf: day + 5).recutCohorts(shares: [1, 2, 97])
    #expect(try isSame(report(), before))
  }

  /// What is told of every customer after the day.
  static let records: [(name: String, change: @Sendable (inout Customer, Day) -> Void)] = [
    (
      "consent taken back",
      { customer, day in
        for channel in ContactChannel.needingConsent {
          customer.consents.append(
            Consent(channel: channel, given: false, day: day, source: "test"))
        }
      }
    ),
    (
      "complaint",
      { customer, day in
        customer.feedback.append(Feedback(kind: .complaint, day: day))
      }
    ),
  ]

  @Test("what customers say later counts only from then on", arguments: records.indices)
  func laterRecords(_ index: Int) throws {
    let before = try report()
    let change = Self.records[index].change
    for told in [day + 1, day] {
      let workspace = try shop.open(workingOn: day + 10)
      let writer = try workspace.store.beginImport(source: "told \(told)", profile: "test")
      for row in 0..<workspace.state.customers.count {
        var customer = workspace.state.customers.customer(row)
        change(&customer, told)
        try writer.add(customer)
      }
      _ = try writer.commit(counts: ImportCounts(), at: Timestamp(seconds: 1_782_900_000))
      #expect(try isSame(report(), before) == (told > day), "\(Self.records[index].name)")
    }
  }

  @Test("offers that went out later are no contacts of the day, and no outcomes")
  func laterOffers() throws {
    let before = try report()
    for sent in [day + 1, day] {
      let workspace = try shop.open(workingOn: sent, asOf: day)
      _ = try workspace.suggest(SuggestOptions(), progress: { _ in true })
      let waiting = workspace.state.offers.filter { $0.state == .suggested }.prefix(20)
      #expect(waiting.count == 20)
      _ = try workspace.decide(waiting.map(\.id), .approve)
      _ = try workspace.exportOffers(
        ExportOptions(file: "/disk/list-\(sent).csv", format: .csv))
      #expect(try isSame(report(), before) == (sent > day))
    }
  }

  @Test("a day before the first rule is tried with the present rules, and that is said first")
  func beforeTheFirst() throws {
    let workspace = try shop.open(workingOn: day + 60, asOf: day + 60)
    let early = try workspace.backtest(at: day - 90, days: 30)
    #expect(early.isBeforeAllRules && early.reached > 0 && early.absent.isEmpty)
    #expect(early.rules.allSatisfy { $0.isPresentText })
    #expect(try isSame(early, workspace.backtest(at: day - 90, days: 30, takesPresent: true)))
    #expect(early.notes.contains { $0.contains("settings are today's") })
    #expect(!early.notes.contains { $0.contains("that was asked for") })
    let later = try report()
    #expect(!later.isBeforeAllRules)
    // With the present rules go the present settings.
    try set(on: day + 3) { ($0.contacts.most, $0.contacts.mostForHigh) = (0, 0) }
    let now = try shop.open(workingOn: day + 60, asOf: day + 60)
    #expect(try now.backtest(at: day - 90, days: 30).reached < early.reached)
  }
}
