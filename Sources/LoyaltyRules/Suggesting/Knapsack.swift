/// Chooses offers for customers: a multiple-choice knapsack.
///
/// Each customer gets so many offers and one of a group; all together stay within the budget, each
/// rule within its own limits, rules that share a pool of money within that, and groups of customers
/// get at least their floors. Every limit has a
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
    /// What money costs within each pool where that is more than in the budget; else the latter counts,
    /// so that one search for the price of the budget keeps what is known of the pools.
    var pools: [Double]
    var offers: [Double]
    var money: [Double]
    var floors: [Double]
  }

  let offers: [Offer]
  let rows: [Row]
  let budget: Int64?
  let caps: [Cap]
  let floors: [Floor]
  /// What the offers of each pool may cost together.
  let pools: [Int64]
  /// The pool that each rule draws on, -1 for none.
  let poolOf: [Int32]
  var prices: Prices
  /// The least bound so far.
  var bound = Double.infinity
  /// The dual value at the present prices, as the bound was last looked at.
  var dual = Double.infinity
  /// What each floor can get at most, where that is less than its least: an unreachable floor asks for
  /// all there is.
  var targets: [Int64]
  /// The rows of each floor.
  var rowsOfFloor: [[Int32]] = []
  /// Asked before each walk over all customers; once true, what comes out is of no use.
  var isStopped: @Sendable () -> Bool = { false }

  /// A problem.
  ///
  /// - Parameters:
  ///   - offers: All offers, customer by customer, those that go first before the others.
  ///   - rows: The customers.
  ///   - budget: What the offers may cost together; nil for no limit.
  ///   - caps: The limits of each rule, by number.
  ///   - floors: The floors, by number.
  ///   - pools: What the offers of each pool may cost together, by number.
  ///   - poolOf: The pool of each rule, -1 for none; empty where there are no pools.
  init(
    offers: [Offer], rows: [Row], budget: Int64?, caps: [Cap], floors: [Floor] = [],
    pools: [Int64] = [], poolOf: [Int32] = []
  ) {
    (self.offers, self.rows, self.budget) = (offers, rows, budget)
    (self.caps, self.floors, self.pools) = (caps, floors, pools)
    self.poolOf = poolOf.isEmpty ? caps.map { _ in -1 } : poolOf
    targets = floors.map(\.least)
    prices = Prices(
      pools: pools.map { _ in 0 }, offers: caps.map { _ in 0 }, money: caps.map { _ in 0 },
      floors: floors.map { _ in 0 })
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

  var hasCaps: Bool { caps.contains { $0.offers != nil || $0.money != nil } }

  /// Chooses.
  mutating func solve() -> Solution {
    findPrices()
    var filler = KnapsackFiller(self)
    filler.takeAtPrices()
    filler.dropOverCaps()
    filler.dropOverPools()
    filler.dropOverBudget()
    filler.fill()
    if zip(filler.floorTotals, targets).contains(where: { $0 < $1 }) {
      // No choice that gives the groups as much as this one could bring more than this.
      noteBound(targets: zip(filler.floorTotals, targets).map { min($0, $1) })
    }
    return Solution(
      isChosen: filler.isChosen, bound: Int64(min(bound, 9e18).rounded(.up)),
      floors: filler.floorTotals)
  }
}

// MARK: One customer at given prices

/// What an offer of a rule or in a group of customers, and each unit of its cost, is charged or paid.
struct OfferPrice {
  var offer: Double
  var cost: Double
}

/// The prices laid out for the innermost loop.
struct Pricing {
  let offers: UnsafePointer<Knapsack.Offer>
  let rules: UnsafePointer<OfferPrice>
  /// What each floor pays, from place 1 on; place 0 is for no floor.
  let floors: UnsafePointer<OfferPrice>

  /// What the floors of a customer pay for each offer, and for each unit of cost.
  @inline(__always)
  func bonus(_ row: Knapsack.Row) -> OfferPrice {
    let (first, second) = (floors[Int(row.floors.0 + 1)], floors[Int(row.floors.1 + 1)])
    return OfferPrice(offer: first.offer + second.offer, cost: first.cost + second.cost)
  }

  /// What an offer is worth at the prices, to a customer whose floors pay this much.
  @inline(__always)
  func worth(_ place: Int, _ bonus: OfferPrice) -> Double {
    let offer = offers[place]
    let price = rules[Int(offer.rule)]
    return Double(offer.value) - (price.cost - bonus.cost) * Double(offer.cost) - price.offer
      + bonus.offer
  }

  /// Calls a function with each offer that a customer chooses, and its worth, the best first.
  @inline(__always)
  func pick(
    _ row: Knapsack.Row, includingShadowed: Bool = false, without skipped: Int = -1,
    _ body: (Int, Double) -> Void
  ) {
    let bonus = bonus(row)
    var taken: UInt64 = 0
    let (start, end) = (Int(row.start), min(Int(row.end), Int(row.start) + 64))
    for _ in 0..<Int(row.places) {
      var (best, bestWorth) = (-1, 0.0)
      for place in start..<end where taken >> UInt64(place - start) & 1 == 0 && place != skipped {
        if offers[place].isShadowed, !includingShadowed { continue }
        let worth = worth(place, bonus)
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
}

extension Knapsack {
  /// Calls a function with the present prices; nil where it is stopped.
  @inline(__always)
  func withPricing<Result>(_ body: (Pricing) -> Result) -> Result? {
    if isStopped() { return nil }
    let rulePrices = prices.offers.indices.map { rule in
      OfferPrice(offer: prices.offers[rule], cost: moneyPrice(rule) + prices.money[rule])
    }
    let paid =
      [OfferPrice(offer: 0, cost: 0)]
      + zip(floors, prices.floors).map { floor, price in
        floor.isSpend ? OfferPrice(offer: 0, cost: price) : OfferPrice(offer: price, cost: 0)
      }
    return offers.withUnsafeBufferPointer { offers in
      rulePrices.withUnsafeBufferPointer { rules in
        paid.withUnsafeBufferPointer { paid in
          guard let offers = offers.baseAddress, let rules = rules.baseAddress,
            let paid = paid.baseAddress
          else { return nil }
          return body(Pricing(offers: offers, rules: rules, floors: paid))
        }
      }
    }
  }

  /// The price of money for the offers of a rule, its own limit left aside.
  func moneyPrice(_ rule: Int) -> Double {
    let pool = Int(poolOf[rule])
    return pool < 0 ? prices.budget : max(prices.budget, prices.pools[pool])
  }

  /// What all customers together choose at the present prices.
  struct Total {
    var cost = 0.0
    var dual = 0.0
  }

  /// Cost and dual value of what is chosen at the prices; the latter bounds every choice where
  /// shadowed offers are included, or there are none.
  func total(includingShadowed: Bool = false) -> Total {
    var total =
      withPricing { pricing in
        var total = Total()
        for row in rows {
          pricing.pick(row, includingShadowed: includingShadowed) { place, worth in
            total.cost += Double(pricing.offers[place].cost)
            total.dual += worth
          }
        }
        return total
      } ?? Total()
    total.dual += prices.budget * Double(budget ?? 0)
    for (limit, price) in zip(pools, prices.pools) {
      total.dual += max(0, price - prices.budget) * Double(limit)
    }
    for (rule, cap) in caps.enumerated() {
      total.dual += prices.offers[rule] * Double(cap.offers ?? 0)
      total.dual += prices.money[rule] * Double(cap.money ?? 0)
    }
    for (target, price) in zip(targets, prices.floors) { total.dual -= price * Double(target) }
    return total
  }
}
