/// Chooses offers for customers: a multiple-choice knapsack.
///
/// Each customer gets so many offers and one of a group; all together stay within the budget, each
/// rule within its own limits, and groups of customers get at least their floors. Every limit has a
/// price (Lagrange's multiplier). At given prices the best bundle of each customer is found by itself:
/// prices only shift what each offer is worth, so the best offer of each group, and of these the best
/// few, are the bundle on the upper hull that this price picks. Prices are found one after the other,
/// each exactly or by halving, and their dual value bounds every choice. What the prices leave open
/// is filled by value for cost.
struct Knapsack {
  /// What one customer could be offered.
  struct Offer {
    /// The rule's number.
    let rule: Int32
    /// Of a group at most one is chosen; rules without one have a number of their own.
    let group: Int32
    /// Whether another of its group goes first by priority: it has its chance only where that falls.
    let isShadowed: Bool
    let cost: Int64
    let value: Int64
  }

  /// A rule's own limits.
  struct Cap {
    var offers: Int?
    var money: Int64?
  }

  /// What a group of customers gets at least.
  struct Floor {
    /// In minor units of cost, rather than offers.
    var isSpend: Bool
    var least: Int64
  }

  /// A customer.
  struct Row {
    /// Where the offers begin.
    let start: Int32
    let end: Int32
    /// The most that can be chosen.
    let places: Int32
    /// The floors that count these offers, -1 for none: of the cohort, of the stage.
    var floors: (Int32, Int32) = (-1, -1)
  }

  /// The price of each limit.
  struct Prices {
    var budget = 0.0
    var offers: [Double]
    var money: [Double]
    var floors: [Double] {
      didSet { paysFloors = floors.contains { $0 > 0 } }
    }
    /// Whether any floor is paid for, so that most runs need not ask.
    private(set) var paysFloors = false

    init(offers: [Double], money: [Double], floors: [Double]) {
      (self.offers, self.money, self.floors) = (offers, money, floors)
    }
  }

  let offers: [Offer]
  let rows: [Row]
  let budget: Int64?
  let caps: [Cap]
  let floors: [Floor]
  var prices: Prices
  /// The least bound so far.
  var bound = Double.infinity

  /// A problem.
  ///
  /// - Parameters:
  ///   - offers: All offers, customer by customer, those that go first before the others.
  ///   - rows: The customers.
  ///   - budget: What the offers may cost together; nil for no limit.
  ///   - caps: The limits of each rule, by number.
  ///   - floors: The floors, by number.
  init(offers: [Offer], rows: [Row], budget: Int64?, caps: [Cap], floors: [Floor] = []) {
    (self.offers, self.rows, self.budget) = (offers, rows, budget)
    (self.caps, self.floors) = (caps, floors)
    prices = Prices(
      offers: caps.map { _ in 0 }, money: caps.map { _ in 0 }, floors: floors.map { _ in 0 })
  }

  /// What was chosen.
  struct Solution {
    /// Whether each offer is chosen.
    var isChosen: [Bool]
    /// What no choice within the limits can exceed.
    var bound: Int64
    /// What each floor got, in its own unit.
    var floors: [Int64]
  }

  private var hasCaps: Bool { caps.contains { $0.offers != nil || $0.money != nil } }

  /// Chooses.
  mutating func solve() -> Solution {
    findPrices()
    var filler = KnapsackFiller(self)
    filler.takeAtPrices()
    filler.dropOverCaps()
    filler.dropOverBudget()
    filler.fill()
    if zip(filler.floorTotals, floors).contains(where: { $0 < $1.least }) {
      // No choice keeps the floors, so they bind nobody: what the bound is without them.
      prices.floors = floors.map { _ in 0 }
      if budget != nil { priceBudget(isFirst: true) }
      bound = total(includingShadowed: true).dual
    }
    return Solution(
      isChosen: filler.isChosen, bound: Int64(min(bound, 9e18).rounded(.up)),
      floors: filler.floorTotals)
  }

