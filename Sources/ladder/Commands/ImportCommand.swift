import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

/// Brings in files.
struct ImportCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Bring in sales and customer files.",
    discussion: """
      The kind of file is recognised by its header, and where the names of the columns leave no \
      doubt, so is what they mean; a title above the header is passed over. Importing the same file twice changes nothing; \
      with other columns it is refused, since its sales would count twice. Rows that cannot be used \
      land in FILE.rejected.csv (or FILE.rejected-2.csv, where that is there) with line and reason; \
      mend them there and import that file.
      """)

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions

  @Argument(help: "The files.", completion: .file())
  var files: [String]

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "The kind of file, where it is not to be recognised: "
        + LoyaltyWorkspace.importProfiles.joined(separator: ", ") + ".",
      valueName: "profile"))
  var profile: String?

  @Option(
    name: .customLong("map"),
    help: ArgumentHelp(
      "Take a field from a column, such as date=Datum; may be repeated. Fields of sales: "
        + LoyaltyWorkspace.saleFields.joined(separator: ", ") + "; of customers: "
        + LoyaltyWorkspace.customerFields.joined(separator: ", ") + ".",
      valueName: "field=column"))
  var mapping: [String] = []

  @Option(help: "The sign before decimals, where the file leaves it open: point or comma.")
  var decimals: DecimalSign?

  @Option(help: "What comes first in dates such as 3/4/2025: day or month.")
  var dates: DateOrderChoice?

  @Flag(help: "Say what would happen; write nothing.")
  var dryRun = false

  @Flag(help: "Import a file anew that was imported with other columns; its sales count twice.")
  var again = false

  @Option(help: "When a file contradicts what is known of a customer: keep or replace.")
  var onConflict: ConflictChoice = .replace

  func run() throws {
    var importing = ImportRequest()
    importing.profile = profile
    importing.mapping = try mapping.map { text in
      let (field, column) = try pair(
        text, option: "--map", advice: "a field, = and the column's name: --map date=Datum")
      return MappedColumn(field: field, column: column)
    }
    importing.decimals = decimals
    importing.dayFirst = dates.map { $0 == .day }
    importing.dryRun = dryRun
    importing.again = again
    importing.replacesKnown = onConflict == .replace
    let workspace = try openWorkspace()
    var reports: [ImportReport] = []
    do {
      for file in files {
        reports.append(
          try withProgress { try workspace.importFile(file, importing, progress: $0) })
      }
    } catch {
      // What the files before brought is in, so it is told.
      show(reports)
      throw error
    }
    show(reports)
    if reports.contains(where: \.isUnusable) { throw ExitCode(1) }
  }

  private func show(_ reports: [ImportReport]) {
    let printer = print.printer
    if printer.format == .table {
      for report in reports { say(report, printer) }
    } else if !reports.isEmpty {
      printer.print(reports.map(record), empty: "")
    }
  }

  private func say(_ report: ImportReport, _ printer: Printer) {
    let show = printer.display.number as (Int) -> String
    let counts = report.counts
    printer.line("\(report.file) (\(report.profile))\(report.dryRun ? ", not written" : "")")
    // Sales never change; what a file of sales changes are customers.
    let changed = report.isOfSales ? "" : "changed \(show(counts.changed))  "
    printer.line(
      "  read \(show(counts.read))  new \(show(counts.new))  \(changed)"
        + "unchanged \(show(counts.unchanged))  rejected \(show(counts.rejected))")
    let better = report.isOfSales ? ", \(show(report.changedCustomers)) changed" : ""
    let anonymous = printer.counted(counts.anonymous, "sale")
    printer.line(
      "  customers \(show(report.customers)), \(show(counts.newCustomers)) of them new\(better)"
        + (counts.anonymous > 0
          ? "; \(anonymous) without a customer \(counts.anonymous == 1 ? "was" : "were") counted"
          : ""))
    if let first = report.firstDay, let last = report.lastDay {
      printer.line("  purchases from \(first) to \(last)")
    }
    for rejection in report.rejections { printer.line("  rejected: \(rejection)") }
    if report.untoldRejections > 0 {
      let place = report.rejectedFile.map { ": see \($0)" } ?? ""
      printer.line("  rejected: and \(show(report.untoldRejections)) more\(place)")
    }
    if let file = report.rejectedFile {
      printer.line("  the rejected rows are in \(file): mend them there and import that file")
    }
    for note in report.cautions + report.notes { printer.line("  note: \(note)") }
  }

  private func record(_ report: ImportReport) -> Record {
    let counts = report.counts
    return Record([
      ("file", .text(report.file)), ("profile", .text(report.profile)),
      ("read", .integer(counts.read)), ("new", .integer(counts.new)),
      ("changed", .integer(report.changedRows)), ("unchanged", .integer(counts.unchanged)),
      ("rejected", .integer(counts.rejected)), ("anonymous", .integer(counts.anonymous)),
      ("customers", .integer(report.customers)), ("new_customers", .integer(counts.newCustomers)),
      ("changed_customers", .integer(report.changedCustomers)),
      ("first_day", .day(report.firstDay)), ("last_day", .day(report.lastDay)),
      ("rejected_file", .text(optional: report.rejectedFile)),
      ("rejections", .list(report.rejections.map { .text($0) })),
      ("notes", .list((report.cautions + report.notes).map { .text($0) })),
      ("dry_run", .flag(report.dryRun)),
    ])
  }
}

/// What happens to what is known when a file says something else.
enum ConflictChoice: String, ExpressibleByArgument, CaseIterable { case keep, replace }

extension DecimalSign: ExpressibleByArgument {}

/// What comes first in a date of numbers alone.
enum DateOrderChoice: String, ExpressibleByArgument, CaseIterable { case day, month }
