import LoyaltyModel
import Testing

@testable import LoyaltyStore

/// Edits by hand in the files that folding writes: shown as differences, taken over as events.
struct HandEditTests {
  private static func store(on disk: MemoryDisk) throws -> Snapshot {
    let store = try Fixture.store(on: disk)
    try Fixture.importSome(into: store)
    try store.commit(
      (1...3).map { .offer(from: nil, to: Fixture.offer($0)) }, at: Fixture.time)
    try store.fold()
    try store.commit([try Fixture.decision(store, 1, .approved)], at: Fixture.time)
    return store.snapshot
  }

  private static func edit(
    _ path: String, on disk: MemoryDisk, _ change: (String) -> String
  ) throws {
    disk.put(Fixture.path + "/" + path, Array(change(try disk.text(path)).utf8))
  }

  private static func accept(_ disk: any Disk) throws -> Int {
    try JSONStore.acceptShardEdits(at: Fixture.path, disk: disk, by: "ben", at: Fixture.time)
  }

  @Test func aSoundStoreHasNone() throws {
    let disk = MemoryDisk()
    let before = try Self.store(on: disk)
    #expect(try JSONStore.shardEdits(at: Fixture.path, disk: disk) == [])
    #expect(try Self.accept(disk) == 0)
    #expect(try Fixture.reopen(disk).snapshot == before)
  }

  @Test func editsAreShownAndTakenOver() throws {
    let disk = MemoryDisk()
    let before = try Self.store(on: disk)
    try Self.edit("customers/00.ndjson", on: disk) {
      $0.replacing("\"city\":\"Berlin\"", with: "\"vip\":true,\"city\":\"Potsdam\"")
        .replacing(
          "{\"id\":\"00002\"}",
          with: " {\"name\": \"Neu\", \"id\": \"00002\"}\n{\"id\":\"9\",\"name\":\"Da\"}")
    }
    try Self.edit("products/00.ndjson", on: disk) { $0.replacing("0.1", with: "0.2") }
    try Self.edit("offers/00.ndjson", on: disk) { text in
      // The second offer's cost is another, the third is gone.
      text.split(separator: "\n").map(String.init).filter { !$0.contains("\"id\":3,") }
        .map { $0.contains("\"id\":2,") ? $0.replacing("0.55", with: "0.65") : $0 }
        .joined(separator: "\n") + "\n"
    }
    let edits = try JSONStore.shardEdits(at: Fixture.path, disk: disk)
    #expect(edits.map(\.record) == ["00001", "00002", "9", "A\\B", "2", "3"])
    let lines = edits.flatMap { edit in
      edit.differences.map {
        "\(edit.file) \(edit.line ?? 0) \($0.key) \($0.recorded ?? "-") \($0.found ?? "-")"
      }
    }
    #expect(lines.contains("customers/00.ndjson 2 city \"Berlin\" \"Potsdam\""))
    #expect(lines.contains("customers/00.ndjson 3 name - \"Neu\""))
    #expect(lines.contains("products/00.ndjson 2 margin 0.1 0.2"))
    #expect(lines.contains("offers/00.ndjson 3 expected_cost \"0.55\" \"0.65\""))
    #expect(edits.last?.line == nil && edits.last?.isAcceptable == true)

    #expect(try Self.accept(disk) == 6)
    let store = try Fixture.reopen(disk.crashed())
    #expect(store.access == .readWrite)
    #expect(try JSONStore.examine(at: Fixture.path, disk: disk).isSound)
    #expect(store.state.customers.customer(0).city == "Potsdam")
    #expect(store.snapshot.customers.map(\.name).contains("Neu"))
    #expect(store.state.product("A\\B")?.margin == 0.2)
    #expect(store.state.offers[2]?.expectedCost == 65 && store.state.offers[3] == nil)
    // What came after the fold is still there, and who edited is known.
    #expect(store.state.offers[1]?.state == .approved)
    let events = try store.events(limit: 3)
    #expect(events.map(\.change.operation) == ["offer.withdraw", "offer.change", "import.commit"])
    #expect(events.allSatisfy { $0.by == "ben" })
    #expect(!disk.files.contains { $0.hasSuffix(ShardComparison.suffix) })
    // What is not known was kept, and an import that is taken back does not lose the edits.
    try store.fold()
    #expect(try disk.crashed().text("customers/00.ndjson").contains("\"vip\":true"))
    try store.takeBack(import: 2, at: Fixture.time)
    #expect(store.snapshot.customers == before.customers)
  }

