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

  // Unconditional, because a key may begin with a dash.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The column to sort by; with - before it the greatest first: "
        + CustomerSortKey.allCases.map(\.rawValue).joined(separator: ", ") + ".",
      valueName: "key"))
  var sort: String?

  @Option(parsing: .unconditional, help: "At most this many.") var limit: Int?
  @Option(help: "The model behind P(alive) and CLV: mbg-nbd or bg-nbd.")
  var model: PurchaseModelKind = .mbgNBD
  @Option(help: "How RFM scores are made: tie-safe, ntile or tutorial.")
  var rfm: RFMConvention = .tieSafe

  func run() throws {
    let workspace = try openWithFigures()
    let limit = try limit.map { try checked(limit: $0) }
    let currency = workspace.currency
    var options = FigureOptions()
    (options.model, options.rfm) = (model, rfm)
    let rows = try workspace.customers(
      matching: filter.expression, sortedBy: try order(), among: nil, options)
    let records = try workspace.numbers(
      ofRows: Array(rows.prefix(limit ?? rows.count)), options
    ).map { print.format == .table ? short($0, currency) : record($0, currency) }
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

  /// All figures, by their names in the catalogue of facts; times in weeks.
  private func record(_ line: CustomerNumbers, _ currency: Currency) -> Record {
    let summary = line.summary
    return Record(
      [
        ("id", .text(summary.id)), ("name", .text(summary.name)),
        ("stage", .text(summary.stage.rawValue)), ("stage_since", .day(summary.stageSince)),
        ("stage_why", .text(line.stageWhy)),
      ] + standing(summary) + [
        ("purchase_days", .integer(summary.purchaseDays)), ("repeat", .integer(line.repeats)),
        ("t_x", .number(optional: line.lastRepeat)), ("T", .number(optional: line.observed)),
        ("recency_days", .integer(optional: summary.recencyDays)),
        ("p_alive", .number(optional: line.alive)),
        ("expected_purchases_12m", .number(optional: line.expectedPurchases12Months)),
        ("expected_value", .money(optional: line.expectedValue, currency)),
        ("clv_12m", .money(optional: line.lifetimeValue12Months, currency)),
        ("value_12m", .money(summary.value12Months, currency)),
        ("value_total", .money(summary.valueTotal, currency)),
        ("value_at_risk", .money(optional: line.valueAtRisk, currency)),
        ("loyalty_score", .integer(optional: line.loyaltyScore)),
      ])
  }

  /// What a table has room for.
  private func short(_ line: CustomerNumbers, _ currency: Currency) -> Record {
    let summary = line.summary
    return Record(
      [
        ("id", .text(summary.id)), ("name", .text(summary.name)),
        ("stage", .text(summary.stage.rawValue)), ("stage_since", .day(summary.stageSince)),
      ] + standing(summary) + [
        ("purchase_days", .integer(summary.purchaseDays)),
        ("recency_days", .integer(optional: summary.recencyDays)),
        ("p_alive", .number(optional: line.alive)),
        ("clv_12m", .money(optional: line.lifetimeValue12Months, currency)),
        ("value_12m", .money(summary.value12Months, currency)),
        ("value_total", .money(summary.valueTotal, currency)),
      ])
  }

  private func standing(_ summary: CustomerSummary) -> [(String, Record.Value)] {
    func score(_ part: KeyPath<RFMScore, UInt8>) -> Record.Value {
      .integer(optional: summary.scores.map { Int($0[keyPath: part]) })
    }
    return [
      ("cohort", .text(summary.cohort.rawValue)),
      ("segment", .text(optional: summary.segment?.rawValue)),
      ("r_score", score(\.recency)), ("f_score", score(\.frequency)),
      ("m_score", score(\.monetary)),
    ]
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
    let workspace = try openWithFigures()
    let card = try workspace.card(ofCustomer: id)
    let printer = print.printer
    switch printer.format {
    case .table: break
    case .csv: return printer.print(rows(card, in: workspace), empty: "")
    case .json, .ndjson: return printer.print(record(card, in: workspace))
    }
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
      printer.print(card.offers.map { offerLine($0, in: workspace) }, empty: "")
    }
  }

  /// A row for everything that is known, so that a spreadsheet has a cell for each: who it is, the
  /// figures, then each purchase and offer.
  private func rows(_ card: CustomerCard, in workspace: LoyaltyWorkspace) -> [Record] {
    func row(_ name: String, _ value: Record.Value, _ why: String = "") -> Record {
      Record([("name", .text(name)), ("value", value), ("why", .text(why))])
    }
    let known = record(card, in: workspace).fields.filter {
      !["figures", "purchases", "offers"].contains($0.name)
    }
    return known.map { row($0.name, $0.value) }
      + card.figures.map { row($0.label, .text($0.value), $0.why) }
      + card.purchases.map {
        row("purchase \($0.day)", .money($0.amount, workspace.currency), $0.product)
      }
      + card.offers.map { row("offer \($0.id)", .text($0.state.rawValue), $0.rule.title) }
  }

  private func record(_ card: CustomerCard, in workspace: LoyaltyWorkspace) -> Record {
    let currency = workspace.currency
    return Record([
      ("id", .text(card.customer.id)), ("name", .text(card.customer.name)),
      ("email", .text(card.customer.email)), ("phone", .phone(card.customer.phone)),
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
      ("offers", .list(card.offers.map { .record(offerRecord($0, in: workspace)) })),
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
