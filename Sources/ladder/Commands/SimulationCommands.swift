import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

extension RulesCommand {
  /// Prints the manual of the rule format.
  struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print how to write a rule: every key, comparison and fact, and an example.")

    func run() throws {
      let printer = Printer(format: .table)
      for line in LoyaltyWorkspace.ruleManual() { printer.line(line) }
    }
  }

  /// Says what a change of a rule would do.
  struct WhatIf: StoreCommand {
    static let configuration = CommandConfiguration(
      commandName: "what-if",
      abstract: "Change numbers of a rule and see who enters and leaves; nothing is saved.",
      discussion: "ladder rules what-if low-mid.bigger-basket --set offer.percent=15")
    @ParentCommand var parent: RulesCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @OptionGroup var print: PrintOptions
    @Argument(help: "The rule.") var rule: String
    @Option(
      name: .customLong("set"),
      help: ArgumentHelp(
        "A path of the rule's file and its new value; may be repeated.", valueName: "path=value"))
    var changes: [String] = []
    @Option(help: "The most customers that are named.") var limit = 10

    func run() throws {
      _ = try checked(limit: limit)
      let workspace = try openWorkspace()
      let changes = try changes.map { text in
        let (path, value) = try pair(
          text, option: "--set", advice: "a path, = and a value: offer.percent=15.")
        return (path: path, value: value)
      }
      guard !changes.isEmpty else {
        throw CallError(message: "Nothing is changed. Say what: --set offer.percent=15")
      }
      let report = try workspace.whatIf(rule: rule, set: changes)
      let printer = print.printer
      if printer.format == .table {
        say(report, workspace.currency, printer)
      } else {
        printer.print(record(report, workspace.currency))
      }
    }

    private func say(_ report: WhatIfReport, _ currency: Currency, _ printer: Printer) {
      printer.print(
        [("now", report.before), ("then", report.after)].map { name, side in
          Record([
            ("as_of_\(report.asOf)", .text(name)), ("matched", .integer(side.matched)),
            ("overlap", .integer(side.overlap)), ("offers", .integer(side.suggested)),
            ("cost", .money(side.cost, currency)), ("gain", .money(side.value, currency)),
            ("gain_of_all_rules", .money(side.totalValue, currency)),
          ])
        }, empty: "")
      printer.line("")
      for (name, ids) in [("enter", report.entering), ("leave", report.leaving)] {
        let shown = ids.prefix(limit).joined(separator: ", ")
        printer.line(
          "\(printer.display.number(ids.count)) \(name)" + (shown.isEmpty ? "" : ": \(shown)")
            + (ids.count > limit ? ", …" : ""))
      }
      printer.line("Nothing is saved.")
    }

    private func record(_ report: WhatIfReport, _ currency: Currency) -> Record {
      func side(_ side: WhatIfReport.Side) -> Record.Value {
        .record(
          Record([
            ("matched", .integer(side.matched)), ("overlap", .integer(side.overlap)),
            ("offers", .integer(side.suggested)), ("cost", .money(side.cost, currency)),
            ("worth", .money(side.value, currency)),
            ("worth_of_all_rules", .money(side.totalValue, currency)),
          ]))
      }
      return Record([
        ("rule", .text(report.rule)), ("as_of", .day(report.asOf)), ("now", side(report.before)),
        ("then", side(report.after)), ("entering", .list(report.entering.map { .text($0) })),
        ("leaving", .list(report.leaving.map { .text($0) })),
      ])
    }
  }
}

/// Replays the rules on an earlier day.
struct BacktestCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "What the rules would have offered on an earlier day, and what happened then.",
    discussion: """
      Only what was recorded by the day counts. What the customers did afterwards they did without \
      the offers: who rose anyway would have been given a discount for nothing.
      """)

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions
  @Option(help: ArgumentHelp("The day that is replayed.", valueName: "yyyy-mm-dd")) var at: String
  @Option(help: ArgumentHelp("How long is looked ahead.", valueName: "90d")) var horizon = "90d"

  func run() throws {
    let workspace = try openWorkspace()
    let number = horizon.hasSuffix("d") ? Int(horizon.dropLast()) : Int(horizon)
    guard let days = number, (1...3660).contains(days), let start = try day(at, option: "--at")
    else {
      throw CallError(message: "--horizon is \"\(horizon)\"; write days, such as 90d.")
    }
    let report = try workspace.backtest(at: start, days: days)
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
      ("rule", .text(line.rule.isEmpty ? "all" : line.rule)), ("matched", .integer(line.matched)),
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
    let display = printer.display
    printer.line("Replayed on \(report.at), read on \(report.until)")
    printer.print(lines + [line(report.total, currency)], empty: "No rule is switched on.")
    printer.line("")
    let share = report.customers > 0 ? Double(report.reached) / Double(report.customers) : 0
    printer.line(
      "\(display.number(report.reached)) of \(display.number(report.customers)) customers reached "
        + "(\(display.percent(share))), \(display.number(report.overlapping)) match several rules, "
        + "\(Double(Int(report.pressure * 100)) / 100) offers each")
    printer.line(
      "\(display.number(report.total.rose)) of them rose to a higher cohort anyway: "
        + "\(display.money(report.total.wasted, currency)) would have been spent on them for nothing"
    )
    for move in report.transitions {
      printer.line(
        "  \(display.number(move.customers)) from \(move.from.rawValue) to \(move.to.rawValue)")
    }
    for uplift in report.uplift { say(uplift, printer) }
    for note in report.notes { printer.line("note: \(note)") }
  }

  /// What a comparison group showed, in points of the share who bought.
  private func say(_ uplift: BacktestReport.Uplift, _ printer: Printer) {
    let display = printer.display
    func points(_ share: Double) -> String {
      (share > 0 ? "+" : "") + String(display.percent(share).dropLast(2))
    }
    func share(_ part: Int, _ whole: Int) -> String {
      display.percent(whole > 0 ? Double(part) / Double(whole) : 0)
    }
    printer.line(
      "Measured, \(uplift.rule): of \(display.number(uplift.offered)) who were to get it "
        + "\(share(uplift.offeredBought, uplift.offered)) bought, of \(display.number(uplift.withheld)) "
        + "kept back \(share(uplift.withheldBought, uplift.withheld)): \(points(uplift.difference)) "
        + "points due to the offer (95 %: \(points(uplift.low)) to \(points(uplift.high)))")
  }

  private func record(
    _ report: BacktestReport, _ lines: [Record], _ currency: Currency
  ) -> Record {
    Record([
      ("at", .day(report.at)), ("until", .day(report.until)),
      ("customers", .integer(report.customers)), ("reached", .integer(report.reached)),
      ("overlapping", .integer(report.overlapping)), ("pressure", .number(report.pressure)),
      ("all", .record(line(report.total, currency))), ("rules", .list(lines.map { .record($0) })),
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
                ("rule", .text($0.rule)), ("offered", .integer($0.offered)),
                ("bought", .integer($0.offeredBought)), ("withheld", .integer($0.withheld)),
                ("withheld_bought", .integer($0.withheldBought)),
                ("difference", .number($0.difference)), ("low", .number($0.low)),
                ("high", .number($0.high)),
              ]))
          })
      ),
      ("notes", .list(report.notes.map { .text($0) })),
    ])
  }
}
