import Foundation
import LoyaltyModel
import LoyaltyStore
import TestSupport
import Testing

import LoyaltyAnalytics
@testable import LoyaltyWorkspace

@Suite("Figures from the fitted models")
struct FiguresModelTests {
  /// A shop of the demo's people, large enough for the models to be fitted.
  private static let disk = Result {
    let disk = MemoryDisk()
    _ = try LoyaltyWorkspace.createDemo(
      at: Shop.path, customers: 1_500, seed: 2, environment: Shop.environment(disk), kind: .bare,
      progress: { _ in true })
    return disk
  }
  private func open() throws -> LoyaltyWorkspace { try Shop.open(try Self.disk.get()) }

  @Test("numbers of all customers are finite, and follow the model that was asked for")
  func numbers() throws {
    let workspace = try open()
    let rows = try workspace.customers(matching: "")
    let model = try workspace.model()
    try #require(model.isTrusted(.mbgNBD))
    var options = FigureOptions()
    let usual = try workspace.numbers(ofRows: rows, options)
    (options.model, options.rfm) = (.bgNBD, .ntile)
    let others = try workspace.numbers(ofRows: rows, options)
    for (one, other) in zip(usual, others) {
      #expect((one.observed == nil) == (one.summary.purchaseDays == 0))
      #expect((one.alive == nil) == (one.summary.purchaseDays == 0))
      if let alive = one.alive { #expect((0...1).contains(alive)) }
      if let expected = one.expectedPurchases12Months {
        #expect(expected.isFinite && expected >= 0)
      }
      // BG/NBD holds every one-time buyer to be alive.
      if one.summary.purchaseDays == 1, model.isTrusted(.bgNBD) { #expect(other.alive == 1) }
      #expect(one.summary.stage == other.summary.stage)
    }
    #expect(usual.map(\.summary.scores) != others.map(\.summary.scores))
  }

  @Test("rules and filters know the new facts")
  func facts() throws {
    let workspace = try open()
    let known = try workspace.customers(matching: "p_alive known").count
    let likely = try workspace.customers(matching: "p_alive >= 0.5").count
    let unlikely = try workspace.customers(matching: "p_alive < 0.5").count
    #expect(known > 0 && likely > 0 && unlikely > 0 && likely + unlikely == known)
    for fact in ["clv_12m", "expected_value", "value_at_risk", "loyalty_score"] {
      #expect(try workspace.customers(matching: "\(fact) >= 0").count > 0, "\(fact)")
    }
    #expect(try workspace.customers(matching: "expected_purchases_12m >= 0").count == known)
  }

  @Test("without a trusted model P(alive) is unknown to rules too")
  func untrusted() throws {
    let workspace = try Shop.open(try Shop.small())
    #expect(try workspace.customers(matching: "p_alive >= 0").isEmpty)
    #expect(try workspace.customers(matching: "p_alive <= 1").isEmpty)
    let card = try workspace.card(ofCustomer: "A")
    let chance = try #require(card.figures.first { $0.label == "Chance still a customer" })
    #expect(chance.value == "unknown")
    #expect(
      chance.why == "MBG/NBD cannot be fitted: only 3 bought on a second day, and 30 are needed. "
        + "As at 2026-06-30.")
    #expect(card.aliveByMonth.isEmpty)
    #expect(
      try workspace.model().warnings == [
        "BG/NBD and MBG/NBD cannot be fitted: only 3 bought on a second day, and 30 are needed.",
        "Stages go by each customer's rhythm alone; P(alive) and CLV are unknown.",
        "Gamma-Gamma cannot be fitted: only 3 bought on a second day, and 30 are needed.",
      ])
    let attrition = try workspace.attrition()
    #expect(attrition.model == nil)
    #expect(throws: WorkspaceError.self) { try workspace.cohorts(value: .clv) }
    #expect(throws: WorkspaceError.self) { try workspace.pareto(value: .margin) }
  }

  @Test("every figure of a card says how it was computed, and as of when")
  func card() throws {
    let workspace = try open()
    for row in try workspace.customers(matching: "").prefix(300) {
      let card = try workspace.card(ofRow: row)
      for figure in card.figures {
        #expect(!figure.value.isEmpty && figure.why.contains("\(workspace.asOf)"), "\(figure)")
        #expect(!(figure.value + figure.why).contains("nan"), "\(figure)")
        #expect(!(figure.value + figure.why).contains("inf "), "\(figure)")
      }
      #expect((card.loyalty == nil) == (card.summary.purchaseDays == 0))
      let days = card.aliveByMonth.map(\.day)
      #expect(days == days.sorted() && (days.isEmpty || days.last == workspace.asOf))
      if let last = card.aliveByMonth.last {
        #expect(try workspace.numbers(ofRows: [row]).first?.alive == last.alive)
      }
    }
  }

