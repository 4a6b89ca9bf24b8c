import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

/// Takes lists out.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Take lists out.", subcommands: [Offers.self])

  @ParentCommand var root: Ladder

  /// Writes a list of offers.
  struct Offers: StoreCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write offers to a file; approved ones become exported.",
      discussion: """
        The file is written whole or not at all, and never over one that is there unless \
        --overwrite is given. Cells that a spreadsheet could take for a formula are made harmless. \
        Offers that ran out before today are kept back, unless all have, as in a demo.

        Klaviyo, Mailchimp and HubSpot take a file as a whole as people who agreed to e-mail: it \
        holds offers that go by e-mail, one an address, and telephone numbers only of those who \
        agreed to text messages. A name stands whole under First Name. Voucherify gets discounts \
        and vouchers, each with its code, usable once. Letters are a page of text for each offer by \
        post, and a call sheet for each by telephone. What does not fit is kept back and listed.
        """)

    @ParentCommand var parent: ExportCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions

    @Option(
      name: .customLong("where"),
      help: ArgumentHelp("Which offers. Default: state = approved.", valueName: "expression"))
    var filter = "state = approved"

    @Option(help: "The file to write.", completion: .file()) var to: String

    @Option(
      name: .customLong("as"),
      help: """
        csv, json, ndjson or markdown; klaviyo, mailchimp, hubspot or voucherify for the CSV file \
        that these services take; letters for letters and call sheets. Default: by the file's \
        ending, else csv.
        """)
    var format: ExportFormat?

    @Flag(help: "Replace the file where it exists.") var overwrite = false

    @Flag(help: "Also write offers that nobody approved; they stay as they are.")
    var unapproved = false

    @Option(help: "The delimiter of a CSV file: comma, semicolon or tab.")
    var delimiter: DelimiterChoice = .comma

    @Flag(help: "Begin a CSV file with a mark that tells Excel it is UTF-8.") var bom = false

    func run() throws {
      let workspace = try openWorkspace()
      var asked = ExportOptions(file: to, format: format ?? .named(byEndingOf: to))
      guard asked.format.hasDelimiter || (delimiter == .comma && !bom) else {
        throw CallError(
          message: "--delimiter and --bom are for --as csv, not for \(asked.format.rawValue).")
      }
      asked.filter = filter
      asked.overwrites = overwrite
      asked.includesUnapproved = unapproved
      asked.delimiter = delimiter.character
      asked.byteOrderMark = bom
      let report = try workspace.exportOffers(asked)
      let printer = Printer(format: .table)
      printer.line(
        "Wrote \(printer.counted(report.written, "offer")) to \(report.file); of the approved, "
          + "\(printer.display.number(report.moved)) \(report.moved == 1 ? "is" : "are") now exported."
      )
      if report.hasRunOut {
        StandardError.write(
          "Note: all of them ran out before today; nobody can use them any more.\n")
      }
      say(KeptBackGroup.groups(of: report.keptBack), printer)
    }

    private func say(_ kept: [KeptBackGroup], _ printer: Printer) {
      for group in kept {
        let more = group.count > group.customers.count ? ", …" : ""
        printer.line(
          "  kept back: \(printer.counted(group.count, "offer")), \(group.reason) (customers "
            + group.customers.joined(separator: ", ") + "\(more))")
      }
      if kept.contains(where: \.isUnapproved) {
        printer.line("  To write what nobody approved as well: --unapproved")
      }
    }
  }
}

/// The delimiters of CSV files by name.
enum DelimiterChoice: String, ExpressibleByArgument, CaseIterable {
  case comma, semicolon, tab

  /// The character between two fields.
  var character: Character {
    switch self {
    case .comma: ","
    case .semicolon: ";"
    case .tab: "\t"
    }
  }
}

extension ExportFormat: ExpressibleByArgument {
  /// The format that a file's ending names; CSV when it names none.
  fileprivate static func named(byEndingOf file: String) -> ExportFormat {
    let ending = file.split(separator: ".").last.map { $0.lowercased() } ?? ""
    return switch ending {
    case "md": .markdown
    case "json", "ndjson": ExportFormat(rawValue: ending) ?? .csv
    default: .csv
    }
  }
}
