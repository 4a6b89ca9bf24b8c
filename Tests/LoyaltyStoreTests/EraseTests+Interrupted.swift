import LoyaltyModel
import Testing

@testable import LoyaltyStore

/// An erasing that was cut off is completed, or told, before anything else.
extension EraseTests {
  /// A plan that was made is carried out by whoever comes next; who may only read is told.
  @Test func anErasingThatWasInterruptedIsCompleted() throws {
    let origin = MemoryDisk()
    try Self.store(on: origin).close()
    var interrupted = 0
    for turn in stride(from: 1, through: 400, by: 1) {
      let disk = origin.killed()
      let store = try Fixture.reopen(disk)
      disk.fail(at: turn, number: 5, onwards: true)
      let isDone = (try? store.erase([Self.id], by: Fixture.sipHash, at: Fixture.time)) != nil
      let found = disk.killed()
      if found.files.contains(Fixture.path + "/pending/plan.json") {
        interrupted += 1
        #expect(throws: StoreError.readOnly(.unfinished)) {
          try JSONStore.open(at: Fixture.path, disk: found, by: "ben", readOnly: true)
        }
        let next = try Fixture.reopen(found)
        #expect(next.state.erased.hold(number: Self.id) && next.access == .readWrite)
        #expect(try Self.tracesLeft(on: found) == [])
      }
      if isDone { break }
    }
    #expect(interrupted > 20)
  }

  /// The store as an erasing leaves it that was cut off once its plan counted, and nothing more.
  private static func interrupted() throws -> MemoryDisk {
    let origin = MemoryDisk()
    try store(on: origin).close()
    for turn in 1...400 {
      let disk = origin.killed()
      let store = try Fixture.reopen(disk)
      disk.fail(at: turn, number: 5, onwards: true)
      _ = try? store.erase([id], by: Fixture.sipHash, at: Fixture.time)
      let found = disk.killed()
      if found.files.contains(Fixture.path + "/pending/plan.json") { return found }
    }
    throw StoreError.missing(path: "pending/plan.json")
  }

  private static func isWaiting(_ disk: MemoryDisk) -> Bool {
    disk.files.contains { $0.contains("/pending/") }
  }

  @Test func whoWasBeingErasedIsKnown() throws {
    let disk = try Self.interrupted()
    let found = try JSONStore.erasedPeople(at: Fixture.path, disk: disk)
    #expect(found.people.hold(number: Self.id) && found.damages == [])
    #expect(!Self.isWaiting(disk))
  }

  @Test func aRepairCompletesAnErasingFirst() throws {
    let disk = try Self.interrupted()
    let (repairs, left) = try JSONStore.repair(
      at: Fixture.path, copyingTo: "/disk/copy", disk: disk)
    #expect(repairs == [] && left.isSound)
    #expect(try Self.tracesLeft(on: disk) == [])
    #expect(try Fixture.reopen(disk, at: "/disk/copy").state.erased.hold(number: Self.id))
  }

  /// A record edited while an erasing waits is one of the store that is no more.
  @Test func acceptingAHandEditCompletesAnErasingFirst() throws {
    let disk = try Self.interrupted()
    let shard = Fixture.path + "/customers/00.ndjson"
    let text = String(decoding: try disk.readWhole(shard), as: UTF8.self)
    disk.put(shard, Array(text.replacing("Zebedee Quirk", with: "Zebedee Quark").utf8))
    let shown = disk.killed()
    #expect(try JSONStore.shardEdits(at: Fixture.path, disk: shown) == [])
    let count = try JSONStore.acceptShardEdits(
      at: Fixture.path, disk: disk, by: "ben", at: Fixture.time)
    #expect(count == 0)
    #expect(try Self.tracesLeft(on: disk) == [])
  }

  /// Where nothing can be written, nothing is looked at that may be half of two stores.
  @Test func whoMayOnlyReadIsToldOfAnErasingThatWaits() throws {
    let disk = try Self.interrupted()
    let before = try disk.files.map { try disk.readWhole($0) }
    let unfinished = StoreError.readOnly(.unfinished)
    #expect(throws: unfinished) { try JSONStore.examine(at: Fixture.path, disk: disk) }
    #expect(throws: unfinished) {
      try JSONStore.restore(from: Fixture.path, to: "/disk/new", disk: disk)
    }
    disk.pretendNetwork("nfs4")
    #expect(throws: unfinished) { try JSONStore.erasedPeople(at: Fixture.path, disk: disk) }
    #expect(throws: unfinished) { try JSONStore.shardEdits(at: Fixture.path, disk: disk) }
    #expect(throws: unfinished) {
      try JSONStore.repair(at: Fixture.path, copyingTo: "/disk/copy", disk: disk)
    }
    #expect(try disk.files.map { try disk.readWhole($0) } == before)
  }
}
