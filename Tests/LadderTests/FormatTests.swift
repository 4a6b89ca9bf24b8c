import Foundation
import Testing

/// What commands print for programs: every format of every command.
@Suite("Formats", .enabled(if: Program.isBuilt, "\(Program.reason)"))
struct FormatTests {
  /// A command that prints records, with the names of their members in order.
  struct Printing: Sendable, CustomTestStringConvertible {
    let call: [String]
    let keys: [String]
    /// Members that are amounts of money.
    var money: [String] = []
    /// Whether the output is one object, rather than a list.
    var isSingle = false
    /// The columns of its CSV, where they are not the members.
    var columns: [String]?
    var testDescription: String { call.joined(separator: " ") }
  }

  static let printing: [Printing] = [
    Printing(
      call: ["customers"],
      keys: [
        "id", "name", "stage", "stage_since", "stage_why", "cohort", "segment", "r_score",
        "f_score", "m_score", "purchase_days", "repeat", "t_x", "T", "recency_days", "p_alive",
        "expected_purchases_12m", "expected_value", "clv_12m", "value_12m", "value_total",
        "value_at_risk", "loyalty_score",
      ],
      money: ["expected_value", "clv_12m", "value_12m", "value_total", "value_at_risk"]),
    Printing(
      call: ["customer", "0001"],
      keys: [
        "id", "name", "email", "phone", "stage", "cohort", "figures", "purchases", "offers",
      ], isSingle: true, columns: ["name", "value", "why"]),
    Printing(call: ["stages"], keys: ["stage", "customers", "share"]),
    Printing(
      call: ["cohorts"], keys: ["cohort", "customers", "value", "at_least"],
      money: ["value", "at_least"]),
    Printing(
      call: ["pareto"],
      keys: [
        "as_of", "value_measure", "customers", "value", "others", "others_value", "top_20_share",
        "customers_for_80", "gini",
      ], money: ["value", "others_value"], isSingle: true),
    Printing(
      call: ["migration", "--from", "2026-01-31"],
      keys: ["from", "none", "low", "mid", "high", "gone", "total"]),
    Printing(
      call: ["migration", "--from", "2026-01-31", "--by", "stage"],
      keys: [
        "from", "contact", "history missing", "prospect", "new", "repeat", "loyal", "advocate",
        "won back", "at risk", "lapsed", "gone", "total",
      ]),
    Printing(
      call: ["rules"],
      keys: ["rule", "version", "status", "title", "priority", "offers", "problems"]),
    Printing(
      call: ["rules", "check"], keys: ["file", "errors", "warnings", "matched", "issues"]),
    Printing(call: ["rules", "test"], keys: ["rule", "test", "passed", "message"]),
    Printing(
      call: ["rules", "show", "low-mid.bigger-basket"],
      keys: [
        "rule", "version", "title", "status", "priority", "as_of", "matched", "lines",
      ], isSingle: true),
    Printing(
      call: ["rules", "explain", "low-mid.bigger-basket", "0001"],
      keys: ["rule", "customer", "as_of", "outcome", "decided_by", "lines"], isSingle: true,
      columns: ["rule", "customer", "as_of", "outcome", "at", "holds", "text"]),
    Printing(
      call: ["offers"],
      keys: [
        "id", "customer", "rule", "rule_version", "title", "campaign", "state", "kind", "percent",
        "amount",
        "threshold", "category", "channel", "valid_until", "stage", "cohort", "target", "cost",
        "worth", "as_of", "reason", "snoozed_until", "exported", "redeemed", "spent",
      ], money: ["amount", "threshold", "cost", "worth", "spent"]),
    Printing(call: ["log"], keys: ["event", "at", "by", "changes", "what", "undoes"]),
    Printing(
      call: ["import", "sales.csv"],
      keys: [
        "file", "profile", "read", "new", "changed", "unchanged", "rejected", "anonymous",
        "customers", "new_customers", "changed_customers", "first_day", "last_day", "rejected_file",
        "rejections",
        "notes", "dry_run",
      ]),
  ]

  /// A store with offers, made once and gone with the process.
  ///
  /// Nothing in these tests changes it.
  static let shop: Result<Shared, any Error> = Result {
    let sandbox = try Sandbox()
    atexit {
      if let shop = try? FormatTests.shop.get() {
        try? FileManager.default.removeItem(at: shop.sandbox.folder)
      }
    }
    try sandbox.makeShop()
    try sandbox.done("suggest")
    return Shared(sandbox: sandbox)
  }

