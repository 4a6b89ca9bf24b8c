import Foundation
import Testing

/// Sales from which little or nothing can be learnt: what cannot be estimated is said in a
/// sentence, and no figure is ever wrong, infinite or not a number.
@Suite("Degenerate sales", .enabled(if: Program.isBuilt, "\(Program.reason)"))
struct DegenerateTests {
  /// Sales, and what the models are expected to say of them.
  struct Shop: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let sales: [Till.Sale]
    /// A part of what is said of the models of purchases; nil where they are fitted.
    let purchases: String?
    /// A part of what is said of the model of amounts; nil where it is fitted.
    let amounts: String?
    var asOf: String?
  }

  /// The same history of each of so many customers.
  private static func each(
    _ customers: Int, from first: Int = 0, _ days: [Int], _ amount: Int = 1_000
  ) -> [Till.Sale] {
    (first..<first + customers).flatMap { customer in
      days.map { Till.Sale(customer: customer, day: $0, amount: amount) }
    }
  }

  static let shops: [Shop] = {
    let shop = Till.shop().sales
    let noRepeats = "nobody has bought on a second day"
    let noAmounts = "no positive amount of a repeat purchase"
    return [
      Shop(
        testDescription: "all one-time buyers", sales: each(50, [3]) + each(50, from: 50, [200]),
        purchases: noRepeats, amounts: noAmounts),
      Shop(
        testDescription: "one customer", sales: each(1, [0, 30, 70, 90]),
        purchases: "only 1 bought on a second day, and 30 are needed",
        amounts: "only 1 bought on a second day"),
      Shop(
        testDescription: "one purchase", sales: each(1, [0]), purchases: "everybody first bought",
        amounts: noAmounts),
      Shop(
        testDescription: "identical customers", sales: each(60, [0, 20, 50, 80]),
        purchases: "the very same history", amounts: "spend the same"),
      Shop(
        testDescription: "everybody on the last day", sales: each(80, [9]),
        purchases: "everybody first bought on the last day", amounts: noAmounts),
      Shop(
        testDescription: "29 repeat customers",
        sales: each(29, [0, 20, 50]) + each(90, from: 29, [60]),
        purchases: "only 29 bought on a second day", amounts: "only 29 bought on a second day"),
      Shop(
        testDescription: "amounts all equal",
        sales: shop.map { Till.Sale(customer: $0.customer, day: $0.day, amount: 500) },
        purchases: nil, amounts: "spend the same"),
      Shop(
        testDescription: "zero amounts",
        sales: shop.map { Till.Sale(customer: $0.customer, day: $0.day, amount: 0) },
        purchases: nil, amounts: noAmounts),
      Shop(
        testDescription: "negative amounts, which are refunds of what is not known",
        sales: shop.map { Till.Sale(customer: $0.customer, day: $0.day, amount: -500) },
        purchases: "nobody has bought yet", amounts: noAmounts),
      Shop(
        testDescription: "refunds alone", sales: each(40, [0], -1_000),
        purchases: "nobody has bought yet", amounts: noAmounts),
      Shop(
        testDescription: "every purchase refunded",
        sales: each(40, [0, 30]) + each(40, [0, 30], -1_000),
        purchases: "nobody has bought yet", amounts: noAmounts),
      Shop(
        testDescription: "all dates after the as-of date", sales: each(60, [100, 130, 190]),
        purchases: "nobody has bought yet", amounts: noAmounts, asOf: "2025-03-01"),
      Shop(
        testDescription: "dropout not identified",
        sales: (0..<80).flatMap { customer in
          stride(from: customer % 17, through: 390, by: 7 + customer % 11).map {
            Till.Sale(customer: customer, day: $0, amount: 900 + 37 * customer + $0)
          }
        }, purchases: "dropout is not identified", amounts: nil),
    ]
  }()

  static let commands = [
    ["customers"], ["customers", "--model", "bg-nbd", "--rfm", "ntile"],
    ["customers", "--sort", "-p_alive"], ["model"], ["model", "--calibrate-until", "2024-12-31"],
    ["pareto"], ["stages"], ["cohorts"], ["retention"], ["attrition"],
    ["attrition", "--cohort", "low"],
    ["products"], ["closest"], ["migration", "--from", "2024-12-01"],
    ["migration", "--from", "2024-12-01", "--by", "stage"], ["customer", "C1000"],
    ["suggest", "--dry-run"],
  ]

  /// What is read by people first of all.
  private static let read = ["model", "attrition", "customer", "retention"]

  /// Words that a figure never is.
  static func isNonsense(_ text: String) -> Bool {
    text.contains(/(?i)(^|[^\p{L}_])[-+]?(nan|inf|infinity)([^\p{L}_]|$)/)
  }

  @Test("the words that a figure never is are found")
  func findsNonsense() {
    for text in ["nan", "\"p_alive\":nan,", "  -inf ", "NaN %", "Infinity"] {
      #expect(Self.isNonsense(text), "\(text)")
    }
    for text in ["finance", "Nancy", "p_alive", "information", "inf_rate"] {
      #expect(!Self.isNonsense(text), "\(text)")
    }
  }

  @Test("every command has an answer, and no number is nonsense", arguments: shops)
  func answers(shop: Shop) throws {
    let sandbox = try Sandbox()
    try sandbox.put(Till(sales: shop.sales).csv(), "till.csv")
    try sandbox.done("init", "shop", "--currency", "EUR", "--time-zone", "Europe/Berlin")
    try sandbox.done("import", "till.csv")
    let date = shop.asOf.map { ["--as-of", $0] } ?? []
    for format in ["json", "table"] {
      for call in Self.commands where format == "json" || Self.read.contains(call.first ?? "") {
        let outcome = try sandbox.run(date + call + ["--format", format])
        #expect(!Self.isNonsense(outcome.out), "\(call): \(outcome.out)")
        // What cannot be done says why; nothing ends in a crash.
        #expect(outcome.status == 0 || (outcome.status == 1 && !outcome.err.isEmpty), "\(call)")
        #expect(!Self.isNonsense(outcome.err), "\(call): \(outcome.err)")
      }
    }
    let model = try sandbox.run(date + ["model", "--format", "json"]).object()
    let warnings = try #require(model["warnings"] as? [String])
    for (names, expected) in [
      (["bg_nbd", "mbg_nbd"], shop.purchases), (["gamma_gamma"], shop.amounts),
    ] {
      for name in names {
        #expect((model[name] is NSNull) == (expected != nil), "\(name): \(model[name] ?? "none")")
      }
      if let expected {
        #expect(warnings.contains { $0.contains(expected) }, "\(expected): \(warnings)")
      }
    }
    try figuresAreUnknown(shop, sandbox, date)
  }

  /// Without a model, what it would tell is null, and the stages go by rhythm alone.
  private func figuresAreUnknown(_ shop: Shop, _ sandbox: Sandbox, _ date: [String]) throws {
    let lines = try sandbox.run(date + ["customers", "--format", "ndjson"]).objectLines()
    // Before all that is recorded of them nobody is known.
    #expect(lines.isEmpty == (shop.asOf != nil))
    for line in lines {
      if shop.purchases != nil {
        #expect(line["p_alive"] is NSNull && line["expected_purchases_12m"] is NSNull)
        #expect((line["stage_why"] as? String)?.contains("model") == false)
      }
      if shop.amounts != nil {
        #expect(line["expected_value"] is NSNull && line["clv_12m"] is NSNull)
      }
    }
  }
}
