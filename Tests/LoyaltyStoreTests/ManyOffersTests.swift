import LoyaltyModel
import TextFormats
import Testing

@testable import LoyaltyStore

/// Many offers in one action, each made when its turn comes: the same as if all were given at once,
/// or nothing at all.
struct ManyOffersTests {
  private static let journal = Fixture.path + "/journal/000001.ndjson"
  /// More than stay in memory, and more than one piece of the journal.
  private static let count = 21_000

  private static func change(_ id: Int) -> OfferChange {
    (nil, Fixture.offer(id, customer: "\(id)"))
  }

  private static func store(on disk: MemoryDisk) throws -> JSONStore {
    let store = try Fixture.store(on: disk)
    try store.commit(offers: (1...count).lazy.map { change($0) }, at: Fixture.time)
    return store
  }

  @Test(arguments: [1, 2, 5_000])
  func areTheSameBytesAsChangesGivenAtOnce(_ count: Int) throws {
    let (disk, other) = (MemoryDisk(), MemoryDisk())
    let (one, many) = (try Fixture.store(on: disk), try Fixture.store(on: other))
    try one.commit(offers: (1...count).lazy.map { Self.change($0) }, at: Fixture.time)
    try many.commit(
      (1...count).map { .offer(from: nil, to: Self.change($0).to) }, at: Fixture.time)
    #expect(try disk.readWhole(Self.journal) == other.readWhole(Self.journal))
    #expect(one.snapshot == many.snapshot)
    try one.fold()
    try many.fold()
    for path in disk.files where !path.contains("/cache/") {
      #expect(try disk.readWhole(path) == other.readWhole(path), "\(path)")
    }
  }

  @Test func areAllThereAfterReopeningAndFolding() throws {
    let disk = MemoryDisk()
    let store = try Self.store(on: disk)
    let snapshot = store.snapshot
    #expect(snapshot.offers == (1...Self.count).map { Fixture.offer($0, customer: "\($0)") })
    #expect(try Fixture.reopen(disk.crashed()).snapshot == snapshot)
    try store.fold()
    #expect(store.snapshot == snapshot)
    #expect(try Fixture.reopen(disk.killed()).snapshot == snapshot)
  }

  /// Only the newest events are in memory; the others are read from the journal, then the audit.
  @Test func theLogHasEveryEventOnce() throws {
    let disk = MemoryDisk()
    let store = try Self.store(on: disk)
    try store.commit([try Fixture.decision(store, 7, .approved)], at: Fixture.time)
    let all = Array((1...Self.count + 2).reversed())
    func check(_ store: JSONStore) throws {
      let events = try store.events(limit: .max)
      #expect(events.map(\.sequence) == all)
      #expect(events.last { $0.sequence > 1 }?.change == .offer(from: nil, to: Self.change(1).to))
      #expect(try store.events(limit: 3, before: 900).map(\.sequence) == [899, 898, 897])
      let decisions = try store.events(
        before: nil, limit: 9, of: .decisions, goesOn: { _ in true }, matching: { _ in true })
      #expect(decisions.map(\.sequence) == [Self.count + 2])
    }
    try check(store)
    // What the journal and the audit both have, as after a folding that was cut off, comes once.
    let journal = try disk.readWhole(Self.journal)
    try store.fold()
    try check(store)
    disk.put(Self.journal, journal)
    try check(try JSONStore.open(at: Fixture.path, disk: disk, by: "ben", readOnly: true))
  }

  @Test func aConflictInTheMiddleLeavesNothing() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try store.commit(offers: [Self.change(9_000)], at: Fixture.time)
    let (bytes, snapshot) = (try disk.readWhole(Self.journal), store.snapshot)
    #expect(throws: StoreError.self) {
      try store.commit(offers: (1...9_500).lazy.map { Self.change($0) }, at: Fixture.time)
    }
    #expect(try disk.readWhole(Self.journal) == bytes)
    #expect(store.snapshot == snapshot)
    try store.commit(offers: [Self.change(1)], at: Fixture.time)
    #expect(try Fixture.reopen(disk.crashed()).snapshot == store.snapshot)
  }

  @Test func aFullDiskInTheMiddleLeavesNothing() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    let (bytes, snapshot) = (try disk.readWhole(Self.journal), store.snapshot)
    disk.limitSpace(3 << 20)
    #expect(throws: StoreError.self) {
      try store.commit(offers: (1...9_500).lazy.map { Self.change($0) }, at: Fixture.time)
    }
    disk.limitSpace(.max)
    #expect(try disk.readWhole(Self.journal) == bytes)
    #expect(store.snapshot == snapshot && store.access == .readWrite)
  }

  /// A program that was killed between two pieces, or within one.
  @Test(arguments: [1 << 20, (1 << 20) + 77, 3 << 20])
  func anActionThatWasCutOffNeverWas(_ length: Int) throws {
    let disk = MemoryDisk()
    let before = try Fixture.store(on: disk).snapshot
    let start = try disk.readWhole(Self.journal).count
    try Fixture.reopen(disk).commit(
      offers: (1...9_500).lazy.map { Self.change($0) }, at: Fixture.time)
    disk.put(Self.journal, Array(try disk.readWhole(Self.journal).prefix(start + length)))
    let reopened = try Fixture.reopen(disk)
    #expect(reopened.snapshot == before)
    #expect(reopened.tornWrite?.bytes == length)
  }
}
