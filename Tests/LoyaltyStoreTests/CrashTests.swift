import LoyaltyModel
import Testing

@testable import LoyaltyStore

/// Whatever operation fails, and whether the program is killed or the power goes, the store is as
/// before or as after, never between.
struct CrashTests {
  /// What is done to a store while the disk fails.
  enum Deed: String, CaseIterable {
    case decide, bulk, settings, rule, removeRule, importing, takeBack, fold, foldAgain, erase

    func prepare(_ store: JSONStore) throws {
      try Fixture.importSome(into: store)
      try store.commit(
        (1...3).map { .offer(from: nil, to: Fixture.offer($0)) }, at: Fixture.time)
      guard self == .foldAgain else { return }
      try store.fold()
      try store.commit([try Fixture.decision(store, 3, .approved)], at: Fixture.time)
    }

    func run(_ store: JSONStore) throws {
      switch self {
      case .decide:
        try store.commit([try Fixture.decision(store, 1, .approved)], at: Fixture.time)
      case .bulk:
        try store.commit(
          [
            try Fixture.decision(store, 1, .approved), try Fixture.decision(store, 2, .rejected),
          ], at: Fixture.time)
      case .settings:
        var to = store.state.programme
        to.timeZone = "UTC"
        to.stages.loyalDays = 9
        try store.commit([.settings(from: store.state.programme, to: to)], at: Fixture.time)
      case .rule:
        try store.commit(
          [.rule(file: "second.json", from: Fixture.rule.text, to: "{}")], at: Fixture.time)
      case .removeRule:
        try store.commit(
          [.rule(file: "second.json", from: Fixture.rule.text, to: nil)], at: Fixture.time)
      case .importing: try Fixture.importSome(into: store, shift: 7)
      case .takeBack: try store.takeBack(import: 1, at: Fixture.time)
      case .fold, .foldAgain: try store.fold()
      case .erase: _ = try store.erase(["00002"], by: Fixture.sipHash, at: Fixture.time)
      }
    }
  }

  /// The states before and after a deed, and the number of operations that it takes.
  private static func rehearse(_ deed: Deed) throws -> (
    disk: MemoryDisk, before: Snapshot, after: Snapshot, operations: Int
  ) {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try deed.prepare(store)
    store.close()
    let copy = disk.killed()
    let again = try Fixture.reopen(copy)
    let before = again.snapshot
    let start = copy.operations
    try deed.run(again)
    return (disk, before, again.snapshot, copy.operations - start)
  }

  @Test(arguments: Deed.allCases) func oneFailureLeavesOldOrNew(_ deed: Deed) throws {
    let (origin, before, after, operations) = try Self.rehearse(deed)
    #expect(operations > 2)
    for turn in 1...operations {
      let disk = origin.killed()
      let store = try Fixture.reopen(disk)
      disk.fail(at: turn, number: 5)
      let isAcknowledged = (try? deed.run(store)) != nil
      disk.mend()
      // What is acknowledged is there; what is refused is not, in this session and the next.
      let expected = isAcknowledged ? after : before
      #expect(store.snapshot == expected, "\(deed) \(turn)")
      let reopened = try Fixture.reopen(disk.killed())
      #expect(reopened.snapshot == expected, "\(deed) \(turn) reopened")
      #expect(reopened.access == .readWrite && reopened.handEdits.isEmpty, "\(deed) \(turn)")
      // The session goes on, if the disk let it stay open for writing.
      if store.access == .readWrite {
        try store.commit([try Fixture.decision(store, 3, .recalled)], at: Fixture.time)
        #expect(try Fixture.reopen(disk.crashed()).snapshot == store.snapshot, "\(deed) \(turn)")
      }
    }
  }

