import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

/// What was computed and still holds.
struct Memo {
  var analyses: [(key: AnalysisKey, analysis: Analysis)] = []
  /// Rules as they were read, by file and text.
  var rules: [RuleFile: RuleReading] = [:]
  /// The offers of each customer.
  var offers = OfferIndex()
  /// The most analyses that are kept: the present one and one to compare it with.
  static let most = 2
  /// The groups of all customers at two dates, newest first.
  var moves: [(key: MovesKey, moves: Moves)] = []
  /// The most pairs of dates that are kept.
  static let mostMoves = 2
}

/// What figures depend on.
struct AnalysisKey: Hashable {
  let asOf: Day
  let programme: Programme
  /// The imports that are in force.
  let batches: [Int]
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
  let purchases: PurchaseTable
  let programme: Programme
  let figures: CustomerAnalysis
  /// The facts that filters read; without the list of offers, which changes with every decision.
  let facts: FactTable

  var asOf: Day { figures.asOf }

  /// The figures of a state, with the facts that filters read.
  init(_ state: StoreState, _ figures: CustomerAnalysis) {
    (customers, purchases, programme) = (state.customers, state.purchases, state.programme)
    self.figures = figures
    facts = FactColumnsBuilder(
      figures, customers: state.customers, purchases: state.purchases
    ).build()
  }
}

/// Which offers each customer has; grows with the book, since an offer never changes its customer.
struct OfferIndex {
  private var numbers: [String: [Int]] = [:]
  private var through = 0
  private var known = 0

  /// The numbers of a customer's offers, ascending.
  subscript(customer: String) -> [Int] { numbers[customer] ?? [] }

  /// Takes in the offers that are new in a book.
  mutating func extend(over book: OfferBook) {
    add(book)
    // Offers that had left when they were passed, and were brought back since.
    guard known < book.count else { return }
    self = OfferIndex()
    add(book)
  }

  private mutating func add(_ book: OfferBook) {
    while through < book.lastID {
      through += 1
      guard let offer = book[through] else { continue }
      numbers[offer.customer, default: []].append(through)
      known += 1
    }
  }
}
