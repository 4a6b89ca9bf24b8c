extension Knapsack {
  /// Finds the prices.
  ///
  /// Among many customers they are found on parts of them first, each ten times as large as the one
  /// before; then all that remains for everybody is to meet the budget. What the parts leave wrong is
  /// little, and filled offer by offer.
  mutating func findPrices() {
    var isWarm = false
    for size in Self.sampleSizes where rows.count > size * 2 {
      var part = sample(size)
      if isWarm { part.prices = prices }
      part.settle(rounds: isWarm ? 3 : 12, poolsWithin: 1e-3)
      (prices, isWarm) = (part.prices, true)
      let step = Double(rows.count) / Double(size)
      for floor in floors.indices where part.isOutOfReach(floor) {
        targets[floor] = min(floors[floor].least - 1, Int64(Double(part.targets[floor]) * step))
      }
    }
    if !isWarm {
      settle(rounds: 12, poolsWithin: 2e-5)
    } else if budget != nil {
      priceBudget(within: 1e-3)
    }
    noteBound()
  }

  /// Sets the prices one after the other until they hardly move.
  private mutating func settle(rounds: Int, poolsWithin share: Double) {
    noteFloors()
    for round in 0..<rounds {
      let before = bound
      for rule in caps.indices { priceCap(rule) }
      for floor in floors.indices { priceFloor(floor) }
      pricePools(within: share)
      if budget != nil { priceBudget(within: 2e-5) }
      noteBound()
      if !hasCaps, floors.isEmpty, pools.isEmpty { break }
      if round > 0, before - bound <= 1e-7 * max(1, bound.magnitude) { break }
    }
  }

  /// The bound at the present prices.
  mutating func noteBound() {
    dual = total(includingShadowed: true).dual
    bound = min(bound, dual)
  }

  /// The bound once floors ask for less: at the same prices only what they were to be paid is less.
  mutating func noteBound(targets lower: [Int64]) {
    for (floor, target) in lower.enumerated() {
      dual += prices.floors[floor] * Double(targets[floor] - target)
    }
    (targets, bound) = (lower, dual)
  }

  /// Raises the price of money until what is chosen fits the budget and leaves no more than a share of
  /// it.
  mutating func priceBudget(within share: Double) {
    guard let budget else { return }
    let (known, highest) = (prices.budget, prices.budget > 0 ? 0 : highestPrice)
    prices.budget = Self.leastPrice(
      known, to: highest, limit: Double(budget), within: share
    ) { price in
      prices.budget = price
      return total().cost
    }
  }

  /// The same for each pool, whose money never costs less than that of the budget.
  mutating func pricePools(within share: Double) {
    for pool in pools.indices {
      let least = prices.budget
      let known = prices.pools[pool]
      let price = Self.leastPrice(
        known, from: least, to: known > least ? 0 : highestPrice, limit: Double(pools[pool]),
        within: share
      ) { price in
        prices.pools[pool] = price
        return cost(ofPool: Int32(pool))
      }
      prices.pools[pool] = price > least ? price : 0
    }
  }

  /// What the offers of a pool cost that are chosen at the present prices.
  private func cost(ofPool pool: Int32) -> Double {
    withPricing { pricing in
      poolOf.withUnsafeBufferPointer { pools in
        var cost = 0.0
        for row in rows {
          pricing.pick(row) { place, _ in
            let offer = pricing.offers[place]
            if pools[Int(offer.rule)] == pool { cost += Double(offer.cost) }
          }
        }
        return cost
      }
    } ?? 0
  }

  /// The least price at which a cost keeps a limit and leaves no more than a share of it: within the
  /// neighbourhood of the price that was found before, else of all prices.
  ///
  /// Among many customers the cost falls evenly with the price, so that the place where it meets the
  /// limit is read off a straight line between two prices; where that does not get there soon, the
  /// range is halved.
  ///
  /// - Parameters:
  ///   - known: The price that was found before; `least` or less where there is none.
  ///   - least: No price is less.
  ///   - highest: A price at which the limit is kept; used where none is known.
  ///   - limit: The limit.
  ///   - share: The share of the limit that may stay open.
  ///   - cost: The cost at a price; the higher the price, the less.
  /// - Returns: The price.
  private static func leastPrice(
    _ known: Double, from least: Double = 0, to highest: Double, limit: Double,
    within share: Double, _ cost: (Double) -> Double
  ) -> Double {
    var range = PriceRange(low: least, high: max(least, highest))
    if known > least {
      // The price itself mostly does.
      let spent = cost(known)
      if spent <= limit, limit - spent < share * limit { return known }
      range = neighbourhood(of: known, spent, from: least, limit, cost)
    }
    if range.low == least {
      let spent = range.costAtLow ?? cost(least)
      if spent <= limit { return least }
      range.costAtLow = spent
    }
    let (exact, lines) = (1e-9, 6)
    for round in 0..<40 where range.high - range.low > exact * range.high {
      let middle =
        round < lines
        ? range.price(at: limit * (1 - share / 2)) : (range.low + range.high) / 2
      let spent = cost(middle)
      if spent > limit {
        (range.low, range.costAtLow) = (middle, spent)
      } else {
        (range.high, range.costAtHigh) = (middle, spent)
      }
      // Close enough that the rest is filled offer by offer.
      if spent <= limit, limit - spent < share * limit { break }
    }
    return range.high
  }

  /// A range beside a price, widened away from it until it holds the price at which a limit is met.
  private static func neighbourhood(
    of known: Double, _ spent: Double, from least: Double, _ limit: Double,
    _ cost: (Double) -> Double
  ) -> PriceRange {
    var width = 0.004
    guard spent <= limit else {
      var range = PriceRange(low: known, high: known * (1 + width), costAtLow: spent)
      while true {
        let dearer = cost(range.high)
        guard dearer > limit, width < 1e6 else {
          range.costAtHigh = dearer
          return range
        }
        width *= 4
        range = PriceRange(low: range.high, high: known * (1 + width), costAtLow: dearer)
      }
    }
    var range = PriceRange(low: max(least, known * (1 - width)), high: known, costAtHigh: spent)
    while range.low > least {
      let cheaper = cost(range.low)
      guard cheaper <= limit else {
        range.costAtLow = cheaper
        return range
      }
      width *= 4
      let low = width < 1 ? max(least, known * (1 - width)) : least
      range = PriceRange(low: low, high: range.low, costAtHigh: cheaper)
    }
    return range
  }

  /// The price of money beyond which no offer that costs something is worth it.
  private var highestPrice: Double {
    var highest = 1.0
    let most = prices.floors.reduce(0, +)
    for offer in offers where offer.cost > 0 {
      highest = max(highest, (Double(offer.value) + most) / Double(offer.cost) + most)
    }
    return highest
  }

  /// What a rule's own limits cost, exactly: each customer who has the offer would pay up to what
  /// the next best bundle is worth less, and the limit takes those who would pay most.
  mutating func priceCap(_ rule: Int) {
    let cap = caps[rule]
    guard cap.offers != nil || cap.money != nil else { return }
    (prices.offers[rule], prices.money[rule]) = (0, 0)
    let bids = bids(for: rule)
    if let most = cap.offers, bids.count > most {
      var worths = bids.map(\.worth)
      prices.offers[rule] = max(0, worths.select(fromGreatest: max(0, most)))
    }
    guard let money = cap.money else { return }
    let left = bids.filter { $0.worth > prices.offers[rule] && $0.cost > 0 }
      .map { (price: ($0.worth - prices.offers[rule]) / Double($0.cost), cost: $0.cost) }
      .sorted { $0.price > $1.price }
    var spent: Int64 = 0
    for bid in left {
      spent += bid.cost
      if spent > money {
        prices.money[rule] = bid.price
        return
      }
    }
  }

  /// What each customer would pay for the offer of a rule, where that is more than nothing.
  private func bids(for rule: Int) -> [(worth: Double, cost: Int64)] {
    withPricing { pricing in
      var bids: [(worth: Double, cost: Int64)] = []
      for row in rows where row.places > 0 {
        let bonus = pricing.bonus(row)
        for place in Int(row.start)..<Int(row.end)
        where pricing.offers[place].rule == Int32(rule) && !pricing.offers[place].isShadowed {
          let own = pricing.worth(place, bonus)
          if own <= 0 { continue }
          var (count, least, mate) = (0, Double.infinity, -1.0)
          pricing.pick(row, without: place) { other, worth in
            count += 1
            least = min(least, worth)
            if pricing.offers[other].group == pricing.offers[place].group { mate = worth }
          }
          let displaced = mate >= 0 ? mate : count < Int(row.places) ? 0 : least
          if own > displaced { bids.append((own - displaced, pricing.offers[place].cost)) }
        }
      }
      return bids
    } ?? []
  }
}