  /// A folder that several tests read.
  final class Shared: Sendable {
    nonisolated(unsafe) let sandbox: Sandbox
    init(sandbox: Sandbox) { self.sandbox = sandbox }
  }

  let sandbox: Sandbox
  init() throws { sandbox = try Self.shop.get().sandbox }

  /// Whether a text is an amount with exactly two decimals.
  static func isAmount(_ value: Any?) -> Bool {
    if value is NSNull { return true }
    guard let text = value as? String else { return false }
    return text.wholeMatch(of: /-?(0|[1-9][0-9]*)\.[0-9]{2}/) != nil
  }

  @Test(
    "JSON parses, with the documented members in their order and money as exact text",
    arguments: printing)
  func json(command: Printing) throws {
    let outcome = try sandbox.run(command.call + ["--format", "json"])
    #expect(outcome.status == 0 && outcome.err.isEmpty)
    #expect(outcome.out.hasSuffix("\n"))
    let objects = command.isSingle ? [try outcome.object()] : try outcome.objects()
    #expect(!objects.isEmpty)
    for object in objects {
      try #require(Set(object.keys) == Set(command.keys))
      for name in command.money {
        #expect(Self.isAmount(object[name]), "\(name): \(object[name] ?? "missing")")
      }
    }
  }

  @Test("NDJSON is an object a line, with the same members in their order", arguments: printing)
  func ndjson(command: Printing) throws {
    let outcome = try sandbox.run(command.call + ["--format", "ndjson"])
    #expect(outcome.status == 0 && outcome.err.isEmpty)
    let objects = try outcome.objectLines()
    #expect(!objects.isEmpty)
    #expect(outcome.lines.allSatisfy { keys(of: $0) == command.keys })
    let array = try sandbox.run(command.call + ["--format", "json"])
    let same = command.isSingle ? [try array.object()] : try array.objects()
    #expect(
      objects.map { NSDictionary(dictionary: $0) } == same.map { NSDictionary(dictionary: $0) })
  }

  @Test("CSV has the same members as columns, and no cell is a formula", arguments: printing)
  func csv(command: Printing) throws {
    let outcome = try sandbox.run(command.call + ["--format", "csv"])
    #expect(outcome.status == 0 && outcome.err.isEmpty)
    let rows = Self.cells(outcome.out)
    let columns = command.columns ?? command.keys
    try #require(rows.first == columns)
    #expect(rows.count > 1)
    for row in rows.dropFirst() {
      try #require(row.count == columns.count)
      for (name, cell) in zip(columns, row) {
        if command.money.contains(name), !cell.isEmpty { #expect(Self.isAmount(cell)) }
        let isNumber = cell.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?/) != nil
        #expect(isNumber || !"=+-@\t\r".contains(cell.first ?? "x"), "\(name): \(cell)")
      }
    }
  }

  @Test("a table for people fits its columns to its cells", arguments: printing)
  func table(command: Printing) throws {
    let outcome = try sandbox.run(command.call)
    #expect(outcome.status == 0 && outcome.err.isEmpty)
    #expect(!outcome.lines.isEmpty)
    #expect(outcome.lines.allSatisfy { $0.last != " " })
  }

  /// The cells of a CSV text by its own small reader.
  static func cells(_ text: String) -> [[String]] {
    var (rows, row, cell, isQuoted) = ([[String]](), [String](), "", false)
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"" where isQuoted && rest.first == "\"":
        cell.append("\"")
        rest = rest.dropFirst()
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        row.append(cell)
        cell = ""
      case "\r" where !isQuoted: break
      case "\n" where !isQuoted:
        rows.append(row + [cell])
        (row, cell) = ([], "")
      default: cell.unicodeScalars.append(scalar)
      }
    }
    return rows
  }

  @Test("the funnel in JSON: totals, then each rule with its gates in order")
  func funnel() throws {
    let outcome = try sandbox.run(["suggest", "--dry-run", "--format", "json"])
    #expect(
      keys(of: outcome.out.filter { $0 != "\n" }) == [
        "as_of", "dry_run", "new", "kept", "withdrawn", "withheld", "cost", "worth", "chosen_cost",
        "chosen_worth", "bound",
        "gap", "funnel", "rules", "notes",
      ])
    let report = try outcome.object()
    for name in ["cost", "worth", "chosen_cost", "chosen_worth", "bound"] {
      #expect(Self.isAmount(report[name]))
    }
    let gates = try #require(
      (report["funnel"] as? [String: Any])?["gates"] as? [[String: Any]])
    #expect(
      gates.map { $0["gate"] as? String } == [
        "window", "campaign-dates", "when", "unknown", "unless", "campaign-branches", "consent",
        "contacts", "repeated", "group", "per-customer", "cap", "campaign-budget", "budget",
      ])
    for format in ["ndjson", "csv"] {
      let flat = try sandbox.run(["suggest", "--dry-run", "--format", format])
      #expect(flat.status == 0)
      #expect(flat.lines.count >= 12)
      #expect(flat.lines[0].contains("per_customer"))
    }
  }

  @Test("names that could steer a terminal or a spreadsheet come out harmless everywhere")
  func hostileNames() throws {
    // Every run looks for steering characters in all that is written.
    for format in ["table", "json", "ndjson", "csv"] {
      let all = try sandbox.run(["customers", "--format", format])
      #expect(all.out.contains("Red") && all.out.contains("Ana Álvarez"))
      for id in ["0003", "0004", "0005", "0006", "0007", "0008", "0012"] {
        #expect(try sandbox.run(["customer", id, "--format", format]).status == 0)
      }
    }
    let rows = Self.cells(try sandbox.run(["customers", "--format", "csv"]).out)
    #expect(rows.first { $0[0] == "0003" }?[1] == "'=1+1")
    #expect(rows.first { $0[0] == "0012" }?[1] == "'@home")
    #expect(rows.first { $0[0] == "0010" }?[1] == "👩‍👩‍👧 Family")
  }

  @Test("lists that are empty are empty in every format, and tables say what to do next")
  func empty() throws {
    let sandbox = try Sandbox()
    try sandbox.done("init", "shop", "--currency", "EUR", "--time-zone", "Europe/Berlin")
    for command in ["customers", "offers"] {
      #expect(try sandbox.done(command, "--format", "json").objects().isEmpty)
      #expect(try sandbox.done(command, "--format", "ndjson").out.isEmpty)
    }
    #expect(try sandbox.done("customers").out == "No customers yet. Next: ladder import FILE\n")
    #expect(try sandbox.done("offers").out == "No offers yet. Next: ladder suggest\n")
    try sandbox.done("segments", "save", "Low", "--where", "cohort = low")
    #expect(try sandbox.done("undo").out.hasPrefix("Took back: "))
    #expect(try sandbox.done("redo").out.hasPrefix("Did again: "))
  }

  @Test("currencies without and with three decimals keep theirs")
  func currencies() throws {
    for (currency, amount) in [("JPY", "1500"), ("KWD", "1.500")] {
      let sandbox = try Sandbox()
      try sandbox.done("init", "shop", "--currency", currency, "--time-zone", "Asia/Tokyo")
      try sandbox.put("customer,date,amount\nA,2026-01-31,\(amount)\n", "sales.csv")
      let options = currency == "KWD" ? ["--decimals", "point"] : []
      let report = try sandbox.run(["import", "sales.csv"] + options)
      #expect(report.status == 0, "\(report.out)\(report.err)")
      let pareto = try sandbox.done("pareto", "--value", "lifetime", "--format", "json").object()
      #expect(pareto["value"] as? String == amount)
    }
  }

  @Test("several files at once: what was read before a bad one is told")
  func severalFiles() throws {
    let sandbox = try Sandbox()
    try sandbox.done("init", "shop", "--currency", "EUR", "--time-zone", "Europe/Berlin")
    try sandbox.copy(fixture: "sales.csv")
    let outcome = try sandbox.run(["import", "sales.csv", "none.csv", "--format", "json"])
    #expect(outcome.status == 1)
    #expect(outcome.err.contains("none.csv: there is no such file"))
    #expect(try outcome.objects().first?["new"] as? Int == 171)
    #expect(try sandbox.done("customers", "--format", "ndjson").lines.count == 48)
  }

  @Test("a file of which no row can be used ends with 1; some bad rows do not")
  func rejectedRows() throws {
    let sandbox = try Sandbox()
    try sandbox.done("init", "shop", "--currency", "EUR", "--time-zone", "Europe/Berlin")
    try sandbox.put("customer,date,amount\nA,19971301,5.00\n", "bad.csv")
    let bad = try sandbox.run(["import", "bad.csv"])
    #expect(bad.status == 1)
    #expect(bad.out.contains("line 2: date: no month 13 in 19971301"))
    #expect(bad.out.contains("bad.csv.rejected.csv: mend them there and import that file"))
    try sandbox.put("customer,date,amount\nA,19971301,5.00\nB,19971231,5.00\n", "mixed.csv")
    #expect(try sandbox.run(["import", "mixed.csv"]).status == 0)
    #expect(try sandbox.text("mixed.csv.rejected.csv").contains("A,19971301,5.00,2,"))
  }
}
