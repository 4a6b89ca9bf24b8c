/// An upper bound of what any choice of offers can bring; see ``ChoiceQuality``.
struct ChoiceBound {
  /// What one customer could be offered.
  struct Row {
    struct Offer {
      let group: Int
      let cost: Int64
      let value: Int64
    }

    let offers: [Offer]
    let places: Int
  }

  let budget: Int64?
  /// The offers of all rows, one after the other: a row's own array would be retained each time.
  private let offers: [Row.Offer]
  /// Where each row's offers begin, and how many of them it may get.
  private let rows: [(start: Int, places: Int)]

  init(rows: [Row], budget: Int64?) {
    self.budget = budget
    offers = rows.flatMap(\.offers)
    var start = 0
    self.rows = rows.map { row in
      defer { start += row.offers.count }
      return (start, row.places)
    }
  }

  /// The least bound that was found, in minor units, rounded up.
  var best: Int64 {
    let free = dual(price: 0)
    guard let budget, free.cost > Double(budget) else { return Int64(free.value.rounded(.up)) }
    var (low, high) = (0.0, highestPrice)
    var least = min(free.value, dual(price: high).value)
    // The dual is convex in the price of money, and the money spent falls as the price rises.
    for _ in 0..<48 {
      let price = (low + high) / 2
      let (value, cost) = dual(price: price)
      least = min(least, value)
      if cost > Double(budget) { low = price } else { high = price }
    }
    return Int64(least.rounded(.up))
  }

  /// The price of money beyond which no offer that costs something is worth it.
  private var highestPrice: Double {
    var highest = 0.0
    for offer in offers where offer.cost > 0 {
      highest = max(highest, Double(offer.value) / Double(offer.cost))
    }
    return highest
  }

  /// The dual at a price: what the best bundles bring when money has this price, plus the budget at
  /// that price; and what these bundles cost.
  private func dual(price: Double) -> (value: Double, cost: Double) {
    var (value, cost) = (price * Double(budget ?? 0), 0.0)
    var best: [(group: Int, worth: Double, cost: Double)] = []
    for (index, row) in rows.enumerated() {
      let end = index + 1 < rows.count ? rows[index + 1].start : offers.count
      best.removeAll(keepingCapacity: true)
      for offer in offers[row.start..<end] {
        let worth = Double(offer.value) - price * Double(offer.cost)
        guard worth > 0 else { continue }
        if let place = best.firstIndex(where: { $0.group == offer.group }) {
          if worth > best[place].worth { best[place] = (offer.group, worth, Double(offer.cost)) }
        } else {
          best.append((offer.group, worth, Double(offer.cost)))
        }
      }
      if best.count > row.places { best.sort { $0.worth > $1.worth } }
      for offer in best.prefix(row.places) {
        value += offer.worth
        cost += offer.cost
      }
    }
    return (value, cost)
  }
}
