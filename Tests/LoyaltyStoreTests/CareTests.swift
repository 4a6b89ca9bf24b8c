import Foundation
import LoyaltyModel
import Testing

@testable import LoyaltyStore

/// Examining, repairing, backing up and restoring.
struct CareTests {
  private static func store() throws -> (MemoryDisk, JSONStore) {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try Fixture.importSome(into: store)
    try store.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
    try store.fold()
    try store.commit([try Fixture.decision(store, 1, .approved)], at: Fixture.time)
    try store.commit([try Fixture.decision(store, 1, .rejected)], at: Fixture.time)
    return (disk, store)
  }

  @Test func aSoundStoreIsFoundSoundAndLeftAsItIs() throws {
    let (disk, store) = try Self.store()
    let before = try disk.files.map { try disk.readWhole($0) }
    let found = try JSONStore.examine(at: Fixture.path, disk: disk)
    #expect(found.damages == [])
    #expect(found.files > 8 && found.records > 10)
    #expect(try disk.files.map { try disk.readWhole($0) } == before)
    #expect(try JSONStore.examine(at: Fixture.path, disk: disk) == found)
    store.close()
  }

  /// One byte of any file is changed: the file is named, and the line where lines check themselves.
  @Test(arguments: [
    "customers/00.ndjson", "offers/00.ndjson", "products/00.ndjson", "imports/00.ndjson",
    "settings/recorded.ndjson", "purchases/2026-02.000001.ndjson",
    "customers/import.000001.ndjson", "audit/2026-07.ndjson", "journal/000002.ndjson",
  ])
  func everyDamagedFileIsNamed(_ file: String) throws {
    let (disk, _) = try Self.store()
    let path = Fixture.path + "/" + file
    let whole = try disk.readWhole(path)
    let feed = try #require(whole.firstIndex(of: 10))
    let isChained = file.hasPrefix("audit") || file.hasPrefix("journal")
    for offset in stride(from: isChained ? 0 : feed + 2, to: whole.count - 2, by: 37) {
      // Of the journal the last line may be one that was never finished.
      if file.hasPrefix("journal"), offset > feed { break }
      var bytes = whole
      bytes[offset] ^= 1
      disk.put(path, bytes)
      let found = try JSONStore.examine(at: Fixture.path, disk: disk)
      #expect(found.damages.contains { $0.file == file }, "byte \(offset): \(found.damages)")
      if isChained {
        let line = whole[..<offset].count { $0 == 10 } + 1
        #expect(found.damages.contains { $0.file == file && $0.line == line }, "byte \(offset)")
      }
    }
  }

  @Test func allDamageIsFoundNotTheFirstAlone() throws {
    let (disk, _) = try Self.store()
    for file in ["customers/00.ndjson", "offers/00.ndjson"] {
      let text = try disk.text(file).replacing("00001", with: "00003")
      disk.put(Fixture.path + "/" + file, Array(text.utf8))
    }
    try disk.remove(Fixture.path + "/purchases/2026-02.000001.ndjson")
    let found = try JSONStore.examine(at: Fixture.path, disk: disk)
    #expect(Set(found.damages.map(\.file)).count == 3)
  }

