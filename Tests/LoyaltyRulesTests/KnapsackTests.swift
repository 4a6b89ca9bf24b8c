import Foundation
import LoyaltyModel
import Statistics
import TestSupport
import Testing

@testable import LoyaltyRules

struct KnapsackTests {
  /// A small problem, the same for the same seed.
  static func problem(
    seed: Int, rows: Int, floors: Bool = false, caps: Bool = true
  ) -> Knapsack {
    var random = SplitMix64(seed: UInt64(seed))
    func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    var offers: [Knapsack.Offer] = []
    let list = (0..<rows).map { number -> Knapsack.Row in
      let start = offers.count
      for rule in 0..<4 where int(0...2) > 0 {
        offers.append(
          Knapsack.Offer(
            rule: Int32(rule), group: Int32(rule / 2), isShadowed: false,
            cost: Int64(int(1...9)), value: Int64(int(1...30))))
      }
      return Knapsack.Row(
        start: Int32(start), end: Int32(offers.count), places: Int32(int(1...2)),
        floors: floors ? (Int32(number % 2), -1) : (-1, -1))
    }
    return Knapsack(
      offers: offers, rows: list, budget: int(0...3) == 0 ? nil : Int64(rows * int(1...5)),
      caps: (0..<4).map { rule in
        caps && rule < 2 ? Knapsack.Cap(offers: int(0...rows)) : Knapsack.Cap()
      },
      floors: floors
        ? [Knapsack.Floor(isSpend: false, least: 1), Knapsack.Floor(isSpend: true, least: 4)] : [])
  }

  /// Value of a choice; nil where it breaks a limit.
  static func value(_ problem: Knapsack, _ isChosen: [Bool]) -> Int64? {
    var (value, cost) = (Int64(0), Int64(0))
    var used = problem.caps.map { _ in 0 }
    for row in problem.rows {
      let chosen = (Int(row.start)..<Int(row.end)).filter { isChosen[$0] }.map {
        problem.offers[$0]
      }
      guard chosen.count <= Int(row.places), Set(chosen.map(\.group)).count == chosen.count else {
        return nil
      }
      for offer in chosen {
        value += offer.value
        cost += offer.cost
        used[Int(offer.rule)] += 1
      }
    }
    for (count, cap) in zip(used, problem.caps) where count > cap.offers ?? .max { return nil }
    for (pool, limit) in problem.pools.enumerated() {
      let own = problem.offers.indices.filter {
        isChosen[$0] && problem.poolOf[Int(problem.offers[$0].rule)] == pool
      }
      if own.reduce(0, { $0 + problem.offers[$1].cost }) > limit { return nil }
    }
    if let budget = problem.budget, cost > budget { return nil }
    return value
  }

  /// Every choice of a small problem is tried.
  @Test(arguments: 0..<80)
  func isNearTheBestChoiceAndTheBoundHolds(seed: Int) throws {
    var problem = Self.problem(seed: seed, rows: 4)
    let count = problem.offers.count
    var best: Int64 = 0
    for choice in 0..<(1 << count) {
      best = max(best, Self.value(problem, (0..<count).map { choice >> $0 & 1 == 1 }) ?? 0)
    }
    let solution = problem.solve()
    let value = try #require(Self.value(problem, solution.isChosen), "a limit is broken")
    #expect(value <= best && best <= solution.bound)
    // The rounding of a problem this small loses a few offers at most.
    #expect(value * 10 >= best * 6)
    if problem.budget == nil, problem.caps.allSatisfy({ $0.offers == nil }) {
      #expect(value == best && solution.bound == best)
    }
  }

  @Test(arguments: 0..<6)
  func isNearTheBoundWhereThereAreMany(seed: Int) throws {
    var problem = Self.problem(seed: 1_000 + seed, rows: 4_000, caps: seed.isMultiple(of: 2))
    let solution = problem.solve()
    let value = try #require(Self.value(problem, solution.isChosen))
    #expect(value <= solution.bound)
    #expect(Double(value) >= 0.98 * Double(solution.bound))
  }

  @Test(arguments: 0..<10)
  func floorsAreKeptWhereTheyCanBe(seed: Int) {
    var problem = Self.problem(seed: 50 + seed, rows: 40, floors: true, caps: false)
    let solution = problem.solve()
    var (offers, spend) = (Int64(0), Int64(0))
    for (number, row) in problem.rows.enumerated() {
      for place in Int(row.start)..<Int(row.end) where solution.isChosen[place] {
        if number % 2 == 0 { offers += 1 } else { spend += problem.offers[place].cost }
      }
    }
    #expect(solution.floors == [offers, spend])
    #expect(offers >= 1 && spend >= 4)
  }

  /// A floor draws money to a group that brings less; what it costs is the least possible.
  @Test func aFloorTakesMoneyFromThoseWhoBringMore() {
    let values: [Int64] = [90, 80, 70, 20, 10]
    func solve(_ least: Int64) -> (chosen: [Bool], floor: Int64) {
      var problem = Knapsack(
        offers: values.map {
          Knapsack.Offer(rule: 0, group: 0, isShadowed: false, cost: 10, value: $0)
        },
        rows: values.indices.map {
          Knapsack.Row(
            start: Int32($0), end: Int32($0 + 1), places: 1, floors: ($0 >= 3 ? 0 : -1, -1))
        }, budget: 30, caps: [Knapsack.Cap()],
        floors: [Knapsack.Floor(isSpend: false, least: least)])
      let solution = problem.solve()
      return (solution.isChosen, solution.floors[0])
    }
    #expect(solve(0).chosen == [true, true, true, false, false])
    #expect(solve(1).chosen == [true, true, false, true, false])
    #expect(solve(2).chosen == [true, false, false, true, true])
    // Three are not there: the floor gets what there is.
    #expect(solve(3).floor == 2)
  }

