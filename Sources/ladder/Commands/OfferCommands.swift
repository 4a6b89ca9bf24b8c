import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

/// An offer as every format writes it.
func offerRecord(_ offer: Offer, in workspace: LoyaltyWorkspace) -> Record {
  let (currency, campaign) = (workspace.currency, workspace.campaign(of: offer))
  func money(_ amount: Int64?) -> Record.Value { amount.map { .money($0, currency) } ?? .null }
  return Record([
    ("id", .identifier(offer.id)), ("customer", .text(offer.customer)),
    ("rule", .text(offer.rule.id)), ("rule_version", .integer(offer.rule.version)),
    ("title", .text(offer.rule.title)), ("campaign", .text(campaign)),
    ("state", .text(offer.state.rawValue)),
    ("kind", .text(offer.terms.kind.rawValue)),
    ("percent", .integer(optional: offer.terms.percent)), ("amount", money(offer.terms.amount)),
    ("threshold", money(offer.terms.threshold)), ("category", .text(offer.terms.category)),
    ("channel", .text(offer.channel.rawValue)), ("valid_until", .day(offer.validUntil)),
    ("stage", .text(offer.stage.rawValue)), ("cohort", .text(offer.cohort.rawValue)),
    ("target", .text(optional: offer.target?.rawValue)),
    ("cost", money(offer.expectedCost)), ("worth", money(offer.expectedValue)),
    ("as_of", .day(offer.asOf)), ("reason", .text(offer.reason)),
    ("snoozed_until", .day(offer.snoozedUntil)), ("exported", .day(offer.exported)),
    ("redeemed", .day(offer.redeemed)), ("spent", money(offer.spent)),
  ])
}

/// An offer as a table shows it, which must fit a line.
func offerLine(_ offer: Offer, in workspace: LoyaltyWorkspace) -> Record {
  let shown: Set = ["id", "customer", "title", "state", "valid_until", "cost", "worth"]
  return Record(
    offerRecord(offer, in: workspace).fields.filter { shown.contains($0.name) }
      .map { ($0.name, $0.value) })
}

/// The offers, and decisions on them without the screen.
struct OffersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "offers", abstract: "List offers, and decide on them without the screen.",
    subcommands: [
      List.self, Approve.self, Reject.self, Snooze.self, Edit.self, Take.self, GiveBack.self,
    ],
    defaultSubcommand: List.self)

  @ParentCommand var root: Ladder

  /// Lists them.
  struct List: StoreCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List offers (the default).",
      discussion: "Example: ladder offers --where 'state = suggested and cohort = low'")

    @ParentCommand var parent: OffersCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var filter: FilterOption
    @Option(parsing: .unconditional, help: "At most this many.") var limit: Int?

    func run() throws {
      let limit = try limit.map { try checked(limit: $0) }
      let workspace = try openWorkspace()
      let offers = try workspace.offers(matching: filter.expression, limit: limit)
      let empty =
        filter.expression.isEmpty && limit != 0
        ? "No offers yet. Next: ladder suggest" : "No offer matches."
      let record = print.format == .table ? offerLine : offerRecord
      let records = offers.map { record($0, workspace) }
      print.printer.print(records, empty: empty)
    }
  }
}

extension OffersCommand {
  /// Changes the terms of an offer.
  struct Edit: StoreCommand {
    static let configuration = CommandConfiguration(
      abstract: "Change an offer's terms, within what its rule allows.",
      discussion: "Example: ladder offers edit 12 --percent 8 --until 2026-08-31")
    @ParentCommand var parent: OffersCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The number of the offer.") var id: Int
    @Option(help: "The discount in percent.") var percent: String?
    @Option(help: "The discount or voucher as an amount.") var amount: String?
    @Option(help: "The basket from which it holds.") var threshold: String?
    @Option(help: "The last day on which it can be used.") var until: String?
    @Option(help: "What the customer reads; empty for the rule's own text.") var text: String?

    func run() throws {
      var draft = OfferDraft()
      (draft.percent, draft.amount, draft.threshold) = (percent, amount, threshold)
      (draft.validUntil, draft.text) = (until, text)
      guard draft != OfferDraft() else {
        throw CallError(
          message: "nothing to change. Give --percent, --amount, --threshold, --until or --text.")
      }
      Printer(format: .table).line(try openWorkspace().edit(id, draft).text)
    }
  }

  /// Takes offers to decide on.
  struct Take: StoreCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take the next waiting offers to decide on; colleagues are given others.")
    @ParentCommand var parent: OffersCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @OptionGroup var filter: FilterOption
    @Option(help: "How many.") var count = LoyaltyWorkspace.batchSize

    func run() throws {
      guard count > 0 else { throw CallError(message: "--count is \(count); write 1 or more.") }
      let workspace = try openWorkspace()
      let receipt = try workspace.takeBatch(count, matching: filter.expression)
      Printer(format: .table).line(receipt.text)
    }
  }

  /// Gives offers back that were taken.
  struct GiveBack: StoreCommand {
    static let configuration = CommandConfiguration(
      commandName: "give-back", abstract: "Give back the offers that you took and did not decide.")
    @ParentCommand var parent: OffersCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions

    func run() throws {
      Printer(format: .table).line(try openWorkspace().giveBatchBack().text)
    }
  }
}