  @Test(arguments: Deed.allCases) func aStopAtAnyPointLeavesOldOrNew(_ deed: Deed) throws {
    let (origin, before, after, operations) = try Self.rehearse(deed)
    for turn in 1...operations + 1 {
      let disk = origin.killed()
      let store = try Fixture.reopen(disk)
      disk.fail(at: turn, number: 5, onwards: true)
      let isAcknowledged = (try? deed.run(store)) != nil
      for (name, found) in [("power", disk.crashed()), ("kill", disk.killed())] {
        let reopened = try Fixture.reopen(found)
        let now = reopened.snapshot
        #expect(now == after || now == before && !isAcknowledged, "\(deed) \(turn) \(name)")
        #expect(reopened.access == .readWrite, "\(deed) \(turn) \(name)")
        #expect(reopened.handEdits.isEmpty, "\(deed) \(turn) \(name)")
        #expect(try reopened.events(limit: 99).count == now.sequence, "\(deed) \(turn) \(name)")
        try reopened.commit([try Fixture.decision(reopened, 3, .recalled)], at: Fixture.time)
        try reopened.fold()
        let last = try Fixture.reopen(found.crashed())
        #expect(last.snapshot == reopened.snapshot, "\(deed) \(turn) \(name)")
        #expect(try last.events(limit: 99).count == now.sequence + 1, "\(deed) \(turn) \(name)")
      }
    }
  }

  @Test func aFailureWhileMakingAStoreLeavesNone() throws {
    let trial = MemoryDisk()
    _ = try Fixture.store(on: trial)
    for turn in 1...trial.operations {
      let disk = MemoryDisk()
      disk.fail(at: turn, number: 5)
      let store = try? Fixture.store(on: disk)
      disk.mend()
      if let store {
        #expect(try Fixture.reopen(disk.crashed()).snapshot == store.snapshot, "\(turn)")
      } else if disk.files.contains(Fixture.path + "/store.json") {
        // Made, but its first event was refused: a store without rules.
        #expect(try Fixture.reopen(disk.killed()).state.rules.isEmpty, "\(turn)")
      } else {
        // Nothing but a lock that nobody holds, which is in nobody's way.
        #expect(disk.files.allSatisfy { $0 == Fixture.path + "/lock" }, "\(turn)")
        #expect(throws: Never.self, "\(turn)") { try Fixture.store(on: disk) }
      }
    }
  }

  @Test func aFullDiskRefusesAndLeavesTheStoreAsItWas() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try store.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
    let (before, bytes) = (store.snapshot, try disk.text("journal/000001.ndjson"))
    disk.limitSpace(100)
    let error = #expect(throws: StoreError.self) {
      try store.commit([try Fixture.decision(store, 1, .approved)], at: Fixture.time)
    }
    guard case .disk(let failure) = error else { return #expect(Bool(false), "\(error as Any)") }
    #expect(failure.kind == .full)
    #expect(store.snapshot == before && store.access == .readWrite)
    #expect(try disk.text("journal/000001.ndjson") == bytes)
    #expect(throws: StoreError.self) { try store.fold() }
    disk.limitSpace(.max)
    try store.commit([try Fixture.decision(store, 1, .approved)], at: Fixture.time)
    #expect(try Fixture.reopen(disk.crashed()).snapshot == store.snapshot)
  }

  @Test func afterAFailedSyncTheJournalIsContinuedInANewFile() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try store.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
    let before = store.snapshot
    let syncing = try Self.operation(of: .sync, in: disk.killed())
    disk.fail(at: syncing, number: 5)
    #expect(throws: StoreError.self) {
      try store.commit([try Fixture.decision(store, 1, .approved)], at: Fixture.time)
    }
    disk.mend()
    #expect(store.snapshot == before)
    #expect(store.access == .readWrite)
    #expect(disk.files.contains(Fixture.path + "/journal/000002.ndjson"))
    try store.commit([try Fixture.decision(store, 1, .rejected)], at: Fixture.time)
    #expect(try Fixture.reopen(disk.crashed()).snapshot == store.snapshot)
    try store.fold()
    #expect(try Fixture.reopen(disk.crashed()).events(limit: 9).count == 3)
  }

  /// Which operation of a decision is the sync of the journal: the first whose failure makes a new
  /// generation.
  private static func operation(of _: DiskError.Operation, in disk: MemoryDisk) throws -> Int {
    for turn in 1...20 {
      let copy = disk.killed()
      let store = try Fixture.reopen(copy)
      copy.fail(at: turn, number: 5)
      _ = try? store.commit([try Fixture.decision(store, 1, .approved)], at: Fixture.time)
      if copy.files.contains(Fixture.path + "/journal/000002.ndjson") { return turn }
    }
    throw DiskError(.sync, "", 0)
  }
}