  /// Sets the prices one after the other until they hardly move.
  private mutating func findPrices() {
    for round in 0..<8 {
      let before = bound
      for rule in caps.indices { priceCap(rule) }
      if budget != nil { priceBudget(isFirst: round == 0) }
      let short = floorsShort()
      for floor in short { priceFloor(floor) }
      bound = min(bound, total(includingShadowed: true).dual)
      if !hasCaps, short.isEmpty { break }
      if round > 0, before - bound <= 1e-7 * max(1, bound.magnitude) { break }
    }
  }
}

// MARK: One customer at given prices

extension Knapsack {
  /// What all customers together choose at the present prices.
  struct Total {
    var value = 0.0
    var cost = 0.0
    var dual = 0.0
  }

  /// What an offer is worth at the prices, to a customer whose floors pay this much.
  @inline(__always)
  static func worth(
    _ offer: Offer, _ prices: UnsafePointer<RulePrice>, _ bonus: (offer: Double, cost: Double)
  ) -> Double {
    let price = prices[Int(offer.rule)]
    return Double(offer.value) - (price.cost - bonus.cost) * Double(offer.cost) - price.offer
      + bonus.offer
  }

  /// What an offer of a rule, and each unit of its cost, is charged.
  struct RulePrice {
    var offer: Double
    var cost: Double
  }

  var rulePrices: [RulePrice] {
    zip(prices.offers, prices.money).map { RulePrice(offer: $0, cost: prices.budget + $1) }
  }

  /// What the floors of a customer pay for each offer, and for each unit of cost.
  @inline(__always)
  func bonus(_ row: Row) -> (offer: Double, cost: Double) {
    guard prices.paysFloors else { return (0, 0) }
    let (first, second) = (paid(row.floors.0), paid(row.floors.1))
    return (first.offer + second.offer, first.cost + second.cost)
  }

  private func paid(_ floor: Int32) -> (offer: Double, cost: Double) {
    guard floor >= 0 else { return (0, 0) }
    let price = prices.floors[Int(floor)]
    return floors[Int(floor)].isSpend ? (0, price) : (price, 0)
  }

  /// Calls a function with each offer that a customer chooses, and its worth, the best first.
  @inline(__always)
  func pick(
    _ row: Row, _ offers: UnsafePointer<Offer>, _ prices: UnsafePointer<RulePrice>,
    includingShadowed: Bool = false, without skipped: Int = -1, _ body: (Int, Double) -> Void
  ) {
    let bonus = bonus(row)
    var taken: UInt64 = 0
    let (start, end) = (Int(row.start), min(Int(row.end), Int(row.start) + 64))
    for _ in 0..<Int(row.places) {
      var (best, bestWorth) = (-1, 0.0)
      for place in start..<end where taken >> UInt64(place - start) & 1 == 0 && place != skipped {
        if offers[place].isShadowed, !includingShadowed { continue }
        let worth = Self.worth(offers[place], prices, bonus)
        if worth > bestWorth { (best, bestWorth) = (place, worth) }
      }
      if best < 0 { return }
      body(best, bestWorth)
      if row.places == 1 { return }
      for place in start..<end where offers[place].group == offers[best].group {
        taken |= 1 << UInt64(place - start)
      }
    }
  }

  /// Value, cost and dual value of what is chosen at the prices.
  func total(includingShadowed: Bool = false) -> Total {
    var total = Total()
    let rulePrices = rulePrices
    offers.withUnsafeBufferPointer { offers in
      rulePrices.withUnsafeBufferPointer { prices in
        guard let offers = offers.baseAddress, let prices = prices.baseAddress else { return }
        for row in rows {
          pick(row, offers, prices, includingShadowed: includingShadowed) { place, worth in
            total.value += Double(offers[place].value)
            total.cost += Double(offers[place].cost)
            total.dual += worth
          }
        }
      }
    }
    total.dual += prices.budget * Double(budget ?? 0)
    for (rule, cap) in caps.enumerated() {
      total.dual += prices.offers[rule] * Double(cap.offers ?? 0)
      total.dual += prices.money[rule] * Double(cap.money ?? 0)
    }
    for (floor, price) in zip(floors, prices.floors) { total.dual -= price * Double(floor.least) }
    return total
  }
}