  @Test("valuable customers who are overdue, the greatest value at risk first")
  func attrition() throws {
    let workspace = try open()
    let all = try workspace.attrition()
    try #require(all.model == .mbgNBD && !all.rows.isEmpty)
    let risks = all.rows.map { $0.valueAtRisk ?? 0 }
    #expect(risks == risks.sorted(by: >))
    for row in all.rows {
      #expect(Double(row.daysSince) > 2 * row.gapDays && row.daysSince > 30)
      #expect([.atRisk, .lapsed].contains(row.stage))
      let alive = try #require(row.alive)
      let given = try #require(row.valueGivenAlive)
      #expect(abs((1 - alive) * Double(given) - Double(row.valueAtRisk ?? -9)) <= 1)
      #expect(try workspace.summary(ofRow: row.row).cohort == .high)
    }
    let since = workspace.asOf + -30
    let new = try workspace.attrition(since: since)
    #expect(new.rows == all.rows.filter { $0.overdueSince > since })
    let branches = Set(all.rows.map(\.branch)).filter { !$0.isEmpty }
    let parts = try branches.reduce(0) { try $0 + workspace.attrition(branch: $1).rows.count }
    #expect(parts == all.rows.count { !$0.branch.isEmpty })
    #expect(throws: WorkspaceError.self) { try workspace.attrition(branch: "Atlantis") }
    let mid = try workspace.attrition(cohort: .mid)
    #expect(Set(mid.rows.map(\.row)).isDisjoint(with: all.rows.map(\.row)))
  }

  @Test("cells of the retention table and of a migration lead to their people")
  func members() throws {
    let workspace = try open()
    let table = try workspace.retention()
    for row in table.rows.prefix(4) {
      #expect(
        try workspace.retentionMembers(wonIn: row.month, activeAfter: nil).count == row.customers)
      for (since, active) in row.active.enumerated().prefix(6) {
        let members = try workspace.retentionMembers(wonIn: row.month, activeAfter: since)
        #expect(members.count == active)
      }
    }
    let from = workspace.asOf.adding(months: -3)
    for byStage in [true, false] {
      let moves = try workspace.migration(from: from, to: workspace.asOf, byStage: byStage)
      for (row, counts) in zip(moves.rows, moves.counts) {
        for (column, count) in zip(moves.columns, counts) where row != "arrived" || column != "gone"
        {
          let members = try workspace.rows(
            of: .moved(
              Period(from: from, to: workspace.asOf), byStage ? .stages : .cohorts,
              .fromTo(row, column)))
          #expect(members.count == count, "\(row) to \(column)")
        }
      }
    }
  }

  @Test("products and categories add up to the customers", arguments: ProductReport.Level.allCases)
  func products(level: ProductReport.Level) throws {
    let workspace = try open()
    let report = try workspace.products(by: level)
    #expect(report.rows.count > 1)
    #expect(report.value == (try workspace.customerValue()))
  }

  @Test("margin and predicted value can decide cohorts")
  func measures() throws {
    let workspace = try open()
    for measure in ValueMeasure.allCases {
      let report = try workspace.pareto(value: measure)
      #expect(report.measure == measure)
      let lines = try workspace.cohorts(value: measure)
      #expect(lines.reduce(0) { $0 + $1.customers } == workspace.status().customers)
    }
    // The demo's products have margins between 0 and 1.
    let (margin, value) = (
      try workspace.pareto(value: .margin).value, try workspace.pareto(value: .twelveMonths).value
    )
    #expect(margin > 0 && margin < value)
  }

  @Test("the cut by predicted value is stored and stays in force")
  func recut() throws {
    let disk = try Self.disk.get().killed()
    let workspace = try Shop.open(disk)
    _ = try workspace.recutCohorts(value: .clv)
    let again = try Shop.open(disk)
    #expect(try again.pareto().measure == .clv)
    #expect(try again.cohorts().first?.cohort == .high)
  }

  @Test("what is held out must lie before the date of the figures")
  func holdOut() throws {
    let workspace = try open()
    #expect(throws: WorkspaceError.self) { try workspace.model(calibratedUntil: workspace.asOf) }
    let check = try #require(
      try workspace.model(calibratedUntil: workspace.asOf.adding(months: -6)).holdOut)
    #expect(check.actual > 0 && check.forecasts.suffix(2).first?.name == "same rate as before")
    #expect(check.forecasts.allSatisfy { $0.predicted.isFinite && $0.meanAbsoluteError.isFinite })
  }
}

@Suite("Fits that are kept")
struct FitCacheTests {
  private static let model = MBGNBDModel(r: 0.1 + 0.2, alpha: 1.0 / 3, a: 1e-7, b: 59_000.5)
  private static func fits(_ spending: Result<ModelFit<GammaGammaModel>, CannotEstimate>)
    -> ModelFits
  {
    ModelFits(
      customers: 12, repeatCustomers: 7, withoutAmounts: 1,
      bgNBD: .failure(.dropoutNotIdentified(logLikelihood: -1.5, withoutDropout: -1.25)),
      mbgNBD: .success(
        ModelFit(
          model: model, logLikelihood: -0.1, customers: 12, repeatCustomers: 7, iterations: 9)),
      gammaGamma: spending)
  }

