import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

/// Who did what when.
struct LogCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Who did what when, newest first.")

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions
  @Option(parsing: .unconditional, help: "At most this many.") var limit = 50
  @Option(help: "Only what this person did: a login name.") var by: String?
  @Option(help: ArgumentHelp("Only from this day on, in UTC.", valueName: "yyyy-mm-dd"))
  var since: String?
  @Option(
    help: ArgumentHelp(
      "Only this operation, such as offer.decide, or all about one thing, such as offer.",
      valueName: "op"))
  var `where`: String?

  private func filter() throws -> LogFilter {
    var filter = LogFilter()
    (filter.by, filter.since) = (by, try day(since, option: "--since"))
    guard let name = `where` else { return filter }
    guard LogFilter.operations.contains(where: { $0 == name || $0.hasPrefix(name + ".") }) else {
      throw CallError(
        message: "--where is \"\(name)\". Operations: "
          + LogFilter.operations.joined(separator: ", ") + ".")
    }
    filter.operation = name
    return filter
  }

  func run() throws {
    let filter = try filter()
    let workspace = try openWorkspace()
    let records = try workspace.log(limit: try checked(limit: limit), matching: filter).map {
      entry in
      Record([
        ("event", .identifier(entry.event.sequence)), ("at", .text(entry.event.at.description)),
        ("by", .text(entry.event.by)), ("changes", .integer(entry.size)),
        ("what", .text(entry.text)),
        ("undoes", entry.event.undoes.map { .identifier($0) } ?? .null),
      ])
    }
    print.printer.print(records, empty: "Nothing was done yet.")
  }
}

/// Takes the last change back, or one by its number.
struct UndoCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Take back your last change, or any one by its number.",
    discussion: "ladder log lists the numbers.")

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The number of the event; default: your last change.") var event: Int?

  func run() throws {
    let workspace = try openWorkspace()
    let receipt =
      if let event { try workspace.undo(event: event) } else { try workspace.undo() }
    Printer(format: .table).line(receipt?.text ?? "There is nothing of yours to take back.")
  }
}

/// Does again what was taken back last.
struct RedoCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "redo", abstract: "Do again what you took back last.")

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let workspace = try openWorkspace()
    Printer(format: .table).line(try workspace.redo()?.text ?? "There is nothing to do again.")
  }
}
