/// Makes a choice that keeps every limit out of what customers pick at the prices.
struct KnapsackFiller {
  private let problem: Knapsack
  private(set) var isChosen: [Bool]
  private var rowOf: [Int32]
  private var offersLeft: [Int]
  private var moneyLeft: [Int64]
  private var budgetLeft: Int64
  private var poolLeft: [Int64]
  /// What each floor has so far.
  private(set) var floorTotals: [Int64]

  init(_ problem: Knapsack) {
    self.problem = problem
    isChosen = Array(repeating: false, count: problem.offers.count)
    rowOf = Array(repeating: 0, count: problem.offers.count)
    for (number, row) in problem.rows.enumerated() {
      for place in Int(row.start)..<Int(row.end) { rowOf[place] = Int32(number) }
    }
    offersLeft = problem.caps.map { $0.offers ?? .max }
    moneyLeft = problem.caps.map { $0.money ?? .max }
    budgetLeft = problem.budget ?? .max
    poolLeft = problem.pools
    floorTotals = problem.floors.map { _ in 0 }
  }

  private mutating func take(_ place: Int) { change(place, by: 1) }
  private mutating func drop(_ place: Int) { change(place, by: -1) }

  private mutating func change(_ place: Int, by sign: Int) {
    let offer = problem.offers[place]
    let rule = Int(offer.rule)
    isChosen[place] = sign > 0
    if problem.caps[rule].offers != nil { offersLeft[rule] -= sign }
    if problem.caps[rule].money != nil { moneyLeft[rule] -= Int64(sign) * offer.cost }
    if problem.budget != nil { budgetLeft -= Int64(sign) * offer.cost }
    let pool = Int(problem.poolOf[rule])
    if pool >= 0 { poolLeft[pool] -= Int64(sign) * offer.cost }
    guard !problem.floors.isEmpty else { return }
    forEachFloor(of: place) { floor in
      floorTotals[floor] += Int64(sign) * (problem.floors[floor].isSpend ? offer.cost : 1)
    }
  }

  private func forEachFloor(of place: Int, _ body: (Int) -> Void) {
    let floors = problem.rows[Int(rowOf[place])].floors
    if floors.0 >= 0 { body(Int(floors.0)) }
    if floors.1 >= 0 { body(Int(floors.1)) }
  }

  /// Takes what every customer picks at the prices.
  mutating func takeAtPrices() {
    let picked = problem.withPricing { pricing in
      var picked: [Int] = []
      for row in problem.rows { pricing.pick(row) { place, _ in picked.append(place) } }
      return picked
    }
    for place in picked ?? [] { take(place) }
  }

  /// The worth of an offer at the prices of everything but its own rule's limits.
  private func worth(_ place: Int) -> Double {
    let offer = problem.offers[place]
    var worth = Double(offer.value) - problem.moneyPrice(Int(offer.rule)) * Double(offer.cost)
    forEachFloor(of: place) { floor in
      let price = problem.prices.floors[floor]
      worth += problem.floors[floor].isSpend ? price * Double(offer.cost) : price
    }
    return worth
  }

  /// Drops what exceeds a rule's own limits, the least worth first.
  mutating func dropOverCaps() {
    let over = Set(
      problem.caps.indices.filter { offersLeft[$0] < 0 || moneyLeft[$0] < 0 }.map { Int32($0) })
    guard !over.isEmpty else { return }
    var chosen: [Int32: [Int]] = [:]
    for place in isChosen.indices
    where isChosen[place] && over.contains(problem.offers[place].rule) {
      chosen[problem.offers[place].rule, default: []].append(place)
    }
    for rule in over.sorted() {
      let places = chosen[rule] ?? []
      for place in places.sorted(by: { (worth($0), -$0) < (worth($1), -$1) }) {
        guard offersLeft[Int(rule)] < 0 || moneyLeft[Int(rule)] < 0 else { break }
        drop(place)
      }
    }
  }

  /// Drops what exceeds the budget: what brings least for its cost first, what a floor needs last.
  mutating func dropOverBudget() {
    guard budgetLeft < 0 else { return }
    // What brings little for its cost mostly suffices.
    let passes = [(1.2 * problem.prices.budget, true), (.infinity, true), (.infinity, false)]
    for (limit, keepsFloors) in passes where budgetLeft < 0 {
      var places = BestFirst(dear(below: limit))
      while budgetLeft < 0, let place = places.next().map({ -$0.tie }) {
        if !keepsFloors || !isNeededByFloor(place) { drop(place) }
      }
    }
  }

