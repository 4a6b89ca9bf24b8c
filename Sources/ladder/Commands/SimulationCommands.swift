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
    @Option(parsing: .unconditional, help: "The most customers that are named.") var limit = 10

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
      let report = try withProgress {
        try workspace.whatIf(rule: rule, set: changes, progress: $0)
      }
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
