import Foundation
import LoyaltyModel
import Testing

@testable import LoyaltyStore

/// How long changes take beside what the disk itself takes for as many bytes, in one run.
///
/// `LADDER_MEASURE=1 swift test -c release -Xswiftc -enable-testing --filter MeasureTests`
@Suite(
  .serialized,
  .enabled(
    if: ProcessInfo.processInfo.environment["LADDER_MEASURE"] != nil,
    "measures; set LADDER_MEASURE to run it"))
struct MeasureTests {
  private static let clock = ContinuousClock()

  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ladder-measure-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private static func milliseconds(_ duration: Duration) -> Double {
    Double(duration.components.attoseconds) / 1e15 + Double(duration.components.seconds) * 1e3
  }

  private static func offers(_ range: Range<Int>) -> [Change] {
    range.map { .offer(from: nil, to: Fixture.offer($0)) }
  }

  @Test func aDecisionBesideARawAppend() throws {
    try inFolder { folder in
      let disk = SystemDisk()
      let store = try Fixture.store(on: disk, at: folder + "/store")
      try store.commit(Self.offers(1..<301), at: Fixture.time)
      let raw = try disk.open(folder + "/raw", .create(.owner))
      let line = [UInt8](repeating: 0x61, count: 150)
      var (rawTimes, times): ([Double], [Double]) = ([], [])
      for id in 1...300 {
        rawTimes.append(
          Self.milliseconds(
            try Self.clock.measure {
              _ = try raw.write(line[...], at: id * line.count)
              try raw.syncData()
            }))
        let change = try Fixture.decision(store, id, .approved)
        times.append(
          Self.milliseconds(try Self.clock.measure { try store.commit([change], at: Fixture.time) })
        )
      }
      let (mine, limit) = (times.sorted()[150], rawTimes.sorted()[150])
      print("commit: median \(mine) ms, raw append + fdatasync \(limit) ms, ratio \(mine / limit)")
      #expect(mine > 0)
    }
  }

  @Test func aBulkAndARecovery() throws {
    try inFolder { folder in
      let path = folder + "/store"
      let store = try Fixture.store(on: SystemDisk(), at: path)
      try store.commit(Self.offers(1..<10_001), at: Fixture.time)
      try store.fold()
      for state in [OfferState.approved, .suggested, .rejected, .suggested] {
        let changes = try (1...10_000).map { try Fixture.decision(store, $0, state) }
        let time = try Self.clock.measure { try store.commit(changes, at: Fixture.time) }
        print("bulk of 10,000 decisions: \(Self.milliseconds(time)) ms")
      }
      let before = store.state.sequence
      let time = try Self.clock.measure {
        let found = try Fixture.reopen(SystemDisk(), at: path)
        #expect(found.state.sequence == before)
      }
      print("open with 10,000 offers and 40,000 events to recover: \(Self.milliseconds(time)) ms")
    }
  }
}
