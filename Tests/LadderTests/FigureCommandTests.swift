import Foundation
import TestSupport
import Testing

/// The commands that print figures, through the built program.
@Suite("Figures", .enabled(if: Program.isBuilt, "\(Program.reason)"))
struct FigureCommandTests {
  /// A store of invented sales that the models can be fitted to, made once.
  static let shop: Result<FormatTests.Shared, any Error> = Result {
    let sandbox = try Sandbox()
    try sandbox.put(Till.shop().csv(), "till.csv")
    try sandbox.done("init", "shop", "--currency", "EUR", "--time-zone", "Europe/Berlin")
    try sandbox.done("import", "till.csv")
    return FormatTests.Shared(sandbox: sandbox)
  }

  /// The folder of the published tables of CDNOW (see its README for source and licence).
  static let published = Program.fixture("../LoyaltyAnalyticsTests/Fixtures/cdnow").path

  static func number(_ object: [String: Any], _ path: String...) throws -> Double {
    var value: Any = object
    for name in path { value = try #require((value as? [String: Any])?[name], "\(name)") }
    return try #require(value as? Double, "\(path)")
  }

  static func agrees(_ value: Double, _ expected: Double, _ tolerance: Double) -> Bool {
    abs(value - expected) <= tolerance * abs(expected)
  }

  // MARK: Models

  /// The maximum to ten digits, of Fader, Hardie & Lee (2005) and Fader & Hardie (2013) on these
  /// very tables; MBG/NBD as Batislam, Denizel & Filiztekin (2007) define it.
  @Test("the published tables give the published parameters")
  func published() throws {
    let sandbox = try Sandbox()
    let report = try sandbox.done(
      "model", "--summary", Self.published + "/cdnow_customers_summary_with_transactions.csv",
      "--format", "json")
    #expect(
      keys(of: report.out) == [
        "as_of", "unit", "customers", "repeat_customers", "bg_nbd", "mbg_nbd", "gamma_gamma",
        "warnings",
      ])
    let object = try report.object()
    #expect(object["unit"] as? String == "weeks" && object["as_of"] is NSNull)
    #expect(object["customers"] as? Int == 2357 && object["repeat_customers"] as? Int == 946)
    #expect((object["warnings"] as? [String])?.isEmpty == true)
    for (model, expected) in [
      ("bg_nbd", ["r": 0.2425929072, "alpha": 4.4135315612, "a": 0.7928861481, "b": 2.4257534365]),
      ("mbg_nbd", ["r": 0.5248377, "alpha": 6.1829885, "a": 0.8913563, "b": 1.6140000]),
      ("gamma_gamma", ["p": 6.2488024897, "q": 3.7445884533, "v": 15.4477480095]),
    ] {
      for (name, value) in expected {
        let found = try Self.number(object, model, name)
        #expect(Self.agrees(found, value, 1e-5), "\(model) \(name): \(found)")
      }
    }
    for (model, value) in [
      ("bg_nbd", -9582.425560567), ("mbg_nbd", -9582.13268), ("gamma_gamma", -4055.923243503),
    ] {
      #expect(abs(try Self.number(object, model, "log_likelihood") - value) < 1e-5, "\(model)")
    }
    let plain = try sandbox.done(
      "model", "--summary", Self.published + "/cdnow_customers_summary.csv", "--format", "json"
    ).object()
    #expect(try Self.number(plain, "bg_nbd", "r") == Self.number(object, "bg_nbd", "r"))
    #expect(plain["gamma_gamma"] is NSNull)
    #expect((plain["warnings"] as? [String])?.first?.contains("no positive amount") == true)
  }

  @Test("the parameters of a model stand in the documented order")
  func order() throws {
    let report = try Self.shop.get().sandbox.done("model", "--format", "ndjson").out
    func names(_ model: String) -> [String] {
      guard let start = report.range(of: "\"\(model)\":")?.upperBound else { return [] }
      return keys(of: report[start...].prefix { $0 != "}" } + "}")
    }
    #expect(names("bg_nbd") == ["r", "alpha", "a", "b", "log_likelihood"])
    #expect(names("mbg_nbd") == ["r", "alpha", "a", "b", "log_likelihood"])
    #expect(names("gamma_gamma") == ["p", "q", "v", "log_likelihood"])
  }

