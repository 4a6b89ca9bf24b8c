import LoyaltyModel
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

/// The figures of `Shop.small()`, every expected value computed by hand from its ten sales.
@Suite("Figures")
struct FigureTests {
  let disk: MemoryDisk
  let workspace: LoyaltyWorkspace

  init() throws {
    disk = try Shop.small()
    workspace = try Shop.open(disk)
  }

  @Test("figures are as of the last day that the data cover, unless another is asked for")
  func asOf() throws {
    #expect(workspace.asOf == day("2026-06-30"))
    #expect(try Shop.open(disk, asOf: "2026-05-15").asOf == day("2026-05-15"))
    #expect(try Shop.open(Shop.empty()).asOf == Shop.today)
  }

  @Test(
    "scores of recency, frequency and money: 1 + the fifths of buyers who are worse",
    arguments: [
      // Days since the last purchase 0, 10, 20, 90, 501; days with one 4, 2, 1, 1, 2.
      ("A", 5, 5, 5, RFMSegment.champions), ("B", 4, 3, 4, .potentialLoyalists),
      ("C", 3, 1, 3, .aboutToSleep), ("D", 2, 1, 2, .hibernating), ("E", 1, 3, 1, .atRisk),
    ])
  func scores(id: String, recency: UInt8, frequency: UInt8, money: UInt8, segment: RFMSegment)
    throws
  {
    let summary = try workspace.card(ofCustomer: id).summary
    #expect(
      summary.scores == RFMScore(recency: recency, frequency: frequency, monetary: money))
    #expect(summary.segment == segment)
  }

  @Test(
    "stages, and the day on which each began",
    arguments: [
      ("A", LifecycleStage.loyal, "2026-06-30"), ("B", .repeat, "2026-06-20"),
      ("C", .new, "2026-06-10"),
      // Bought once: at risk when more than 60 days have passed.
      ("D", .atRisk, "2026-06-01"),
      // Without a rhythm of one's own the common gap of 90 days counts: lapsed after 4 of them.
      ("E", .lapsed, "2026-02-10"),
    ])
  func stage(id: String, stage: LifecycleStage, since: String) throws {
    let summary = try workspace.card(ofCustomer: id).summary
    #expect(summary.stage == stage)
    #expect(summary.stageSince == day(since))
    #expect(summary.cohort != .none)
  }

  @Test("somebody who left an address alone is a contact without scores")
  func contact() throws {
    let summary = try workspace.card(ofCustomer: "F").summary
    #expect(summary.stage == .contact)
    #expect(summary.scores == nil && summary.segment == nil && summary.recencyDays == nil)
    #expect(summary.cohort == .none)
  }

  @Test("stage counts add up to everybody, in the order of the ladder")
  func stageCounts() throws {
    let stages = try workspace.stages()
    #expect(stages.map(\.stage) == LifecycleStage.allCases)
    let counted = stages.filter { $0.count > 0 }.map { "\($0.stage.rawValue) \($0.count)" }
    #expect(counted == ["contact 1", "new 1", "repeat 1", "loyal 1", "at risk 1", "lapsed 1"])
  }

  @Test("cohorts by twelve months: the top fifth, the next three tenths, the rest")
  func cohorts() throws {
    // Of 400, 80, 40, 20 and 0: ranks 1 and ⌈2.5⌉ = 3 hold the cuts.
    #expect(
      try workspace.cohorts() == [
        CohortLine(cohort: .high, customers: 1, value: 400_00, atLeast: 400_00),
        CohortLine(cohort: .mid, customers: 2, value: 120_00, atLeast: 40_00),
        CohortLine(cohort: .low, customers: 2, value: 20_00, atLeast: nil),
        CohortLine(cohort: .none, customers: 1, value: 0, atLeast: nil),
      ])
    let all = try workspace.cohorts(value: .lifetime, shares: [40, 40, 20])
    #expect(all.map(\.customers) == [2, 2, 1, 1])
    #expect(all.map(\.value) == [480_00, 60_00, 10_00, 0])
  }

  @Test("the measured Pareto curve of all sales")
  func pareto() throws {
    let report = try workspace.pareto(value: .lifetime)
    #expect((report.customers, report.value) == (5, 550_00))
    let share = try #require(report.top20Share)
    #expect(abs(share - 400.0 / 550.0) < 1e-12)
    // 440 of 550 are held by A and B, whole persons.
    #expect(report.customersFor80 == 0.4)
    // 2 · Σ i·x / (n · Σ x) − (n + 1)/n of 10, 20, 40, 80, 400, where Σ i·x = 2490.
    let gini = try #require(report.gini)
    #expect(abs(gini - (4980.0 / 2750.0 - 1.2)) < 1e-12)
    #expect(try workspace.pareto().measure == .twelveMonths)
    #expect(try workspace.pareto().value == 540_00)
  }

  @Test("who moved where: each row adds up to the opening count, each column to the closing one")
  func migration() throws {
    let (from, to) = (day("2026-04-30"), day("2026-06-30"))
    let report = try workspace.migration(from: from, to: to, byStage: true)
    func moved(_ row: String, _ column: String) throws -> Int {
      report.counts[try #require(report.rows.firstIndex(of: row))][
        try #require(report.columns.firstIndex(of: column))]
    }
    #expect(try moved("repeat", "loyal") == 1)
    #expect(try moved("new", "at risk") == 1)
    #expect(try moved("lapsed", "lapsed") == 1)
    let opening = try Shop.open(disk, asOf: "2026-04-30").stages()
    let closing = try workspace.stages()
    for (place, stage) in opening.enumerated() {
      #expect(report.counts[place].reduce(0, +) == stage.count, "\(stage.stage)")
      let column = report.counts.map { $0[place] }.reduce(0, +)
      #expect(column == closing[place].count, "\(stage.stage)")
    }
    let cohorts = try workspace.migration(from: from, to: to, byStage: false)
    // F; D and E; A with 200.00; nobody; B and C, of whom the first that is recorded came later.
    #expect(cohorts.rows == ["none", "low", "mid", "high", "arrived"])
    #expect(cohorts.columns == ["none", "low", "mid", "high", "gone"])
    #expect(cohorts.counts.map { $0.reduce(0, +) } == [1, 2, 1, 0, 2])
    // F has no day at all and may always have been known.
    let early = try workspace.migration(from: day("2024-12-31"), to: to, byStage: true)
    #expect(early.rows.last == MigrationReport.arrived)
    #expect(early.counts.last?.reduce(0, +) == 5)
    #expect(early.counts.joined().reduce(0, +) == 6)
    // Nobody arrives who was there.
    let late = try workspace.migration(from: to, to: to, byStage: true)
    #expect(!late.rows.contains(MigrationReport.arrived))
  }

  @Test("as of a day before all data nobody has bought, and nothing fails")
  func beforeAllData() throws {
    let early = try Shop.open(disk, asOf: "2024-12-31")
    let report = try early.pareto()
    #expect((report.customers, report.value) == (0, 0))
    #expect(report.top20Share == nil && report.customersFor80 == nil && report.gini == nil)
    // Only F, of whom nothing has a day, counts as known then.
    #expect(try early.cohorts().map(\.customers) == [0, 0, 0, 1])
    #expect(try early.stages().map(\.count).reduce(0, +) == 1)
    #expect(try early.overview().customers == 1)
    #expect(try early.customers(matching: "").count == 1)
    #expect(try early.customers(matching: "stage = contact").count == 1)
    #expect(try early.overview().pareto == nil)
    #expect(throws: WorkspaceError.nothingToCut(day("2024-12-31"))) { try early.recutCohorts() }
    let suggested = try early.suggest()
    #expect(suggested.new == 0)
    #expect(suggested.notes == ["Nobody bought anything on or before 2024-12-31."])
  }

  @Test("the cut is kept as amounts when it is made anew")
  func recut() throws {
    let receipt = try Shop.open(disk, asOf: "2026-05-31").recutCohorts(shares: [40, 40, 20])
    // On 2026-05-31: A 300, B 30, D 20, E 0; ranks ⌈1.6⌉ = 2 and ⌈3.2⌉ = 4.
    #expect(
      receipt.text == """
        Cohorts are cut as of 2026-05-31: high from 30.00 EUR, mid from 0.01 EUR, by net value of \
        the last twelve months.
        """)
    let later = try Shop.open(disk)
    #expect(try later.cohorts().map(\.customers) == [3, 1, 1, 1])
    #expect(try later.cohorts().map(\.atLeast) == [30_00, 1, nil, nil])
  }

  @Test("the overview says the same as the single reports")
  func overview() throws {
    let overview = try workspace.overview()
    #expect((overview.customers, overview.purchases, overview.anonymousLines) == (6, 10, 0))
    #expect(overview.stages == (try workspace.stages()))
    #expect(overview.cohorts == (try workspace.cohorts()))
    #expect(overview.offers.isEmpty)
    try workspace.suggest()
    let after = try workspace.overview()
    let waiting = after.offers.first { $0.state == .suggested }?.count
    #expect(waiting == workspace.status().waiting)
    #expect(after.give + after.get == waiting)
  }

  @Test("a store with amounts that an import of today rejects is told, not trapped on")
  func hugeAmounts() throws {
    let writer = try workspace.store.beginImport(source: "old.csv", profile: "mapped")
    for row in 1...60 {
      var purchase = Purchase(
        customer: row.isMultiple(of: 2) ? "A" : "G\(row)",
        day: day("2026-05-01") + row % 30, amount: 411_111_111_111_111_100)
      purchase.product = "P\(row % 3)"
      purchase.units = .max
      try writer.add(purchase, row: row)
    }
    _ = try writer.commit(counts: ImportCounts(), at: Shop.now)
    let opened = try Shop.open(disk)
    #expect(try opened.overview().purchases == 70)
    // A's own 400.00 and thirty lines that count as the largest there are.
    let most = Purchase.largestAmount
    #expect(try opened.card(ofCustomer: "A").summary.valueTotal == 400_00 + 30 * most)
    for measure in [ValueMeasure.lifetime, .twelveMonths] {
      #expect(try opened.cohorts(value: measure).reduce(0) { $0 + $1.customers } == 36)
      #expect(try opened.pareto(value: measure).value > 60 * most)
    }
    _ = try (opened.retention(), opened.attrition(), opened.stages())
    _ = try opened.customers(matching: "")
    for level in ProductReport.Level.allCases { _ = try opened.products(by: level) }
    _ = try? opened.model()
    _ = try opened.recutCohorts()
    _ = try opened.closestToNextCohort()
    try opened.suggest()
    _ = try opened.backtest(at: day("2026-05-20"), days: 20)
  }
}
