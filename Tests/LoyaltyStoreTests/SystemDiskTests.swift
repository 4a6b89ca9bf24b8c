import Foundation
import LoyaltyModel
import LoyaltyWorkspace
import Testing

@testable import LoyaltyStore

/// The machine's own disk, and stores on it.
///
/// One after the other, since one of them changes the process's umask.
@Suite(.serialized) struct SystemDiskTests {
  private let disk = SystemDisk()

  /// Gives a folder of its own to a test and removes it.
  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ladder-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  @Test(arguments: [0, 0o777 as mode_t]) func onlyTheOwnerMayReadWhateverTheUmask(
    _ mask: mode_t
  ) throws {
    try inFolder { folder in
      let old = umask(mask)
      defer { umask(old) }
      let path = folder + "/store"
      let store = try Fixture.store(on: disk, at: path)
      try Fixture.importSome(into: store)
      try store.keepRuleVersion(hash: "00", text: "{}")
      try store.fold()
      store.close()
      umask(old)
      var count = 0
      for name in try FileManager.default.subpathsOfDirectory(atPath: path) + [""] {
        let status = try #require(try disk.status(name.isEmpty ? path : path + "/" + name))
        #expect(status.mode == (status.kind == .folder ? 0o700 : 0o600), "\(name)")
        count += 1
      }
      #expect(count > 20)
    }
  }

  /// A group that this machine has and that tests may give files to.
  private static let group: (name: String, number: gid_t)? = {
    guard geteuid() == 0, let entry = getgrnam("staff") else { return nil }
    return ("staff", entry.pointee.gr_gid)
  }()

  @Test(
    .enabled(if: group != nil, "needs root and a group “staff”"), arguments: [0, 0o777 as mode_t])
  func aTeamsGroupMayReadAndWriteWhateverTheUmask(_ mask: mode_t) throws {
    let group = try #require(Self.group)
    try inFolder { folder in
      let old = umask(mask)
      defer { umask(old) }
      let path = folder + "/store"
      let store = try JSONStore.create(
        at: path, programme: Fixture.programme, rules: [Fixture.rule], group: group.name,
        disk: disk, by: "anna", at: Fixture.time)
      try Fixture.importSome(into: store)
      try store.keepRuleVersion(hash: "00", text: "{}")
      store.cache([1], as: "fit-1", keeping: 1)
      try store.fold()
      _ = try store.backup(to: folder + "/backup")
      store.close()
      _ = try JSONStore.restore(from: folder + "/backup", to: path, disk: disk)
      let again = try Fixture.reopen(disk, at: path)
      try again.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
      umask(old)
      var count = 0
      for root in [path, folder + "/backup", path + ".replaced-1"] {
        for name in try FileManager.default.subpathsOfDirectory(atPath: root) + [""] {
          let full = name.isEmpty ? root : root + "/" + name
          let status = try #require(try disk.status(full))
          #expect(status.mode == (status.kind == .folder ? 0o2770 : 0o660), "\(full)")
          let owner = try FileManager.default.attributesOfItem(atPath: full)
          #expect(owner[.groupOwnerAccountID] as? UInt32 == group.number, "\(full)")
          count += 1
        }
      }
      #expect(count > 50)
    }
  }