  /// From the raw purchases, T in days over seven; the hold-out's counts are those of the BG/NBD paper.
  @Test(
    "CDNOW's sample end to end: the calibration's parameters, and what came after it",
    .enabled(if: SharedData.isPresent, "\(SharedData.reason)"))
  func holdOut() throws {
    let sandbox = try Sandbox()
    try sandbox.done("init", "shop", "--currency", "USD", "--time-zone", "UTC")
    try sandbox.done("import", SharedData.url("cdnow/CDNOW_sample.txt").path)
    let calibrated = try sandbox.done("--as-of", "1997-09-30", "model", "--format", "json").object()
    for (name, value) in [
      ("r", 0.24259452), ("alpha", 4.41360202), ("a", 0.79292202), ("b", 2.42590678),
    ] {
      #expect(Self.agrees(try Self.number(calibrated, "bg_nbd", name), value, 1e-5), "\(name)")
    }
    #expect(
      abs(try Self.number(calibrated, "bg_nbd", "log_likelihood") - -9582.429206674) < 1e-5)

    let object = try sandbox.done(
      "model", "--calibrate-until", "1997-09-30", "--format", "json"
    ).object()
    let check = try #require(object["hold_out"] as? [String: Any])
    #expect(check["until"] as? String == "1997-09-30" && check["days"] as? Int == 273)
    #expect(check["actual"] as? Int == 1882 && check["customers"] as? Int == 2357)
    let forecasts = try #require(check["forecasts"] as? [[String: Any]])
    #expect(
      forecasts.map { $0["forecast"] as? String } == [
        "BG/NBD", "MBG/NBD", "same rate as before", "nobody buys again",
      ])
    #expect(abs(try Self.number(forecasts[0], "predicted") - 1653) < 1)
    #expect(forecasts.allSatisfy { $0["mean_absolute_error"] is Double })
    // The classes are a partition of the customers, and of what they did.
    let classes = try #require(check["classes"] as? [[String: Any]])
    #expect(
      classes.map { $0["frequency"] as? String } == ["0", "1", "2", "3", "4", "5", "6", "7+"])
    for (name, total) in [("customers", 2357), ("actual", 1882)] {
      #expect(classes.compactMap { $0[name] as? Int }.reduce(0, +) == total)
    }
    for way in forecasts.indices {
      let parts = try classes.map { group in
        try Self.number(try #require((group["forecasts"] as? [[String: Any]])?[way]), "predicted")
      }
      let whole = try Self.number(forecasts[way], "predicted")
      #expect(abs(parts.reduce(0, +) - whole) <= 1e-9 * max(1, whole))
    }
  }

  // MARK: Customers

  static let fields = [
    "id", "name", "stage", "stage_since", "stage_why", "cohort", "segment", "r_score", "f_score",
    "m_score", "purchase_days", "repeat", "t_x", "T", "recency_days", "p_alive",
    "expected_purchases_12m", "expected_value", "clv_12m", "value_12m", "value_total",
  ]

  @Test("customers carry every documented figure in its order", arguments: ["mbg-nbd", "bg-nbd"])
  func customers(model: String) throws {
    let sandbox = try Self.shop.get().sandbox
    let outcome = try sandbox.done("customers", "--model", model, "--format", "ndjson")
    let lines = try outcome.objectLines()
    #expect(lines.count == 120)
    #expect(outcome.lines.allSatisfy { Array(keys(of: $0).prefix(21)) == Self.fields })
    for line in lines {
      let alive = try Self.number(line, "p_alive")
      #expect(alive > 0 && alive <= 1)
      // BG/NBD lets nobody leave before a second purchase; MBG/NBD cures that.
      if line["repeat"] as? Int == 0 { #expect((alive == 1) == (model == "bg-nbd")) }
      #expect(try Self.number(line, "t_x") <= Self.number(line, "T"))
      #expect(line["repeat"] as? Int == (line["purchase_days"] as? Int).map { $0 - 1 })
      for name in ["expected_value", "clv_12m", "value_12m", "value_total"] {
        #expect(FormatTests.isAmount(line[name]) && line[name] is String, "\(name)")
      }
    }
  }

  @Test(
    "customers sort by every figure, and who has none comes last",
    arguments: [
      "r_score", "f_score", "m_score", "repeat", "t_x", "T", "recency_days", "p_alive",
      "expected_purchases_12m", "expected_value", "clv_12m", "value_at_risk", "loyalty_score",
      "stage_since", "value_12m", "value_total",
    ])
  func sorts(key: String) throws {
    let sandbox = try Self.shop.get().sandbox
    for (sort, isRising) in [(key, true), ("-" + key, false)] {
      let lines = try sandbox.done("customers", "--sort", sort, "--format", "ndjson").objectLines()
      let values = lines.map { line -> Double? in
        switch line[key] {
        case let number as Double: number
        case let text as String:
          Double(text) ?? Double(text.replacing("-", with: ""))
        default: nil
        }
      }
      let known = values.compactMap(\.self)
      #expect(!known.isEmpty && values.prefix(known.count).allSatisfy { $0 != nil }, "\(sort)")
      #expect(known == known.sorted(by: { isRising ? $0 < $1 : $0 > $1 }), "\(sort)")
    }
  }

  @Test("the order goes by the model that was asked for")
  func sortsByModel() throws {
    let sandbox = try Self.shop.get().sandbox
    let lines = try sandbox.done(
      "customers", "--model", "bg-nbd", "--sort", "-p_alive", "--format", "ndjson"
    ).objectLines()
    let alive = try lines.map { try Self.number($0, "p_alive") }
    #expect(alive == alive.sorted(by: >) && alive.first == 1)
  }

  // MARK: Reports

  @Test("retention: everybody in month 0, and nobody more often than there are people")
  func retention() throws {
    let outcome = try Self.shop.get().sandbox.done("retention", "--format", "json")
    #expect(keys(of: outcome.out) == ["as_of", "last_month_is_partial", "rows"])
    let rows = try #require(try outcome.object()["rows"] as? [[String: Any]])
    var people = 0
    for row in rows {
      #expect(Set(row.keys) == ["month", "customers", "active", "share", "value"])
      let count = try #require(row["customers"] as? Int)
      let active = try #require(row["active"] as? [Int])
      let share = try #require(row["share"] as? [Double])
      people += count
      #expect(active.first == count && active.allSatisfy { (0...count).contains($0) })
      #expect(zip(active, share).allSatisfy { abs(Double($0) / Double(count) - $1) < 1e-12 })
      #expect((row["value"] as? [Any])?.allSatisfy(FormatTests.isAmount) == true)
    }
    #expect(people == 120)
  }

  @Test("attrition: overdue, the greatest value at risk first", arguments: ["high", "mid", "low"])
  func attrition(cohort: String) throws {
    let sandbox = try Self.shop.get().sandbox
    let outcome = try sandbox.done("attrition", "--cohort", cohort, "--format", "json")
    #expect(
      keys(of: outcome.out) == [
        "as_of", "cohort", "model", "customers", "value_at_risk", "rows", "notes",
      ])
    let object = try outcome.object()
    let rows = try #require(object["rows"] as? [[String: Any]])
    #expect(object["model"] as? String == "mbg-nbd" && !rows.isEmpty)
    let risks = rows.compactMap { ($0["value_at_risk"] as? String).flatMap { Decimal(string: $0) } }
    #expect(risks.count == rows.count && risks == risks.sorted(by: >))
    #expect(
      risks.reduce(0, +) == Decimal(string: object["value_at_risk"] as? String ?? ""))
    for row in rows {
      let days = try #require(row["days_since"] as? Int)
      #expect(Double(days) > 2 * (try Self.number(row, "usual_gap_days")) || days > 60)
    }
    let members = try sandbox.done(
      "customers", "--where", "cohort = \(cohort)", "--format", "ndjson"
    ).objectLines().compactMap { $0["id"] as? String }
    #expect(Set(rows.compactMap { $0["id"] as? String }).isSubset(of: members))
  }

  @Test("products and categories add up to the customers", arguments: ["product", "category"])
  func products(level: String) throws {
    let outcome = try Self.shop.get().sandbox.done("products", "--by", level, "--format", "json")
    #expect(keys(of: outcome.out) == ["as_of", "by", "value", "customer_value", "rows"])
    let object = try outcome.object()
    let rows = try #require(object["rows"] as? [[String: Any]])
    #expect(rows.allSatisfy { Set($0.keys) == [level, "customers", "lines", "units", "value"] })
    let sum = rows.compactMap { ($0["value"] as? String).flatMap { Decimal(string: $0) } }
      .reduce(0, +)
    #expect(sum == Decimal(string: object["value"] as? String ?? ""))
    #expect(object["value"] as? String == object["customer_value"] as? String)
    if level == "product" { #expect(rows.count == 2) }
  }

  /// What is missing is put in and looked at: with the amount the cohort is reached, with one minor
  /// unit less it is not.
  @Test("who is closest to the next cohort gets there by that amount, and not by less")
  func closest() throws {
    let sandbox = try Sandbox()
    let till = Till.shop()
    try sandbox.put(till.csv(), "till.csv")
    try sandbox.done("init", "shop", "--currency", "EUR", "--time-zone", "Europe/Berlin")
    try sandbox.done("import", "till.csv")
    try sandbox.done("cohorts", "recut")
    let lines = try sandbox.done("closest", "--limit", "3", "--format", "ndjson")
    #expect(
      lines.lines.allSatisfy {
        keys(of: $0) == ["customer", "name", "stage", "cohort", "reaches", "amount", "by", "then"]
      })
    let asOf = try #require(
      try sandbox.done("model", "--format", "json").object()["as_of"] as? String)
    for (index, line) in try lines.objectLines().enumerated() {
      let (id, amount) = (line["customer"] as? String ?? "", line["amount"] as? String ?? "")
      let minor = try #require(Int(amount.replacing(".", with: "")))
      for (name, paid) in [("less", minor - 1), ("enough", 1)] where paid > 0 {
        let text = "\(paid / 100).\(paid % 100 < 10 ? "0" : "")\(paid % 100)"
        try sandbox.put(
          "customer,date,amount,receipt\n\(id),\(asOf),\(text),X\(index)\(name)\n", name)
        try sandbox.done("import", name, "--as", "ladder")
        let now =
          try sandbox.done("customers", "--where", "id = \(id)", "--format", "ndjson")
          .objectLines().first?["cohort"] as? String
        #expect(now == (name == "enough" ? line["reaches"] : line["cohort"]) as? String, "\(line)")
      }
    }
  }

  @Test(
    "a share that cannot be told has its reason in the table, and is null elsewhere",
    arguments: [
      ("A,2024-01-01,50,1\nA,2026-01-01,-5,2\nB,2026-01-02,20,3\n", "gave back more than they"),
      ("A,2024-01-01,50,1\nA,2026-01-01,-5,2\nB,2026-01-02,4,3\n", "worth nothing or less"),
      ("", "nobody had bought by then"),
    ])
  func missingShare(rows: String, reason: String) throws {
    let sandbox = try Sandbox()
    try sandbox.done("init", "shop", "--currency", "EUR", "--time-zone", "Europe/Berlin")
    if !rows.isEmpty {
      try sandbox.put("customer,date,amount,receipt\n" + rows, "till.csv")
      try sandbox.done("import", "till.csv", "--as", "ladder")
    }
    let table = try sandbox.done("pareto").out
    #expect(table.contains("gini") && table.contains(reason), "\(table)")
    let object = try sandbox.done("pareto", "--format", "json").object()
    #expect(object["gini"] is NSNull)
    #expect(try !Self.shop.get().sandbox.done("pareto").out.contains("note: gini"))
  }
}
