import LoyaltyModel
import Statistics

// What the people buy.
extension DemoPopulation {
  /// Draws all that somebody bought and brought back, ascending by day.
  /// - Parameters:
  ///   - customer: Who bought it.
  ///   - entry: The time of the first purchase, in days from the first day.
  ///   - generator: The source of chance.
  /// - Returns: One line a product, refunds with them.
  func purchases(
    of customer: Customer, from entry: Double, using generator: inout SeededGenerator
  ) -> [Purchase] {
    let habit = laws.habit(using: &generator)
    let weeks = (Double(Self.dayCount) - entry) / 7
    let repeats = laws.repeatTimes(of: habit, within: weeks, using: &generator)
    let shelves = favourites(using: &generator)
    var lines: [Purchase] = []
    var refunds: [Purchase] = []
    for (number, week) in ([0] + repeats).enumerated() {
      // The end of the last day is no day any more, though rounding may reach it.
      let day = day(Swift.min(Int(entry + week * 7), Self.dayCount - 1))
      var sale = Purchase(customer: customer.id, day: day, amount: 0)
      sale.receipt = customer.id.dropFirst() + "-" + zeroPadded(number + 1, 3)
      let isWeb = customer.branch == shop.web || generator.happens(withChance: 0.15)
      (sale.branch, sale.channel) = isWeb ? (shop.web, "web") : (customer.branch, "shop")
      let spend = laws.spend(of: habit, using: &generator)
      let first = lines.count
      appendLines(of: sale, spend: spend, from: shelves, to: &lines, using: &generator)
      if generator.happens(withChance: 0.02) {
        let line = lines[first + generator.uniform(below: lines.count - first)]
        let refund = DemoPopulation.refund(of: line, after: 2 + generator.uniform(below: 19))
        if refund.day <= Self.lastDay { refunds.append(refund) }
      }
    }
    guard !refunds.isEmpty else { return lines }
    // The sort is stable: sales of a day stay in their order, before what is brought back that day.
    return (lines + refunds).sorted { $0.day < $1.day }
  }

  /// Draws the categories from which somebody buys: one to four, the first the most often.
  private func favourites(using generator: inout SeededGenerator) -> [Int] {
    var favourites: [Int] = []
    for _ in 0...generator.uniform(below: 4) {
      let shelf = generator.uniform(below: shop.shelves.count)
      if !favourites.contains(shelf) { favourites.append(shelf) }
    }
    return favourites
  }

  /// Splits a sale into one to four lines, whose amounts add up to it exactly.
  private func appendLines(
    of sale: Purchase, spend: Double, from shelves: [Int], to lines: inout [Purchase],
    using generator: inout SeededGenerator
  ) {
    let minorUnitsPerEuro = rate * Double(currency.minorUnitsPerMajor)
    let total = Swift.max(1, Int64((spend * minorUnitsPerEuro).rounded()))
    let chance = generator.uniform()
    let wanted = chance < 0.3 ? 1 : chance < 0.6 ? 2 : chance < 0.85 ? 3 : 4
    // No line below two euros, so that none is nothing.
    let count = Swift.max(1, Swift.min(wanted, Int(spend / 2)))
    var rest = total
    for left in stride(from: count, to: 0, by: -1) {
      var line = sale
      // Around an equal share of what is left; the last line takes the rest.
      let share = (0.5 + generator.uniform()) / Double(left)
      line.amount = left == 1 ? rest : Int64((Double(rest) * Swift.min(share, 0.8)).rounded())
      rest -= line.amount
      let euros = Double(line.amount) / minorUnitsPerEuro
      (line.product, line.units) = goods(for: euros, from: shelves, using: &generator)
      if left < count, line.product == lines.last?.product {
        // Twice the same on one receipt is rare: look once more.
        (line.product, line.units) = goods(for: euros, from: shelves, using: &generator)
      }
      lines.append(line)
    }
  }

  /// Draws what stands for an amount in euros: a product and how many of it.
  private func goods(
    for euros: Double, from shelves: [Int], using generator: inout SeededGenerator
  ) -> (String, Int32) {
    let favourite = shelves[generator.uniform(below: 1 + generator.uniform(below: shelves.count))]
    return shop.shelves[favourite].draw(for: euros, using: &generator)
  }

  /// The return of a line some days later.
  private static func refund(of line: Purchase, after days: Int) -> Purchase {
    var refund = line
    refund.day = line.day + days
    refund.amount = -line.amount
    refund.units = -line.units
    refund.receipt = line.receipt + "R"
    refund.refunds = line.receipt
    return refund
  }
}