  static let findings: [CannotEstimate] = [
    .noCustomers, .nobodyObserved, .noRepeatPurchases,
    .tooFewRepeatCustomers(found: 3, needed: 30), .identicalCustomers, .noPositiveAmounts,
    .dropoutNotIdentified(logLikelihood: -2, withoutDropout: -2.5), .amountsAllEqual,
    .parameterNotIdentified(.q), .meanSpendInfinite(q: 0.75), .didNotConverge(iterations: 500),
  ]

  @Test("come back to the bit", arguments: findings)
  func roundTrip(finding: CannotEstimate) throws {
    let fits = Self.fits(.failure(finding))
    let bytes = try #require(FitCache.bytes(fits, key: "00ff"))
    #expect(FitCache.read(bytes, key: "00ff") == fits)
    #expect(FitCache.read(bytes, key: "00fe") == nil)
  }

  @Test("are not read where a single bit is wrong")
  func damage() throws {
    let fits = Self.fits(.failure(.noCustomers))
    let bytes = try #require(FitCache.bytes(fits, key: "00ff"))
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 1
      #expect(FitCache.read(damaged, key: "00ff") == nil)
      #expect(FitCache.read(Array(bytes[..<place]), key: "00ff") == nil)
    }
  }

  @Test("missing, damaged or not to be written: the figures are the same")
  func rebuilt() throws {
    let disk = MemoryDisk()
    var sales = "customer,date,receipt,amount\n"
    for customer in 0..<LoyaltyWorkspace.worthKeeping {
      sales += "\(10_000 + customer),2026-01-\(10 + customer % 20),\(customer),10.00\n"
    }
    _ = try LoyaltyWorkspace.create(
      at: Shop.path, currency: try #require(Currency(code: "EUR")), timeZone: "Europe/Berlin",
      environment: Shop.environment(disk))
    let first = try Shop.open(disk)
    try first.take(sales, as: "sales.csv", on: disk)
    let expected = try first.model()
    #expect(first.isPrepared)
    let kept = disk.files.filter { $0.hasPrefix(Shop.path + "/cache/fits-") }
    #expect(kept.count == 1)
    let path = try #require(kept.first)
    let bytes = try disk.readWhole(path, .read)
    for contents in [bytes, Array(bytes.dropLast()), [], Array("{}".utf8)] {
      disk.put(path, contents)
      let again = try Shop.open(disk)
      #expect(!again.isPrepared)
      #expect(try again.model() == expected)
      #expect(try disk.readWhole(path, .read) == bytes)
    }
    disk.limitSpace(0)
    try disk.remove(path)
    #expect(try Shop.open(disk).model() == expected)
  }
}

@Suite("Tables of x, t_x, T and mean")
struct SummaryTableTests {
  private func model(_ text: String) throws -> ModelReport {
    let disk = MemoryDisk()
    disk.put("/disk/table.csv", Array(text.utf8))
    return try LoyaltyWorkspace.model(
      ofTable: "/disk/table.csv", environment: Shop.environment(disk))
  }

  @Test("the published tables give the published parameters")
  func published() throws {
    let fixtures = SharedData.packageRoot.appendingPathComponent(
      "Tests/LoyaltyAnalyticsTests/Fixtures/cdnow")
    let file = fixtures.appendingPathComponent("cdnow_customers_summary_with_transactions.csv")
    let report = try model(String(contentsOf: file, encoding: .utf8))
    // Fader, Hardie & Lee 2005, table 2; Fader & Hardie 2013.
    let model = try #require(report.bgNBD)
    #expect(abs(model.logLikelihood - -9582.425560567) < 1e-5)
    #expect(abs(model.r / 0.2425929072 - 1) < 1e-5)
    let spending = try #require(report.gammaGamma)
    #expect(abs(spending.logLikelihood - -4055.923243503) < 1e-5)
    #expect(report.customers == 2_357 && report.repeatCustomers == 946 && report.warnings.isEmpty)
  }

  @Test(
    "mistakes are told with their line",
    arguments: [
      ("", "table.csv: The file is empty; it has not even a header line."),
      ("ID,x,T\n1,2,3\n", "table.csv:1: no column is called t_x or recency."),
      ("ID,x,t_x,T\n1,2,3,x\n", "table.csv:2: T is \"x\", which is no number."),
      ("ID,x,t_x,T\n1,2,3,nan\n", "table.csv:2: T is \"nan\", which is no number."),
      ("ID,x,t_x,T\n1,0,0,9\n1,2,4,3\n", "table.csv:3: x, t_x and T contradict each other"),
      ("ID,x,t_x,T\n1,1.5,1,3\n", "table.csv:2: x, t_x and T contradict each other"),
      ("ID,x,t_x,T\n1,2\n", "table.csv:2: the row has another number of fields"),
    ])
  func mistakes(text: String, message: String) {
    let error = #expect(throws: WorkspaceError.self) { try model(text) }
    #expect(
      error?.message(.english).hasPrefix(message) == true, "\(error?.message(.english) ?? "")")
  }
}
