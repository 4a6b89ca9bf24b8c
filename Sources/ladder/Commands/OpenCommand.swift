import ArgumentParser
import LadderScreens
import LoyaltyModel
import LoyaltyWorkspace

/// Opens the program: what happens without a command.
struct OpenCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open the program on the store (the default).")

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions

  func run() throws {
    guard Terminal.isPresent || options.look.isPlain else {
      throw ScreensError.withoutTerminal(Texts(embedded: options.look.language))
    }
    try openScreens(at: storePath, asOf: options.asOf, look: options.look)
  }
}

/// Makes a store of invented people.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Make a store of invented people to try things on, and open it.",
    discussion: "The same seed, number of customers and --lang give the same bytes.")

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions

  @Argument(help: "The folder of the new store. Default: ladder/demo beside the default store.")
  var dir: String?

  @Option(help: "How many customers.") var customers = 2_000
  @Option(help: "The seed of the random numbers.") var seed: UInt64 = 1
  @Flag(name: .customLong("no-open"), help: "Only make it.") var noOpen = false

  func run() throws {
    guard (1...10_000_000).contains(customers) else {
      throw CallError(message: "--customers is \(customers); write a number from 1 to 10000000.")
    }
    let asOf = try day(global.asOf ?? root.global.asOf, option: "--as-of")
    let path = dir ?? global.store ?? root.global.store ?? System.defaultDemoPath
    guard !System.isCurrentFolder(path) else {
      throw CallError(
        message: """
          \(path) is the folder you are in, which cannot be replaced by the finished demo. Name a \
          new folder: ladder demo shop
          """)
    }
    let look = global.look(root.global)
    let progress = ProgressLine()
    let environment = System.environment().speaking(look.language)
    var workspace = try LoyaltyWorkspace.createDemo(
      at: path, customers: customers, seed: seed,
      language: global.lang ?? root.global.lang ?? .english, environment: environment,
      progress: progress.handler)
    progress.finish()
    if let asOf {
      workspace = try LoyaltyWorkspace.open(at: path, asOf: asOf, environment: environment)
    }
    let status = workspace.status()
    let printer = Printer(format: .table)
    printer.line(
      "Made \(path): \(printer.display.number(status.customers)) invented customers, figures as at "
        + "\(status.asOf).")
    if noOpen || !Terminal.isPresent {
      printer.line("Open it with: ladder --store \(path)")
    } else {
      try openScreens(workspace, look: look)
    }
  }
}

/// Writes an empty file of the project's own layout.
struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template", abstract: "Print an empty CSV to fill in, with one example row.",
    discussion: "Kinds: " + LoyaltyWorkspace.templateKinds.joined(separator: ", ") + ".")

  @Argument(help: "What the file is to hold.") var kind: String

  func run() throws {
    guard let text = LoyaltyWorkspace.template(kind) else {
      throw CallError(
        message: """
          There is no template "\(kind)". Templates: \
          \(LoyaltyWorkspace.templateKinds.joined(separator: ", ")).
          """)
    }
    StandardOutput.write(text)
  }
}
