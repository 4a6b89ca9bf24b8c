import LoyaltyModel

/// The candidates of a run as a ``Knapsack``, and its solution told gate by gate.
struct ChoiceProblem {
  /// What came out.
  struct Result {
    /// The gate at which each candidate was dropped; nil for the chosen.
    var fates: [Gate?]
    var bound: Int64
    var floors: [FloorReport]
  }

  /// More of one customer's candidates do not compete; nobody is offered so many.
  private static let mostPerRow = 64

  let candidates: [Candidate]
  let starts: [Int]
  let rules: [Rule]
  let context: SuggestionContext
  let history: History

  /// Chooses, and says for each that is not chosen why.
  func solve() -> Result {
    let (groups, pools) = (groups, pools)
    var (fates, places) = ([Gate?](repeating: nil, count: candidates.count), [Int]())
    places.reserveCapacity(candidates.count)
    var builder = Builder(floors: FloorIndex(context.floors), count: candidates.count)
    for index in starts.indices.dropLast() {
      let range = starts[index]..<starts[index + 1]
      let row = candidates[range.lowerBound].row
      let open = history.openGroups.isEmpty ? [] : history.openGroups[row] ?? []
      builder.begin(places: history.places(row), candidates[range.lowerBound])
      for place in range {
        let candidate = candidates[place]
        if !open.isEmpty, open.contains(rules[candidate.rule].group) {
          fates[place] = .group
        } else if builder.rowCount == Self.mostPerRow {
          fates[place] = .perCustomer
          builder.beyond += max(0, candidate.value)
        } else {
          builder.add(candidate, groups[candidate.rule], rules[candidate.rule].priority)
          places.append(place)
        }
      }
      builder.end()
    }
    var knapsack = Knapsack(
      offers: builder.offers, rows: builder.rows,
      budget: context.budget.map { max(0, $0 - history.openCost) }, caps: caps,
      floors: builder.floors.floors, pools: pools.limits, poolOf: pools.ofRule)
    knapsack.isStopped = context.isCancelled
    let solution = knapsack.solve()
    let teller = FateTeller(knapsack, solution.isChosen)
    for (number, place) in places.enumerated() { fates[place] = teller.fate(number) }
    return Result(
      fates: fates, bound: solution.bound.addingReportingOverflow(builder.beyond).partialValue,
      floors: zip(context.floors, solution.floors).map { FloorReport(floor: $0, reached: $1) })
  }

  /// A number for the group of each rule; rules without one are groups of their own.
  private var groups: [Int32] {
    var numbers: [String: Int32] = [:]
    return rules.enumerated().map { number, rule in
      guard !rule.group.isEmpty else { return Int32(number) }
      if let known = numbers[rule.group] { return known }
      numbers[rule.group] = Int32(number)
      return Int32(number)
    }
  }

  /// What is left of the budget of each campaign that has one, and which of them each rule draws on.
  private var pools: (limits: [Int64], ofRule: [Int32]) {
    var (limits, numbers): ([Int64], [String: Int32]) = ([], [:])
    let ofRule = rules.map { rule -> Int32 in
      guard let campaign = context.campaign(of: rule), let budget = campaign.budget else {
        return -1
      }
      if let known = numbers[campaign.name] { return known }
      numbers[campaign.name] = Int32(limits.count)
      limits.append(max(0, budget - (history.spent[campaign.name] ?? 0)))
      return Int32(limits.count - 1)
    }
    return (limits, ofRule)
  }

  private var caps: [Knapsack.Cap] {
    rules.enumerated().map { number, rule in
      Knapsack.Cap(
        offers: rule.limits.total.map { max(0, $0 - history.used[number].offers) },
        money: rule.limits.budget.map { max(0, $0 - history.used[number].cost) })
    }
  }
}

/// Puts candidates into the arrays of a knapsack, row by row.
private struct Builder {
  let floors: FloorIndex
  var offers: [Knapsack.Offer] = []
  var rows: [Knapsack.Row] = []
  /// What candidates beyond the most of a row could have brought.
  var beyond: Int64 = 0
  private var start = 0
  private var places = 0
  private var numbers: (Int32, Int32) = (-1, -1)
  private var priorities: [Int] = []

  init(floors: FloorIndex, count: Int) {
    self.floors = floors
    offers.reserveCapacity(count)
    rows.reserveCapacity(count)
  }

  var rowCount: Int { offers.count - start }

