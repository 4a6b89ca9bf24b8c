import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

/// Runs the rules and fills the review queue.
struct SuggestCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest", abstract: "Run the rules and fill the review queue.",
    discussion: """
      Offers that wait already are refreshed, decided ones are never touched. The funnel says for \
      each gate how many customers it dropped, and why.
      """)

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The most that all waiting and approved offers together may be expected to cost.",
      valueName: "20000.00"))
  var budget: String?

  @Option(help: "The most offers for one customer.") var perCustomer = 1

  @Option(
    help: ArgumentHelp(
      "What a cohort or stage gets at least: offers, or money to be spent; may be repeated.",
      discussion: """
        --floor low=100 asks for 100 offers, --floor "at risk=250.00" for an amount. Without any, \
        those of settings/programme.json hold.
        """,
      valueName: "group=least"))
  var floor: [String] = []

  @Flag(help: "Keep these floors in the programme's settings, for every later run.")
  var keepFloors = false

  @Flag(help: "Say what would happen; write nothing.") var dryRun = false

  func run() throws {
    try checkFloors()
    let workspace = try openWorkspace()
    var asked = SuggestOptions()
    asked.budget = try minorUnits(budget, option: "--budget", currency: workspace.currency)
    asked.perCustomer = perCustomer
    if !floor.isEmpty { asked.floors = try floor.map { try offerFloor($0, workspace.currency) } }
    asked.dryRun = dryRun
    guard (1...6).contains(perCustomer) else {
      throw CallError(message: "--per-customer is \(perCustomer); write a number from 1 to 6.")
    }
    if keepFloors { _ = try workspace.keepFloors(asked.floors ?? []) }
    let report = try withProgress { try workspace.suggest(asked, progress: $0) }
    let printer = print.printer
    switch printer.format {
    case .table: say(report, workspace.currency, printer)
    case .json: printer.print(record(report, workspace.currency))
    case .ndjson, .csv: printer.print(report.funnel.rules.map(flat), empty: "")
    }
  }

  /// Nothing that was kept is lost, and nothing is left undone, because of half a wish.
  private func checkFloors() throws {
    guard keepFloors else { return }
    guard !floor.isEmpty else {
      throw CallError(
        message: "--keep-floors keeps what --floor says. Add it, such as --floor low=100")
    }
    guard !dryRun else {
      throw CallError(
        message: "--dry-run writes nothing, so --keep-floors cannot keep anything. Leave one out.")
    }
  }

  private func say(_ report: SuggestReport, _ currency: Currency, _ printer: Printer) {
    let display = printer.display
    printer.line("As of \(report.asOf)\(report.dryRun ? ", nothing written" : "")")
    printer.print(report.funnel.rules.map(flat), empty: "No rule is switched on.")
    printer.line("")
    for gate in report.funnel.total.dropped where gate.count > 0 {
      printer.line("  \(display.number(gate.count)) dropped: \(gate.reason)")
    }
    printer.line(
      "\(display.number(report.new)) new, \(display.number(report.kept)) kept, "
        + "\(display.number(report.withdrawn)) withdrawn; \(display.number(report.withheld)) "
        + "customers kept back as the comparison group")
    printer.line(
      "Expected cost \(display.money(report.funnel.cost, currency)), expected gain after cost "
        + "\(display.money(report.funnel.value, currency)). With the comparison group "
        + "\(display.money(report.funnel.chosenCost, currency)) and "
        + "\(display.money(report.funnel.chosenValue, currency)); no choice within the limits could "
        + "gain more than \(display.money(report.funnel.bound, currency))")
    for note in report.notes { printer.line("note: \(note)") }
  }

  /// The funnel of one rule on one line.
  private func flat(_ line: FunnelLine) -> Record {
    Record(
      [("rule", .text(line.rule)), ("entered", .integer(line.entered))]
        + line.dropped.filter { print.format != .table || $0.gate.isShownInTable }
        .map { ($0.gate.rawValue.replacing("-", with: "_"), .integer($0.count)) }
        + [("withheld", .integer(line.withheld)), ("suggested", .integer(line.suggested))])
  }

  private func record(_ report: SuggestReport, _ currency: Currency) -> Record {
    Record([
      ("as_of", .day(report.asOf)), ("dry_run", .flag(report.dryRun)),
      ("new", .integer(report.new)), ("kept", .integer(report.kept)),
      ("withdrawn", .integer(report.withdrawn)), ("withheld", .integer(report.withheld)),
      ("cost", .money(report.funnel.cost, currency)),
      ("worth", .money(report.funnel.value, currency)),
      ("chosen_cost", .money(report.funnel.chosenCost, currency)),
      ("chosen_worth", .money(report.funnel.chosenValue, currency)),
      ("bound", .money(report.funnel.bound, currency)), ("gap", .number(report.funnel.gap)),
      ("funnel", .record(record(report.funnel.total))),
      ("rules", .list(report.funnel.rules.map { .record(record($0)) })),
      ("notes", .list(report.notes.map { .text($0) })),
    ])
  }

  private func record(_ line: FunnelLine) -> Record {
    Record(
      (line.rule.isEmpty ? [] : [("rule", .text(line.rule)), ("title", .text(line.title))]) + [
        ("entered", .integer(line.entered)),
        (
          "gates",
          .list(
            line.dropped.map {
              .record(
                Record([
                  ("gate", .text($0.gate.rawValue)), ("dropped", .integer($0.count)),
                  ("reason", .text($0.reason)),
                ]))
            })
        ),
        ("withheld", .integer(line.withheld)), ("suggested", .integer(line.suggested)),
      ])
  }
}

extension Gate {
  /// Whether the gate has a column in the table for people, which must fit a line.
  fileprivate var isShownInTable: Bool {
    switch self {
    case .window, .campaignDates, .unknown, .campaignBranches, .cap, .campaignBudget, .holdOut:
      false
    default: true
    }
  }
}
