import LoyaltyModel
import LoyaltyStore
import Synchronization
import Testing

@testable import LoyaltyWorkspace

@Suite("Looking after a store")
struct CareTests {
  let disk: MemoryDisk
  let workspace: LoyaltyWorkspace

  init() throws {
    disk = try Shop.small()
    workspace = try Shop.open(disk)
    try workspace.suggest()
  }

  @Test("the log shows what is asked for")
  func filter() throws {
    let ids = try workspace.ids("state = suggested")
    let ben = try Shop.open(disk, user: "ben")
    _ = try ben.decide([ids[0]], .approve)
    _ = try workspace.refresh()
    _ = try workspace.decide([ids[1]], .approve)
    func texts(_ change: (inout LogFilter) -> Void) throws -> [String] {
      var filter = LogFilter()
      change(&filter)
      return try workspace.log(limit: 99, matching: filter).map(\.event.change.operation)
    }
    #expect(try texts { $0.by = "ben" } == ["offer.decide"])
    #expect(try texts { $0.operation = "offer.decide" } == ["offer.decide", "offer.decide"])
    #expect(Set(try texts { $0.operation = "offer" }) == ["offer.decide", "offer.suggest"])
    #expect(
      try texts { $0.since = Shop.today } == workspace.log(limit: 99).map(\.event.change.operation))
    #expect(try texts { $0.since = Day("2026-07-16") } == [])
    #expect(try workspace.log(limit: 1, matching: LogFilter()).count == 1)
    #expect(
      Set(try workspace.log(limit: 99).map(\.event.change.operation))
        .isSubset(of: Set(LogFilter.operations)))
  }

  @Test("an examination names what a repair of a copy leaves")
  func examine() throws {
    let environment = Shop.environment(disk)
    let sound = try LoyaltyWorkspace.examine(at: Shop.path, environment: environment)
    #expect(sound.problems.isEmpty && sound.files > 5)
    let path = try #require(disk.files.first { $0.contains("/purchases/") })
    disk.put(path, try disk.readWhole(path).map { $0 == 0x31 ? 0x32 : $0 })
    let name = String(path.dropFirst(Shop.path.count + 1))
    let health = try LoyaltyWorkspace.examine(at: Shop.path, environment: environment)
    #expect(health.problems.map(\.file).contains(name))
    let report = try LoyaltyWorkspace.repair(
      at: Shop.path, copyingTo: "/disk/copy", environment: environment)
    #expect(report.changes.isEmpty && report.left.map(\.file).contains(name))
  }

  @Test("a watch tells of a colleague's decision")
  func watch() async throws {
    let ids = try workspace.ids("state = suggested")
    let ben = try Shop.open(disk, user: "ben")
    try await confirmation { confirmed in
      let told = Mutex(false)
      let watch = workspace.watch {
        if told.withLock({ told in
          defer { told = true }; return !told
        }) {
          confirmed()
        }
      }
      _ = try ben.decide([ids[0]], .approve)
      for _ in 0..<200 where !told.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(10)) }
      watch.stop()
    }
    #expect(try workspace.refresh())
    #expect(try workspace.offerCard(ids[0]).offer.state == .approved)
  }
}
