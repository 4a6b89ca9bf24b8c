import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

extension RulesCommand {
  /// Lists who nearly matches a rule.
  struct Near: StoreCommand {
    static let configuration = CommandConfiguration(
      abstract: "List who nearly matches a rule, and what is missing.",
      discussion: """
        Each line was tried: with the purchases appended and the date moved, the rule matches; with \
        one minor unit, one purchase or one day less it does not.
        """)
    @ParentCommand var parent: RulesCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @OptionGroup var print: PrintOptions
    @Argument(help: "The rule, or a rule file.", completion: .file(extensions: ["json"]))
    var rule: String
    @Option(parsing: .unconditional, help: "The most customers.") var limit = 20

    func run() throws {
      let workspace = try openWorkspace()
      let currency = workspace.currency
      let most = try checked(limit: limit, least: 1)
      let records = try withProgress {
        try workspace.nearMisses(ofRule: rule, limit: most, progress: $0)
      }.map {
        Record([
          ("customer", .text($0.customer)), ("name", .text($0.name)),
          ("purchases", .integer($0.step.purchases)), ("amount", .money($0.step.amount, currency)),
          ("deadline", .day($0.step.deadline)), ("days", .integer($0.step.wait)),
          ("missing", .text($0.text)),
        ])
      }
      print.printer.print(records, empty: "Nobody nearly matches this rule.")
    }
  }
}

/// Lists who is closest to the next value cohort.
struct ClosestCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "closest", abstract: "Who needs least to reach the next value cohort.",
    discussion: """
      The least amount of one purchase, and the last day on which it is enough; then older purchases \
      leave the twelve months. Each line was tried by adding the purchase and computing the figures \
      anew, by the cut in force.
      """)

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions
  @Option(parsing: .unconditional, help: "The most customers.") var limit = 20

  func run() throws {
    let workspace = try openWorkspace()
    let currency = workspace.currency
    let most = try checked(limit: limit, least: 1)
    let records = try withProgress {
      try workspace.closestToNextCohort(limit: most, progress: $0)
    }.map {
      Record([
        ("customer", .text($0.customer)), ("name", .text($0.name)),
        ("stage", .text($0.stage.rawValue)), ("cohort", .text($0.cohort.rawValue)),
        ("reaches", .text($0.target.rawValue)), ("amount", .money($0.amount, currency)),
        ("by", .day($0.deadline)),
        ("then", $0.amountLater.map { .money($0, currency) } ?? .null),
      ])
    }
    print.printer.print(records, empty: "Nobody is below another cohort.")
  }
}
