import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

/// What the programme was made with, and what of it can be changed.
struct SettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings",
    abstract: "Show what the programme was made with, and set the language customers read.",
    discussion: "Currency and time zone stay as they are, since amounts and days rest on them.",
    subcommands: [List.self, SetLanguage.self], defaultSubcommand: List.self)

  @ParentCommand var root: Ladder

  /// Lists them.
  struct List: StoreCommand {
    static let configuration = CommandConfiguration(abstract: "List the settings (the default).")
    @ParentCommand var parent: SettingsCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @OptionGroup var print: PrintOptions

    func run() throws {
      let workspace = try openWorkspace()
      let settings = [
        ("currency", workspace.currency.code), ("time_zone", workspace.timeZone),
        ("language", workspace.language.rawValue),
      ]
      print.printer.print(
        settings.map { Record([("setting", .text($0)), ("value", .text($1))]) },
        empty: "Nothing is set.")
    }
  }

  /// Sets the language of what customers read.
  struct SetLanguage: StoreCommand {
    static let configuration = CommandConfiguration(
      commandName: "language", abstract: "Set the language of what customers read.",
      discussion: """
        The texts of offers, letters and call sheets; also of offers that wait. What somebody \
        wrote by hand stays. ladder undo takes it back.
        """)
    @ParentCommand var parent: SettingsCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @Argument(
      help: ArgumentHelp("en (English) or id (Indonesian).", valueName: "code"),
      transform: Language.read)
    var language: Language

    func run() throws {
      Printer(format: .table).line(try openWorkspace().setLanguage(language).text)
    }
  }
}
