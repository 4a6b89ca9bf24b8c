import Foundation
import Testing

@testable import LoyaltyStore

/// Random histories on a disk that does its worst.
///
/// `LADDER_HISTORIES=100000 swift test --filter SimulationTests` sweeps further than the suite does.
struct SimulationTests {
  private static let histories =
    ProcessInfo.processInfo.environment["LADDER_HISTORIES"].flatMap { Int($0) } ?? 1_200

  @Test(arguments: 0..<4) func nothingIsLostInAnyHistory(_ part: Int) throws {
    let prepared = try History.prepared()
    for number in 0..<Self.histories / 4 {
      var history = History(seed: UInt64(part * 1_000_000_000 + number), from: prepared)
      try history.run()
    }
  }

  /// A simulator that finds nothing proves nothing: it must find each of these mistakes.
  @Test(arguments: PlantedBug.allCases) func aPlantedMistakeIsFound(_ bug: PlantedBug) throws {
    let prepared = try History.prepared()
    let found = (0..<UInt64(400)).first { seed in
      var history = History(seed: seed, from: prepared, bug: bug)
      do {
        try history.run()
        return false
      } catch { return true }
    }
    #expect(found != nil, "\(bug) was not found in 400 histories")
  }
}
