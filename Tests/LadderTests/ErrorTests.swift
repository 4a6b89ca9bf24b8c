import Foundation
import Testing

/// What people read when something is wrong, each in a file under `Errors`: the call, the exit
/// code, and the words on standard error.
///
/// `LADDER_RECORD=1` writes the files anew; read each as the person who gets it: what is wrong,
/// where, and what to do.
@Suite("Errors", .enabled(if: Program.isBuilt, "\(Program.reason)"))
struct ErrorTests {
  /// A call that fails.
  struct Case: Sendable, CustomTestStringConvertible {
    /// The name of its file.
    let name: String
    let arguments: [String]
    let status: Int32
    /// What stands in the folder beside an empty store.
    var prepare: @Sendable (Sandbox) throws -> Void = { _ in }
    var testDescription: String { name }

    init(
      _ name: String, _ call: String, _ status: Int32,
      prepare: @escaping @Sendable (Sandbox) throws -> Void = { _ in }
    ) {
      (self.name, self.status, self.prepare) = (name, status, prepare)
      arguments = Self.words(call)
    }

    /// The words of a call, parted by blanks unless in single quotes.
    private static func words(_ call: String) -> [String] {
      call.split(separator: "'", omittingEmptySubsequences: false).enumerated()
        .flatMap { place, part in
          place.isMultiple(of: 2)
            ? part.split(separator: " ").map(String.init) : [String(part)]
        }
    }
  }

  /// A store with the fixture's customers.
  static let shop: @Sendable (Sandbox) throws -> Void = { sandbox in
    try sandbox.copy(fixture: "sales.csv")
    try sandbox.done("import", "sales.csv")
  }

  /// A store with offers.
  static let offers: @Sendable (Sandbox) throws -> Void = { sandbox in
    try shop(sandbox)
    try sandbox.done("suggest")
  }

  static func file(_ name: String, _ text: String) -> @Sendable (Sandbox) throws -> Void {
    { try $0.put(text, name) }
  }

  static func file(_ name: String, _ bytes: [UInt8]) -> @Sendable (Sandbox) throws -> Void {
    { try $0.put(Data(bytes), name) }
  }

  /// Changes a text within a file of the store.
  static func changed(
    _ name: String, _ text: String, _ other: String,
    after: @escaping @Sendable (Sandbox) throws -> Void = shop
  ) -> @Sendable (Sandbox) throws -> Void {
    { sandbox in
      try after(sandbox)
      let before = try sandbox.text(name)
      let changed = before.replacingOccurrences(of: text, with: other)
      try #require(before != changed)
      try sandbox.put(changed, name)
    }
  }

