import Foundation
import Testing

/// What must not matter to figures: the order of rows, the units of money and of time.
extension FigureCommandTests {
  static let everything = [
    ["customers"], ["model"], ["model", "--calibrate-until", "2025-10-01"], ["retention"],
    ["attrition"], ["products"], ["pareto"], ["stages"], ["cohorts"],
    ["migration", "--from", "2025-06-30"], ["closest"], ["customer", "C1007"],
  ]

  @Test("rows in another order give the same bytes")
  func order() async throws {
    let (one, other) = (try Self.shop.get().sandbox, try Sandbox())
    try other.put(Till.shop().shuffled.csv(), "till.csv")
    try other.done("init", "shop", "--currency", "EUR", "--time-zone", "Europe/Berlin")
    try other.done("import", "till.csv")
    for call in Self.everything where call.first != "customer" {
      let calls = call + ["--format", "ndjson"]
      let (first, second) = (try one.run(calls), try other.run(calls))
      #expect(first.status == 0 && !first.out.isEmpty, "\(call) \(first.err)")
      #expect(first.out == second.out, "\(call)")
    }
  }

  /// Cents of a euro as whole yen: amounts are the same numbers of minor units.
  @Test("the unit of money matters to nothing but the amounts")
  func unitOfMoney() throws {
    let (cents, yen) = (try Self.shop.get().sandbox, try Sandbox())
    try yen.put(Till.shop().csv(decimals: 0), "till.csv")
    try yen.done("init", "shop", "--currency", "JPY", "--time-zone", "Europe/Berlin")
    try yen.done("import", "till.csv")
    let call = ["customers", "--format", "ndjson"]
    let (first, second) = (try cents.run(call).objectLines(), try yen.run(call).objectLines())
    #expect(first.count == second.count)
    for (one, other) in zip(first, second) {
      for name in Self.fields {
        switch (one[name], other[name]) {
        case (let a as String, let b as String) where a.contains(".") && FormatTests.isAmount(a):
          // Rounded to minor units from parameters that agree to ten digits.
          let (x, y) = (Int(a.replacing(".", with: "")) ?? -1, Int(b) ?? -2)
          #expect(abs(x - y) <= 1, "\(name) \(a) \(b)")
        case (let a as String, let b as String): #expect(a == b, "\(name)")
        case (let a as Double, let b as Double): #expect(Self.agrees(a, b, 1e-7), "\(name)")
        default: #expect(one[name] is NSNull && other[name] is NSNull, "\(name)")
        }
      }
    }
    let models = try [cents, yen].map { try $0.done("model", "--format", "json").object() }
    #expect(
      Self.agrees(
        100 * (try Self.number(models[0], "gamma_gamma", "v")),
        try Self.number(models[1], "gamma_gamma", "v"), 1e-6))
    #expect(
      Self.agrees(
        try Self.number(models[0], "gamma_gamma", "q"),
        try Self.number(models[1], "gamma_gamma", "q"), 1e-6))
  }

  @Test("the unit of time matters to nothing but alpha", arguments: [7.0, 1.0 / 52])
  func unitOfTime(unit: Double) throws {
    let sandbox = try Sandbox()
    let table = try String(
      contentsOfFile: Self.published + "/cdnow_customers_summary.csv", encoding: .utf8)
    let rows = table.split(whereSeparator: \.isNewline).dropFirst().map { line in
      let cells = line.split(separator: ",").map(String.init)
      return "\(cells[0]),\(cells[1]),"
        + cells[2...].map { "\((Double($0) ?? 0) * unit)" }
        .joined(separator: ",")
    }
    try sandbox.put("ID,frequency,recency,T\n" + rows.joined(separator: "\n") + "\n", "other.csv")
    let other = try sandbox.done("model", "--summary", "other.csv", "--format", "json").object()
    for (model, alpha, expected) in [
      ("bg_nbd", 4.4135315612, [0.2425929072, 0.7928861481, 2.4257534365]),
      ("mbg_nbd", 6.1829885, [0.5248377, 0.8913563, 1.6140000]),
    ] {
      #expect(Self.agrees(try Self.number(other, model, "alpha"), alpha * unit, 1e-5))
      for (name, value) in zip(["r", "a", "b"], expected) {
        #expect(Self.agrees(try Self.number(other, model, name), value, 1e-5), "\(model) \(name)")
      }
    }
  }
}