  /// The same for each pool.
  mutating func dropOverPools() {
    for pool in problem.pools.indices where poolLeft[pool] < 0 {
      let price = max(problem.prices.budget, problem.prices.pools[pool])
      let passes = [(1.2 * price, true), (.infinity, true), (.infinity, false)]
      for (limit, keepsFloors) in passes where poolLeft[pool] < 0 {
        var places = BestFirst(dear(below: limit, inPool: pool))
        while poolLeft[pool] < 0, let place = places.next().map({ -$0.tie }) {
          if !keepsFloors || !isNeededByFloor(place) { drop(place) }
        }
      }
    }
  }

  /// What is chosen and costs something, of one pool or of all, what brings least for its cost first.
  private func dear(below limit: Double, inPool pool: Int? = nil) -> [BestFirst.Item] {
    var items: [BestFirst.Item] = []
    for place in isChosen.indices where isChosen[place] && problem.offers[place].cost > 0 {
      if let pool, self.pool(of: place) != pool { continue }
      let density = density(place)
      if density < limit { items.append(BestFirst.Item(key: density, tie: -place)) }
    }
    return items
  }

  /// Whether a floor would be short without an offer; of those out of reach only where they count too.
  private func isNeededByFloor(_ place: Int, outOfReachToo: Bool = false) -> Bool {
    guard !problem.floors.isEmpty else { return false }
    var isNeeded = false
    let cost = problem.offers[place].cost
    forEachFloor(of: place) { floor in
      guard outOfReachToo || !problem.isOutOfReach(floor) else { return }
      let part = problem.floors[floor].isSpend ? cost : 1
      if floorTotals[floor] - part < problem.targets[floor] { isNeeded = true }
    }
    return isNeeded
  }

  /// The pool that an offer draws on, -1 for none.
  private func pool(of place: Int) -> Int {
    Int(problem.poolOf[Int(problem.offers[place].rule)])
  }

  private func density(_ place: Int) -> Double {
    Knapsack.density(cost: problem.offers[place].cost, value: problem.offers[place].value)
  }

  /// Takes what still fits: for floors that are short first, then whatever brings most for its cost;
  /// runners-up of offers that fell have their chance here.
  mutating func fill() {
    fillFloors()
    let cheapest = problem.offers.lazy.map(\.cost).min() ?? 0
    // What brings much for its cost mostly suffices.
    for part in [0.8, -.infinity] where budgetLeft >= cheapest {
      var best = BestFirst(open(above: part))
      // Runners-up wait until those before them had their chance.
      var outranked: [Int] = []
      while budgetLeft >= cheapest, let place = best.next()?.tie {
        guard !isChosen[place], fits(place) else { continue }
        if isOutranked(place) { outranked.append(place) } else { take(place) }
      }
      for place in outranked where fits(place) { take(place) }
    }
  }

  /// What could still be taken and brings more than a part of what its money costs, what brings most
  /// first; equal ones in their own order: by customer, and within one those that go first.
  private func open(above part: Double) -> [BestFirst.Item] {
    let limits = problem.caps.indices.map { rule in
      part < 0 ? part : part * problem.moneyPrice(rule)
    }
    var items: [BestFirst.Item] = []
    for place in isChosen.indices where !isChosen[place] {
      let density = density(place)
      if density > limits[Int(problem.offers[place].rule)], fits(place) {
        items.append(BestFirst.Item(key: -density, tie: place))
      }
    }
    return items
  }

  /// Takes what floors are short of, and makes room in the budget by what brings least elsewhere:
  /// first for floors within reach, then for the others, who take nothing from the first.
  private mutating func fillFloors() {
    for isOutOfReach in [false, true] {
      let floors = problem.floors.indices.filter {
        problem.isOutOfReach($0) == isOutOfReach && isShort(floor: $0)
      }
      if !floors.isEmpty { fill(floors, isOutOfReach) }
    }
  }

  private mutating func fill(_ floors: [Int], _ isOutOfReach: Bool) {
    // One place more, the first, for no floor.
    var wanted = [Bool](repeating: false, count: problem.floors.count + 1)
    for floor in floors { wanted[floor + 1] = true }
    var items: [BestFirst.Item] = []
    for row in problem.rows where wanted[Int(row.floors.0 + 1)] || wanted[Int(row.floors.1 + 1)] {
      for place in Int(row.start)..<Int(row.end)
      where !isChosen[place] && fits(place, besidesMoney: true) {
        items.append(BestFirst.Item(key: -density(place), tie: place))
      }
    }
    var short = BestFirst(items)
    var spare = BestFirst(sparable(isOutOfReach))
    var spareOfPools: [Int: BestFirst] = [:]
    while let place = short.next()?.tie {
      guard isShort(place, wanted), fits(place, besidesMoney: true) else { continue }
      let (cost, pool) = (problem.offers[place].cost, pool(of: place))
      guard cost <= problem.budget ?? .max, pool < 0 || cost <= problem.pools[pool] else {
        continue
      }
      if pool >= 0, poolLeft[pool] < cost {
        var spare = spareOfPools[pool] ?? BestFirst(sparable(isOutOfReach, inPool: pool))
        makeRoom(for: cost, inPool: pool, from: &spare, isOutOfReach)
        spareOfPools[pool] = spare
      }
      guard makeRoom(for: cost, from: &spare, isOutOfReach) else { return }
      if fits(place) { take(place) }
    }
  }

