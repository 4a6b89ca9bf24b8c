// What the least of a cohort or stage is worth: floors have prices as budgets do.

extension Knapsack {
  /// Notes which rows each floor counts.
  mutating func noteFloors() {
    guard !floors.isEmpty, rowsOfFloor.isEmpty else { return }
    rowsOfFloor = floors.map { _ in [] }
    for (number, row) in rows.enumerated() {
      if row.floors.0 >= 0 { rowsOfFloor[Int(row.floors.0)].append(Int32(number)) }
      if row.floors.1 >= 0 { rowsOfFloor[Int(row.floors.1)].append(Int32(number)) }
    }
  }

  /// Raises what is paid for offers to a group of customers until it has its floor.
  mutating func priceFloor(_ floor: Int) {
    prices.floors[floor] = 0
    let asks = asks(for: floor)
    let most = asks.reduce(0) { $0 + $1.amount }
    targets[floor] = min(floors[floor].least, most)
    guard targets[floor] > 0 else { return }
    let price = asks.price(reaching: targets[floor])
    // A little more than is asked, so that the last one agrees; and never without end, where all
    // floors together cannot be had.
    let paid = price + price.magnitude * 1e-12 + 1e-9
    prices.floors[floor] = price <= 0 ? 0 : min(paid, highestPay(floor))
  }

  /// More is not paid for an offer to a group: several times what the best offer brings, and less for
  /// a floor that is out of reach anyway, so that it takes nothing from those within reach.
  private func highestPay(_ floor: Int) -> Double {
    let most = offers.lazy.map { offer in
      Double(offer.value.magnitude) / (floors[floor].isSpend ? Double(max(1, offer.cost)) : 1)
    }.max()
    return (isOutOfReach(floor) ? 1 : 4) * (most ?? 0) + 1
  }

  /// Whether a group has not so many offers as its floor asks for.
  func isOutOfReach(_ floor: Int) -> Bool { targets[floor] < floors[floor].least }

  /// What each further offer to a group would have to be paid, customer by customer, and how much it
  /// adds to the floor.
  private func asks(for floor: Int) -> [Ask] {
    let isSpend = floors[floor].isSpend
    return withPricing { pricing in
      var asks: [Ask] = []
      asks.reserveCapacity(rowsOfFloor[floor].count)
      for number in rowsOfFloor[floor] {
        let row = rows[Int(number)]
        let bonus = pricing.bonus(row)
        var taken: UInt64 = 0
        let (start, end) = (Int(row.start), min(Int(row.end), Int(row.start) + 64))
        for _ in 0..<Int(row.places) {
          var (best, bestWorth) = (-1, -Double.infinity)
          for place in start..<end where taken >> UInt64(place - start) & 1 == 0 {
            if pricing.offers[place].isShadowed { continue }
            let worth = pricing.worth(place, bonus)
            if worth > bestWorth { (best, bestWorth) = (place, worth) }
          }
          if best < 0 { break }
          let cost = pricing.offers[best].cost
          let unit = isSpend ? Double(max(1, cost)) : 1
          asks.append(Ask(price: -bestWorth / unit, amount: isSpend ? cost : 1))
          for place in start..<end
          where pricing.offers[place].group == pricing.offers[best].group {
            taken |= 1 << UInt64(place - start)
          }
        }
      }
      return asks
    } ?? []
  }
}

/// What one more offer to a group has to be paid for each unit, and how many units it adds.
private struct Ask {
  let price: Double
  let amount: Int64
}

extension [Ask] {
  /// The price at which those who ask no more add up to an amount, which all together must reach;
  /// weighted quickselect.
  fileprivate func price(reaching amount: Int64) -> Double {
    var left = self
    var need = amount
    while let pivot = left[safe: left.count / 2]?.price {
      var (below, same): (Int64, Int64) = (0, 0)
      for ask in left {
        if ask.price < pivot { below += ask.amount }
        if ask.price == pivot { same += ask.amount }
      }
      if need <= below {
        left.removeAll { $0.price >= pivot }
      } else if need <= below + same {
        return pivot
      } else {
        need -= below + same
        left.removeAll { $0.price <= pivot }
      }
    }
    return 0
  }

  private subscript(safe place: Int) -> Ask? { indices.contains(place) ? self[place] : nil }
}
