import Foundation
import LoyaltyModel
import Testing

@testable import LoyaltyStore

/// Programs that write and fold on one store are killed at random moments; no decision that was
/// acknowledged may be missing.
///
/// `LADDER_KILL_ROUNDS=500 swift test --filter KillTests` kills for longer than the suite does.
struct KillTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let rounds = environment["LADDER_KILL_ROUNDS"].flatMap { Int($0) } ?? 3
  private static let writers = 4
  /// Set in the processes that are to be killed: the store's folder.
  private static let storeVariable = "LADDER_KILL_STORE"
  private static let numberVariable = "LADDER_KILL_WRITER"

  /// What a process that is to be killed does: offers, bulk decisions and foldings without end.
  @Test(.enabled(if: environment[storeVariable] != nil, "runs in processes that are killed"))
  func writeUntilKilled() throws {
    let path = try #require(Self.environment[Self.storeVariable])
    let writer = try #require(Self.environment[Self.numberVariable].flatMap { Int($0) })
    let store = try JSONStore.open(at: path, disk: SystemDisk(), by: "writer\(writer)")
    let acknowledged = try #require(fopen(path + "-acknowledged-\(writer)", "a"))
    var id = writer
    while id <= store.state.offers.lastID { id += Self.writers }
    for turn in 1...1_000_000 {
      let ids = (0..<(turn % 5 == 0 ? 3 : 1)).map { id + $0 * Self.writers }
      try store.commit(
        ids.map { .offer(from: nil, to: Fixture.offer($0)) }, at: Fixture.time)
      for id in ids { fputs("\(id)\n", acknowledged) }
      fflush(acknowledged)
      id += ids.count * Self.writers
      if turn % 40 == 0 { try store.fold() }
    }
  }

  @Test(.enabled(if: environment[storeVariable] == nil, "is the parent of those processes"))
  func noAcknowledgedDecisionIsMissing() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ladder-kill-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/store"
    try Fixture.store(on: SystemDisk(), at: path).close()
    var total = 0
    for round in 0..<Self.rounds {
      let processes = try (1...Self.writers).map { try Self.start($0, path) }
      try Self.waitUntilAllWrite(folder)
      usleep(UInt32.random(in: 1_000...300_000))
      for process in processes { kill(process.processIdentifier, SIGKILL) }
      for process in processes { process.waitUntilExit() }
      #expect(processes.allSatisfy { $0.terminationReason == .uncaughtSignal })
      total = try Self.check(path, folder, round)
    }
    #expect(total > Self.rounds * Self.writers)
  }

  /// Runs this very test program with nothing but the writer.
  private static func start(_ number: Int, _ path: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = [
      "--testing-library", "swift-testing", "--filter", "writeUntilKilled",
    ]
    process.environment = environment.merging(
      [storeVariable: path, numberVariable: "\(number)"]) { $1 }
    (process.standardOutput, process.standardError) = (
      FileHandle.nullDevice, FileHandle.nullDevice
    )
    try process.run()
    return process
  }

  private static func acknowledged(_ folder: String) -> [Int] {
    (1...writers).flatMap { writer in
      let text = try? String(
        contentsOfFile: folder + "/store-acknowledged-\(writer)", encoding: .utf8)
      return (text ?? "").split(separator: "\n").compactMap { Int($0) }
    }
  }

  /// Waits until each of the processes has acknowledged something in this round.
  private static func waitUntilAllWrite(_ folder: String) throws {
    func sizes() -> [Int] {
      (1...writers).map { writer in
        let text = try? String(
          contentsOfFile: folder + "/store-acknowledged-\(writer)", encoding: .utf8)
        return text?.utf8.count ?? 0
      }
    }
    let (before, deadline) = (sizes(), Date().addingTimeInterval(30))
    while zip(before, sizes()).contains(where: { $0 == $1 }) {
      try #require(Date() < deadline, "the writers do not start")
      usleep(5_000)
    }
  }

  private static func check(_ path: String, _ folder: String, _ round: Int) throws -> Int {
    let store = try JSONStore.open(at: path, disk: SystemDisk(), by: "anna")
    defer { store.close() }
    #expect(store.access == .readWrite, "round \(round)")
    let ids = acknowledged(folder)
    let missing = ids.filter { store.state.offers[$0] == nil }
    #expect(missing.isEmpty, "round \(round): acknowledged, but missing: \(missing)")
    let events = try store.events(limit: .max)
    #expect(events.map(\.sequence) == Array((1..<store.state.sequence + 1).reversed()))
    let transactions = Dictionary(grouping: events.compactMap(\.transaction)) { $0 }
    #expect(transactions.values.allSatisfy { $0.count == 3 }, "round \(round)")
    return ids.count
  }
}
