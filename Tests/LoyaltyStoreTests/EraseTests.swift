import LoyaltyModel
import TextFormats
import Testing

@testable import LoyaltyStore

/// A person who is erased stands nowhere any more, and does not come back.
struct EraseTests {
  static let id = "K-4711"
  private static let texts = [
    id, "Zebedee", "Quirk", "zebedee@example.org", "Zebedee@Example.org", "+49 30 999", "Tilda",
    "R-4711",
  ]

  private static var person: Customer {
    var person = Customer(id: id)
    (person.name, person.email) = ("Zebedee Quirk", "zebedee@example.org")
    (person.phone, person.city) = ("+49 30 999", "Berlin")
    person.consumers = [Consumer(name: "Tilda", birthYear: 2018)]
    person.consents = [Consent(channel: .email, given: true, day: Fixture.day("2026-01-01"))]
    person.feedback = [
      Feedback(kind: .complaint, day: Fixture.day("2026-02-01"), text: "Quirk was not heard")
    ]
    return person
  }

  private static func bring(
    _ store: JSONStore, _ people: [Customer], _ day: String = "2026-02-03"
  ) throws {
    let writer = try store.beginImport(source: "b.csv", profile: "mapped")
    for person in people { try writer.add(person) }
    try writer.add(
      Fixture.purchase(id, day, 4_200) { ($0.receipt, $0.product) = ("R-4711", "A\\B") }, row: 2)
    try writer.add(Fixture.purchase(id, day, -4_200) { $0.refunds = "R-4711" }, row: 3)
    try writer.add(Fixture.purchase("00001", day, 100), row: 4)
    _ = try writer.commit(counts: ImportCounts(), at: Fixture.time)
  }

