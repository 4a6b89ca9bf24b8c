import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyRules
import Synchronization

/// What lists of customers keep between one key and the next: the texts made searchable, the orders
/// of columns, and whom the last filters found.
///
/// It belongs to one analysis and goes with it.
final class CustomerLists: Sendable {
  /// Orders of all rows, the newest first.
  private typealias Orders = [(order: CustomerOrder, rows: [Int])]
  /// Whom filters found, the newest first.
  private typealias Answers = [(condition: Condition, rows: RowSet)]

  private static let mostOrders = 3
  private static let mostAnswers = 24

  private let figures: CustomerAnalysis
  private let facts: FactTable
  private let orders = Mutex<Orders>([])
  private let answers = Mutex<Answers>([])
  // Each behind a lock of its own, so that nobody waits for what they do not need.
  private let keptIndex = Mutex<SearchIndex?>(nil)
  private let keptRanks = Mutex<[UInt32]?>(nil)
  private let keptGround = Mutex<ReplayGround?>(nil)
  private let keptRankings = Mutex<CategoryRankings?>(nil)
  private let keptMedians = Mutex<[ValueCohort: Int64]?>(nil)

  init(_ figures: CustomerAnalysis, _ facts: FactTable) {
    (self.figures, self.facts) = (figures, facts)
  }

  /// Prepares what the first search, the first order by name and the first card take longest for.
  func warm(_ programme: Programme) {
    _ = index
    _ = nameRanks
    _ = ground(programme)
    _ = medians
  }

  /// The texts made searchable.
  private var index: SearchIndex { keptIndex.made { SearchIndex(facts) } }

  /// The place of each name among the different ones.
  var nameRanks: [UInt32] {
    keptRanks.made { index.columns["name"]?.ranks ?? Array(repeating: 0, count: facts.count) }
  }

  /// What all customers lend to a replay of one.
  func ground(_ programme: Programme) -> ReplayGround {
    keptGround.made { ReplayGround(figures, programme: programme) }
  }

  /// What each cohort buys most.
  var rankings: CategoryRankings { keptRankings.made { CategoryRankings(facts) } }

  /// The median value of each cohort, in minor units.
  var medians: [ValueCohort: Int64] {
    keptMedians.made {
      let cohorts = ValueCohort.allCases
      var values: [[Int64]] = Array(repeating: [], count: cohorts.count)
      figures.cohorts.values.withElements { amounts in
        figures.cohorts.cohorts.places.withElements { places in
          for row in places.indices { values[Int(places[row])].append(amounts[row]) }
        }
      }
      var medians: [ValueCohort: Int64] = [:]
      for (place, cohort) in cohorts.enumerated() where !values[place].isEmpty {
        values[place].sort()
        medians[cohort] = values[place][values[place].count / 2]
      }
      return medians
    }
  }

  /// Whom a condition holds for; one that only grew since the last is asked of those whom that
  /// found.
  func rows(where condition: Condition) -> RowSet {
    let index = index
    return answers.withLock { answers in
      if let place = answers.firstIndex(where: { $0.condition == condition }) {
        let known = answers.remove(at: place)
        answers.insert(known, at: 0)
        return known.rows
      }
      let wider = answers.filter { condition.implies($0.condition) }
        .min { $0.rows.population < $1.rows.population }
      let candidates = wider?.rows ?? facts.known
      let rows = evaluator(index).answer(condition, among: candidates).holds
      answers.insert((condition, rows), at: 0)
      if answers.count > Self.mostAnswers { answers.removeLast() }
      return rows
    }
  }

  /// For whom a condition of a filter of offers holds and for whom it is unknown.
  func wholeAnswer(_ condition: Condition) -> Evaluator.Answer {
    evaluator(index).answer(condition)
  }

  private func evaluator(_ index: SearchIndex) -> Evaluator {
    var facts = facts
    // What filters of offers call their customer.
    facts.columns["customer"] = facts.columns["id"]
    return Evaluator(facts: facts, index: index)
  }

  /// The order of all rows, made unless it is there.
  func all(in order: CustomerOrder, made make: () -> [Int]) -> [Int] {
    let known = orders.withLock { orders -> [Int]? in
      orders.first { $0.order == order }?.rows
    }
    if let known { return known }
    let rows = make()
    orders.withLock { orders in
      orders.insert((order, rows), at: 0)
      if orders.count > Self.mostOrders { orders.removeLast() }
    }
    return rows
  }
}

/// An order of customers: the column, and what its figures go by.
struct CustomerOrder: Hashable {
  let sort: CustomerSort
  let options: FigureOptions
}

extension Mutex {
  /// The value that is kept, made the first time; whoever asks meanwhile waits for it.
  fileprivate func made<Made: Sendable>(_ make: () -> Made) -> Made where Value == Made? {
    withLock { kept in
      let value = kept ?? make()
      kept = value
      return value
    }
  }
}
