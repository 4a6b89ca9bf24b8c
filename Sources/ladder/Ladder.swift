import ArgumentParser
import LadderScreens
import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// The root of the command line; alone it opens the program.
struct Ladder: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ladder",
    abstract: "A loyalty-program manager in the terminal.",
    discussion: """
      Bring in your sales, see who your customers are, let rules suggest personalised offers, \
      review them by keyboard and take the list out. Without a command the program opens; \
      without a terminal it says which commands to use.
      """,
    version: "0.1.0",
    subcommands: [
      OpenCommand.self, DemoCommand.self, InitCommand.self, TemplateCommand.self,
      ImportCommand.self, CustomersCommand.self, CustomerCommand.self, StagesCommand.self,
      CohortsCommand.self, ClosestCommand.self, ParetoCommand.self, MigrationCommand.self,
      RetentionCommand.self, AttritionCommand.self, ProductsCommand.self, ModelCommand.self,
      RulesCommand.self, BacktestCommand.self,
      SuggestCommand.self, OffersCommand.self, CampaignsCommand.self, SegmentsCommand.self,
      SettingsCommand.self,
      UndoCommand.self, RedoCommand.self,
      ExportCommand.self, ResultsCommand.self, LogCommand.self, DoctorCommand.self,
      BackupCommand.self, RestoreCommand.self, EraseCommand.self, KeysCommand.self,
    ],
    defaultSubcommand: OpenCommand.self)

  @OptionGroup var global: GlobalOptions
}

/// The options of every command; given before or after the command's name.
struct GlobalOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The folder of the store.",
      discussion: "Default: $LADDER_STORE, else ladder/store in $XDG_DATA_HOME or ~/.local/share.",
      valueName: "dir"))
  var store: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The date that every figure is as of.",
      discussion: "Default: the last day that the imported sales cover.",
      valueName: "yyyy-mm-dd"))
  var asOf: String?

  @Flag(name: .long, help: "Draw the screens without colour (also: NO_COLOR).")
  var noColor = false

  @Flag(name: .long, help: "Leave the mouse to the terminal, for selecting and copying.")
  var noMouse = false

  @Flag(
    name: .long,
    help: "Say the screens as numbered lines, for screen readers and simple terminals.")
  var plain = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The language of the screens: en or id.", discussion: "Default: by LANG, else English.",
      valueName: "code"),
    transform: Language.read)
  var lang: Language?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The colours of the screens: dark, light or contrast.",
      discussion:
        "Default: $LADDER_THEME, else what was chosen with Ctrl-T the last time, else dark.",
      valueName: "name"),
    transform: { text in
      guard let theme = Theme.named(text) else { throw ValidationError(Theme.unknown(text)) }
      return theme
    })
  var theme: Theme?

  /// A date is checked whatever the command: also by those that show no figures.
  func validate() throws {
    guard let asOf else { return }
    do throws(ScreensError) {
      _ = try checkedDay(asOf, option: "--as-of", Texts(embedded: lang ?? .english))
    } catch {
      throw ValidationError(error.message)
    }
  }

  /// How the screens look, by these options, else by those before the command's name.
  func look(_ root: GlobalOptions) -> ScreenLook {
    ScreenLook(
      noColor: noColor || root.noColor, isPlain: plain || root.plain,
      usesMouse: !(noMouse || root.noMouse), language: lang ?? root.lang ?? System.language,
      theme: theme ?? root.theme)
  }
}

extension Language {
  /// The language of an option.
  static func read(_ text: String) throws -> Language {
    guard let language = Language(locale: text) else {
      throw ValidationError(
        "'\(text)' is no language that Ladder knows; give en (English) or id (Indonesian).")
    }
    return language
  }
}

extension Theme {
  /// What is said of a name that no theme has.
  static func unknown(_ name: String) -> String {
    "'\(name)' is no theme; give \(choices.map(\.name).joined(separator: ", "))."
  }
}

/// The options of a command that prints.
struct PrintOptions: ParsableArguments {
  @Option(name: .long, help: "How to print: table, json, ndjson or csv.")
  var format: OutputFormat = .table

  /// Writes in the format asked for.
  var printer: Printer { Printer(format: format) }
}

/// A command that works on a store.
protocol StoreCommand: ParsableCommand {
  var root: Ladder { get }
  var global: GlobalOptions { get }
}

extension StoreCommand {
  /// The options given after the command's name, else those before it.
  var options: (store: String?, asOf: String?, look: ScreenLook) {
    (global.store ?? root.global.store, global.asOf ?? root.global.asOf, global.look(root.global))
  }

  /// The folder of the store, by option, environment or custom.
  var storePath: String { options.store ?? System.defaultStorePath }

  /// Opens the store as of the date that was asked for.
  func openWorkspace() throws -> LoyaltyWorkspace {
    let workspace = try LoyaltyWorkspace.open(
      at: storePath, asOf: try day(options.asOf, option: "--as-of"),
      environment: System.environment())
    workspace.tellNotices()
    return workspace
  }
}

extension StoreCommand {
  /// Opens the store with its figures computed, which takes a while where there are many customers.
  func openWithFigures() throws -> LoyaltyWorkspace {
    let workspace = try openWorkspace()
    try withProgress { try workspace.prepare(progress: $0) }
    return workspace
  }
}

extension LoyaltyWorkspace {
  /// Writes what whoever opened the programme should know to the error output.
  func tellNotices() {
    for notice in notices { StandardError.write("Note: \(notice)\n") }
  }
}
