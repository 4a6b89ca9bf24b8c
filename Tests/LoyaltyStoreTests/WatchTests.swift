import Foundation
import LoyaltyModel
import Synchronization
import Testing

@testable import LoyaltyStore

/// Several programs on one store learn of each other's changes and do not wait for each other.
struct WatchTests {
  /// Gives a folder of its own to a test and removes it.
  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ladder-watch-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  /// Waits until something holds.
  private func wait(_ seconds: Double, until isTrue: () -> Bool) -> Bool {
    let deadline = Date().addingTimeInterval(seconds)
    while !isTrue() && Date() < deadline { usleep(2_000) }
    return isTrue()
  }

  @Test func aDecisionIsSeenByTheOtherWithinASecond() throws {
    try inFolder { folder in
      let path = folder + "/store"
      let anna = try Fixture.store(on: SystemDisk(), at: path)
      let ben = try Fixture.reopen(SystemDisk(), at: path, by: "ben")
      let watcher = ben.watch { _ = try? ben.refresh() }
      for id in 1...3 {
        try anna.commit([.offer(from: nil, to: Fixture.offer(id))], at: Fixture.time)
        #expect(wait(1) { ben.state.offers[id] != nil }, "offer \(id)")
      }
      try anna.fold()
      try anna.commit([try Fixture.decision(anna, 2, .approved)], at: Fixture.time)
      #expect(wait(1.5) { ben.state.offers[2]?.state == .approved }, "after folding")
      watcher.stop()
      try anna.commit([try Fixture.decision(anna, 1, .approved)], at: Fixture.time)
      usleep(50_000)
      #expect(ben.state.offers[1]?.state == .suggested)
    }
  }

  @Test func aDiskWithoutNoticesIsLookedAt() throws {
    let disk = MemoryDisk()
    let anna = try Fixture.store(on: disk)
    let calls = Mutex(0)
    let watcher = anna.watch { calls.withLock { $0 += 1 } }
    try anna.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
    #expect(wait(5) { calls.withLock { $0 } == 1 })
    watcher.stop()
  }

  @Test func aReaderDoesNotWaitForAWriter() throws {
    let disk = MemoryDisk()
    let anna = try Fixture.store(on: disk)
    let ben = try Fixture.reopen(disk, by: "ben")
    try anna.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
    try anna.fold()
    let before = ben.snapshot
    // Somebody holds the lock, as during a long folding; a waiting reader would hang here.
    let lock = try disk.open(Fixture.path + "/lock", .update)
    #expect(try lock.lock(waiting: false))
    #expect(try !ben.refresh())
    #expect(ben.snapshot == before)
    lock.unlock()
    #expect(try ben.refresh())
    #expect(ben.snapshot == anna.snapshot)
  }
}