/// A range of prices in which a limit is met, with what is spent at its ends where that is known.
private struct PriceRange {
  var low: Double
  var high: Double
  var costAtLow: Double?
  var costAtHigh: Double?

  /// The price at which the straight line between the ends has a cost; never next to an end, where
  /// the line need not be true.
  func price(at cost: Double) -> Double {
    guard let costAtLow, let costAtHigh, costAtLow > costAtHigh else { return (low + high) / 2 }
    let part = (costAtLow - cost) / (costAtLow - costAtHigh)
    return low + (high - low) * min(0.95, max(0.05, part))
  }
}

// MARK: A part of many customers

extension Knapsack {
  /// How many customers prices are found on first.
  static let sampleSizes = [10_000, 100_000]

  /// So many customers out of all, with limits in proportion.
  private func sample(_ size: Int) -> Knapsack {
    var (offers, rows): ([Offer], [Row]) = ([], [])
    let step = Double(self.rows.count) / Double(size)
    for number in 0..<size {
      let row = self.rows[Int(Double(number) * step)]
      let start = Int32(offers.count)
      offers += self.offers[Int(row.start)..<Int(row.end)]
      rows.append(
        Row(start: start, end: Int32(offers.count), places: row.places, floors: row.floors))
    }
    func part(_ limit: Int64) -> Int64 { Int64((Double(limit) / step).rounded()) }
    return Knapsack(
      offers: offers, rows: rows, budget: budget.map(part),
      caps: caps.map { cap in
        Cap(
          offers: cap.offers.map { Int(part(Int64(clamping: $0))) }, money: cap.money.map(part))
      }, floors: floors.map { Floor(isSpend: $0.isSpend, least: part($0.least)) },
      pools: pools.map(part), poolOf: poolOf)
  }
}

extension [Double] {
  /// The number at a place from the greatest, from 0; quickselect, which reorders.
  mutating func select(fromGreatest place: Int) -> Double {
    var (low, high) = (0, count - 1)
    while low < high {
      let pivot = self[low + (high - low) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while self[left] > pivot { left += 1 }
        while self[right] < pivot { right -= 1 }
        if left <= right {
          swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if place <= right { high = right } else if place >= left { low = left } else { break }
    }
    return self[place]
  }
}
