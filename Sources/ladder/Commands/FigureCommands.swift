import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

extension ValueMeasure: ExpressibleByArgument {
  /// The measures by name.
  fileprivate static let names = allCases.map(\.rawValue).joined(separator: ", ")
}

/// How unevenly value is spread, as measured.
struct ParetoCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "pareto", abstract: "How much of the value the best customers hold, as measured.")

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions

  @Option(help: "Which value: \(ValueMeasure.names). Default: the programme's own measure.")
  var value: ValueMeasure?

  func run() throws {
    let workspace = try openWithFigures()
    let report = try workspace.pareto(value: value)
    let printer = print.printer
    printer.print(
      Record([
        ("as_of", .day(report.asOf)), ("value_measure", .text(report.measure.rawValue)),
        ("customers", .integer(report.customers)),
        ("value", .money(report.value, workspace.currency)),
        ("others", .integer(report.others)),
        ("others_value", .money(report.othersValue, workspace.currency)),
        ("top_20_share", .number(optional: report.top20Share)),
        ("customers_for_80", .number(optional: report.customersFor80)),
        ("gini", .number(optional: report.gini)),
      ]))
    if print.format == .table, let reason = reason(report) {
      printer.line("")
      printer.line("note: \(reason)")
    }
    workspace.say(sumOf: report, printer)
  }

  /// Why a share is missing; nil where none is.
  private func reason(_ report: ParetoReport) -> String? {
    if report.customers == 0 {
      return "nobody had bought by then, so there is nothing to share out."
    }
    if report.points.isEmpty {
      return "all customers together are worth nothing or less, so there is nothing to share out."
    }
    guard report.gini == nil else { return nil }
    return "gini has no meaning where customers are worth less than nothing; some gave back more "
      + "than they bought in that time."
  }
}

/// The ladder of lifecycle stages.
struct StagesCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages", abstract: "How many customers are at each lifecycle stage.")

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions

  func run() throws {
    let workspace = try openWithFigures()
    let total = workspace.status().customers
    let records = try workspace.stages().map { line in
      Record([
        ("stage", .text(line.stage.rawValue)), ("customers", .integer(line.count)),
        ("share", .number(total > 0 ? Double(line.count) / Double(total) : 0)),
      ])
    }
    print.printer.print(records, empty: "No customers yet. Next: ladder import FILE")
  }
}

/// The value cohorts.
struct CohortsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cohorts", abstract: "The high, mid and low value cohorts, and their cut.",
    subcommands: [Show.self, Recut.self], defaultSubcommand: Show.self)

  @ParentCommand var root: Ladder

  /// Shows them; nothing is stored.
  struct Show: StoreCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show the cohorts (the default).")

    @ParentCommand var parent: CohortsCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @OptionGroup var print: PrintOptions

    @Option(help: "Which value: \(ValueMeasure.names). Default: the programme's own measure.")
    var value: ValueMeasure?

    @Option(
      help: ArgumentHelp(
        "Percentages of customers from the top: high, mid, low. Only shows; stores nothing.",
        valueName: "20,30,50"))
    var cut: String?

    func run() throws {
      let workspace = try openWithFigures()
      let lines = try workspace.cohorts(value: value, shares: try shares(cut))
      let records = lines.map { line in
        Record([
          ("cohort", .text(line.cohort.rawValue)), ("customers", .integer(line.customers)),
          ("value", .money(line.value, workspace.currency)),
          ("at_least", line.atLeast.map { .money($0, workspace.currency) } ?? .null),
        ])
      }
      let printer = print.printer
      printer.print(records, empty: "No customers yet. Next: ladder import FILE")
      try workspace.say(sumOf: workspace.pareto(value: value), printer)
    }
  }

  /// Stores the amounts at which the cohorts are cut.
  struct Recut: StoreCommand {
    static let configuration = CommandConfiguration(
      commandName: "recut",
      abstract: "Cut the cohorts anew as of the date, and keep those amounts from now on.")

    @ParentCommand var parent: CohortsCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions

    @Option(help: "Which value: \(ValueMeasure.names). Default: the programme's own measure.")
    var value: ValueMeasure?

    @Option(
      help: ArgumentHelp(
        "Percentages of customers from the top: high, mid, low.", valueName: "20,30,50"))
    var cut: String?

    func run() throws {
      let workspace = try openWithFigures()
      let receipt = try workspace.recutCohorts(value: value, shares: try shares(cut))
      Printer(format: .table).line(receipt.text)
    }
  }
}

extension LoyaltyWorkspace {
  /// Says in a table how those who bought and all customers add up, where that is not the same.
  fileprivate func say(
    sumOf report: @autoclosure () throws -> ParetoReport, _ printer: Printer
  ) rethrows {
    guard printer.format == .table, let sum = sum(of: try report()) else { return }
    printer.line("")
    printer.line("note: \(sum)")
  }
}

/// Who moved where between two dates.
struct MigrationCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "migration", abstract: "Who moved from which cohort or stage to which.",
    discussion: """
      Rows are the earlier date, columns the later one; each row adds up. Whoever bought first \
      between the two counts at the earlier date among those who had not bought yet, since the data \
      do not tell since when somebody is known.
      """)

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions

  @Option(help: "The earlier date.") var from: String
  @Option(help: "The later date. Default: the as-of date.") var to: String?
  @Option(help: "What to follow: cohort or stage.") var by: MigrationChoice = .cohort
  @Option(help: "Which value: \(ValueMeasure.names). Default: the programme's own measure.")
  var value: ValueMeasure?

  func run() throws {
    let workspace = try openWorkspace()
    guard let earlier = try day(from, option: "--from") else { return }
    let later = try day(to, option: "--to") ?? workspace.asOf
    guard earlier <= later else {
      throw CallError(message: "--from \(earlier) is after --to \(later). Swap the two.")
    }
    let matrix = try withProgress {
      try workspace.migration(
        from: earlier, to: later, byStage: by == .stage, value: value, progress: $0)
    }
    let records = matrix.rows.enumerated().map { index, name in
      Record(
        [("from", .text(name))]
          + matrix.columns.enumerated().map { ($1, .integer(matrix.counts[index][$0])) }
          + [("total", .integer(matrix.counts[index].reduce(0, +)))])
    }
    print.printer.print(records, empty: "No customers yet. Next: ladder import FILE")
  }
}

/// What a migration follows.
enum MigrationChoice: String, ExpressibleByArgument, CaseIterable { case cohort, stage }