  @Test func whatIsNoRecordIsNamedAndNothingChanges() throws {
    let disk = MemoryDisk()
    _ = try Self.store(on: disk)
    try Self.edit("customers/00.ndjson", on: disk) { $0.replacing("\"Berlin\"", with: "7") }
    let files = try disk.files.map { try disk.readWhole($0) }
    let error = #expect(throws: StoreError.self) { try Self.accept(disk) }
    guard case .damaged(let damage) = error else { return #expect(Bool(false), "\(error as Any)") }
    #expect(damage.file == "customers/00.ndjson" && damage.line == 2)
    #expect(damage.flaw == .value(key: "city"))
    #expect(try disk.files.map { try disk.readWhole($0) } == files)
  }

  @Test func aCustomerWhoseLineWasTakenOutComesBack() throws {
    let disk = MemoryDisk()
    let before = try Self.store(on: disk)
    try Self.edit("customers/00.ndjson", on: disk) { text in
      text.split(separator: "\n").filter { !$0.contains("\"00001\"") }.joined(separator: "\n")
        + "\n"
    }
    let edits = try JSONStore.shardEdits(at: Fixture.path, disk: disk)
    #expect(edits.map(\.isAcceptable) == [false])
    #expect(try Self.accept(disk) == 0)
    #expect(try Fixture.reopen(disk).snapshot == before)
  }

  /// Somebody who folds meanwhile would take the edited file for damage, or overwrite it.
  @Test func nothingIsPutAsideWhileSomebodyWrites() async throws {
    let disk = MemoryDisk()
    _ = try Self.store(on: disk)
    try Self.edit("offers/00.ndjson", on: disk) { $0.replacing("0.55", with: "0.65") }
    let before = try disk.files.map { try disk.readWhole($0) }
    let lock = try disk.open(Fixture.path + "/lock", .lock(.owner))
    #expect(try lock.lock(waiting: false))
    async let accepted = Self.accept(disk)
    try await Task.sleep(for: .milliseconds(100))
    #expect(try disk.files.map { try disk.readWhole($0) } == before)
    lock.unlock()
    #expect(try await accepted == 3)
  }

  @Test func aStoreOfANewerProgramIsLeftAsItIs() throws {
    let disk = MemoryDisk()
    _ = try Self.store(on: disk)
    try Self.edit("offers/00.ndjson", on: disk) { $0.replacing("0.55", with: "0.65") }
    try Self.edit("store.json", on: disk) {
      $0.replacing("\"schema\": \(JSONStore.knownSchema)", with: "\"schema\": 99")
    }
    let before = try disk.files.map { try disk.readWhole($0) }
    #expect(throws: StoreError.readOnly(.newerSchema(found: 99, known: JSONStore.knownSchema))) {
      try Self.accept(disk)
    }
    #expect(try disk.files.map { try disk.readWhole($0) } == before)
  }

  /// Wherever it stops, the edit is there still and can be accepted then.
  @Test func anAcceptingThatIsInterruptedIsTakenUpAgain() throws {
    let origin = MemoryDisk()
    _ = try Self.store(on: origin)
    try Self.edit("offers/00.ndjson", on: origin) { $0.replacing("0.55", with: "0.65") }
    var interrupted = 0
    for turn in 1...400 {
      let disk = origin.killed()
      disk.fail(at: turn, number: 5, onwards: true)
      let isDone = (try? Self.accept(disk)) != nil
      for found in [disk.killed(), disk.crashed()] {
        _ = try Self.accept(found)
        let store = try Fixture.reopen(found)
        #expect(store.access == .readWrite, "\(turn)")
        #expect(store.state.offers[2]?.expectedCost == 65, "\(turn)")
        #expect(store.state.offers[1]?.state == .approved, "\(turn)")
      }
      if isDone { break }
      interrupted += 1
    }
    #expect(interrupted > 10)
  }

