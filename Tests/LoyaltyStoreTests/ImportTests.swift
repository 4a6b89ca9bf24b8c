import LoyaltyModel
import LoyaltyWorkspace
import TextFormats
import Testing

@testable import LoyaltyStore

/// Imports: their files, the tables they make, taking them back and bringing them again.
struct ImportTests {
  @Test func anImportWritesAFileAMonthAndOneEvent() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    let event = try Fixture.importSome(into: store)
    let batch = try #require(event.change.batch)
    #expect(
      batch.segments.map(\.path) == [
        "customers/import.000001.ndjson", "products/import.000001.ndjson",
        "purchases/2026-01.000001.ndjson", "purchases/2026-02.000001.ndjson",
      ])
    #expect(batch.segments.map(\.rows) == [1, 1, 2, 2])
    #expect(
      (batch.firstDay, batch.lastDay) == (Fixture.day("2026-01-15"), Fixture.day("2026-02-03")))
    for segment in batch.segments {
      let bytes = try disk.readWhole(Fixture.path + "/" + segment.path)
      #expect(CRC32C.checksum(of: bytes) == segment.crc32c)
    }
    let lines = try disk.text("purchases/2026-02.000001.ndjson").split(separator: "\n")
    #expect(
      lines.dropLast() == [
        #"{"kind":"purchases","schema":1,"month":"2026-02"}"#,
        #"{"customer":"00002","date":"2026-02-03","amount":"11.77","row":2}"#,
        #"{"customer":"00001","date":"2026-02-01","amount":"-2.50","units":-1,"product":"A\\B","#
          + #""refunds":"R1","row":4}"#,
      ])
    #expect(lines.last?.hasPrefix(#"{"end":2,"crc32c":""#) == true)
    #expect(try disk.text("customers/import.000001.ndjson").contains(#"\u001b[31m"#))
  }

  @Test func theTableIsSortedAndJoined() throws {
    let store = try Fixture.store()
    try Fixture.importSome(into: store)
    #expect(
      store.snapshot.purchases == [
        "00001 2026-01-31 250 1 A\\B - - 1-3 -",
        "00001 2026-02-01 -250 -1 A\\B - - 1-4 1-3",
        "00002 2026-02-03 1177 1 - - - 1-2 -",
        "anonymous 1 99",
      ])
    #expect(store.state.purchases.products == [Fixture.product])
    #expect(store.state.lastDays.map(\.profile) == ["mapped"])
    #expect(store.state.lastDays.map(\.day) == [Fixture.day("2026-02-03")])
  }

  /// The table against a plain sort of the purchases themselves.
  @Test(arguments: [1 as UInt64, 2, 3]) func theTableIsWhatAPlainSortMakes(_ seed: UInt64) throws {
    var random = SplitMix(seed)
    let store = try Fixture.store()
    var expected: [(customer: String, purchase: Purchase, id: PurchaseID)] = []
    for batch in 1...3 {
      let writer = try store.beginImport(source: "\(batch)", profile: "p")
      for row in 1...400 {
        let id = "c\(random.next(60))"
        var purchase = Fixture.purchase(id, "2026-01-01", Int64(random.next(10_000)) - 2_000)
        purchase.day = purchase.day + random.next(100)
        purchase.units = Int32(random.next(5)) - 2
        purchase.branch = ["", "Mitte", "Ost \"2\""][random.next(3)]
        purchase.channel = ["", "web", "shop"][random.next(3)]
        purchase.product = ["", "p1", "p\u{1}2", "p3"][random.next(4)]
        try writer.add(purchase, row: row)
        expected.append((id, purchase, PurchaseID(batch: UInt16(batch), row: UInt32(row))))
      }
      _ = try writer.commit(counts: ImportCounts(), at: Fixture.time)
    }
    expected.sort {
      if $0.customer != $1.customer {
        return $0.customer.utf8.lexicographicallyPrecedes($1.customer.utf8)
      }
      return ($0.purchase.day, $0.id) < ($1.purchase.day, $1.id)
    }
    let lines = expected.map { entry in
      let purchase = entry.purchase
      func shown(_ text: String) -> String { text.isEmpty ? "-" : text }
      return
        "\(entry.customer) \(purchase.day) \(purchase.amount) \(purchase.units) "
        + "\(shown(purchase.product)) \(shown(purchase.branch)) \(shown(purchase.channel)) "
        + "\(entry.id) -"
    }
    #expect(store.snapshot.purchases.dropLast() == lines[...])
    #expect(store.state.customers.count == Set(expected.map(\.customer)).count)
  }

  @Test func aRefundFindsTheSaleOfItsProduct() throws {
    let store = try Fixture.store()
    let writer = try store.beginImport(source: "s", profile: "p")
    let sales: [(String, Int64, String, String)] = [
      ("a", 100, "R1", "x"), ("a", 200, "R1", "y"), ("b", 300, "R1", "y"), ("a", 400, "", "y"),
    ]
    for (index, sale) in sales.enumerated() {
      try writer.add(
        Fixture.purchase(sale.0, "2026-01-01", sale.1) {
          ($0.receipt, $0.product) = (sale.2, sale.3)
        },
        row: index + 1)
    }
    for (index, refund) in [("a", "R1", "y"), ("a", "R1", "z"), ("a", "R2", "y"), ("b", "R1", "x")]
      .enumerated()
    {
      try writer.add(
        Fixture.purchase(refund.0, "2026-01-0\(index + 2)", -1) {
          ($0.refunds, $0.product) = (refund.1, refund.2)
        }, row: index + 5)
    }
    _ = try writer.commit(counts: ImportCounts(), at: Fixture.time)
    let table = store.state.purchases
    let found = Dictionary(
      uniqueKeysWithValues: table.refundedRow.map { (table.id($0).row, table.id($1).row) })
    #expect(found == [5: 2, 6: 1, 8: 3])
  }

  @Test func aCustomerRecordThatReplacesOneKeepsTheEarlier() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try Fixture.importSome(into: store)
    var newer = Fixture.customer
    newer.name = "Neu"
    try Fixture.importSome(into: store, customers: [newer, Customer(id: "00000")])
    let lines = try disk.text("customers/import.000002.ndjson").split(separator: "\n")
    #expect(lines[1].contains(#""name":"Neu""#))
    #expect(lines[1].contains(#","from":{"id":"00001","name":"Ada "#))
    #expect(!lines[2].contains("from"))
    // The product is the same as stored, so that it is not written again.
    #expect(!disk.files.contains { $0.hasSuffix("products/import.000002.ndjson") })
    #expect(store.snapshot.customers == [Customer(id: "00000"), newer, Customer(id: "00002")])
  }

  @Test(arguments: [false, true]) func importsAreTakenBackInAnyOrder(_ isFolding: Bool) throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    var states = [store.snapshot]
    func step(_ change: () throws -> Void) throws {
      try change()
      if isFolding { try store.fold() }
      states.append(store.snapshot)
      #expect(try Fixture.reopen(disk.crashed()).snapshot == store.snapshot)
    }
    var newer = Fixture.customer
    newer.name = "Neu"
    try step { try Fixture.importSome(into: store) }
    try step { try Fixture.importSome(into: store, customers: [newer], shift: 5) }
    try step { try store.takeBack(import: 1, at: Fixture.time) }
    #expect(states[3].customers == [newer, Customer(id: "00002")])
    #expect(states[3].purchases.count == 4)
    try step { try store.takeBack(import: 2, at: Fixture.time) }
    #expect(states[4].customers.isEmpty && states[4].products.isEmpty)
    #expect(states[4].purchases == ["anonymous 0 0"])
    #expect(throws: StoreError.conflict(.batch(1, isPresent: false))) {
      try store.takeBack(import: 1, at: Fixture.time)
    }
    try step { try Fixture.importSome(into: store) }
    #expect(store.state.batches.map(\.number) == [3])
    #expect(states[5].purchases.map { $0.replacing(" 3-", with: " 1-") } == states[1].purchases)
  }

  @Test func aTakenBackImportIsBroughtAgainWhileItsFilesAreThere() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    let event = try Fixture.importSome(into: store)
    let batch = try #require(event.change.batch)
    var newer = Fixture.customer
    newer.name = "Neu"
    try Fixture.importSome(into: store, customers: [newer])
    let before = store.snapshot
    let undo = try store.takeBack(import: 1, at: Fixture.time)
    #expect(undo.undoes == event.sequence)
    let again = try store.restore(batch, undoes: undo.sequence, at: Fixture.time)
    #expect(again.undoes == undo.sequence)
    #expect(store.snapshot.customers == before.customers)
    #expect(store.snapshot.purchases == before.purchases)
    #expect(try Fixture.reopen(disk.crashed()).snapshot == store.snapshot)
    #expect(throws: StoreError.conflict(.batch(1, isPresent: true))) {
      try store.restore(batch, undoes: nil, at: Fixture.time)
    }
    try store.takeBack(import: 1, at: Fixture.time)
    try store.fold()
    store.close()
    let reopened = try Fixture.reopen(disk)
    #expect(!disk.files.contains { $0.contains(".000001.ndjson") && !$0.contains("journal") })
    #expect(throws: StoreError.invalid(.segmentsGone(1))) {
      try reopened.restore(batch, undoes: nil, at: Fixture.time)
    }
  }

  @Test func filesThatNoEventNamesAreIgnoredAndRemoved() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try Fixture.importSome(into: store)
    let before = store.snapshot
    let files = disk.files
    for path in [
      "purchases/2026-03.000002.ndjson", "customers/import.000002.ndjson",
      "purchases/2026-03.000002.ndjson.tmp", "customers/00.ndjson.tmp",
    ] { disk.put(Fixture.path + "/" + path, Array("{}".utf8)) }
    let writer = try store.beginImport(source: "b", profile: "p")
    try writer.add(Fixture.purchase("x", "2026-05-01", 1), row: 1)
    // The import still runs, so that its files stay.
    _ = try Fixture.reopen(disk)
    #expect(disk.files.contains { $0.hasPrefix(Fixture.path + "/spool/") })
    let killed = disk.killed()
    #expect(try Fixture.reopen(killed).snapshot == before)
    #expect(killed.files == files)
    writer.cancel()
    #expect(disk.files == files)
    #expect(throws: StoreError.invalid(.importEnded)) {
      try writer.commit(counts: ImportCounts(), at: Fixture.time)
    }
  }

  @Test func aChangedSegmentIsNamed() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try Fixture.importSome(into: store)
    let path = "purchases/2026-02.000001.ndjson"
    let text = try disk.text(path)
    disk.put(
      Fixture.path + "/" + path, Array(text.replacing("11.77", with: "11.78").utf8))
    let opened = try Fixture.reopen(disk.killed())
    #expect(opened.access == .readOnly(.damaged(Damage(path, .checksum))))
    disk.put(Fixture.path + "/" + path, Array(text.replacing("11.77", with: "11,77").utf8))
    let error = #expect(throws: StoreError.self) { try Fixture.reopen(disk) }
    guard case .damaged(let damage) = error else { return #expect(Bool(false), "\(error as Any)") }
    #expect((damage.file, damage.line) == (path, 2))
    #expect(damage.message(.english).contains("line 2, byte "))
    try disk.remove(Fixture.path + "/" + path)
    #expect(throws: StoreError.damaged(Damage(path, .missing))) { try Fixture.reopen(disk) }
  }

  @Test func manyCustomersAreSpreadOverShardsByFolding() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    let writer = try store.beginImport(source: "s", profile: "p")
    for number in 0..<Core.manyCustomers {
      var customer = Customer(id: "c\(number)")
      customer.name = "n\(number)"
      try writer.add(customer)
    }
    _ = try writer.commit(counts: ImportCounts(), at: Fixture.time)
    try store.commit(
      (1...100).map { .offer(from: nil, to: Fixture.offer($0)) }, at: Fixture.time)
    #expect(try disk.text("store.json").contains(#""shards": 1,"#))
    let before = store.snapshot
    try store.fold()
    #expect(try disk.text("store.json").contains(#""shards": 64,"#))
    #expect(disk.files.count { $0.contains("/customers/") } == 65)
    #expect(store.handEdits.isEmpty)
    let found = disk.crashed()
    let reopened = try Fixture.reopen(found)
    #expect(reopened.snapshot == before)
    let shard = shard(of: "c7", 64)
    let text = try disk.text("customers/" + StorePath.digits(shard, 2) + ".ndjson")
    #expect(text.contains(#"{"id":"c7","name":"n7"}"#))
    try reopened.commit([try Fixture.decision(reopened, 77, .approved)], at: Fixture.time)
    try reopened.fold()
    #expect(try Fixture.reopen(found.crashed()).snapshot == reopened.snapshot)
  }
}
