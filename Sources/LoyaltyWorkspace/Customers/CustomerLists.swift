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
    var orders: [(order: CustomerOrder, rows: [Int])] = []
    /// Whom filters found, the newest first.
    var answers: [(condition: Condition, rows: RowSet)] = []
  }

  private static let mostOrders = 3
  private static let mostAnswers = 24

  private let figures: CustomerAnalysis
  private let facts: FactTable
  private let kept = Mutex(Kept())

  init(_ figures: CustomerAnalysis, _ facts: FactTable) {
    (self.figures, self.facts) = (figures, facts)
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

  /// The order of all rows, made unless it is there.
  func all(in order: CustomerOrder, made make: () -> [Int]) -> [Int] {
    let known = kept.withLock { kept -> [Int]? in
      kept.orders.first { $0.order == order }?.rows
    }
    if let known { return known }
    let rows = make()
    kept.withLock { kept in
      kept.orders.insert((order, rows), at: 0)
      if kept.orders.count > Self.mostOrders { kept.orders.removeLast() }
    }
    return rows
  }

  /// The place of each name among the different ones.
  var nameRanks: [UInt32] { kept.withLock { kept in nameRanks(&kept) } }

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

/// An order of customers: the column, and what its figures go by.
struct CustomerOrder: Hashable {
  let sort: CustomerSort
  let options: FigureOptions
}
