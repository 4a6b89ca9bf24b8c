import LoyaltyModel
import LoyaltyWorkspace
import Synchronization
import Testing

@testable import LoyaltyStore

/// Several open stores on one folder, and stores that can only be read.
struct SharingTests {
  @Test func twoSeeEachOther() throws {
    let disk = MemoryDisk()
    let anna = try Fixture.store(on: disk)
    let ben = try Fixture.reopen(disk, by: "ben")
    try anna.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
    #expect(ben.state.offers.count == 0)
    #expect(try ben.refresh())
    #expect(try !ben.refresh())
    #expect(ben.snapshot == anna.snapshot)
    let late = try Fixture.decision(anna, 1, .rejected)
    try ben.commit([try Fixture.decision(ben, 1, .approved)], at: Fixture.time)
    #expect(
      throws: StoreError.conflict(
        .offer(1, now: .init(state: .approved), by: "ben", at: Fixture.time))
    ) { try anna.commit([late], at: Fixture.time) }
    // The conflict has shown what is new.
    #expect(anna.snapshot == ben.snapshot)
    try Fixture.importSome(into: anna)
    #expect(try ben.refresh())
    #expect(ben.snapshot == anna.snapshot)
    #expect(try anna.events(before: nil, limit: 9, matching: { $0.by == "ben" }).count == 1)
  }

  @Test func foldingIsFollowedByOthers() throws {
    let disk = MemoryDisk()
    let anna = try Fixture.store(on: disk)
    let ben = try Fixture.reopen(disk, by: "ben")
    let carla = try JSONStore.open(at: Fixture.path, disk: disk, by: "carla", readOnly: true)
    #expect(carla.access == .readOnly(.requested))
    try anna.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
    try anna.fold()
    try anna.commit([.offer(from: nil, to: Fixture.offer(2))], at: Fixture.time)
    try ben.commit([.offer(from: nil, to: Fixture.offer(3))], at: Fixture.time)
    #expect(try anna.refresh() && carla.refresh())
    #expect(ben.snapshot == anna.snapshot && carla.snapshot == anna.snapshot)
    #expect(try Fixture.reopen(disk.crashed()).snapshot == anna.snapshot)
  }

  @Test func manyThreadsLoseNothing() async throws {
    let disk = MemoryDisk()
    let first = try Fixture.store(on: disk)
    let stores = [
      first, try Fixture.reopen(disk, by: "ben"), try Fixture.reopen(disk, by: "carla"),
    ]
    await withTaskGroup { group in
      for (index, store) in stores.enumerated() {
        group.addTask {
          for number in 0..<30 {
            _ = try? store.commit(
              [.offer(from: nil, to: Fixture.offer(index * 30 + number + 1))], at: Fixture.time)
            if number % 10 == 9 { try? store.fold() }
          }
        }
      }
    }
    for store in stores { try store.refresh() }
    #expect(first.state.offers.count == 90)
    #expect(first.snapshot == stores[1].snapshot && first.snapshot == stores[2].snapshot)
    let found = try Fixture.reopen(disk.crashed())
    #expect(found.snapshot == first.snapshot)
    #expect(try found.events(limit: 200).map(\.sequence) == Array((1...91).reversed()))
  }

  @Test func aWriteThatIsNotFinishedIsNotShown() throws {
    let disk = MemoryDisk()
    let anna = try Fixture.store(on: disk)
    let ben = try Fixture.reopen(disk, by: "ben")
    let path = Fixture.path + "/journal/000001.ndjson"
    let start = try disk.readWhole(path)
    try anna.commit(
      [.offer(from: nil, to: Fixture.offer(1)), .offer(from: nil, to: Fixture.offer(2))],
      at: Fixture.time)
    let whole = try disk.readWhole(path)
    let before = ben.snapshot
    for length in start.count..<whole.count where length % 37 == 0 {
      disk.put(path, Array(whole.prefix(length)))
      #expect(try !ben.refresh())
      #expect(ben.snapshot == before)
    }
    disk.put(path, whole)
    #expect(try ben.refresh())
    #expect(ben.snapshot == anna.snapshot)
  }

  @Test func aStoreThatCannotBeWrittenIsRead() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try Fixture.importSome(into: store)
    for (number, reason) in [
      (30 as Int32, ReadOnlyReason.fileSystem), (13, .permission),
    ] {
      let copy = disk.killed()
      // Listing the folder and reading store.json come first, then the lock file.
      let turn = try #require(
        (1...10).first { turn in
          copy.fail(at: turn, number: number)
          return (try? Fixture.reopen(copy))?.access == .readOnly(reason)
        })
      copy.fail(at: turn, number: number)
      let opened = try Fixture.reopen(copy)
      copy.mend()
      #expect(opened.snapshot == store.snapshot)
      #expect(throws: StoreError.readOnly(reason)) {
        try opened.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
      }
      #expect(throws: StoreError.readOnly(reason)) {
        try opened.beginImport(source: "s", profile: "p")
      }
      #expect(throws: StoreError.readOnly(reason)) { try opened.fold() }
    }
    disk.pretendNetwork("nfs4")
    let far = try Fixture.reopen(disk)
    #expect(far.access == .readOnly(.network("nfs4")))
    #expect(far.snapshot == store.snapshot)
  }

  @Test func aNewerSchemaIsOnlyRead() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    let text = try disk.text("store.json").replacing("\"schema\": 2", with: "\"schema\": 3")
    disk.put(Fixture.path + "/store.json", Array(text.utf8))
    let files = disk.files
    let opened = try Fixture.reopen(disk.killed())
    #expect(opened.access == .readOnly(.newerSchema(found: 3, known: 2)))
    #expect(opened.snapshot == store.snapshot)
    #expect(disk.files == files)
    // What looks like damage is what this program does not know yet.
    let later = Array("{\"kind\":\"offers\",\"schema\":9}\n".utf8)
    disk.put(Fixture.path + "/offers/00.ndjson", later)
    #expect(throws: StoreError.readOnly(.newerSchema(found: 3, known: 2))) {
      try Fixture.reopen(disk.killed())
    }
  }

  @Test func aClosedStoreRefuses() throws {
    let store = try Fixture.store()
    store.close()
    #expect(throws: StoreError.readOnly(.closed)) {
      try store.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
    }
  }

  @Test func aDamagedShardIsNamed() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try Fixture.importSome(into: store)
    try store.fold()
    let text = try disk.text("customers/00.ndjson")
    disk.put(
      Fixture.path + "/customers/00.ndjson",
      Array(text.replacing("Berlin", with: "Berlim").utf8))
    let edited = try Fixture.reopen(disk.killed())
    #expect(edited.access == .readOnly(.damaged(Damage("customers/00.ndjson", .checksum))))
    #expect(edited.state.customers.customer(0).city == "Berlim")
    disk.put(
      Fixture.path + "/customers/00.ndjson",
      Array(text.split(separator: "\n").dropLast().joined(separator: "\n").utf8))
    #expect(throws: StoreError.damaged(Damage("customers/00.ndjson", .footer))) {
      try Fixture.reopen(disk)
    }
  }

  /// Every message names its subject and ends as a sentence.
  @Test(arguments: [
    (StoreError.missing(path: "/x"), "/x"), (.notAFolder(path: "/x"), "/x"),
    (.notAStore(path: "/x", isEmpty: true), "empty"),
    (.notAStore(path: "/x", isEmpty: false), "store.json"), (.notEmpty(path: "/x"), "/x"),
    (.damaged(Damage("a.ndjson", line: 3, byte: 17, .checksum)), "a.ndjson, line 3, byte 17"),
    (.readOnly(.network("nfs4")), "nfs4"), (.readOnly(.fileSystem), "read-only"),
    (.readOnly(.newerSchema(found: 3, known: 2)), "schema 3"),
    (.conflict(.offer(7, now: .init(state: .approved), by: "ben", at: Fixture.time)), "ben"),
    (.invalid(.segmentsGone(4)), "Import 4"), (.disk(DiskError(.write, "/y", 28)), "space"),
  ])
  func messagesSayWhatAndWhere(_ error: StoreError, _ word: String) {
    #expect(error.message(.english).contains(word))
    #expect(error.message(.english).hasSuffix("."))
  }
}