  @Test func aRepairCutsTheJournalOfACopy() throws {
    let (disk, store) = try Self.store()
    let events = try store.events(limit: 99)
    let path = Fixture.path + "/journal/000002.ndjson"
    var bytes = try disk.readWhole(path)
    bytes[10] ^= 1
    disk.put(path, bytes)
    let before = try disk.files.map { try disk.readWhole($0) }
    let (repairs, left) = try JSONStore.repair(
      at: Fixture.path, copyingTo: "/disk/copy", disk: disk)
    #expect(
      repairs == [
        .cut(
          file: "journal/000002.ndjson", byte: 0, bytes: bytes.count,
          kept: "journal/000002-0.torn")
      ])
    #expect(left.isSound && left.tornFiles == ["journal/000002-0.torn"])
    let copy = try Fixture.reopen(disk, at: "/disk/copy")
    #expect(copy.access == .readWrite)
    #expect(try copy.events(limit: 99) == Array(events.dropFirst(2)))
    #expect(try disk.readWhole("/disk/copy/journal/000002-0.torn") == bytes)
    let original = disk.files.filter { $0.hasPrefix(Fixture.path + "/") }
    #expect(try original.map { try disk.readWhole($0) } == before)
  }

  @Test func aRepairSealsWhatCanBeReadAndLeavesTheRest() throws {
    let (disk, _) = try Self.store()
    let shard = try disk.text("customers/00.ndjson").replacing("Berlin", with: "Potsdam")
    disk.put(Fixture.path + "/customers/00.ndjson", Array(shard.utf8))
    let broken = try disk.text("offers/00.ndjson").replacing("\"id\":1", with: "\"id\":x")
    disk.put(Fixture.path + "/offers/00.ndjson", Array(broken.utf8))
    let (repairs, left) = try JSONStore.repair(
      at: Fixture.path, copyingTo: "/disk/copy", disk: disk)
    #expect(repairs.contains(.sealed(file: "customers/00.ndjson", rows: 2)))
    #expect(
      repairs.contains { repair in
        if case .left(let damage) = repair { damage.file == "offers/00.ndjson" } else { false }
      })
    #expect(Set(left.damages.map(\.file)) == ["offers/00.ndjson"])
  }

  @Test func aBackupIsTheStore() throws {
    let (disk, store) = try Self.store()
    let copied = try store.backup(to: "/disk/backup")
    #expect(copied.files > 8 && copied.bytes > 1_000)
    let before = store.snapshot
    #expect(try Fixture.reopen(disk.crashed(), at: "/disk/backup").snapshot == before)
    #expect(throws: StoreError.notEmpty(path: "/disk/backup")) {
      try store.backup(to: "/disk/backup")
    }
    try store.commit([.offer(from: nil, to: Fixture.offer(2))], at: Fixture.time)
    let after = store.snapshot
    store.close()
    // The files of the store change, those of the backup do not.
    #expect(try Fixture.reopen(disk, at: "/disk/backup").snapshot == before)
    #expect(after != before)
  }

  /// Who may use somebody else's folder is theirs to say; what is made in it is one's own.
  @Test(arguments: [nil, "team"]) func aFolderOfSomebodyElseTakesABackup(
    _ group: String?
  ) throws {
    let disk = MemoryDisk()
    let store = try JSONStore.create(
      at: Fixture.path, programme: Fixture.programme, rules: [], group: group, disk: disk,
      by: "anna", at: Fixture.time)
    try disk.makeFolder("/disk/shared", .group)
    disk.pretendForeign("/disk/shared")
    _ = try store.backup(to: "/disk/shared")
    #expect(try disk.status("/disk/shared")?.mode == 0o2770)
    #expect(try disk.status("/disk/shared/customers")?.mode == 0o700)
    #expect(try disk.status("/disk/shared/store.json")?.mode == 0o600)
    #expect(try Fixture.reopen(disk, at: "/disk/shared").snapshot == store.snapshot)
  }

  @Test func aStoreCanBeMadeInAFolderOfSomebodyElse() throws {
    let disk = MemoryDisk()
    try disk.makeFolder("/disk/shared", .group)
    disk.pretendForeign("/disk/shared")
    // It cannot be given to a group then, which must not be passed over.
    #expect(throws: StoreError.disk(DiskError(.share, "team", EPERM))) {
      try JSONStore.create(
        at: "/disk/shared", programme: Fixture.programme, rules: [], group: "team", disk: disk,
        by: "anna", at: Fixture.time)
    }
    #expect(disk.files == [])
    let store = try Fixture.store(on: disk, at: "/disk/shared")
    #expect(store.access == .readWrite)
    #expect(try disk.status("/disk/shared/customers")?.mode == 0o700)
    #expect(try disk.status("/disk/shared/store.json")?.mode == 0o600)
  }

  @Test func aRestoredBackupTakesTheStoresPlace() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ladder-care-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (disk, path) = (SystemDisk(), folder + "/store")
    let store = try Fixture.store(on: disk, at: path)
    try Fixture.importSome(into: store)
    let before = store.snapshot
    _ = try store.backup(to: folder + "/backup")
    try store.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
    let after = store.snapshot
    store.close()
    let aside = try JSONStore.restore(from: folder + "/backup", to: path, disk: disk)
    #expect(aside == path + ".replaced-1")
    #expect(try Fixture.reopen(disk, at: path).snapshot == before)
    #expect(try Fixture.reopen(disk, at: path + ".replaced-1").snapshot == after)
    #expect(try JSONStore.restore(from: folder + "/backup", to: folder + "/new", disk: disk) == nil)
    #expect(try Fixture.reopen(disk, at: folder + "/new").snapshot == before)
    #expect(try disk.status(folder + "/new")?.mode == 0o700)
  }

  @Test func aDamagedBackupIsNotRestored() throws {
    let (disk, store) = try Self.store()
    _ = try store.backup(to: "/disk/backup")
    let path = "/disk/backup/offers/00.ndjson"
    disk.put(path, try disk.readWhole(path).dropLast(5))
    let files = disk.files
    #expect(throws: StoreError.self) {
      try JSONStore.restore(from: "/disk/backup", to: Fixture.path, disk: disk)
    }
    #expect(disk.files == files)
  }
}