  @Test func theRunnerUpHasItsChanceWhereTheFirstFallsAtItsCap() {
    var problem = Knapsack(
      offers: (0..<3).flatMap { _ in
        [
          Knapsack.Offer(rule: 0, group: 0, isShadowed: false, cost: 1, value: 50),
          Knapsack.Offer(rule: 1, group: 0, isShadowed: true, cost: 1, value: 40),
        ]
      },
      rows: (0..<3).map { Knapsack.Row(start: Int32(2 * $0), end: Int32(2 * $0 + 2), places: 1) },
      budget: nil, caps: [Knapsack.Cap(offers: 1), Knapsack.Cap()])
    let solution = problem.solve()
    #expect(solution.isChosen == [true, false, false, true, false, true])
    #expect(solution.bound >= 130)
  }

  static let solver = "/usr/bin/glpsol"

  /// The integer optimum of an independent solver lies between the choice and the bound.
  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: solver), "needs glpsol (glpk-utils)"),
    arguments: Sweep.seeds(12))
  func theSolverAgrees(seed: Int) throws {
    var problem = Self.problem(seed: 300 + seed, rows: 25)
    let best = try Self.optimum(problem)
    let solution = problem.solve()
    let value = try #require(Self.value(problem, solution.isChosen))
    #expect(Double(value) <= best + 1e-6)
    #expect(best <= Double(solution.bound) + 1e-6)
    #expect(Double(value) >= 0.93 * best)
  }

  /// With floors that can be kept the choice keeps them, and the optimum lies below the bound.
  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: solver), "needs glpsol (glpk-utils)"),
    arguments: Sweep.seeds(12))
  func theSolverAgreesAboutFloors(seed: Int) throws {
    var problem = Self.problem(seed: 700 + seed, rows: 25, floors: true, caps: false)
    problem = Knapsack(
      offers: problem.offers, rows: problem.rows, budget: 60, caps: problem.caps,
      floors: [Knapsack.Floor(isSpend: false, least: 6), Knapsack.Floor(isSpend: true, least: 12)])
    let best = try Self.optimum(problem)
    let solution = problem.solve()
    #expect(solution.floors[0] >= 6 && solution.floors[1] >= 12)
    let value = try #require(Self.value(problem, solution.isChosen))
    #expect(Double(value) <= best + 1e-6)
    #expect(best <= Double(solution.bound) + 1e-6)
    #expect(Double(value) >= 0.93 * best)
  }

  /// Of several floors, one that asks for more than there is takes nothing from the others.
  @Test func aFloorOutOfReachSparesTheOthers() {
    var problem = Self.problem(seed: 5, rows: 30_000, floors: true, caps: false)
    let least: Int64 = 9_000
    problem = Knapsack(
      offers: problem.offers, rows: problem.rows, budget: 90_000, caps: problem.caps,
      floors: [
        Knapsack.Floor(isSpend: false, least: least),
        Knapsack.Floor(isSpend: false, least: 1_000_000),
      ])
    let solution = problem.solve()
    #expect(solution.floors[0] >= least)
    #expect(solution.floors[1] < 1_000_000 && solution.floors[1] > 5_000)
    let value = Self.value(problem, solution.isChosen) ?? 0
    #expect(value > 0 && value <= solution.bound)
  }

  /// The optimum by glpsol, in the CPLEX format for linear programs.
  static func optimum(_ problem: Knapsack) throws -> Double {
    func sum(_ places: [Int], _ factor: (Knapsack.Offer) -> Int64) -> String {
      places.map { "+ \(factor(problem.offers[$0])) x\($0)" }.joined(separator: " ")
    }
    let all = Array(problem.offers.indices)
    var lines = ["Maximize", "worth: " + sum(all) { $0.value }, "Subject To"]
    if let budget = problem.budget { lines.append(sum(all) { $0.cost } + " <= \(budget)") }
    for (rule, cap) in problem.caps.enumerated() {
      let own = all.filter { problem.offers[$0].rule == Int32(rule) }
      if let most = cap.offers, !own.isEmpty { lines.append(sum(own) { _ in 1 } + " <= \(most)") }
    }
    for (pool, limit) in problem.pools.enumerated() {
      let own = all.filter { problem.poolOf[Int(problem.offers[$0].rule)] == pool }
      if !own.isEmpty { lines.append(sum(own) { $0.cost } + " <= \(limit)") }
    }
    for (number, floor) in problem.floors.enumerated() {
      let own = problem.rows.filter { $0.floors.0 == Int32(number) }
        .flatMap { Int($0.start)..<Int($0.end) }
      lines.append(sum(own) { floor.isSpend ? $0.cost : 1 } + " >= \(floor.least)")
    }
    for row in problem.rows where row.start < row.end {
      let own = Array(Int(row.start)..<Int(row.end))
      lines.append(sum(own) { _ in 1 } + " <= \(row.places)")
      for group in Set(own.map { problem.offers[$0].group }).sorted() {
        let mates = own.filter { problem.offers[$0].group == group }
        lines.append(sum(mates) { _ in 1 } + " <= 1")
      }
    }
    lines += ["Binary", all.map { "x\($0)" }.joined(separator: "\n"), "End", ""]
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (model, report) = (
      folder.appendingPathComponent("m.lp"), folder.appendingPathComponent("out.txt")
    )
    try Data(lines.joined(separator: "\n").utf8).write(to: model)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: solver)
    process.arguments = ["--lp", model.path, "-o", report.path]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let text = try String(decoding: Data(contentsOf: report), as: UTF8.self)
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("Objective:") })
    let words = line.split(separator: " ")
    let place = try #require(words.firstIndex(of: "="))
    return try #require(Double(words[place + 1]))
  }
}