  /// A store that tells of the person wherever it can.
  static func store(on disk: MemoryDisk) throws -> JSONStore {
    let store = try Fixture.store(on: disk)
    try Fixture.importSome(into: store)
    try bring(store, [person])
    try store.commit(
      [
        .offer(from: nil, to: Fixture.offer(1, customer: id)),
        .offer(from: nil, to: Fixture.offer(2)),
        .offer(from: nil, to: Fixture.offer(3, customer: id)),
        .offer(from: nil, to: Fixture.offer(4)),
      ], at: Fixture.time)
    try store.fold()
    var moved = person
    moved.city = "Köln"
    try bring(store, [moved], "2026-03-03")
    try store.takeBack(import: 3, at: Fixture.time)
    try store.commit(
      [try Fixture.decision(store, 1, .rejected, reason: "Zebedee said no")], at: Fixture.time)
    try store.commit(
      [try Fixture.decision(store, 2, .rejected, reason: "friend of Zebedee Quirk")],
      at: Fixture.time)
    try store.commit([.offer(from: store.state.offers[3], to: nil)], at: Fixture.time)
    try store.keepRuleVersion(hash: "00", text: "{}")
    store.cache(Array("Zebedee".utf8), as: "fit-1", keeping: 1)
    disk.put(Fixture.path + "/journal/000001-17.torn", Array(#"{"seq":9,"to":"K-4711"#.utf8))
    return store
  }

  /// The files of the store in which one of the texts stands.
  static func tracesLeft(on disk: MemoryDisk) throws -> [String] {
    try disk.files.filter { path in
      let text = String(decoding: try disk.readWhole(path), as: UTF8.self)
      return texts.contains { text.contains($0) }
    }
  }

  private static func total(_ store: JSONStore) -> Int64 {
    let table = store.state.purchases
    return table.amounts.reduce(0, +) + table.anonymous.amount
  }

  @Test func nothingIsLeftInAnyFile() throws {
    let disk = MemoryDisk()
    let store = try Self.store(on: disk)
    #expect(try Self.tracesLeft(on: disk).count >= 10)
    let (before, total) = (store.snapshot, Self.total(store))
    let events = try store.events(limit: .max)
    let event = try store.erase([Self.id], by: Fixture.sipHash, at: Fixture.time)
    #expect(try Self.tracesLeft(on: disk) == [])
    #expect(try Self.tracesLeft(on: disk.crashed()) == [])
    #expect(!disk.files.contains { $0.contains("/cache/") || $0.hasSuffix(".torn") })

    // Everybody else, and every sum, is as before.
    let after = store.snapshot
    #expect(after.customers == before.customers.filter { $0.id != Self.id })
    #expect(after.offers.map(\.id) == [2, 4] && after.lastOffer == 4)
    #expect(after.offers.first?.reason == "(erased)")
    #expect(Self.total(store) == total)
    #expect(store.state.purchases.anonymous.lines == 3)
    guard case .erasure(let erasure) = event.change else { return #expect(Bool(false)) }
    #expect(erasure.people == 1 && erasure.purchases == 2 && erasure.offers == 2)
    #expect(erasure.hashes.count == 2 && erasure.head != erasure.newHead)

    // The log has every event still, the chain is whole, and the store goes on.
    let now = try store.events(limit: .max)
    #expect(now.map(\.sequence) == Array((1...events.count + 1).reversed()))
    #expect(now.dropFirst().map(\.change.operation) == events.map(\.change.operation))
    let reopened = try Fixture.reopen(disk.crashed())
    #expect(reopened.access == .readWrite && reopened.snapshot == after)
    #expect(try JSONStore.examine(at: Fixture.path, disk: disk).isSound)
    try reopened.commit([try Fixture.decision(reopened, 4, .approved)], at: Fixture.time)
    try reopened.fold()
    #expect(reopened.state.erased == store.state.erased)
  }

  /// What staff wrote goes where it names the person, and stays where it only looks so.
  @Test(arguments: [
    ("Ann Lee", "Ann said no", true, false), ("Ann Lee", "Annual discount", true, true),
    ("Ann Lee", "Planned by Lee.", true, false), ("Ann Lee", "sleeves", true, true),
    ("Ann Lee", "friend of ann lee!", false, false), ("Ann Lee", "Joann Leeds", false, true),
    ("Ann Lee", "Ann Lees order", false, false), ("Ann Lee", "pesanan Ann Leenya", false, false),
    ("Ann Lee", "Ann Leeson", false, true), ("Ann Lee", "_Ann Lee_", false, false),
    ("Żółć Ü", "Żółć Übel", false, true), ("Żółć Ü", "(żółć ü)", false, false),
    ("Ann-Ann", "Ann-Ann-Annegret, Ann-Ann", false, false), ("王小明", "昨日王小明さんは", false, false),
    ("김철수", "김철수가 거절", false, false), ("สมชาย", "คุณสมชายไม่มา", false, false),
    ("K-4711", "K-47110 is another", false, true), ("K-4711", "as K-4711 asked", false, false),
  ])
  func whatStaffWroteGoesWhereItNamesThePerson(
    _ name: String, _ reason: String, _ isTheirs: Bool, _ stays: Bool
  ) {
    var person = Customer(id: "X-0001")
    person.name = name
    let traces = PersonTraces([person])
    #expect(traces.redacted(reason, isTheirs: isTheirs) == (stays ? reason : "(erased)"))
  }

  @Test func noImportBringsThePersonBack() throws {
    let disk = MemoryDisk()
    let store = try Self.store(on: disk)
    _ = try store.erase([Self.id], by: Fixture.sipHash, at: Fixture.time)
    var renamed = Self.person
    (renamed.id, renamed.email) = ("N-1", " Zebedee@Example.org")
    let before = store.snapshot
    try Self.bring(store, [Self.person, renamed])
    #expect(store.snapshot.customers == before.customers)
    #expect(store.state.purchases.anonymous.lines == 3)
    #expect(try Self.tracesLeft(on: disk) == [])
    let reopened = try Fixture.reopen(disk.crashed())
    #expect(reopened.snapshot == store.snapshot)
    #expect(reopened.state.erased.hold(number: Self.id))
    #expect(!reopened.state.erased.hold(number: "00001"))
  }

  @Test func anErasedSaleIsNobodysAndNotTakenForAnother() throws {
    let store = try Self.store(on: MemoryDisk())
    var before = 0
    try store.forEachPurchase { _ in before += 1 }
    _ = try store.erase([Self.id], by: Fixture.sipHash, at: Fixture.time)
    var customers: [String] = []
    try store.forEachPurchase { customers.append($0.customer) }
    #expect(customers.count == before - 2)
    #expect(customers.filter { $0.isEmpty }.count == 1)
  }

  @Test func whoIsUnknownIsNotErasedAndNothingChanges() throws {
    let disk = MemoryDisk()
    let store = try Self.store(on: disk)
    let before = store.snapshot
    #expect(throws: StoreError.invalid(.unknownCustomer("X"))) {
      try store.erase(["X"], by: Fixture.sipHash, at: Fixture.time)
    }
    #expect(store.snapshot == before)
  }

  @Test func anImportThatRunsIsWaitedForOrRefused() throws {
    let disk = MemoryDisk()
    let store = try Self.store(on: disk)
    let ben = try Fixture.reopen(disk, by: "ben")
    let writer = try ben.beginImport(source: "c.csv", profile: "mapped")
    try writer.add(Self.person)
    #expect(throws: StoreError.conflict(.importRunning)) {
      try store.erase([Self.id], by: Fixture.sipHash, at: Fixture.time)
    }
    writer.cancel()
    let late = try ben.beginImport(source: "c.csv", profile: "mapped")
    var moved = Self.person
    moved.city = "Bonn"
    try late.add(moved)
    // As if the file were not there yet when the erasing looked.
    let spool = try #require(disk.files.first { $0.contains("/spool/") && $0.hasSuffix("import") })
    let (name, bytes) = (spool, try disk.readWhole(spool))
    for path in disk.files where path.contains("/spool/") { try disk.remove(path) }
    try disk.remove(folder(of: name))
    _ = try store.erase([Self.id], by: Fixture.sipHash, at: Fixture.time)
    try disk.makeFolder(folder(of: name), .owner)
    disk.put(name, bytes)
    #expect(throws: StoreError.conflict(.erasedMeanwhile)) {
      try late.commit(counts: ImportCounts(), at: Fixture.time)
    }
    _ = try Fixture.reopen(disk)
    #expect(try Self.tracesLeft(on: disk) == [])
  }

