import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace
import TextFormats

extension OffersCommand {
  /// Accepts offers.
  struct Approve: DecisionCommand {
    static let configuration = CommandConfiguration(
      abstract: "Accept offers.", discussion: discussion("approve"))
    @ParentCommand var parent: OffersCommand
    @OptionGroup var global: GlobalOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var which: DecidedOffers
    func verdict() -> Verdict { .approve }
  }

  /// Declines offers.
  struct Reject: DecisionCommand {
    static let configuration = CommandConfiguration(
      abstract: "Decline offers, with a reason.",
      discussion: discussion("reject --reason 'bad timing'"))
    @ParentCommand var parent: OffersCommand
    @OptionGroup var global: GlobalOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var which: DecidedOffers
    @Option(help: "Why; it counts back to the rule.") var reason: String
    func verdict() -> Verdict { .reject(reason: reason) }
  }

  /// Puts offers off.
  struct Snooze: DecisionCommand {
    static let configuration = CommandConfiguration(
      abstract: "Put offers off until a day.", discussion: discussion("snooze --until 2026-12-24"))
    @ParentCommand var parent: OffersCommand
    @OptionGroup var global: GlobalOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var which: DecidedOffers
    @Option(help: "The day on which they are back in the queue.") var until: String
    func verdict() throws -> Verdict {
      .snooze(until: try day(of: until, option: "--until"))
    }
  }

  private static func discussion(_ call: String) -> String {
    """
    By numbers, or by a filter: of those it finds the ones that wait, or, where it asks for a state \
    itself, all that can still be decided. It says what that would mean and asks back; all of it \
    is one change, which ladder undo takes back.

    Example: ladder offers \(call) --where 'cohort = low and worth >= 2'
    """
  }
}

/// Which offers a decision is about.
struct DecidedOffers: ParsableArguments {
  @Argument(help: "The numbers of the offers.") var ids: [Int] = []

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "All that match instead, such as 'cohort = low and worth >= 2'.", valueName: "expression"))
  var filter: String?

  @Flag(help: "Say what it would mean; change nothing.") var dryRun = false
  @Flag(help: "Do not ask back.") var yes = false

  /// What is said twice, or not at all, was meant otherwise.
  func check() throws {
    func wrong(_ message: String) -> CallError { CallError(message: message) }
    guard let filter else {
      guard !ids.isEmpty else {
        throw wrong("Which offers? Give their numbers, or a filter: --where 'cohort = low'.")
      }
      guard !yes else {
        throw wrong("--yes answers what --where asks. Add --where, or leave it out.")
      }
      return
    }
    guard ids.isEmpty else {
      throw wrong("The numbers and --where both say which offers. Give one of the two.")
    }
    // An empty variable of a script must not mean everything.
    guard !filter.allSatisfy(\.isWhitespace) else {
      throw wrong("--where is empty. For all that wait, write --where 'state = suggested'.")
    }
    guard !(yes && dryRun) else {
      throw wrong("--dry-run changes nothing, so --yes has nothing to answer. Leave one out.")
    }
  }
}

/// A command that decides on offers.
protocol DecisionCommand: StoreCommand {
  var parent: OffersCommand { get }
  var print: PrintOptions { get }
  var which: DecidedOffers { get }
  func verdict() throws -> Verdict
}

extension DecisionCommand {
  var root: Ladder { parent.root }

  func run() throws {
    try which.check()
    let verdict = try verdict()
    let workspace = try openWorkspace()
    // What it means takes figures of all customers, which a decision on a few need not wait for.
    if which.filter == nil, !which.dryRun, print.format == .table {
      return print.printer.line(try workspace.decide(which.ids, verdict).text)
    }
    let asked = try plan(verdict, in: workspace)
    let report = DecisionReport(
      verdict: verdict, plan: asked, currency: workspace.currency, printer: print.printer)
    let lines = report.lines(workspace.wording)
    if which.dryRun { return report.showDryRun(lines) }
    if which.filter != nil, !which.yes { try askBack(report, lines) }
    guard which.filter == nil || !asked.offers.isEmpty else { return report.showNothing() }
    let ids = which.filter == nil ? which.ids : asked.offers
    let receipt = try workspace.decide(ids, verdict, listedIn: asked.scope)
    report.show(receipt, impact: which.yes ? lines : [])
  }