  @Test func aGroupThatIsUnknownMakesNoStore() throws {
    try inFolder { folder in
      let error = #expect(throws: StoreError.self) {
        try JSONStore.create(
          at: folder + "/store", programme: Fixture.programme, rules: [], group: "no-such-group",
          disk: disk, by: "anna", at: Fixture.time)
      }
      #expect(error == .disk(DiskError(.share, "no-such-group", ENOENT)))
      #expect(error?.message(.english).contains("no group “no-such-group”") == true)
      #expect((try? disk.list(folder)) == [])
    }
  }

  /// Whatever stands in a store in the place of a folder, nothing outside is read, made or removed.
  @Test func symbolicLinksToFoldersAreNeverFollowed() throws {
    try inFolder { folder in
      let (files, path) = (FileManager.default, folder + "/store")
      let outside = folder + "/outside"
      try files.createDirectory(atPath: outside, withIntermediateDirectories: false)
      try disk.writeWhole(outside + "/fit-1", [1], overwrite: false)
      let store = try Fixture.store(on: disk, at: path)
      try Fixture.importSome(into: store)
      for name in ["cache", "spool/000007"] {
        try files.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: outside)
      }
      store.cache([2], as: "fit-2", keeping: 1)
      #expect(store.cached("fit-1") == nil)
      store.close()
      #expect(throws: StoreError.damaged(Damage("cache", .symbolicLink))) {
        try Fixture.reopen(disk, at: path)
      }
      try files.removeItem(atPath: path + "/cache")
      let again = try Fixture.reopen(disk, at: path)
      #expect(again.access == .readWrite)
      #expect(try disk.list(path + "/spool") == [])
      // A backup takes no link along.
      try files.createSymbolicLink(
        atPath: path + "/purchases/2026-09.000009.ndjson", withDestinationPath: outside + "/fit-1")
      _ = try again.backup(to: folder + "/backup")
      #expect(try disk.status(folder + "/backup/purchases/2026-09.000009.ndjson") == nil)
      #expect(try disk.list(outside) == ["fit-1"])
      #expect(try disk.readWhole(outside + "/fit-1") == [1])
    }
  }

  @Test func aStoreOnTheDiskIsThatInMemory() throws {
    try inFolder { folder in
      let memory = MemoryDisk()
      for (disk, path) in [(disk as any Disk, folder + "/store"), (memory, Fixture.path)] {
        let store = try Fixture.store(on: disk, at: path)
        try Fixture.importSome(into: store)
        try store.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
        try store.fold()
        try store.commit([try Fixture.decision(store, 1, .approved)], at: Fixture.time)
      }
      for path in memory.files {
        let inside = String(path.dropFirst(Fixture.path.count))
        #expect(
          try disk.readWhole(folder + "/store" + inside) == memory.readWhole(path), "\(inside)")
      }
      let reopened = try Fixture.reopen(disk, at: folder + "/store")
      #expect(reopened.snapshot == (try Fixture.reopen(memory)).snapshot)
      #expect(reopened.access == .readWrite)
    }
  }

  @Test(arguments: [
    "journal/000001.ndjson", "customers/00.ndjson", "offers", "offers/00.ndjson", "lock",
    "store.json", "products/00.ndjson", "imports/00.ndjson", "settings/recorded.ndjson", "settings",
    "rules/history", "purchases", "audit", "spool",
  ])
  func aSymbolicLinkInsideIsRefused(_ inside: String) throws {
    try inFolder { folder in
      let path = folder + "/store"
      try Fixture.store(on: disk, at: path).close()
      let files = FileManager.default
      try files.moveItem(atPath: path + "/" + inside, toPath: folder + "/away")
      try files.createSymbolicLink(
        atPath: path + "/" + inside, withDestinationPath: folder + "/away")
      do {
        let store = try Fixture.reopen(disk, at: path)
        // A lock that is a link is not followed; without a lock nothing is written.
        guard case .readOnly(.diskFailed(let error)) = store.access else {
          return #expect(Bool(false), "the link was followed")
        }
        #expect(inside == "lock" && error.kind == .symbolicLink)
      } catch StoreError.damaged(let damage) {
        #expect(damage == Damage(inside, .symbolicLink))
      }
    }
  }

  @Test func whatIsNoStoreIsNamed() throws {
    try inFolder { folder in
      #expect(throws: StoreError.missing(path: folder + "/none")) {
        try Fixture.reopen(disk, at: folder + "/none")
      }
      #expect(throws: StoreError.notAStore(path: folder, isEmpty: true)) {
        try Fixture.reopen(disk, at: folder)
      }
      try disk.writeWhole(folder + "/a", [1], overwrite: false)
      #expect(throws: StoreError.notAStore(path: folder, isEmpty: false)) {
        try Fixture.reopen(disk, at: folder)
      }
      #expect(throws: StoreError.notAFolder(path: folder + "/a")) {
        try Fixture.reopen(disk, at: folder + "/a")
      }
      #expect(throws: StoreError.notEmpty(path: folder)) { try Fixture.store(on: disk, at: folder) }
      #expect(throws: StoreError.notAFolder(path: folder + "/a")) {
        try Fixture.store(on: disk, at: folder + "/a")
      }
      try disk.writeWhole(
        folder + "/store.json", Array("{\"format\":\"x\"}".utf8), overwrite: false)
      #expect(throws: StoreError.notAStore(path: folder, isEmpty: false)) {
        try Fixture.reopen(disk, at: folder)
      }
      try disk.writeWhole(folder + "/store.json", Array("{\"format\":".utf8), overwrite: true)
      #expect(throws: StoreError.damaged(Damage("store.json", byte: 10, .value(key: "")))) {
        try Fixture.reopen(disk, at: folder)
      }
    }
  }

  @Test func anotherProcessWaitsForTheLock() throws {
    try inFolder { folder in
      let path = folder + "/store"
      let store = try Fixture.store(on: disk, at: path)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
      // Takes the lock, says so, keeps it for a moment, and says so before it lets go.
      process.arguments = [
        path + "/lock", "sh", "-c", "touch \(folder)/taken; sleep 0.3; touch \(folder)/left",
      ]
      try process.run()
      while try disk.status(folder + "/taken") == nil { usleep(1_000) }
      try store.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
      #expect(try disk.status(folder + "/left") != nil)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
  }

  @Test func aFileIsWrittenWholeOrNotAtAll() throws {
    try inFolder { folder in
      let path = folder + "/offers.csv"
      try disk.writeWhole(path, Array("one".utf8), overwrite: false)
      let error = #expect(throws: DiskError.self) {
        try disk.writeWhole(path, Array("two".utf8), overwrite: false)
      }
      #expect(error?.kind == .exists)
      #expect(try disk.readWhole(path) == Array("one".utf8))
      #expect(try disk.list(folder) == ["offers.csv"])
      try disk.writeWhole(path, Array("two".utf8), overwrite: true)
      var pieces: [[UInt8]] = []
      try disk.readChunks(path, size: 2) { piece in
        pieces.append(piece)
        return true
      }
      #expect(pieces == [Array("tw".utf8), Array("o".utf8)])
      #expect(throws: DiskError(.open, folder, EISDIR)) {
        try disk.readChunks(folder) { _ in true }
      }
      #expect(throws: DiskError(.open, folder + "/x/y.tmp", ENOENT)) {
        try disk.writeWhole(folder + "/x/y", [], overwrite: false)
      }
    }
  }

  @Test func theMountTableKnowsNetworkFileSystems() {
    let table = MountTable(
      Array(
        """
        22 27 0:21 / /proc rw,nosuid shared:14 - proc proc rw
        36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext4 /dev/root rw
        40 35 0:52 / /home/a\\040b rw - nfs4 host:/export rw

        """.utf8))
    #expect(table.type(ofDevice: "98:0") == "ext4")
    #expect(table.type(ofDevice: "0:52") == "nfs4")
    #expect(table.type(ofDevice: "0:5") == nil)
    #expect(MountTable.isNetwork("nfs4") && !MountTable.isNetwork("ext4"))
  }
}