  static let calls: [Case] = [
    Case("unknown-command", "offer list", 2),
    Case("unknown-option", "stages --fast", 2),
    Case("unknown-theme", "--theme pink stages", 2),
    Case("unknown-format", "stages --format xml", 2),
    Case("missing-argument", "import", 2),
    Case("missing-reason", "offers reject 1", 2),
    Case("no-terminal", "", 2),
    Case("no-terminal-id", "--lang id", 2),
    Case("as-of-no-date-id", "--lang id --as-of besok", 2),
    Case("no-terminal-open", "open", 2),
    Case("no-store", "--store nowhere stages", 2),
    Case("no-store-but-file", "--store note.txt stages", 2, prepare: file("note.txt", "x")),
    Case("no-store-but-folder", "--store folder stages", 2, prepare: file("folder/x.txt", "x")),
    Case("init-occupied", "init shop --currency EUR --time-zone Europe/Berlin", 2),
    Case("init-currency", "init new --currency EURO --time-zone Europe/Berlin", 2),
    Case("init-time-zone", "init new --currency EUR --time-zone Berlin", 2),
    Case("init-currency-unknown", "init new --currency ZZZ --time-zone Europe/Berlin", 2),
    Case("demo-as-of", "demo new --as-of garbage --no-open", 2),
    Case("doctor-as-of", "doctor --as-of garbage", 2),
    Case("doctor-yes-alone", "doctor --yes", 2),
    Case("doctor-to-alone", "doctor --to copy", 2),
    Case("floors-none", "suggest --keep-floors", 2),
    Case("floors-dry-run", "suggest --floor low=1 --keep-floors --dry-run", 2),
    Case("demo-occupied", "demo shop --no-open", 2),
    Case("restore-missing", "restore backpu", 2),
    Case("budget-negative", "suggest --budget -5", 2),
    Case("budget-thousand", "suggest --budget 1.000", 2),
    Case("demo-here", "demo . --no-open", 2),
    Case("demo-customers", "demo new --customers 0 --no-open", 2),
    Case("template-unknown", "template sales", 2),
    Case("as-of-no-date", "stages --as-of 30.06.2026", 2),
    Case("cut-no-shares", "cohorts --cut 20,30", 2),
    Case("budget-no-amount", "suggest --budget 20.000,00", 2),
    Case("per-customer", "suggest --per-customer 0", 2),
    Case("migration-dates", "migration --from 2026-06-30 --to 2026-01-01", 2, prepare: shop),
    Case("sort-unknown", "customers --sort value", 2, prepare: shop),
    Case("limit-negative", "customers --limit=-1", 2, prepare: shop),
    Case("limit-of-offers", "offers --limit -3", 2, prepare: shop),
    Case("limit-below-zero", "customers --limit -3", 2, prepare: shop),
    Case("filter-unknown-fact", "customers --where 'cohrt = low'", 2, prepare: shop),
    Case("filter-unknown-value", "customers --where 'cohort = medium'", 2, prepare: shop),
    Case("filter-unfinished", "customers --where 'cohort = low and'", 2, prepare: shop),
    Case("filter-amount", "customers --where 'value_12m >= 1.000,50'", 2, prepare: shop),
    Case("customer-unknown", "customer 9999", 2, prepare: shop),
    Case("suggest-nothing", "suggest", 1),
    Case("recut-nothing", "cohorts recut --as-of 2026-06-30", 1),
    Case("offer-unknown", "offers approve 999", 2),
    Case("decide-nothing", "offers approve", 2, prepare: offers),
    Case("decide-both", "offers approve 1 --where 'cohort = low' --yes", 2, prepare: offers),
    Case("decide-blank", "offers approve --where '  ' --yes", 2, prepare: offers),
    Case("decide-yes-alone", "offers approve 1 --yes", 2, prepare: offers),
    Case(
      "decide-yes-dry-run", "offers approve --where 'cohort = low' --yes --dry-run", 2,
      prepare: offers),
    Case("decide-no-terminal", "offers approve --where 'cohort = low'", 2, prepare: offers),
    Case("decide-filter", "offers approve --where 'cohrt = low' --yes", 2, prepare: offers),
    Case("reject-blank-reason", "offers reject 1 --reason ' '", 2, prepare: offers),
    Case("snooze-no-date", "offers snooze 1 --until tomorrow", 2, prepare: offers),
    Case("snooze-past", "offers snooze 1 --until 2020-01-01", 2, prepare: offers),
    Case("segment-no-filter", "segments save everybody", 2),
    Case("segment-blank-filter", "segments save everybody --where ' '", 2),
    Case("undo-unknown", "undo 9999", 2),
    Case("rule-unknown", "rules show second-purchase", 2),
    Case("campaign-unknown", "campaigns remove Spring", 2, prepare: shop),
    Case("campaign-name", "campaigns set 'a \"b\"'", 2, prepare: shop),
    Case(
      "campaign-reversed", "campaigns set A --from 2026-07-02 --to 2026-07-01", 2, prepare: shop),
    Case("campaign-date", "campaigns set A --to 30.06.2026", 2, prepare: shop),
    Case("campaign-budget", "campaigns set A --budget 1.000,00", 2, prepare: shop),
    Case("campaign-days", "campaigns --days 0", 2),
    Case(
      "campaign-in-use", "campaigns remove Spring", 1,
      prepare: changed(
        "shop/rules/new.second-purchase.json", "\"priority\": 70",
        "\"priority\": 70, \"campaign\": \"Spring\"",
        after: { sandbox in
          try shop(sandbox)
          try sandbox.done("campaigns", "set", "Spring")
        })),
    Case(
      "export-delimiter", "export offers --as klaviyo --delimiter semicolon --to list.csv", 2,
      prepare: offers),
    Case("rule-show-broken", "rules show rule.json", 1, prepare: file("rule.json", "{ 'id': 1")),
    Case("rule-broken-file", "rules check rule.json", 1, prepare: file("rule.json", "{ \"id\": 1")),
    Case(
      "rule-broken", "suggest", 1,
      prepare: changed("shop/rules/new.second-purchase.json", "\"recency_days\"", "\"recency\"")),
    Case(
      "rule-changed-version", "suggest", 1,
      prepare: changed(
        "shop/rules/new.second-purchase.json", "\"priority\": 70", "\"priority\": 71",
        after: offers)),
    Case("import-missing", "import none.csv", 1),
    Case("import-folder", "import folder", 1, prepare: file("folder/x.txt", "x")),
    Case("import-empty", "import empty.csv", 1, prepare: file("empty.csv", "")),
    Case(
      "import-binary", "import picture.csv", 1,
      prepare: file("picture.csv", [0x89, 0x50, 0x4E, 0x47, 0, 1, 2, 0xFF])),
    Case(
      "import-workbook", "import book.xlsx", 1,
      prepare: file(
        "book.xlsx", [0x50, 0x4B, 3, 4] + Array("[Content_Types].xml xl/workbook.xml".utf8))),
    Case(
      "import-other", "import stock.csv", 1, prepare: file("stock.csv", "article,shelf\nspade,3\n")),
    Case(
      "import-no-customer", "import sales.csv", 1,
      prepare: file("sales.csv", "Datum;Summe\n01.02.2026;5,00\n")),
    Case(
      "import-unclosed-quote", "import sales.csv", 1,
      prepare: file("sales.csv", "customer,date,amount\nA,2026-01-31,\"5.00\nB,2026-01-31,6.00\n")),
    Case(
      "import-unknown-column",
      "import sales.csv --map customer=Kunde --map date=date --map amount=amount",
      2, prepare: file("sales.csv", "Kunden,date,amount\nA,2026-01-31,5.00\n")),
    Case(
      "import-unknown-field", "import sales.csv --map kunde=Kunden", 2,
      prepare: file("sales.csv", "Kunden,date,amount\nA,2026-01-31,5.00\n")),
    Case("import-bad-map", "import sales.csv --map customer", 2, prepare: file("sales.csv", "a\n")),
    Case("import-profile", "import sales.csv --as shopify", 2, prepare: file("sales.csv", "a\n")),
    Case(
      "import-unfitting", "import sales.csv --as online-retail", 1,
      prepare: file("sales.csv", "customer,date,amount\nA,2026-01-31,5.00\n")),
    Case(
      "export-exists", "export offers --to mine.csv --unapproved --where 'state = suggested'", 1,
      prepare: { sandbox in
        try offers(sandbox)
        try sandbox.put("mine", "mine.csv")
      }),
    Case("export-none-approved", "export offers --to new.csv", 1, prepare: offers),
    Case("export-spreadsheet", "export offers --to offers.xls", 2),
    Case(
      "import-results-unsaid", "import till.csv", 1,
      prepare: file("till.csv", "offer,customer,date,amount\n1,A,2026-01-31,5.00\n")),
    Case(
      "export-no-folder",
      "export offers --to nowhere/o.csv --unapproved --where 'state = suggested'", 1,
      prepare: offers),
    Case(
      "export-to-folder", "export offers --to folder --unapproved --where 'state = suggested'", 1,
      prepare: { sandbox in
        try offers(sandbox)
        try sandbox.put("x", "folder/x.txt")
      }),
    Case("export-format", "export offers --to offers.csv --as pdf", 2),
    Case(
      "store-newer", "offers approve 1", 3,
      prepare: changed("shop/store.json", "\"schema\": 2", "\"schema\": 3", after: offers)),
    Case(
      "store-newer-import", "import sales.csv", 3,
      prepare: changed("shop/store.json", "\"schema\": 2", "\"schema\": 3")),
    Case("store-no-json", "stages", 3, prepare: changed("shop/store.json", "{", "<")),
    Case("store-no-json-id", "--lang id --plain", 3, prepare: changed("shop/store.json", "{", "<")),
    Case(
      "store-damaged-journal", "segments save new --where 'stage = new'", 3,
      prepare: changed(
        "shop/journal/000001.ndjson", "\"op\":\"import", "\"op\":\"emport", after: offers)),
  ]

