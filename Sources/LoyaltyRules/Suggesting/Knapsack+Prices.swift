extension Knapsack {
  /// Raises the price of money until what is chosen fits the budget, by halving.
  mutating func priceBudget(isFirst: Bool) {
    guard let budget else { return }
    let start = prices.budget
    prices.budget = 0
    if total().cost <= Double(budget) { return }
    var (low, high) = isFirst ? (0.0, highestPrice) : (start * 0.8, max(start * 1.25, 1e-6))
    if !isFirst {
      prices.budget = low
      if total().cost <= Double(budget) { low = 0 }
      prices.budget = high
      if total().cost > Double(budget) { high = highestPrice }
    }
    for _ in 0..<(isFirst ? 30 : 18) where high - low > 1e-9 * high {
      prices.budget = (low + high) / 2
      let total = total()
      if total.cost > Double(budget) { low = prices.budget } else { high = prices.budget }
    }
    prices.budget = high
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
    var bids: [(worth: Double, cost: Int64)] = []
    let rulePrices = rulePrices
    offers.withUnsafeBufferPointer { offers in
      rulePrices.withUnsafeBufferPointer { prices in
        guard let offers = offers.baseAddress, let prices = prices.baseAddress else { return }
        for row in rows where row.places > 0 {
          for place in Int(row.start)..<Int(row.end)
          where offers[place].rule == Int32(rule) && !offers[place].isShadowed {
            let own = Self.worth(offers[place], prices, bonus(row))
            if own <= 0 { continue }
            var (count, least, mate) = (0, Double.infinity, -1.0)
            pick(row, offers, prices, without: place) { other, worth in
              count += 1
              least = min(least, worth)
              if offers[other].group == offers[place].group { mate = worth }
            }
            let displaced = mate >= 0 ? mate : count < Int(row.places) ? 0 : least
            if own > displaced { bids.append((own - displaced, offers[place].cost)) }
          }
        }
      }
    }
    return bids
  }

  /// The floors that would be short if nothing were paid for them; their prices are taken back.
  mutating func floorsShort() -> [Int] {
    guard !floors.isEmpty else { return [] }
    let paid = prices.floors
    prices.floors = paid.map { _ in 0 }
    var totals = [Int64](repeating: 0, count: floors.count)
    let rulePrices = rulePrices
    offers.withUnsafeBufferPointer { offers in
      rulePrices.withUnsafeBufferPointer { prices in
        guard let offers = offers.baseAddress, let prices = prices.baseAddress else { return }
        for row in rows where row.floors.0 >= 0 || row.floors.1 >= 0 {
          pick(row, offers, prices) { place, _ in
            for floor in [row.floors.0, row.floors.1] where floor >= 0 {
              totals[Int(floor)] += floors[Int(floor)].isSpend ? offers[place].cost : 1
            }
          }
        }
      }
    }
    return floors.indices.filter { totals[$0] < floors[$0].least }
  }

  /// Raises what is paid for offers to a group of customers until it has its floor.
  mutating func priceFloor(_ floor: Int) {
    prices.floors[floor] = 0
    let (isSpend, least) = (floors[floor].isSpend, floors[floor].least)
    // What each further offer would have to be paid, customer by customer.
    var asks: [(price: Double, amount: Int64)] = []
    let rulePrices = rulePrices
    offers.withUnsafeBufferPointer { offers in
      rulePrices.withUnsafeBufferPointer { prices in
        guard let prices = prices.baseAddress else { return }
        var worths: [(worth: Double, cost: Int64, group: Int32)] = []
        for row in rows where row.floors.0 == Int32(floor) || row.floors.1 == Int32(floor) {
          worths.removeAll(keepingCapacity: true)
          for place in Int(row.start)..<Int(row.end) where !offers[place].isShadowed {
            let offer = offers[place]
            let worth = Self.worth(offer, prices, bonus(row))
            if let mate = worths.firstIndex(where: { $0.group == offer.group }) {
              if worth > worths[mate].worth { worths[mate] = (worth, offer.cost, offer.group) }
            } else {
              worths.append((worth, offer.cost, offer.group))
            }
          }
          if worths.count > Int(row.places) { worths.sort { $0.worth > $1.worth } }
          for offer in worths.prefix(Int(row.places)) {
            let unit = isSpend ? Double(max(1, offer.cost)) : 1
            asks.append((-offer.worth / unit, isSpend ? offer.cost : 1))
          }
        }
      }
    }
    asks.sort { $0.price < $1.price }
    var reached: Int64 = 0
    for ask in asks {
      reached += ask.amount
      guard reached >= least else { continue }
      // A little more than is asked, so that the last one agrees.
      prices.floors[floor] = max(0, ask.price + ask.price.magnitude * 1e-12 + 1e-9)
      return
    }
    prices.floors[floor] = 0
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
