import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

/// Replays the rules on an earlier day.
struct BacktestCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "What the rules would have offered on an earlier day, and what happened then.",
    discussion: """
      Only what was recorded by the day counts, the rules and settings of then included; on a day \
      before the first rule was written, today's rules are tried as if they had been in force. What \
      the customers did afterwards they did without the offers: who rose anyway would have been \
      given a discount for nothing.
      """)

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions
  @Option(help: ArgumentHelp("The day that is replayed.", valueName: "yyyy-mm-dd")) var at: String
  @Option(help: ArgumentHelp("How long is looked ahead.", valueName: "90d")) var horizon = "90d"
  @Flag(
    help: "Also try rules that did not exist on the day, as they are today; the report says so.")
  var withTodaysRules = false

  func run() throws {
    let workspace = try openWorkspace()
    let number = horizon.hasSuffix("d") ? Int(horizon.dropLast()) : Int(horizon)
    guard let days = number, (1...3660).contains(days), let start = try day(at, option: "--at")
    else {
      throw CallError(message: "--horizon is \"\(horizon)\"; write days, such as 90d.")
    }
    let report = try withProgress {
      try workspace.backtest(
        at: start, days: days, takesPresent: withTodaysRules, progress: $0)
    }
    let printer = print.printer
    let lines = report.rules.map { line($0, workspace.currency) }
    switch printer.format {
    case .table: say(report, lines, workspace.currency, printer)
    case .json: printer.print(record(report, lines, workspace.currency))
    case .ndjson, .csv: printer.print(lines, empty: "")
    }
  }

  private func line(_ line: BacktestReport.Line, _ currency: Currency) -> Record {
    Record([
      ("rule", .text(line.rule.isEmpty ? "all" : line.rule)),
      ("version", line.rule.isEmpty ? .null : .integer(line.version)),
      ("text_of", line.rule.isEmpty ? .null : .text(line.isPresentText ? "today" : "day")),
      ("matched", .integer(line.matched)),
      ("offered", .integer(line.offered)), ("cost", .money(line.cost, currency)),
      ("bought", .integer(line.bought)), ("rose_anyway", .integer(line.rose)),
      ("spent_on_them", .money(line.wasted, currency)), ("fell", .integer(line.fell)),
      ("others", .integer(line.others)),
      ("others_rose", .integer(line.othersRose)),
      ("least_detectable", .number(optional: line.leastDetectable)),
    ])
  }

  private func say(
    _ report: BacktestReport, _ lines: [Record], _ currency: Currency, _ printer: Printer
  ) {
    printer.line("Replayed on \(report.at), read on \(report.until)")
    if report.isBeforeAllRules {
      printer.line(
        "No rule had been written by \(report.at): these are today's rules and settings, tried as "
          + "if they had been in force. Whoever wrote them knew what came after that day.")
    }
    if report.rules.isEmpty {
      printer.line("No rule was in force on \(report.at).")
    } else {
      printer.print(lines + [line(report.total, currency)], empty: "")
    }
    for line in report.rules { say(line, printer) }
    say(report.absent, printer)
    printer.line("")
    if !report.rules.isEmpty { sum(report, currency, printer) }
    for uplift in report.uplift { say(uplift, currency, printer) }
    for note in report.notes { printer.line("note: \(note)") }
  }

  /// What all rules came to together.
  private func sum(_ report: BacktestReport, _ currency: Currency, _ printer: Printer) {
    let display = printer.display
    let share = report.customers > 0 ? Double(report.reached) / Double(report.customers) : 0
    printer.line(
      "\(display.number(report.reached)) of \(display.number(report.customers)) customers reached "
        + "(\(display.percent(share))), \(display.number(report.overlapping)) match several rules, "
        + "\(Double(Int(report.pressure * 100)) / 100) offers each")
    let anyway = report.total.roseAnyway.map { " (\(display.percent($0)))" } ?? ""
    printer.line(
      "\(display.number(report.total.rose)) of them\(anyway) rose to a higher cohort anyway: "
        + "\(display.money(report.total.wasted, currency)) would have been spent on them for nothing"
    )
    for move in report.transitions {
      printer.line(
        "  \(display.number(move.customers)) from \(move.from.rawValue) to \(move.to.rawValue)")
    }
  }

  /// Where a rule is another one today.
  private func say(_ line: BacktestReport.Line, _ printer: Printer) {
    if let present = line.presentVersion {
      printer.line(
        "\(line.rule) was tried as it was then, version \(line.version); today's version \(present) "
          + "says something else.")
    }
  }

  /// The rules of today that took no part.
  private func say(_ absent: [BacktestReport.Absence], _ printer: Printer) {
    for rule in absent {
      switch rule.reason {
      case .unknown(let since):
        let when = since.map { "; it came to be on \($0)" } ?? ""
        printer.line("\(rule.rule) did not exist then\(when).")
      case .off: printer.line("\(rule.rule) was switched off then.")
      case .unreadable: printer.line("\(rule.rule) cannot be read as it was then.")
      }
    }
    if absent.contains(where: \.isUnknown) {
      printer.line("Try those that did not exist as they are today: --with-todays-rules")
    }
  }

  /// What a comparison group showed, in points of the share who bought.
  private func say(
    _ uplift: BacktestReport.Uplift, _ currency: Currency, _ printer: Printer
  ) {
    let display = printer.display
    printer.say(uplift.buyers, of: uplift.rule, something: "it")
    guard let sales = uplift.sales else { return }
    func money(_ amount: Double, signed: Bool = false) -> String {
      let minor = Int64(amount.rounded())
      return (signed && minor > 0 ? "+" : "") + display.money(minor, currency)
    }
    printer.line(
      "  In sales: \(money(sales.offered)) for each who was to get it, \(money(sales.withheld)) for "
        + "each kept back: \(money(sales.difference, signed: true)) due to the offer (95 %: "
        + "\(money(sales.low, signed: true)) to \(money(sales.high, signed: true)))")
  }

  /// Mean sales for each customer on a side, in minor units rounded to whole ones.
  private func record(_ sales: BacktestReport.Uplift.Sales, _ currency: Currency) -> Record.Value {
    func money(_ amount: Double) -> Record.Value { .money(Int64(amount.rounded()), currency) }
    return .record(
      Record([
        ("offered", money(sales.offered)), ("withheld", money(sales.withheld)),
        ("difference", money(sales.difference)), ("low", money(sales.low)),
        ("high", money(sales.high)),
      ]))
  }

  private func record(
    _ report: BacktestReport, _ lines: [Record], _ currency: Currency
  ) -> Record {
    Record([
      ("at", .day(report.at)), ("until", .day(report.until)),
      ("as_if_in_force", .flag(report.isBeforeAllRules)),
      ("customers", .integer(report.customers)), ("reached", .integer(report.reached)),
      ("overlapping", .integer(report.overlapping)), ("pressure", .number(report.pressure)),
      ("all", .record(line(report.total, currency))), ("rules", .list(lines.map { .record($0) })),
      ("not_in_force", .list(report.absent.map { .record(absence($0)) })),
      (
        "transitions",
        .list(
          report.transitions.map {
            .record(
              Record([
                ("from", .text($0.from.rawValue)), ("to", .text($0.to.rawValue)),
                ("customers", .integer($0.customers)),
              ]))
          })
      ),
      (
        "uplift",
        .list(
          report.uplift.map {
            .record(
              Record([
                ("rule", .text($0.rule)), ("offered", .integer($0.buyers.offered)),
                ("bought", .integer($0.buyers.offeredBought)),
                ("withheld", .integer($0.buyers.withheld)),
                ("withheld_bought", .integer($0.buyers.withheldBought)),
                ("difference", .number($0.buyers.difference)), ("low", .number($0.buyers.low)),
                ("high", .number($0.buyers.high)),
                ("sales", $0.sales.map { record($0, currency) } ?? .null),
              ]))
          })
      ),
      ("notes", .list(report.notes.map { .text($0) })),
    ])
  }

  private func absence(_ rule: BacktestReport.Absence) -> Record {
    var since: Day?
    let reason: String
    switch rule.reason {
    case .unknown(let day): (reason, since) = ("unknown", day)
    case .off: reason = "off"
    case .unreadable: reason = "unreadable"
    }
    return Record([
      ("rule", .text(rule.rule)), ("reason", .text(reason)),
      ("since", since.map { .day($0) } ?? .null),
    ])
  }
}

extension BacktestReport.Absence {
  /// Whether the day knew no such rule.
  fileprivate var isUnknown: Bool { if case .unknown = reason { true } else { false } }
}