  private func plan(_ verdict: Verdict, in workspace: LoyaltyWorkspace) throws -> DecisionPlan {
    if let filter = which.filter { return try workspace.plan(verdict, matching: filter) }
    return try workspace.plan(verdict, of: which.ids)
  }

  /// Asks for the number of the offers, beside what another program may read.
  private func askBack(_ report: DecisionReport, _ lines: [String]) throws {
    let count = report.plan.offers.count
    guard Terminal.isPresent else {
      throw CallError(
        message: """
          offers \(report.name) --where asks back, and there is no terminal to answer on. Nothing \
          was changed. Add --yes to \(report.name) \(report.counted) without being asked, or \
          --dry-run to see what it would mean.
          """)
    }
    guard count > 0 else { return }
    for line in lines { StandardError.write(SafeText.shown(line) + "\n") }
    StandardError.write("Type \(count) to \(report.name) \(count == 1 ? "it" : "them"): ")
    guard readLine() == String(count) else {
      StandardError.write("Nothing was changed.\n")
      throw ExitCode(1)
    }
  }
}

/// What is said of a decision before and after it.
private struct DecisionReport {
  let verdict: Verdict
  let plan: DecisionPlan
  let currency: Currency
  let printer: Printer

  /// The name of the command.
  var name: String {
    switch verdict {
    case .approve: "approve"
    case .reject: "reject"
    case .snooze: "snooze"
    case .reopen: "reopen"
    }
  }

  /// What came of the offers, in the past.
  private var done: String {
    switch verdict {
    case .approve: "approved"
    case .reject: "rejected"
    case .snooze(let until): "put off until \(until)"
    case .reopen: "put back"
    }
  }

  /// How many they are.
  var counted: String { printer.counted(plan.offers.count, "offer") }

  /// What it would mean.
  func lines(_ wording: Wording) -> [String] {
    guard !plan.offers.isEmpty else { return [nothing] + taken }
    let impact = plan.impact.lines(ofApproval: verdict == .approve, wording, currency)
    return impact.flatMap { $0.split(separator: "\n").map(String.init) } + taken
  }

  private var nothing: String {
    plan.scope == .waiting
      ? "No offer that waits matches." : "No offer matches that would then stand otherwise."
  }

  private var taken: [String] {
    guard plan.taken > 0 else { return [] }
    let matches = plan.taken == 1 ? "matches" : "match"
    return [
      "\(printer.display.number(plan.taken)) more \(matches), but colleagues have taken "
        + "\(plan.taken == 1 ? "it" : "them") to decide on."
    ]
  }

  func showDryRun(_ lines: [String]) {
    guard printer.format == .table else { return printer.print(record([], isDryRun: true)) }
    for line in lines { printer.line(line) }
    let would = plan.offers.count == 1 ? "it" : "they"
    printer.line(
      plan.offers.isEmpty
        ? "Nothing was changed."
        : "Nothing was changed. Without --dry-run \(would) would be \(done).")
  }

  func showNothing() {
    guard printer.format == .table else { return printer.print(record([], isDryRun: false)) }
    printer.line(([nothing] + taken + ["Nothing was changed."]).joined(separator: " "))
  }

  func show(_ receipt: Receipt, impact: [String]) {
    guard printer.format == .table else {
      return printer.print(record(receipt.offers, isDryRun: false))
    }
    for line in impact { printer.line(line) }
    printer.line(receipt.text)
    printer.line("To take all of it back: ladder undo")
  }

  private func record(_ decided: [Int], isDryRun: Bool) -> Record {
    let (impact, ids) = (plan.impact, isDryRun ? plan.offers : decided)
    return Record([
      ("decision", .text(name)), ("dry_run", .flag(isDryRun)),
      ("offers", .integer(ids.count)), ("customers", .integer(impact.customers)),
      ("cost", .money(impact.cost, currency)), ("worth", .money(impact.value, currency)),
      ("taken", .integer(plan.taken)),
      (
        "moves",
        .list(
          impact.moves.map { move in
            .record(
              Record([
                ("from", .text(move.from.rawValue)), ("to", .text(move.to.rawValue)),
                ("offers", .integer(move.count)),
              ]))
          })
      ),
      (
        "budgets",
        .list(
          impact.budgets.map { budget in
            .record(
              Record([("of", .text(budget.rule)), ("left", .money(budget.left, currency))]))
          })
      ),
      ("ids", .list(ids.map { .identifier($0) })),
    ])
  }
}
