import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyRules
import Synchronization

/// What lists of customers keep between one key and the next: the texts made searchable, the orders
/// of columns, and whom the last filters found.
///
/// It belongs to one analysis and goes with it.
final class CustomerLists: Sendable {
  private struct Kept {
    var index: SearchIndex?
    var nameRanks: [UInt32]?
    var ground: ReplayGround?
    /// Orders of all rows, the newest first.
    var orders: [(sort: CustomerSort, rows: [Int])] = []
    /// Whom filters found, the newest first.
    var answers: [(condition: Condition, rows: RowSet)] = []
  }

  private static let mostOrders = 3
  private static let mostAnswers = 24

  private let figures: CustomerAnalysis
  private let customers: CustomerTable
  private let facts: FactTable
  private let kept = Mutex(Kept())

  init(_ figures: CustomerAnalysis, _ customers: CustomerTable, _ facts: FactTable) {
    (self.figures, self.customers, self.facts) = (figures, customers, facts)
  }

  /// Prepares what the first search and the first order by name take longest for.
  func warm(_ programme: Programme) {
    kept.withLock { kept in
      _ = index(&kept)
    }
    kept.withLock { kept in
      _ = nameRanks(&kept)
    }
    _ = ground(programme)
  }

  /// Whom a condition holds for; one that only grew since the last is asked of those whom that
  /// found.
  func rows(where condition: Condition) -> RowSet {
    kept.withLock { kept in
      if let place = kept.answers.firstIndex(where: { $0.condition == condition }) {
        let known = kept.answers.remove(at: place)
        kept.answers.insert(known, at: 0)
        return known.rows
      }
      let wider = kept.answers.filter { condition.implies($0.condition) }
        .min { $0.rows.population < $1.rows.population }
      let evaluator = Evaluator(facts: facts, index: index(&kept))
      let candidates = wider?.rows ?? RowSet(count: facts.count, all: true)
      let rows = evaluator.answer(condition, among: candidates).holds
      kept.answers.insert((condition, rows), at: 0)
      if kept.answers.count > Self.mostAnswers { kept.answers.removeLast() }
      return rows
    }
  }

  /// For whom a condition of a filter of offers holds and for whom it is unknown.
  func wholeAnswer(_ condition: Condition) -> Evaluator.Answer {
    let index = kept.withLock { kept in self.index(&kept) }
    var facts = facts
    // What offers call their customer.
    facts.columns["customer"] = facts.columns["id"]
    return Evaluator(facts: facts, index: index).answer(condition)
  }

  /// What all customers lend to a replay of one.
  func ground(_ programme: Programme) -> ReplayGround {
    kept.withLock { kept in
      let ground = kept.ground ?? ReplayGround(figures, programme: programme)
      kept.ground = ground
      return ground
    }
  }

  /// Rows in an order; ties by identifier, which is the order of rows. Nil means all of them.
  func ordered(_ rows: RowSet?, by sort: CustomerSort?) -> [Int] {
    let sort = sort ?? CustomerSort(.id)
    guard let rows else { return order(sort) }
    if sort == CustomerSort(.id) { return rows.rows }
    let count = rows.population
    // Few are sorted by themselves; of many, the order of all is read off.
    guard count < facts.count / 8 else { return order(sort).filter { rows[$0] } }
    let keys = keys(of: sort.key)
    var some = rows.rows.map {
      KeyedRow(key: sort.descending ? ~keys($0) : keys($0), row: UInt32($0))
    }
    RowOrder.sort(&some)
    return some.map { Int($0.row) }
  }

  /// The order of all rows.
  private func order(_ sort: CustomerSort) -> [Int] {
    let known = kept.withLock { kept -> [Int]? in
      kept.orders.first { $0.sort == sort }?.rows
    }
    if let known { return known }
    let rows: [Int]
    if sort == CustomerSort(.id) {
      rows = Array(0..<facts.count)
    } else {
      let keys = keys(of: sort.key)
      rows = RowOrder.rows(by: (0..<facts.count).map(keys), descending: sort.descending).map(Int.init)
    }
    kept.withLock { kept in
      kept.orders.insert((sort, rows), at: 0)
      if kept.orders.count > Self.mostOrders { kept.orders.removeLast() }
    }
    return rows
  }

  /// What a column is ordered by, as a number of each row.
  private func keys(of key: CustomerSortKey) -> (Int) -> UInt64 {
    let basic = figures.figures
    switch key {
    case .id: return { UInt64($0) }
    case .name:
      let ranks = kept.withLock { kept in nameRanks(&kept) }
      return { UInt64(ranks[$0]) }
    case .stage:
      let (stages, places) = (figures.stages.stages, Self.places(LifecycleStage.allCases))
      return { places[stages[$0]] ?? 0 }
    case .cohort:
      let (cohorts, places) = (figures.cohorts.cohorts, Self.places(ValueCohort.allCases.sorted()))
      return { places[cohorts[$0]] ?? 0 }
    case .segment:
      let names = RFMSegment.allCases.sorted { $0.rawValue < $1.rawValue }
      let (rfm, places) = (figures.rfm, Self.places(names))
      // Who has no segment comes before all who have one.
      return { rfm.segment($0).flatMap { places[$0] }.map { $0 + 1 } ?? 0 }
    case .purchaseDays: return { basic.purchaseDays[$0].orderKey }
    case .recencyDays: return { (basic.recencyDays($0) ?? .max).orderKey }
    case .value12Months: return { basic.value12m[$0].orderKey }
    case .valueTotal: return { basic.valueTotal[$0].orderKey }
    }
  }

  private static func places<Value: Hashable>(_ values: [Value]) -> [Value: UInt64] {
    Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, UInt64($0)) })
  }

  private func index(_ kept: inout Kept) -> SearchIndex {
    if let known = kept.index { return known }
    let made = SearchIndex(facts)
    kept.index = made
    return made
  }

  private func nameRanks(_ kept: inout Kept) -> [UInt32] {
    if let known = kept.nameRanks { return known }
    let made = index(&kept).columns["name"]?.ranks ?? Array(repeating: 0, count: facts.count)
    kept.nameRanks = made
    return made
  }
}
