import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

/// What was computed and still holds.
struct Memo {
  var analyses: [(key: AnalysisKey, analysis: Analysis)] = []
  /// Rules as they were read, by file and text.
  var rules: [RuleFile: RuleReading] = [:]
  /// The programme's own rules, all read.
  var present: (files: [RuleFile], readings: [(file: String, reading: RuleReading)])?
  /// The most analyses that are kept: the present one and one to compare it with.
  static let most = 2
  /// The groups of all customers at two dates, newest first.
  var moves: [(key: MovesKey, moves: Moves)] = []
  /// The most pairs of dates that are kept.
  static let mostMoves = 2
  /// Who was chosen when lists went out, as far as the log was read.
  var trials: Trials?
  /// The revision whose overview was kept last.
  var keptOverview: Int?
}

/// What figures depend on.
struct AnalysisKey: Hashable {
  let asOf: Day
  let programme: Programme
  let data: DataMark
}

/// What groups at two dates depend on; the earlier date is of the same data as the later one.
struct MovesKey: Hashable {
  let period: Period
  let value: ValueMeasure?
  let analysis: AnalysisKey
}

/// All figures as of a date, with the tables that they were made of.
struct Analysis: Sendable {
  let customers: CustomerTable
  private let summable: Later<PurchaseTable>
  let programme: Programme
  let figures: CustomerAnalysis
  /// The facts that filters read; without the list of offers, which changes with every decision.
  let facts: FactTable
  /// What the lists of customers keep between one listing and the next.
  let lists: CustomerLists
  /// What it depends on.
  let key: AnalysisKey

  var asOf: Day { figures.asOf }
  /// How many purchases there are.
  let purchaseCount: Int
  /// The purchases, with amounts of which any sum can be told.
  var purchases: PurchaseTable { summable.value }

  /// The figures of a state, with the facts that filters read; by other settings than the state's
  /// where some are given.
  init(
    _ state: StoreState, _ figures: CustomerAnalysis, _ key: AnalysisKey,
    _ settings: Programme? = nil
  ) {
    (customers, programme) = (state.customers, settings ?? state.programme)
    let purchases = state.purchases
    purchaseCount = purchases.count
    summable = Later { purchases.summable }
    self.figures = figures
    // Facts never read the purchases' own amounts: what counts is the history's.
    facts = FactColumnsBuilder(
      figures, customers: customers, purchases: purchases
    ).build()
    lists = CustomerLists(figures, facts)
    self.key = key
  }
}
