import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace
import TextFormats

/// Erases a person.
struct EraseCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase", abstract: "Erase a person from every file, for ever.",
    discussion: """
      The record, consents, children, feedback and offers of the customer go, also from the log; \
      purchases stay as sales without a customer, so that totals stay. The next import does not \
      bring the person back. It asks back first, and cannot be undone. What it cannot reach, such \
      as backups and exported lists, is listed.
      """)

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions
  @Argument(help: "The customer's number.") var customer: String
  @Flag(help: "Do not ask back.") var yes = false

  func run() throws {
    let workspace = try openWorkspace()
    let preview = try workspace.erasurePreview(of: customer)
    if !yes {
      guard Terminal.isPresent else {
        throw CallError(
          message: """
            erase asks back, and there is no terminal to answer on. Nothing was changed. Add --yes \
            to erase \(preview.subject) without being asked.
            """)
      }
      guard isConfirmed(preview) else {
        StandardError.write("Nothing was changed.\n")
        throw ExitCode(1)
      }
    }
    show(try workspace.erase(customer: customer), of: preview)
  }

  private func isConfirmed(_ preview: ErasurePreview) -> Bool {
    let printer = Printer(format: .table)
    printer.line("This erases \(preview.subject) for ever: \(preview.extent(printer)).")
    StandardOutput.write(Array("Type \(SafeText.shown(customer)) to do it: ".utf8))
    return readLine() == customer
  }

  private func show(_ report: ErasureReport, of preview: ErasurePreview) {
    guard print.format == .table else { return print.printer.print(Self.record(report)) }
    let printer = print.printer
    printer.line("Erased \(preview.subject): \(preview.extent(printer)).")
    printer.line("No import brings this person back.")
    let holding = report.copies.filter { $0.finding != .gone }
    if !holding.isEmpty {
      printer.line("These still hold the person, or may; the program does not change them:")
      for copy in holding { printer.line("  \(copy.kind.rawValue): \(copy.path)\(advice(copy))") }
    }
    let gone = report.copies.filter { $0.finding == .gone }
    if !gone.isEmpty {
      printer.line("These were written once and are not there now; if they were moved, look there:")
      for copy in gone { printer.line("  \(copy.kind.rawValue): \(copy.path)") }
    }
  }

  private func advice(_ copy: OutsideCopy) -> String {
    switch (copy.kind, copy.finding) {
    case (_, .unknown): " (could not be looked into)"
    case (.backup, _), (.oldCopy, _):
      ", mend it with: ladder --store \(copy.path) erase \(customer)"
    default: ""
    }
  }

  private static func record(_ report: ErasureReport) -> Record {
    Record([
      ("customer", .text(report.customer)), ("purchases", .integer(report.purchases)),
      ("offers", .integer(report.offers)),
      (
        "copies",
        .list(
          report.copies.map { .text("\($0.kind.rawValue): \($0.path) (\($0.finding.rawValue))") })
      ),
    ])
  }
}

extension ErasurePreview {
  /// Who it is.
  fileprivate var subject: String {
    "customer \(SafeText.shown(customer))" + (name.isEmpty ? "" : " (\(SafeText.shown(name)))")
  }

  /// What is removed.
  fileprivate func extent(_ printer: Printer) -> String {
    let show = printer.display.number as (Int) -> String
    return
      "\(show(purchases)) \(purchases == 1 ? "purchase becomes a sale" : "purchases become sales")"
      + " without a customer, \(show(offers)) \(offers == 1 ? "offer goes" : "offers go")"
  }
}
