import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

/// Records what came of the offers that went out.
struct ResultsCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "results", abstract: "Tell which offers were used, and which ran out unused.",
    discussion: """
      An offer that went out is used when its customer bought while it held, from its basket on and \
      of its category or product where it names one; it has run out when its last day is before the \
      date of the figures. Used or not counts back to the chance that its rule is given. Whether \
      somebody bought because of it, only a comparison group tells: ladder backtest. To bring in \
      what the till or another tool says: ladder template results, and import the file. ladder undo \
      takes it back.
      """)

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions
  @Flag(help: "Say what would happen; write nothing.") var dryRun = false

  func run() throws {
    let workspace = try openWorkspace()
    let report = try withProgress {
      try workspace.recordOutcomes(dryRun: dryRun, progress: $0)
    }
    let printer = print.printer
    printer.print(
      report.rules.map { record($0, workspace.currency) }, empty: "No offer has gone out yet.")
    guard printer.format == .table, !report.rules.isEmpty else { return }
    printer.line("")
    printer.line(
      "By the purchases up to \(report.until): \(printer.counted(report.redeemed, "offer")) more "
        + "used, \(printer.display.number(report.expired)) more run out unused"
        + (dryRun ? "; nothing written." : "."))
  }

  private func record(_ rule: OutcomeReport.Rule, _ currency: Currency) -> Record {
    Record([
      ("rule", .text(rule.id)), ("sent", .integer(rule.sent)),
      ("redeemed", .integer(rule.redeemed)), ("expired", .integer(rule.expired)),
      ("open", .integer(rule.open)), ("spent", .money(rule.spent, currency)),
    ])
  }
}
