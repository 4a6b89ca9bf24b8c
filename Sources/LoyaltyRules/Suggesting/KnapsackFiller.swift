/// Makes a choice that keeps every limit out of what customers pick at the prices.
struct KnapsackFiller {
  private let problem: Knapsack
  private(set) var isChosen: [Bool]
  private var rowOf: [Int32]
  private var offersLeft: [Int]
  private var moneyLeft: [Int64]
  private var budgetLeft: Int64
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
    let prices = problem.rulePrices
    var picked: [Int] = []
    problem.offers.withUnsafeBufferPointer { offers in
      prices.withUnsafeBufferPointer { prices in
        guard let offers = offers.baseAddress, let prices = prices.baseAddress else { return }
        for row in problem.rows {
          problem.pick(row, offers, prices) {
            picked.append($0); _ = $1
          }
        }
      }
    }
    for place in picked { take(place) }
  }

  /// The worth of an offer at the prices of everything but its own rule's limits.
  private func worth(_ place: Int) -> Double {
    let offer = problem.offers[place]
    let bonus = problem.bonus(problem.rows[Int(rowOf[place])])
    return Double(offer.value) - (problem.prices.budget - bonus.cost) * Double(offer.cost)
      + bonus.offer
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
    let places = isChosen.indices.filter { isChosen[$0] && problem.offers[$0].cost > 0 }
      .sorted { (density($0), -$0) < (density($1), -$1) }
    for mayBreakFloors in [false, true] {
      for place in places where budgetLeft < 0 && isChosen[place] {
        if !mayBreakFloors, isNeededByFloor(place) { continue }
        drop(place)
      }
    }
  }

  private func isNeededByFloor(_ place: Int) -> Bool {
    guard !problem.floors.isEmpty else { return false }
    var isNeeded = false
    let cost = problem.offers[place].cost
    forEachFloor(of: place) { floor in
      let part = problem.floors[floor].isSpend ? cost : 1
      if floorTotals[floor] - part < problem.floors[floor].least { isNeeded = true }
    }
    return isNeeded
  }

  private func density(_ place: Int) -> Double {
    Knapsack.density(cost: problem.offers[place].cost, value: problem.offers[place].value)
  }

  /// Takes what still fits: for floors that are short first, then whatever brings most for its cost;
  /// runners-up of offers that fell have their chance here.
  mutating func fill() {
    fillFloors()
    var open: [(density: Double, place: Int)] = []
    for place in isChosen.indices where !isChosen[place] && fits(place) {
      open.append((density(place), place))
    }
    // Equal ones in their own order: by customer, and within one those that go first.
    open.sort { ($1.density, $0.place) < ($0.density, $1.place) }
    for (_, place) in open where !isChosen[place] && fits(place) && !isOutranked(place) {
      take(place)
    }
    // Runners-up of those that did not fit.
    for (_, place) in open where !isChosen[place] && fits(place) { take(place) }
  }

  /// Takes what floors are short of, and makes room in the budget by what brings least elsewhere.
  private mutating func fillFloors() {
    guard problem.floors.indices.contains(where: { floorTotals[$0] < problem.floors[$0].least })
    else { return }
    let short = isChosen.indices.filter { !isChosen[$0] && isShort($0) }
      .sorted { (density($1), $0) < (density($0), $1) }
    let spare = isChosen.indices.filter { isChosen[$0] && problem.offers[$0].cost > 0 }
      .sorted { (density($0), -$0) < (density($1), -$1) }
    var next = 0
    for place in short where isShort(place) && fits(place, besidesBudget: true) {
      let cost = problem.offers[place].cost
      guard cost <= problem.budget ?? .max else { continue }
      // Each is looked at once: what a floor needed before, it needs still.
      while budgetLeft < cost, next < spare.count {
        if !isNeededByFloor(spare[next]) { drop(spare[next]) }
        next += 1
      }
      if fits(place) { take(place) }
    }
  }

  private func isShort(_ place: Int) -> Bool {
    var isShort = false
    forEachFloor(of: place) { floor in
      if floorTotals[floor] < problem.floors[floor].least { isShort = true }
    }
    return isShort
  }

  /// Whether another of the group goes first and could still be taken.
  private func isOutranked(_ place: Int) -> Bool {
    guard problem.offers[place].isShadowed else { return false }
    let row = problem.rows[Int(rowOf[place])]
    return (Int(row.start)..<place).contains { other in
      problem.offers[other].group == problem.offers[place].group && fits(other)
    }
  }

  /// Whether an offer could be taken besides all that is chosen.
  private func fits(_ place: Int, besidesBudget: Bool = false) -> Bool {
    let offer = problem.offers[place]
    guard offersLeft[Int(offer.rule)] > 0, offer.cost <= moneyLeft[Int(offer.rule)],
      besidesBudget || offer.cost <= budgetLeft
    else { return false }
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