  @Test func aColleagueSeesItAndGoesOn() throws {
    let disk = MemoryDisk()
    let store = try Self.store(on: disk)
    let ben = try Fixture.reopen(disk, by: "ben")
    _ = try store.erase([Self.id], by: Fixture.sipHash, at: Fixture.time)
    #expect(try ben.refresh())
    #expect(ben.snapshot == store.snapshot)
    try ben.commit([try Fixture.decision(ben, 4, .approved)], at: Fixture.time)
    try store.refresh()
    #expect(ben.snapshot == store.snapshot)
  }

  @Test func aRestoredBackupDoesNotBringThePersonBack() throws {
    let disk = MemoryDisk()
    let store = try Self.store(on: disk)
    _ = try store.backup(to: "/disk/backup")
    _ = try store.erase([Self.id], by: Fixture.sipHash, at: Fixture.time)
    store.close()
    let erased = try JSONStore.erasedPeople(at: Fixture.path, disk: disk).people
    #expect(erased == store.state.erased && !erased.isEmpty)
    _ = try JSONStore.restore(from: "/disk/backup", to: Fixture.path, disk: disk)
    let restored = try Fixture.reopen(disk)
    #expect(restored.state.customers.row(of: Self.id) != nil)
    #expect(try restored.erase(again: erased, at: Fixture.time) != nil)
    #expect(restored.state.erased == erased)
    #expect(restored.state.customers.row(of: Self.id) == nil)
    #expect(try restored.erase(again: erased, at: Fixture.time) == nil)
    let left = try Self.tracesLeft(on: disk).filter { $0.hasPrefix(Fixture.path + "/") }
    #expect(left == [])
  }

  /// A file that tells of the erased is damaged or gone: what can be read still is, and it is told.
  @Test(arguments: [
    ("settings/recorded.ndjson", nil), ("settings/recorded.ndjson", #""time_zone":"#),
    ("settings/recorded.ndjson", #"{"end":"#), ("settings/recorded.ndjson", #""kind":"#),
    ("journal/000003.ndjson", #""op":"#), ("journal/000003.ndjson", nil), ("store.json", nil),
  ])
  func theErasedOfADamagedStoreAreFoundAsFarAsTheyCanBe(_ file: String, _ place: String?) throws {
    let disk = MemoryDisk()
    let store = try Self.store(on: disk)
    _ = try store.erase([Self.id], by: Fixture.sipHash, at: Fixture.time)
    try store.fold()
    _ = try store.erase(["00001"], by: Fixture.sipHash, at: Fixture.time)
    try store.commit([.offer(from: nil, to: Fixture.offer(9, customer: "00002"))], at: Fixture.time)
    store.close()
    let path = Fixture.path + "/" + file
    let journal = disk.files.filter { $0.contains("/journal/") && $0.hasSuffix(".ndjson") }
    let target = file.hasPrefix("journal") ? try #require(journal.last) : path
    if let place {
      let text = String(decoding: try disk.readWhole(target), as: UTF8.self)
      try #require(text.contains(place))
      disk.put(target, Array(text.replacing(place, with: "#", maxReplacements: 1).utf8))
    } else {
      try disk.remove(target)
    }
    let found = try JSONStore.erasedPeople(at: Fixture.path, disk: disk)
    #expect(found.people.hold(number: Self.id))
    #expect(found.people.hold(number: "00001") == !file.hasPrefix("journal"))
    #expect(found.damages.isEmpty == (file == "store.json"), "\(found.damages)")
  }

  @Test(arguments: ["/disk/none", "/disk/empty"]) func whereNoStoreIsNobodyWasErased(
    _ path: String
  ) throws {
    let disk = MemoryDisk()
    try disk.makeFolder("/disk/empty", .owner)
    let found = try JSONStore.erasedPeople(at: path, disk: disk)
    #expect(found.people.isEmpty && found.damages.isEmpty && disk.files.isEmpty)
  }

  @Test func aBackupInsideTheStoreIsRefused() throws {
    let store = try Fixture.store()
    #expect(throws: StoreError.invalid(.insideStore)) {
      try store.backup(to: Fixture.path + "/copies/today")
    }
  }
}
