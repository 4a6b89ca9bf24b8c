import Foundation

/// Sales of invented customers as files, the same every time.
struct Till {
  /// One sale: customer, day of the year's first ones, amount in minor units.
  struct Sale: Sendable, Hashable {
    let customer: Int
    let day: Int
    let amount: Int
  }

  var sales: [Sale]

  /// Customers who buy by a rhythm of their own and stop at some time, some for good.
  static func shop(customers: Int = 120, days: Int = 400) -> Till {
    var random = Numbers(state: 20_260_101)
    var sales: [Sale] = []
    for customer in 0..<customers {
      let gap = 6 + random.below(40)
      let level = 500 + random.below(6_000)
      var day = random.below(days * 2 / 3)
      while day < days {
        sales.append(Sale(customer: customer, day: day, amount: level / 2 + random.below(level)))
        if random.below(100) < 18 { break }
        day += 1 + random.below(2 * gap)
      }
    }
    return Till(sales: sales)
  }

  /// The file, amounts with so many decimals.
  func csv(decimals: Int = 2, product: (Sale) -> String = { $0.amount % 2 == 0 ? "TEA" : "CAKE" })
    -> String
  {
    "customer,date,amount,product\n"
      + sales.map { sale in
        "C\(1000 + sale.customer),\(Self.date(sale.day)),\(Self.text(sale.amount, decimals)),"
          + "\(product(sale))\n"
      }.joined()
  }

  /// The same sales in another order.
  var shuffled: Till {
    var random = Numbers(state: 7)
    var sales = sales
    for place in sales.indices.dropFirst() { sales.swapAt(place, random.below(place + 1)) }
    return Till(sales: sales)
  }

  /// A day counted from 2025-01-01.
  static func date(_ day: Int) -> String {
    let start = Date(timeIntervalSince1970: 1_735_689_600)
    let text = ISO8601DateFormatter().string(from: start.addingTimeInterval(Double(day) * 86_400))
    return String(text.prefix(10))
  }

  private static func text(_ amount: Int, _ decimals: Int) -> String {
    guard decimals > 0 else { return String(amount) }
    let digits = String(amount.magnitude)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return (amount < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}

/// Numbers that look random: Knuth's linear congruential generator.
struct Numbers {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}