  @Test("every message says what is wrong, where, and what to do", arguments: calls)
  func message(call: Case) throws {
    let sandbox = try Sandbox()
    try sandbox.done("init", "shop", "--currency", "EUR", "--time-zone", "Europe/Berlin")
    try call.prepare(sandbox)
    let outcome = try sandbox.run(call.arguments)
    #expect(outcome.status == call.status)
    let shown = call.arguments.map { $0.contains(" ") || $0.isEmpty ? "'\($0)'" : $0 }
    let text =
      "$ \((["ladder"] + shown).joined(separator: " "))\nexit \(outcome.status)\n\n"
      + (outcome.out + outcome.err).replacingOccurrences(of: sandbox.folder.path, with: "FOLDER")
    try expect(text, toBe: "Errors/\(call.name).txt")
  }

  @Test("there is a call for each file, and a file for each call")
  func complete() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Program.fixture("Errors").path)
    #expect(Set(files) == Set(Self.calls.map { $0.name + ".txt" }))
    #expect(Set(Self.calls.map(\.name)).count == Self.calls.count)
  }

  @Test("help and the version are no errors", arguments: ["--help", "--version", "help offers"])
  func help(call: String) throws {
    let outcome = try Sandbox().run(call.split(separator: " ").map(String.init))
    #expect(outcome.status == 0)
    #expect(outcome.err.isEmpty)
    #expect(!outcome.out.isEmpty)
  }

  @Test("every command has a help of its own that fits a screen's width")
  func everyHelp() throws {
    let sandbox = try Sandbox()
    let commands = [
      "open", "demo", "init", "template", "import", "customers", "customer", "stages", "cohorts",
      "pareto", "migration", "retention", "attrition", "products", "model", "rules", "suggest",
      "offers", "undo", "redo", "export", "log",
      "offers approve", "offers reject", "offers snooze", "rules check", "rules explain",
      "export offers", "cohorts recut", "campaigns", "campaigns set", "campaigns remove",
    ]
    for command in commands {
      let outcome = try sandbox.run(command.split(separator: " ").map(String.init) + ["--help"])
      #expect(outcome.status == 0 && outcome.err.isEmpty, "\(command)")
      #expect(outcome.lines.allSatisfy { $0.count <= 80 || $0.hasPrefix("USAGE: ") }, "\(command)")
      #expect(outcome.out.contains("OVERVIEW: "), "\(command)")
    }
  }

  @Test("a hostile argument is shown harmless")
  func hostileArguments() throws {
    let sandbox = try Sandbox()
    let hostile = "\u{1B}[31mred\u{7}\u{9B}2J\u{202E}="
    try sandbox.done("init", "shop", "--currency", "EUR", "--time-zone", "Europe/Berlin")
    for call in [
      [hostile], ["stages", "--format", hostile], ["--store", hostile, "stages"],
      ["customer", hostile], ["customers", "--where", hostile], ["import", hostile],
      ["template", hostile], ["stages", "--as-of", hostile], ["--\(hostile)"],
      ["customers", "--sort", hostile], ["offers", "approve", hostile],
      ["export", "offers", "--to", hostile + "/x"],
    ] {
      let outcome = try sandbox.run(call)
      #expect((1...2).contains(outcome.status), "\(call)")
    }
  }
}

/// Compares a text with a file beside the tests; writes it where it is missing, and then fails.
func expect(
  _ text: String, toBe name: String, _ location: SourceLocation = #_sourceLocation
) throws {
  let url = Program.fixture(name)
  let isRecording = ProcessInfo.processInfo.environment["LADDER_RECORD"] == "1"
  guard let wanted = try? String(contentsOf: url, encoding: .utf8), !isRecording else {
    try Data(text.utf8).write(to: url)
    if !isRecording {
      Issue.record("\(name) was missing; read it, then run again", sourceLocation: location)
    }
    return
  }
  #expect(text == wanted, "\(name) differs", sourceLocation: location)
}
