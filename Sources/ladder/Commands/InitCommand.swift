import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

/// Makes an empty programme.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make an empty programme with the default rules.",
    discussion: """
      The currency and the time zone have to be said, since neither can be changed later. Without \
      them the command is shown with those that are usual here.
      """)

  @ParentCommand var root: Ladder

  @Argument(help: "The folder of the new store, missing or empty. Default: the default store.")
  var dir: String?

  @Option(help: ArgumentHelp("The folder of the new store.", valueName: "dir"))
  var store: String?

  @Option(help: "The currency of all amounts: a three-letter code such as EUR.")
  var currency: String?

  @Option(help: "The time zone in which days are counted, such as Europe/Berlin.")
  var timeZone: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The language of what customers read: en or id.",
      discussion: "Default: by LANG, else English. Later: ladder settings language.",
      valueName: "code"),
    transform: Language.read)
  var lang: Language?

  @Option(
    help: ArgumentHelp(
      "The group of people on this machine who share it. Default: you alone.",
      valueName: "name"))
  var group: String?

  func run() throws {
    guard let currency, let timeZone else { throw incomplete }
    guard let known = Currency(inUse: currency.uppercased()) else {
      throw CallError(
        message: """
          --currency is "\(currency)". Write the three letters of the currency, such as EUR, \
          USD or IDR.
          """)
    }
    guard System.timeZones.contains(timeZone) else {
      let advice =
        System.timeZones.meant(by: timeZone).map { "Did you mean \($0)?" }
        ?? "Write it like Europe/Berlin or America/New_York."
      throw CallError(
        message: "--time-zone is \"\(timeZone)\", which no time zone is called. \(advice)")
    }
    let path = dir ?? store ?? root.global.store ?? System.defaultStorePath
    let language = lang ?? root.global.lang ?? System.language
    let workspace = try LoyaltyWorkspace.create(
      at: path, currency: known, timeZone: timeZone, language: language, group: group,
      environment: System.environment())
    let rules = try workspace.rules().count
    Printer(format: .table).line(
      "Made \(path): an empty programme in \(known.code) with \(rules) rules. "
        + (language == .english
          ? "" : "Customers read \(workspace.texts.title(language)) (ladder settings language). ")
        + (group.map { "Everybody in the group \($0) can work with it. " } ?? "")
        + "Next: ladder --store \(path) import FILE")
    if !LoyaltyWorkspace.knowsPrices(in: known) {
      Printer(format: .table).line(
        "What the rules' offers cost, and the steps of their baskets, are written as for EUR: look "
          + "them over with ladder rules show.")
    }
  }

  /// What is not said, with the whole call as it would be here.
  private var incomplete: CallError {
    let place = dir ?? (store ?? root.global.store).map { "--store " + $0 }
    let parts = [
      "ladder init", place, "--currency", currency ?? System.usualCurrency, "--time-zone",
      timeZone ?? System.usualTimeZone,
    ]
    return CallError(
      message: """
        Say the currency and the time zone; neither can be changed later. Here it would be: \
        \(parts.compactMap(\.self).joined(separator: " "))
        """)
  }
}
