import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace
import TextFormats

/// Examines the store.
struct DoctorCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check every file of the store; nothing is changed.",
    discussion: """
      Names file, line and byte of everything that is wrong and then exits with 3. With --repair \
      a copy of the store is repaired and shows what would change; the store itself stays as it is. \
      With --accept it shows what somebody changed by hand in the files of customers, products and \
      offers, asks back, and takes it over; ladder undo takes it back.
      """)

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions
  @Flag(help: "Show what was changed by hand, and take it over.") var accept = false
  @Flag(help: "Take it over without asking back.") var yes = false
  @Flag(help: "Repair a copy, and say what was changed in it.") var repair = false
  @Option(help: "The folder of the copy; default: the store's, ending in -repaired.")
  var to: String?

  func run() throws {
    try checkOptions()
    let (path, environment) = (storePath, System.environment())
    if accept { try acceptEdits(in: path, environment) }
    let health = try LoyaltyWorkspace.examine(at: path, environment: environment)
    print.printer.print(
      health.problems.map { Self.record($0) },
      empty: "Sound: \(health.records) records and events in \(health.files) files.")
    if print.format == .table {
      for file in health.tornFiles {
        print.printer.line("Note: \(file) keeps bytes of a write that was never finished.")
      }
    }
    guard !health.problems.isEmpty else { return }
    if repair { try repairCopy(of: path, environment) }
    throw ExitCode(3)
  }

  /// An option that would change nothing was meant for another one.
  private func checkOptions() throws {
    if yes, !accept {
      throw CallError(message: "--yes answers what --accept asks. Add --accept, or leave it out.")
    }
    if to != nil, !repair {
      throw CallError(
        message: "--to names the folder of the copy that --repair makes. Add --repair, or leave it "
          + "out.")
    }
  }

  private static func record(_ problem: StoreProblem) -> Record {
    Record([
      ("file", .text(problem.file)),
      ("line", problem.line.map { .identifier($0) } ?? .null),
      ("byte", problem.byte.map { .identifier($0) } ?? .null),
      ("problem", .text(problem.text)),
    ])
  }

  /// Shows what was changed by hand and takes it over, once that is confirmed.
  private func acceptEdits(in path: String, _ environment: WorkspaceEnvironment) throws {
    let edits = try LoyaltyWorkspace.handEdits(at: path, environment: environment)
    for edit in edits {
      let place = edit.line.map { ", line \($0)" } ?? ""
      StandardError.write("\(edit.file)\(place): \(SafeText.shown(edit.text))\n")
    }
    if !yes, !edits.isEmpty {
      guard Terminal.isPresent else {
        throw CallError(
          message: """
            doctor --accept asks back, and there is no terminal to answer on. Nothing was changed. \
            Add --yes to take these changes over.
            """)
      }
      StandardError.write(
        "Take \(edits.count == 1 ? "this change" : "these \(edits.count) changes") over? Type yes: "
      )
      guard readLine() == "yes" else {
        StandardError.write("Nothing was changed.\n")
        throw ExitCode(1)
      }
    }
    let count = try LoyaltyWorkspace.acceptHandEdits(at: path, environment: environment)
    guard count > 0 else {
      return StandardError.write("No record was changed by hand.\n")
    }
    StandardError.write(
      "Took over \(count) \(count == 1 ? "record" : "records"). To take that back: ladder undo\n")
  }

  private func repairCopy(of path: String, _ environment: WorkspaceEnvironment) throws {
    let copy = to ?? path + "-repaired"
    let report = try LoyaltyWorkspace.repair(
      at: path, copyingTo: copy, environment: environment)
    StandardError.write("A copy in \(copy) was repaired:\n")
    for change in report.changes { StandardError.write("  \(change)\n") }
    for problem in report.left {
      StandardError.write("  Not repaired: \(problem.file): \(problem.text)\n")
    }
    StandardError.write(
      report.left.isEmpty
        ? "Look at it: ladder --store \(copy). To use it: ladder --store \(path) restore \(copy)\n"
        : "Restore what is left from a backup: ladder restore DIR\n")
  }
}

/// Copies the store.
struct BackupCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy the store as it is now into a new folder.")

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The folder of the backup; it must not exist yet, or be empty.")
  var dir: String

  func run() throws {
    let receipt = try openWorkspace().backup(to: dir)
    Printer(format: .table).line(
      "Copied \(receipt.files) files (\(receipt.bytes) bytes) to \(dir). "
        + "To go back to it: ladder restore \(dir)")
  }
}

/// Puts a backup in the store's place.
struct RestoreCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Go back to a backup; the store as it is now is kept aside.")

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The folder of the backup.") var dir: String

  func run() throws {
    let path = storePath
    let report = try LoyaltyWorkspace.restore(
      from: dir, to: path, environment: System.environment())
    let printer = Printer(format: .table)
    printer.line(
      "\(path) is the backup \(dir) now."
        + (report.aside.map { " What stood there is in \($0)." } ?? ""))
    let erased = report.erasedAgain
    if erased > 0 {
      printer.line(
        "\(erased == 1 ? "A person" : "\(erased) people") in it had been erased since, and "
          + "\(erased == 1 ? "was" : "were") erased again.")
    }
    warn(of: report.unreadErasures)
  }

  /// Says that people may be back who had been erased.
  private func warn(of unread: [StoreProblem]) {
    guard !unread.isEmpty else { return }
    StandardError.write(
      """
      Warning: people who were erased since that backup may be in it again, since not all of what \
      stood there could be read:

      """)
    for problem in unread { StandardError.write("  \(problem.file): \(problem.text)\n") }
    StandardError.write(
      "Erase whom you know of again: ladder erase NUMBER. Nobody else can tell who they were.\n")
  }
}
