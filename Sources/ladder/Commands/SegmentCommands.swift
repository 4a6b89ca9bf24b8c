import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

/// Filters of customers under a name, for oneself and colleagues.
struct SegmentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segments", abstract: "List, save and remove filters under a name.",
    discussion: "A saved filter stands in others as saved:NAME, or saved:\"A NAME\".",
    subcommands: [List.self, Save.self, Remove.self], defaultSubcommand: List.self)

  @ParentCommand var root: Ladder

  /// Lists them.
  struct List: StoreCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the saved filters (the default).")
    @ParentCommand var parent: SegmentsCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @OptionGroup var print: PrintOptions

    func run() throws {
      let workspace = try openWorkspace()
      let records = workspace.segments.map { segment in
        // One that cannot be read, such as after an edit by hand, hides none of the others.
        let (customers, problem) = count(segment, workspace)
        return Record([
          ("name", .text(segment.name)), ("filter", .text(segment.filter)),
          ("customers", .integer(optional: customers)), ("problem", .text(optional: problem)),
        ])
      }
      print.printer.print(
        records, empty: "No filter is saved. Next: ladder segments save NAME --where EXPR")
    }

    private func count(
      _ segment: SavedSegment, _ workspace: LoyaltyWorkspace
    ) -> (customers: Int?, problem: String?) {
      do throws(WorkspaceError) {
        return (try workspace.customers(matching: segment.filter).count, nil)
      } catch {
        return (nil, error.message(workspace.wording))
      }
    }
  }

  /// Saves one.
  struct Save: StoreCommand {
    static let configuration = CommandConfiguration(abstract: "Give a filter a name.")
    @ParentCommand var parent: SegmentsCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The name.") var name: String
    @Option(
      name: .customLong("where"),
      help: ArgumentHelp(
        "Whom it holds, such as 'cohort = low and stage = new'.", valueName: "expression"))
    var filter: String

    func run() throws {
      let receipt = try openWorkspace().saveSegment(name, filter: filter)
      Printer(format: .table).line(receipt.text)
    }
  }

  /// Removes one.
  struct Remove: StoreCommand {
    static let configuration = CommandConfiguration(abstract: "Take a saved filter away.")
    @ParentCommand var parent: SegmentsCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The name.") var name: String

    func run() throws {
      Printer(format: .table).line(try openWorkspace().removeSegment(name).text)
    }
  }
}