  /// Edits the offer of a number.
  private static func edit(
    offer number: Int, on disk: MemoryDisk, _ old: String, _ new: String
  ) throws {
    try edit("offers/00.ndjson", on: disk) { text in
      text.split(separator: "\n").map {
        $0.contains("\"id\":\(number),") ? $0.replacing(old, with: new) : $0
      }.joined(separator: "\n") + "\n"
    }
  }

  private static func copies(_ disk: MemoryDisk) -> [String] {
    disk.files.filter { $0.hasSuffix(ShardComparison.suffix) }
  }

  /// Both edits are taken over wherever the first accepting stopped; the second may stop too.
  @Test func anEditAfterAnInterruptedAcceptingLosesNothing() throws {
    let origin = MemoryDisk()
    _ = try Self.store(on: origin)
    try Self.edit(offer: 2, on: origin, "0.55", "0.65")
    var most = 0
    for turn in stride(from: 1, through: 400, by: 7) {
      let disk = origin.killed()
      disk.fail(at: turn, number: 5, onwards: true)
      if (try? Self.accept(disk)) != nil { break }
      let first = disk.killed()
      if Self.copies(first).isEmpty { continue }
      try Self.edit(offer: 3, on: first, "\"percent\":10", "\"percent\":12")
      for next in stride(from: turn % 37 + 1, through: 400, by: 37) {
        let second = first.killed()
        second.fail(at: next, number: 5, onwards: true)
        let isDone = (try? Self.accept(second)) != nil
        let found = second.killed()
        most = max(most, Self.copies(found).count)
        _ = try Self.accept(found)
        let store = try Fixture.reopen(found)
        #expect(store.access == .readWrite, "\(turn) \(next)")
        #expect(store.state.offers[2]?.expectedCost == 65, "\(turn) \(next)")
        #expect(store.state.offers[3]?.terms.percent == 12, "\(turn) \(next)")
        #expect(Self.copies(found) == [], "\(turn) \(next)")
        if isDone { break }
      }
    }
    #expect(most == 2)
  }

  /// Which of two edits of one record counts is for people to say; both are kept.
  @Test(arguments: [
    ("customers", "\"Berlin\"", "\"Bonn\"", "\"Köln\""), ("products", "0.1", "0.2", "0.3"),
    ("offers", "0.55", "0.65", "0.75"),
  ])
  func twoEditsOfOneRecordAreAConflict(
    _ folder: String, _ was: String, _ first: String, _ second: String
  ) throws {
    let disk = MemoryDisk()
    _ = try Self.store(on: disk)
    let path = folder + "/00.ndjson"
    let text = try disk.text(path)
    try #require(text.contains(was))
    let copy = Fixture.path + "/" + path + ShardComparison.suffix
    disk.put(copy, Array(text.replacing(was, with: first).utf8))
    try Self.edit(path, on: disk) { $0.replacing(was, with: second) }
    for _ in 1...2 {
      let error = #expect(throws: StoreError.self) { try Self.accept(disk) }
      guard case .conflict(.record) = error else {
        return #expect(Bool(false), "\(error as Any)")
      }
      #expect(Self.copies(disk).count == 2)
    }
    let kept = try Self.copies(disk).map { String(decoding: try disk.readWhole($0), as: UTF8.self) }
    #expect(kept.contains { $0.contains(first) } && kept.contains { $0.contains(second) })
    // The one is taken away: the other counts.
    try disk.remove(copy)
    _ = try Self.accept(disk)
    #expect(Self.copies(disk) == [])
    let store = try Fixture.reopen(disk)
    try store.fold()
    #expect(try disk.text(path).contains(second))
  }
}
