import Foundation
import Statistics
import TestSupport
import Testing

@testable import LoyaltyRules

/// Money that several rules share, as the budgets of campaigns.
struct PoolTests {
  /// A problem of ``KnapsackTests`` whose rules share pools: the first and the last one, the second
  /// another, the third none.
  private static func problem(
    seed: Int, rows: Int, each: ClosedRange<Int> = 0...3, floors: Bool = false, caps: Bool = true
  ) -> Knapsack {
    let plain = KnapsackTests.problem(seed: seed, rows: rows, floors: floors, caps: caps)
    var random = SplitMix64(seed: UInt64(seed) &+ 77)
    return Knapsack(
      offers: plain.offers, rows: plain.rows, budget: plain.budget, caps: plain.caps,
      floors: plain.floors,
      pools: (0..<2).map { _ in Int64(Int.random(in: each, using: &random) * rows) },
      poolOf: [0, 1, -1, 0])
  }

  /// Every choice of a small problem is tried.
  @Test(arguments: 0..<80)
  func isNearTheBestChoiceAndTheBoundHolds(seed: Int) throws {
    var problem = Self.problem(seed: seed, rows: 4)
    let count = problem.offers.count
    var best: Int64 = 0
    for choice in 0..<(1 << count) {
      let isChosen = (0..<count).map { choice >> $0 & 1 == 1 }
      best = max(best, KnapsackTests.value(problem, isChosen) ?? 0)
    }
    let solution = problem.solve()
    let value = try #require(
      KnapsackTests.value(problem, solution.isChosen), "a limit is broken")
    #expect(value <= best && best <= solution.bound)
    #expect(value * 10 >= best * 6)
  }

  /// The integer optimum of an independent solver lies between the choice and the bound.
  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: KnapsackTests.solver),
      "needs glpsol (glpk-utils)"),
    arguments: Sweep.seeds(16))
  func theSolverAgrees(seed: Int) throws {
    var problem = Self.problem(seed: 300 + seed, rows: 25, each: 1...3)
    let best = try KnapsackTests.optimum(problem)
    let solution = problem.solve()
    let value = try #require(KnapsackTests.value(problem, solution.isChosen))
    #expect(Double(value) <= best + 1e-6)
    #expect(best <= Double(solution.bound) + 1e-6)
    #expect(Double(value) >= 0.93 * best)
  }

  @Test(arguments: 0..<8)
  func isNearTheBoundWhereThereAreMany(seed: Int) throws {
    var problem = Self.problem(
      seed: 1_000 + seed, rows: 4_000, each: 0...2, caps: seed.isMultiple(of: 2))
    let solution = problem.solve()
    let value = try #require(KnapsackTests.value(problem, solution.isChosen))
    #expect(value <= solution.bound)
    #expect(Double(value) >= 0.98 * Double(solution.bound))
  }

  /// Found on parts of many customers first.
  @Test(arguments: [nil, 60_000])
  func isNearTheBoundBeyondTheSamples(_ budget: Int64?) throws {
    let plain = Self.problem(seed: 9, rows: 30_000, each: 1...1, caps: false)
    var problem = Knapsack(
      offers: plain.offers, rows: plain.rows, budget: budget, caps: plain.caps,
      pools: plain.pools, poolOf: plain.poolOf)
    let solution = problem.solve()
    let value = try #require(KnapsackTests.value(problem, solution.isChosen))
    #expect(value <= solution.bound)
    #expect(Double(value) >= 0.999 * Double(solution.bound))
  }

  /// With more money than all offers cost, pools change nothing.
  @Test(arguments: Sweep.seeds(40))
  func endlessMoneyChangesNothing(seed: Int) {
    var plain = KnapsackTests.problem(seed: seed, rows: 60, floors: seed.isMultiple(of: 3))
    var endless = Knapsack(
      offers: plain.offers, rows: plain.rows, budget: plain.budget, caps: plain.caps,
      floors: plain.floors, pools: [.max / 4, plain.offers.reduce(0) { $0 + $1.cost }],
      poolOf: [0, 1, -1, 0])
    let (expected, solution) = (plain.solve(), endless.solve())
    #expect(solution.isChosen == expected.isChosen)
    #expect(solution.bound == expected.bound)
    #expect(solution.floors == expected.floors)
  }

  @Test(arguments: 0..<10)
  func floorsAreKeptWithinThem(seed: Int) throws {
    let plain = Self.problem(seed: 50 + seed, rows: 40, floors: true, caps: false)
    var problem = Knapsack(
      offers: plain.offers, rows: plain.rows, budget: plain.budget, caps: plain.caps,
      floors: plain.floors, pools: [60, 40], poolOf: [0, 1, 1, 0])
    let solution = problem.solve()
    #expect(solution.floors[0] >= 1 && solution.floors[1] >= 4)
    _ = try #require(KnapsackTests.value(problem, solution.isChosen), "a limit is broken")
  }

  /// A pool without money gives nothing, and leaves the budget to the others.
  @Test func anEmptyPoolLeavesTheBudgetToOthers() {
    var problem = Knapsack(
      offers: (0..<4).map {
        Knapsack.Offer(rule: $0 % 2, group: $0 % 2, isShadowed: false, cost: 10, value: 50)
      },
      rows: (0..<2).map { Knapsack.Row(start: $0 * 2, end: $0 * 2 + 2, places: 1) }, budget: 20,
      caps: [Knapsack.Cap(), Knapsack.Cap()], pools: [9], poolOf: [0, -1])
    let solution = problem.solve()
    #expect(solution.isChosen == [false, true, false, true])
    #expect(solution.bound >= 100)
  }
}
