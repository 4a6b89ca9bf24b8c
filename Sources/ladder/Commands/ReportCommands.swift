import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

extension ValueCohort: ExpressibleByArgument {}
extension ProductReport.Level: ExpressibleByArgument {}

/// The retention table.
struct RetentionCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "retention",
    abstract: "How many of those won in a month bought again, month by month.",
    discussion: """
      Rows are the months of first purchases, columns the months since; month 0 is the first \
      itself. A table shows per cent of the customers, the other formats show how many.
      """)

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions

  func run() throws {
    let workspace = try openWithFigures()
    let table = try workspace.retention()
    let printer = print.printer
    let months = table.rows.map(\.active.count).max() ?? 0
    switch printer.format {
    case .json, .ndjson:
      let rows = table.rows.map { record($0, workspace.currency) }
      guard printer.format == .json else { return printer.print(rows, empty: "") }
      printer.print(
        Record([
          ("as_of", .day(table.asOf)), ("last_month_is_partial", .flag(table.lastMonthIsPartial)),
          ("rows", .list(rows.map { .record($0) })),
        ]))
    case .table, .csv:
      printer.print(
        table.rows.map { flat($0, months: months, isTable: printer.format == .table) },
        empty: "There are no purchases yet. Next: ladder import FILE")
      if printer.format == .table, table.lastMonthIsPartial, months > 0 {
        printer.line("The last figure of each row is of a month that still runs on \(table.asOf).")
      }
    }
  }

  private func record(_ row: RetentionTable.Row, _ currency: Currency) -> Record {
    Record([
      ("month", .text(month(row))), ("customers", .integer(row.customers)),
      ("active", .list(row.active.map { .integer($0) })),
      ("share", .list(row.active.indices.map { .number(optional: row.share($0)) })),
      ("value", .list(row.values.map { .money($0, currency) })),
    ])
  }

  private func flat(_ row: RetentionTable.Row, months: Int, isTable: Bool) -> Record {
    Record(
      [("month", .text(month(row))), ("customers", .integer(row.customers))]
        + (0..<months).map { since -> (String, Record.Value) in
          guard let share = row.share(since) else { return ("\(since)", .null) }
          return ("\(since)", .integer(isTable ? Int((100 * share).rounded()) : row.active[since]))
        })
  }

  private func month(_ row: RetentionTable.Row) -> String {
    String(row.month.description.prefix(7))
  }
}

/// Valuable customers who slip away.
struct AttritionCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "attrition",
    abstract: "Valuable customers who are overdue against their own rhythm, by value at risk.",
    discussion: """
      Overdue are those who stayed away for more than two of their usual gaps and 30 days (the \
      programme's settings). Value at risk is the chance that they have left, times the value of \
      12 months predicted were they still customers.
      """)

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions

  @Option(help: "Which value cohort: high, mid or low.") var cohort: ValueCohort = .high
  @Option(help: "Only customers of this branch.") var branch: String?
  @Option(
    help: ArgumentHelp(
      "Only those who became overdue after this day.", valueName: "yyyy-mm-dd"))
  var since: String?
  @Option(parsing: .unconditional, help: "At most this many.") var limit: Int?

  func run() throws {
    let limit = try limit.map { try checked(limit: $0) }
    let workspace = try openWithFigures()
    let report = try workspace.attrition(
      cohort: cohort, branch: branch, since: try day(since, option: "--since"))
    let currency = workspace.currency
    let rows = report.rows.prefix(limit ?? report.rows.count).map { record($0, currency) }
    let printer = print.printer
    guard printer.format == .json else {
      printer.print(rows, empty: "Nobody in the \(cohort.rawValue) cohort is overdue.")
      if printer.format == .table { for note in report.notes { printer.line(note) } }
      return
    }
    printer.print(
      Record([
        ("as_of", .day(report.asOf)), ("cohort", .text(report.cohort.rawValue)),
        ("model", .text(optional: report.model?.rawValue)),
        ("customers", .integer(report.rows.count)),
        ("value_at_risk", .money(optional: report.valueAtRisk, currency)),
        ("rows", .list(rows.map { .record($0) })),
        ("notes", .list(report.notes.map { .text($0) })),
      ]))
  }

  private func record(_ row: AttritionReport.Row, _ currency: Currency) -> Record {
    Record([
      ("id", .text(row.id)), ("name", .text(row.name)), ("branch", .text(row.branch)),
      ("stage", .text(row.stage.rawValue)), ("days_since", .integer(row.daysSince)),
      ("usual_gap_days", .number(row.gapDays)), ("overdue_since", .day(row.overdueSince)),
      ("p_alive", .number(optional: row.alive)),
      ("value_at_risk", .money(optional: row.valueAtRisk, currency)),
      ("value_given_alive", .money(optional: row.valueGivenAlive, currency)),
      ("value_12m", .money(row.value12Months, currency)),
    ])
  }
}

/// What was sold.
struct ProductsCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "products",
    abstract: "What was sold, by product or category; adds up to the customers' values.")

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions

  @Option(help: "What the rows stand for: product or category.")
  var by: ProductReport.Level = .product
  @Option(parsing: .unconditional, help: "At most this many.") var limit: Int?

  func run() throws {
    let limit = try limit.map { try checked(limit: $0) }
    let workspace = try openWithFigures()
    let report = try workspace.products(by: by)
    let (currency, customers) = (workspace.currency, try workspace.customerValue())
    let rows = report.rows.prefix(limit ?? report.rows.count).map { record($0, currency) }
    let printer = print.printer
    guard printer.format == .json else {
      printer.print(rows, empty: "There are no purchases yet. Next: ladder import FILE")
      if printer.format == .table, !rows.isEmpty {
        printer.line(
          "All \(printer.display.number(report.rows.count)) together: "
            + "\(printer.display.money(report.value, currency)); all customers together: "
            + "\(printer.display.money(customers, currency)).")
      }
      return
    }
    printer.print(
      Record([
        ("as_of", .day(report.asOf)), ("by", .text(report.level.rawValue)),
        ("value", .money(report.value, currency)), ("customer_value", .money(customers, currency)),
        ("rows", .list(rows.map { .record($0) })),
      ]))
  }

  private func record(_ row: ProductReport.Row, _ currency: Currency) -> Record {
    Record([
      (by.rawValue, .text(optional: row.label.isEmpty ? nil : row.label)),
      ("customers", .integer(row.customers)),
      ("lines", .integer(row.lines)), ("units", .integer(row.units)),
      ("value", .money(row.value, currency)),
    ])
  }
}

extension Record.Value {
  /// An amount, or null where it is unknown.
  static func money(optional amount: Int64?, _ currency: Currency) -> Self {
    amount.map { .money($0, currency) } ?? .null
  }
}