  mutating func begin(places: Int, _ first: Candidate) {
    (start, self.places, numbers) = (offers.count, places, floors.numbers(of: first))
    priorities.removeAll(keepingCapacity: true)
  }

  mutating func add(_ candidate: Candidate, _ group: Int32, _ priority: Int) {
    var isShadowed = false
    for (place, higher) in priorities.enumerated() where higher > priority {
      if offers[start + place].group == group { isShadowed = true }
    }
    priorities.append(priority)
    offers.append(
      Knapsack.Offer(
        rule: Int32(candidate.rule), group: group, isShadowed: isShadowed, cost: candidate.cost,
        value: candidate.value))
  }

  mutating func end() {
    guard offers.count > start else { return }
    rows.append(
      Knapsack.Row(
        start: Int32(start), end: Int32(offers.count), places: Int32(clamping: places),
        floors: numbers))
  }
}

/// Which floors count the offers of a customer.
struct FloorIndex {
  let floors: [Knapsack.Floor]
  private var cohorts: [ValueCohort: Int32] = [:]
  private var stages: [LifecycleStage: Int32] = [:]

  init(_ floors: [OfferFloor]) {
    self.floors = floors.map { Knapsack.Floor(isSpend: $0.isSpend, least: max(0, $0.least)) }
    for (number, floor) in floors.enumerated() {
      switch floor.group {
      case .cohort(let cohort): cohorts[cohort] = Int32(number)
      case .stage(let stage): stages[stage] = Int32(number)
      }
    }
  }

  func numbers(of candidate: Candidate) -> (Int32, Int32) {
    if floors.isEmpty { return (-1, -1) }
    return (cohorts[candidate.cohort] ?? -1, stages[candidate.stage] ?? -1)
  }
}

/// Says why an offer was not chosen.
private struct FateTeller {
  private let problem: Knapsack
  private let isChosen: [Bool]
  private var rowOf: [Int32]
  private var offersLeft: [Int]
  private var moneyLeft: [Int64]
  private var poolLeft: [Int64]

  init(_ problem: Knapsack, _ isChosen: [Bool]) {
    (self.problem, self.isChosen) = (problem, isChosen)
    rowOf = Array(repeating: 0, count: problem.offers.count)
    for (number, row) in problem.rows.enumerated() {
      for place in Int(row.start)..<Int(row.end) { rowOf[place] = Int32(number) }
    }
    offersLeft = problem.caps.map { $0.offers ?? .max }
    moneyLeft = problem.caps.map { $0.money ?? .max }
    poolLeft = problem.pools
    for (place, offer) in problem.offers.enumerated() where isChosen[place] {
      if problem.caps[Int(offer.rule)].offers != nil { offersLeft[Int(offer.rule)] -= 1 }
      if problem.caps[Int(offer.rule)].money != nil { moneyLeft[Int(offer.rule)] -= offer.cost }
      let pool = Int(problem.poolOf[Int(offer.rule)])
      if pool >= 0 { poolLeft[pool] -= offer.cost }
    }
  }

  /// The gate; nil for a chosen offer.
  ///
  /// Where one that goes after it has its place, it fell at its rule's own limit, at its campaign's
  /// budget or at that of the run.
  func fate(_ place: Int) -> Gate? {
    if isChosen[place] { return nil }
    let offer = problem.offers[place]
    let row = problem.rows[Int(rowOf[place])]
    var (count, mateGoesFirst, allGoFirst) = (0, false, true)
    for other in Int(row.start)..<Int(row.end) where isChosen[other] {
      count += 1
      let isMate = problem.offers[other].group == offer.group
      if isMate, other < place || problem.offers[other].value >= offer.value {
        mateGoesFirst = true
      }
      if !isMate, problem.offers[other].value < offer.value { allGoFirst = false }
    }
    if mateGoesFirst { return .group }
    let isLimited =
      offersLeft[Int(offer.rule)] <= 0 || offer.cost > moneyLeft[Int(offer.rule)]
    let pool = Int(problem.poolOf[Int(offer.rule)])
    let isPoolEmpty = pool >= 0 && offer.cost > poolLeft[pool]
    let isShort = isLimited || isPoolEmpty || problem.budget != nil
    if count >= Int(row.places), allGoFirst || !isShort { return .perCustomer }
    if isLimited { return .cap }
    if isPoolEmpty { return .campaignBudget }
    return problem.budget == nil ? .perCustomer : .budget
  }
}