  /// What is chosen and needed by no floor; what is needed is left out here, where it is looked at in
  /// its order in memory, rather than sorted and found there again.
  private func sparable(_ isOutOfReach: Bool, inPool pool: Int? = nil) -> [BestFirst.Item] {
    dear(below: .infinity, inPool: pool).filter {
      !isNeededByFloor(-$0.tie, outOfReachToo: isOutOfReach)
    }
  }

  /// Drops what can be spared until there is room in a pool, else in the budget; each is looked at
  /// once: what a floor needed before, it needs still.
  ///
  /// - Returns: Whether there is room.
  @discardableResult
  private mutating func makeRoom(
    for cost: Int64, inPool pool: Int? = nil, from spare: inout BestFirst, _ isOutOfReach: Bool
  ) -> Bool {
    while (pool.map { poolLeft[$0] } ?? budgetLeft) < cost {
      guard let place = spare.next().map({ -$0.tie }) else { return false }
      if isChosen[place], !isNeededByFloor(place, outOfReachToo: isOutOfReach) { drop(place) }
    }
    return true
  }

  private func isShort(_ place: Int, _ wanted: [Bool]) -> Bool {
    let floors = problem.rows[Int(rowOf[place])].floors
    let (first, second) = (Int(floors.0), Int(floors.1))
    return (wanted[first + 1] && isShort(floor: first))
      || (wanted[second + 1] && isShort(floor: second))
  }

  /// Whether a floor has less than it can have.
  private func isShort(floor: Int) -> Bool { floorTotals[floor] < problem.targets[floor] }

  /// Whether another of the group goes first and could still be taken.
  private func isOutranked(_ place: Int) -> Bool {
    guard problem.offers[place].isShadowed else { return false }
    let row = problem.rows[Int(rowOf[place])]
    return (Int(row.start)..<place).contains { other in
      problem.offers[other].group == problem.offers[place].group && fits(other)
    }
  }

  /// Whether an offer could be taken besides all that is chosen.
  private func fits(_ place: Int, besidesMoney: Bool = false) -> Bool {
    let offer = problem.offers[place]
    guard offersLeft[Int(offer.rule)] > 0, offer.cost <= moneyLeft[Int(offer.rule)],
      besidesMoney || offer.cost <= budgetLeft
    else { return false }
    let pool = Int(problem.poolOf[Int(offer.rule)])
    if pool >= 0, !besidesMoney, offer.cost > poolLeft[pool] { return false }
    let row = problem.rows[Int(rowOf[place])]
    var count = 0
    for other in Int(row.start)..<Int(row.end) where isChosen[other] {
      if problem.offers[other].group == offer.group { return false }
      count += 1
    }
    return count < Int(row.places)
  }
}

extension Knapsack {
  /// What each unit of cost brings; offers that cost nothing come first unless they lose.
  static func density(cost: Int64, value: Int64) -> Double {
    if cost <= 0 { return value >= 0 ? .infinity : -.infinity }
    return Double(value) / Double(cost)
  }
}

/// Items by ascending key, handed out one by one; sorted only as far as they are asked for.
struct BestFirst {
  /// A key; of equal ones the lesser tie goes first.
  struct Item {
    let key: Double
    let tie: Int

    static func < (left: Item, right: Item) -> Bool {
      left.key != right.key ? left.key < right.key : left.tie < right.tie
    }
  }

  private var items: [Item]
  private var position = 0
  private var sortedEnd = 0
  private var batch = 8_192

  init(_ items: [Item]) { self.items = items }

  /// The next item; nil when there are no more.
  mutating func next() -> Item? {
    if position == sortedEnd {
      guard position < items.count else { return nil }
      sortNextBatch()
    }
    position += 1
    return items[position - 1]
  }

  private mutating func sortNextBatch() {
    let end = min(items.count, position + batch)
    batch *= 4
    // Quickselect: the least come before `end`, in any order.
    var (low, high) = (position, items.count - 1)
    while end < items.count, low < high {
      let pivot = items[low + (high - low) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while items[left] < pivot { left += 1 }
        while pivot < items[right] { right -= 1 }
        if left <= right {
          items.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if end - 1 <= right { high = right } else if end - 1 >= left { low = left } else { break }
    }
    items[sortedEnd..<end].sort { $0 < $1 }
    sortedEnd = end
  }
}
