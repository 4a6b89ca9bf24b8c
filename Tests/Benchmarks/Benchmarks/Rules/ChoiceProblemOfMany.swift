import LoyaltyModel
@testable import LoyaltyRules

/// What limits the choice.
enum ChoiceShape: String, CaseIterable, Sendable {
  case budget = "budget"
  case floors = "budget and floors"
  case unreachable = "budget and a floor out of reach"
  case campaigns = "budget, floors and three campaigns with budgets"
  case campaignsAlone = "three campaigns with budgets, nothing else"
  case caps = "budget, floors and a cap for each of ten offers"

  var hasFloors: Bool { self != .budget && self != .campaignsAlone }
  var hasCampaigns: Bool { self == .campaigns || self == .campaignsAlone }
}

/// A million customers with 2.6 candidates each, as a choice is given them.
struct ChoiceProblemOfMany: Sendable {
  private let problem: Knapsack

  init(_ shape: ChoiceShape, customers: Int) {
    var state: UInt64 = 7
    // SplitMix64 (Steele, Lea and Flood 2014).
    func draw(_ count: Int) -> Int {
      state = state &+ 0x9e37_79b9_7f4a_7c15
      var word = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
      word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
      return Int((word ^ word >> 31) % UInt64(count))
    }
    let hasFloors = shape.hasFloors
    var offers: [Knapsack.Offer] = []
    var rows: [Knapsack.Row] = []
    for _ in 0..<customers {
      let start = offers.count
      // One to five: 2.6 on average.
      for _ in 0..<[1, 2, 2, 3, 5][draw(5)] {
        let rule = draw(10)
        if offers[start...].contains(where: { $0.rule == Int32(rule) }) { continue }
        let cost = 8 + draw(500)
        offers.append(
          Knapsack.Offer(
            rule: Int32(rule), group: Int32(rule / 2), isShadowed: false, cost: Int64(cost),
            value: Int64(draw(3_000)) - 200))
      }
      // Three cohorts and nine stages, most people in the low one.
      let cohort = [0, 0, 0, 0, 0, 1, 1, 1, 2, 2][draw(10)]
      rows.append(
        Knapsack.Row(
          start: Int32(start), end: Int32(offers.count), places: Int32(1 + draw(2)),
          floors: hasFloors ? (Int32(cohort), Int32(3 + draw(9))) : (-1, -1)))
    }
    // Money for about a third of what would be chosen without a limit.
    let budget = Int64(customers) * 90
    problem = Knapsack(
      offers: offers, rows: rows, budget: shape == .campaignsAlone ? nil : budget,
      caps: (0..<10).map { rule in
        shape == .caps ? Knapsack.Cap(offers: customers / (20 + 3 * rule)) : Knapsack.Cap()
      }, floors: hasFloors ? Self.floors(shape, customers) : [],
      // Of three, two and two rules: about half of what these would spend.
      pools: shape.hasCampaigns ? [15, 9, 6].map { Int64(customers) * $0 } : [],
      poolOf: shape.hasCampaigns ? [0, 0, 0, 1, 1, 2, 2, -1, -1, -1] : [])
  }

  /// Floors that some groups would not reach by themselves; with the caps of offers, which leave
  /// fewer to give, lower ones.
  private static func floors(_ shape: ChoiceShape, _ customers: Int) -> [Knapsack.Floor] {
    let part = shape == .caps ? 0.5 : 1
    func share(_ share: Double) -> Int64 { Int64(Double(customers) * share * part) }
    var floors = [
      Knapsack.Floor(isSpend: false, least: share(0.32)),
      Knapsack.Floor(isSpend: true, least: share(28)),
      Knapsack.Floor(isSpend: false, least: share(0.05)),
    ]
    for stage in 0..<9 {
      let isSpend = stage % 3 == 0
      floors.append(Knapsack.Floor(isSpend: isSpend, least: share(isSpend ? 9 : 0.07)))
    }
    if shape == .unreachable { floors[2].least = Int64(customers) }
    return floors
  }

  /// Chooses, and says how good it is.
  func solve() -> (gap: Double, floorsShort: Int) {
    var problem = problem
    let solution = problem.solve()
    var value: Int64 = 0
    for (offer, isChosen) in zip(problem.offers, solution.isChosen) where isChosen {
      value += offer.value
    }
    let short = zip(solution.floors, problem.floors).count { $0 < $1.least }
    return (max(0, 1 - Double(value) / Double(max(1, solution.bound))), short)
  }
}
