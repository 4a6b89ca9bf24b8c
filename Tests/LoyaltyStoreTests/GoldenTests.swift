import Foundation
import LoyaltyModel
import Testing
import TextFormats

@testable import LoyaltyStore

/// Stores as earlier versions of the program wrote them, one a schema: `Golden/schema-N` with all
/// files, and `Golden/schema-N.txt` with all that they say.
///
/// They are never written anew: `LADDER_RECORD_GOLDEN=1` writes one of the newest schema, once.
struct GoldenTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  /// A store that uses everything: two imports, one of them taken back, offers in every state,
  /// settings, rules, an export, events in the audit and in the journal.
  private static func make(on disk: MemoryDisk) throws -> JSONStore {
    let store = try Fixture.store(on: disk)
    try Fixture.importSome(into: store)
    try store.commit(
      (1...6).map { .offer(from: nil, to: Fixture.offer($0, customer: "0000\($0 % 2 + 1)")) },
      at: Fixture.time)
    try store.commit([try Fixture.decision(store, 1, .approved)], at: Fixture.time)
    try store.commit([try Fixture.decision(store, 2, .rejected, reason: "Zeit")], at: Fixture.time)
    var programme = Fixture.programme
    programme.margin = 0.35
    programme.cohorts.amounts = CohortCut(
      measure: .twelveMonths, high: 50_000, mid: 10_000, day: Fixture.day("2026-06-30"))
    try store.commit([.settings(from: Fixture.programme, to: programme)], at: Fixture.time)
    try store.fold()
    try Fixture.importSome(into: store, customers: [], shift: 5)
    try store.takeBack(import: 2, at: Fixture.time)
    try store.commit(
      [try Fixture.decision(store, 3, .snoozed, until: Fixture.day("2026-08-01"))],
      at: Fixture.time)
    try store.commit([.offer(from: store.state.offers[4], to: nil)], at: Fixture.time)
    let export = ExportRecord(file: "o.csv", format: "csv", offers: [1], crc32c: 0xB58B_9799)
    try store.commit(
      [.export(export), try Fixture.decision(store, 1, .exported)], at: Fixture.time)
    try store.commit([.rule(file: "x.json", from: nil, to: "{\n}\n")], at: Fixture.time)
    // From schema 2 on.
    try store.commit([.backup(folder: "/backups/monday")], at: Fixture.time)
    _ = try store.erase(["00002"], by: Fixture.sipHash, at: Fixture.time)
    try store.commit([try Fixture.decision(store, 6, .approved)], at: Fixture.time)
    return store
  }

  /// All that a store says, a line each, as its records write it: what later versions add to a
  /// record is not in these.
  private static func text(_ store: JSONStore) throws -> String {
    let (now, currency) = (store.snapshot, store.state.programme.currency)
    var writer = JSONWriter()
    func line(_ write: (inout JSONWriter) -> Void) {
      write(&writer)
      writer.newline()
    }
    line { writer in
      writer.object {
        $0.member("currency", now.programme.currency.code)
        $0.member("time_zone", now.programme.timeZone)
        $0.member("margin", now.programme.margin)
        $0.member("high", money: now.programme.cohorts.amounts?.high, currency)
        $0.member("event", now.sequence)
        $0.member("last_offer", now.lastOffer)
        $0.member("last_import", now.lastBatch)
      }
    }
    for customer in now.customers { line { CustomerRecord.write(customer, to: &$0) } }
    for purchase in now.purchases { line { $0.string(purchase) } }
    for product in now.products { line { ProductRecord.write(product, to: &$0) } }
    for offer in now.offers { line { OfferRecord.write(offer, currency, to: &$0) } }
    for batch in now.batches { line { BatchRecord.write(batch, to: &$0) } }
    for rule in now.rules { line { $0.string(rule.file + " " + rule.text) } }
    for hash in store.state.erased.hashes.sorted() { line { $0.string(SipHash.hexadecimal(hash)) } }
    for event in try store.events(limit: .max).reversed() {
      let sealed = EventRecord.line(event, more: false, after: 0, currency).bytes
      line { $0.string(String(decoding: sealed, as: UTF8.self)) }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// Reads a folder beside these tests as a disk.
  private static func disk(_ name: String) throws -> MemoryDisk {
    let (disk, root) = (MemoryDisk(), folder.appendingPathComponent(name))
    try disk.makeFolder(Fixture.path, .owner)
    for path in try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted() {
      let url = root.appendingPathComponent(path)
      if (try url.resourceValues(forKeys: [.isDirectoryKey])).isDirectory == true {
        try disk.makeFolder(Fixture.path + "/" + path, .owner)
      } else {
        disk.put(Fixture.path + "/" + path, Array(try Data(contentsOf: url)))
      }
    }
    try disk.syncFolder("/disk")
    try disk.syncFolder(Fixture.path)
    return disk
  }

  /// The values of the lines of a text; of an event without its checksums, which depend on how
  /// characters were escaped.
  private static func values(_ text: String) throws -> [String] {
    try text.split(separator: "\n").map { line in
      let node = try JSONDocument(parsing: Array(line.utf8)).root
      guard let event = node.string, event.hasPrefix("{\"seq\"") else {
        return JSONWriter.plain(node)
      }
      let seal = Seal.previousLength + Seal.checksumLength + 1
      let body = String(event.dropLast(seal)) + "}"
      return try JSONWriter.plain(JSONDocument(parsing: Array(body.utf8)).root)
    }
  }

  @Test(arguments: ["schema-1", "schema-2"])
  func anOlderStoreOpensAndBecomesOneOfToday(_ name: String) throws {
    let text = try String(
      contentsOf: Self.folder.appendingPathComponent(name + ".txt"), encoding: .utf8)
    let expected = try Self.values(text)
    let disk = try Self.disk(name)
    // Who may only read sees the same and changes nothing.
    let before = disk.files
    let reader = try JSONStore.open(
      at: Fixture.path, disk: disk, by: "ben", readOnly: true)
    #expect(try Self.values(Self.text(reader)) == expected)
    #expect(disk.files == before)
    #expect(try disk.text("store.json").contains("\"schema\": \(name.last ?? "?")"))

    let store = try Fixture.reopen(disk)
    #expect(store.access == .readWrite && store.handEdits.isEmpty)
    #expect(try Self.values(Self.text(store)) == expected)
    #expect(try disk.text("store.json").contains("\"schema\": \(JSONStore.knownSchema)"))
    #expect(try JSONStore.examine(at: Fixture.path, disk: disk).isSound)
    // It is durable, goes on to work, and folds.
    try store.commit([try Fixture.decision(store, 6, .recalled)], at: Fixture.time)
    try store.fold()
    let again = try Fixture.reopen(disk.crashed())
    #expect(again.snapshot == store.snapshot)
    #expect(try JSONStore.examine(at: Fixture.path, disk: disk.crashed()).isSound)
  }

  @Test func anOlderStoreThatCannotBeBroughtUpToDateIsOnlyRead() throws {
    let disk = try Self.disk("schema-1")
    disk.limitSpace(0)
    let store = try Fixture.reopen(disk)
    guard case .readOnly(.diskFailed) = store.access else {
      return #expect(Bool(false), "\(store.access)")
    }
    #expect(try disk.text("store.json").contains("\"schema\": 1"))
    disk.limitSpace(.max)
    #expect(try Fixture.reopen(disk.killed()).access == .readWrite)
  }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["LADDER_RECORD_GOLDEN"] != nil,
      "records a store of the newest schema; set LADDER_RECORD_GOLDEN to do it"))
  func record() throws {
    let disk = MemoryDisk()
    let store = try Self.make(on: disk)
    let name = "schema-\(JSONStore.knownSchema)"
    let target = Self.folder.appendingPathComponent(name)
    try #require(!FileManager.default.fileExists(atPath: target.path), "golden stores stay")
    for path in disk.files where !path.hasSuffix("/lock") {
      let url = target.appendingPathComponent(String(path.dropFirst(Fixture.path.count + 1)))
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(try disk.readWhole(path)).write(to: url)
    }
    try Data(try Self.text(store).utf8)
      .write(to: Self.folder.appendingPathComponent(name + ".txt"))
  }
}

extension JSONWriter {
  /// A node as compact text.
  fileprivate static func plain(_ node: JSONNode) -> String {
    var writer = JSONWriter()
    writer.node(node)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
