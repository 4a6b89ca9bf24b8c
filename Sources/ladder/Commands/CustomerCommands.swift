import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

/// The list of customers.
struct CustomersCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "customers", abstract: "List customers.",
    discussion: "Example: ladder customers --where 'cohort = low and recency_days < 60' --limit 20")

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions
  @OptionGroup var filter: FilterOption

  @Option(
    help: ArgumentHelp(
      "The column to sort by; with - before it the greatest first: "
        + CustomerSortKey.allCases.map(\.rawValue).joined(separator: ", ") + ".",
      valueName: "key"))
  var sort: String?

  @Option(help: "At most this many.") var limit: Int?

  func run() throws {
    let workspace = try openWorkspace()
    let rows = try workspace.customers(matching: filter.expression, sortedBy: try order())
    if let limit, limit < 0 { throw CallError(message: "--limit is \(limit); write 0 or more.") }
    let currency = workspace.currency
    let records = try rows.prefix(limit ?? rows.count).map { row in
      record(
        try workspace.summary(ofRow: row), why: try workspace.stageReason(ofRow: row), currency)
    }
    print.printer.print(
      records,
      empty: rows.isEmpty && workspace.status().customers > 0
        ? "No customer matches." : "No customers yet. Next: ladder import FILE")
  }

  private func order() throws -> CustomerSort? {
    guard let sort else { return nil }
    let descending = sort.hasPrefix("-")
    let name = descending ? String(sort.dropFirst()) : sort
    guard let key = CustomerSortKey(rawValue: name) else {
      throw CallError(
        message: """
          --sort is "\(sort)", which is no column. Columns: \
          \(CustomerSortKey.allCases.map(\.rawValue).joined(separator: ", ")).
          """)
    }
    return CustomerSort(key, descending: descending)
  }

  private func record(_ line: CustomerSummary, why: String, _ currency: Currency) -> Record {
    func score(_ part: KeyPath<RFMScore, UInt8>) -> Record.Value {
      .integer(optional: line.scores.map { Int($0[keyPath: part]) })
    }
    return Record(
      [
        ("id", .text(line.id)), ("name", .text(line.name)), ("stage", .text(line.stage.rawValue)),
        ("stage_since", .day(line.stageSince)),
        ("cohort", .text(line.cohort.rawValue)),
        ("segment", .text(optional: line.segment?.rawValue)),
        ("r_score", score(\.recency)), ("f_score", score(\.frequency)),
        ("m_score", score(\.monetary)), ("purchase_days", .integer(line.purchaseDays)),
        ("recency_days", .integer(optional: line.recencyDays)),
        ("value_12m", .money(line.value12Months, currency)),
        ("value_total", .money(line.valueTotal, currency)),
      ] + (print.format == .table ? [] : [("stage_why", .text(why))]))
  }
}

/// One customer's card.
struct CustomerCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "customer", abstract: "Show everything about one customer, with why.")

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions

  @Argument(help: "The customer's number as the source gave it.") var id: String

  func run() throws {
    let workspace = try openWorkspace()
    let card = try workspace.card(ofCustomer: id)
    let printer = print.printer
    guard printer.format == .table else { return printer.print(record(card, workspace.currency)) }
    printer.line(
      [card.summary.shownName, card.customer.email].filter { !$0.isEmpty }.joined(separator: "  "))
    printer.print(
      card.figures.map {
        Record([("figure", .text($0.label)), ("value", .text($0.value)), ("how", .text($0.why))])
      },
      empty: "")
    printer.line("")
    printer.print(
      card.purchases.map { purchase($0, workspace.currency) }, empty: "No purchases yet.")
    if !card.offers.isEmpty {
      printer.line("")
      printer.print(card.offers.map { offerLine($0, workspace.currency) }, empty: "")
    }
  }

  private func record(_ card: CustomerCard, _ currency: Currency) -> Record {
    Record([
      ("id", .text(card.customer.id)), ("name", .text(card.customer.name)),
      ("email", .text(card.customer.email)), ("phone", .text(card.customer.phone)),
      ("stage", .text(card.summary.stage.rawValue)),
      ("cohort", .text(card.summary.cohort.rawValue)),
      (
        "figures",
        .list(
          card.figures.map {
            .record(
              Record([
                ("label", .text($0.label)), ("value", .text($0.value)), ("why", .text($0.why)),
              ]))
          })
      ),
      ("purchases", .list(card.purchases.map { .record(purchase($0, currency)) })),
      ("offers", .list(card.offers.map { .record(offerRecord($0, currency)) })),
    ])
  }

  private func purchase(_ line: PurchaseLine, _ currency: Currency) -> Record {
    Record([
      ("id", .text(line.id.description)), ("date", .day(line.day)),
      ("amount", .money(line.amount, currency)), ("units", .integer(line.units)),
      ("product", .text(line.product)), ("category", .text(line.category)),
      ("branch", .text(line.branch)), ("channel", .text(line.channel)),
    ])
  }
}

/// `--where`: the filter language of lists.
struct FilterOption: ParsableArguments {
  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Only those that match, such as 'cohort = low and stage in (new, repeat)'; bare words "
        + "search names, numbers and e-mail addresses.", valueName: "expression"))
  var expression = ""
}
