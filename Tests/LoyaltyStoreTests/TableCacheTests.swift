import LoyaltyModel
import TextFormats
import Testing

@testable import LoyaltyStore

/// Tables that were kept as columns are those of the JSON, or are not used.
struct TableCacheTests {
  /// Opens a store with everything kept, and waits until it is.
  private static func open(_ disk: MemoryDisk) throws -> JSONStore {
    let store = try JSONStore.open(at: Fixture.path, disk: disk, by: "anna", cachesFrom: 0)
    store.waitForCache()
    return store
  }

  private static func kept(_ disk: MemoryDisk) -> String? {
    disk.files.first { $0.hasPrefix(Fixture.path + "/cache/" + TableCache.prefix) }
  }

  /// Whether the tables of an opening came from the columns: it reads no file of purchases whole.
  private static func isUsed(_ disk: MemoryDisk) throws -> Bool {
    let core = try Core(
      at: Fixture.path, disk: disk, user: "", mayWrite: false, cachesFrom: 0, progress: { _ in })
    guard let cache = core.tableCache() else { return false }
    return core.keptTables(cache) != nil
  }

  private static func prepared() throws -> MemoryDisk {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try Fixture.importSome(into: store)
    try store.fold()
    try Fixture.importSome(into: store, customers: [], shift: 7)
    store.close()
    _ = try open(disk)
    return disk
  }

  @Test func theNextOpeningTakesTheColumns() throws {
    let disk = try Self.prepared()
    let path = try #require(Self.kept(disk))
    #expect(try Self.isUsed(disk))
    let with = try Self.open(disk).snapshot
    try disk.remove(path)
    #expect(try !Self.isUsed(disk))
    #expect(try Self.open(disk).snapshot == with)
    // And it is kept again, in a folder that version control leaves alone.
    #expect(Self.kept(disk) != nil)
    #expect(try disk.text("cache/.gitignore") == "*\n")
    let store = try Self.open(disk)
    _ = try store.backup(to: "/disk/backup")
    #expect(!disk.files.contains { $0.hasPrefix("/disk/backup/cache") })
  }

  /// Random histories: after each deed the store opened with columns is the one read from JSON.
  @Test(arguments: 0..<40) func columnsAreWhatTheJSONSays(_ seed: UInt64) throws {
    var random = SplitMix(seed)
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try Fixture.importSome(into: store)
    var used = 0
    for _ in 0..<12 {
      var deed = Deed.random(&random)
      // Deeds that change tables more often than chance would.
      switch Int.random(in: 0..<5, using: &random) {
      case 0: deed = .importing(shift: Int64.random(in: 0...5, using: &random))
      case 1: deed = .takeBack
      case 2: deed = .fold
      default: break
      }
      try store.refresh()
      try deed.run(store, on: disk)
      let found = disk.killed()
      let first = try Self.open(found).snapshot
      if try Self.isUsed(found) { used += 1 }
      let second = try Self.open(found).snapshot
      if let path = Self.kept(found) { try found.remove(path) }
      let plain = try JSONStore.open(
        at: Fixture.path, disk: found, by: "anna", readOnly: true
      ).snapshot
      #expect(first == plain && second == plain, "\(deed)")
      #expect(plain == store.snapshot, "\(deed)")
      // The columns of before are there for the next deed, to be taken only where they still fit.
      _ = try Self.open(disk)
    }
    #expect(used > 6)
  }

  @Test func noFlippedByteChangesAnything() throws {
    let disk = try Self.prepared()
    let path = try #require(Self.kept(disk))
    let (bytes, expected) = (try disk.readWhole(path), try Self.open(disk).snapshot)
    var refused = 0
    for offset in bytes.indices {
      var flipped = bytes
      flipped[offset] ^= UInt8(1 << (offset % 8))
      disk.put(path, flipped)
      let found = try JSONStore.open(
        at: Fixture.path, disk: disk, by: "anna", readOnly: true)
      #expect(found.snapshot == expected, "byte \(offset)")
      if try !Self.isUsed(disk) { refused += 1 }
    }
    #expect(refused == bytes.count)
    for length in stride(from: 0, to: bytes.count, by: 13) {
      disk.put(path, Array(bytes.prefix(length)))
      #expect(try !Self.isUsed(disk), "length \(length)")
    }
  }

  /// Whoever knows the checksums can write any numbers: what does not fit together is refused.
  @Test func hostileColumnsAreRefused() throws {
    let disk = try Self.prepared()
    let path = try #require(Self.kept(disk))
    let core = try Core(
      at: Fixture.path, disk: disk, user: "", mayWrite: false, cachesFrom: 0, progress: { _ in })
    let key = try #require(core.tableCache()).key.words
    let (expected, purchases) = (
      try Self.open(disk).snapshot, try Self.open(disk).state.purchases.count
    )
    var reader = try #require(ColumnFile.Reader(disk.open(path, .read), key: key))
    var columns: [[UInt8]] = []
    while let column = reader.bytes() { columns.append(column) }
    #expect(columns.count > 30)
    for index in columns.indices where !columns[index].isEmpty {
      for byte: UInt8 in [0x7F, 0xFF] {
        var hostile = columns
        for place in stride(from: 0, to: min(hostile[index].count, 64), by: 3) {
          hostile[index][place] = byte
        }
        try disk.remove(path)
        var writer = ColumnFile.Writer(
          try disk.open(path, .create(.owner)), path: path, key: key)
        for column in hostile { try writer.add(column) }
        try writer.finish()
        // Other amounts cannot be told from true ones; but nothing traps.
        let found = try JSONStore.open(
          at: Fixture.path, disk: disk, by: "anna", readOnly: true)
        #expect(found.snapshot.batches == expected.batches, "column \(index)")
        #expect(found.state.customers.count == expected.customers.count, "column \(index)")
        #expect(found.state.purchases.count == purchases, "column \(index)")
      }
    }
  }

  @Test func columnsOfOtherFilesAreNotTaken() throws {
    let disk = try Self.prepared()
    #expect(try Self.isUsed(disk))
    // The same bytes in another file, as after a restore.
    let shard = Fixture.path + "/customers/00.ndjson"
    let bytes = try disk.readWhole(shard)
    try disk.remove(shard)
    disk.put(shard, bytes)
    #expect(try !Self.isUsed(disk))
    // An edit of the same length.
    _ = try Self.open(disk)
    #expect(try Self.isUsed(disk))
    let edited = String(decoding: bytes, as: UTF8.self).replacing("Berlin", with: "Berlim")
    disk.put(shard, Array(edited.utf8))
    #expect(try !Self.isUsed(disk))
    let found = try Self.open(disk)
    #expect(found.access == .readOnly(.damaged(Damage("customers/00.ndjson", .checksum))))
    #expect(found.state.customers.customer(0).city == "Berlim")
  }

  /// Columns that were being written while somebody was erased are not put in place.
  @Test func nobodyErasedComesBackByLateColumns() throws {
    let disk = try Self.prepared()
    let store = try Self.open(disk)
    let core = try Core(
      at: Fixture.path, disk: disk, user: "ben", mayWrite: true, cachesFrom: 0,
      progress: { _ in })
    let cache = try #require(core.tableCache())
    let tables = TableCache.Tables(
      customers: core.state.customers, purchases: core.state.purchases,
      products: core.state.products)
    let due = DueColumns(key: cache.key) { (file, path) throws(DiskError) in
      try cache.write(tables, to: file, path: path)
    }
    _ = try store.erase(["00001"], by: Fixture.sipHash, at: Fixture.time)
    store.waitForCache()
    core.files.keep(due, (core.journal.generation, core.journal.inode))
    #expect(!disk.files.contains { $0.hasSuffix(cache.key.name) || $0.hasSuffix(".tmp") })
  }

  /// A write that was cut off leaves a file; the next opening takes it away, but not that of a
  /// program which is just writing.
  @Test(arguments: ["tables-1.tmp", "figures-2.tmp", "overview-3.json.tmp"])
  func leftovers(name: String) throws {
    let disk = try Self.prepared()
    let path = Fixture.path + "/cache/" + name
    disk.put(path, [1, 2, 3])
    do {
      let writing = try disk.open(path, .update)
      #expect(try writing.lock(waiting: false))
      _ = try Self.open(disk)
      #expect(disk.files.contains(path))
      writing.unlock()
    }
    let other = Fixture.path + "/cache/notes.txt"
    disk.put(other, [4])
    let reader = try JSONStore.open(at: Fixture.path, disk: disk, by: "ben", readOnly: true)
    reader.close()
    #expect(disk.files.contains(path))
    _ = try Self.open(disk)
    #expect(!disk.files.contains(path) && disk.files.contains(other))
  }

  /// Nobody takes the place of a program that is writing the same file.
  @Test func twoWriters() throws {
    let disk = try Self.prepared()
    let files = try Self.open(disk).storeFiles
    files.keep([1], as: "notes-1.json", keeping: 2)
    #expect(files.cached("notes-1.json") == [1])
    let path = Fixture.path + "/cache/notes-2.json"
    disk.put(path + ".tmp", [9])
    let writing = try disk.open(path + ".tmp", .update)
    #expect(try writing.lock(waiting: false))
    files.keep([2], as: "notes-2.json", keeping: 2)
    #expect(files.cached("notes-2.json") == nil && disk.files.contains(path + ".tmp"))
    writing.unlock()
    files.keep([2], as: "notes-2.json", keeping: 2)
    #expect(files.cached("notes-2.json") == [2] && !disk.files.contains(path + ".tmp"))
  }

  // MARK: Offers

  /// A store with offers in its shards and a decision in its journal.
  private static func withOffers() throws -> MemoryDisk {
    let disk = try prepared()
    let store = try Fixture.reopen(disk)
    try store.commit(
      [1, 2, 70].map { .offer(from: nil, to: Fixture.offer($0)) }, at: Fixture.time)
    try store.fold()
    try store.commit([Fixture.decision(store, 2, .approved)], at: Fixture.time)
    store.close()
    _ = try open(disk)
    return disk
  }

  private static func keptOffers(_ disk: MemoryDisk) -> String? {
    disk.files.first { $0.hasPrefix(Fixture.path + "/cache/" + OfferCache.prefix) }
  }

  private static func areOffersUsed(_ disk: MemoryDisk) throws -> Bool {
    let core = try Core(
      at: Fixture.path, disk: disk, user: "", mayWrite: false, cachesFrom: 0, progress: { _ in })
    guard let cache = core.offerCache(shards: core.shards.offers.count) else { return false }
    return core.keptOffers(cache) != nil
  }

  @Test func offersAreTakenFromTheColumnsAndTheJournal() throws {
    let disk = try Self.withOffers()
    let path = try #require(Self.keptOffers(disk))
    #expect(try Self.areOffersUsed(disk))
    let with = try Self.open(disk)
    #expect(with.state.offers[2]?.state == .approved)
    #expect(with.state.offers.lastID == 70)
    try disk.remove(path)
    #expect(try Self.open(disk).snapshot == with.snapshot)
    // A folding replaces the shards, and so the columns.
    try with.fold()
    with.close()
    #expect(try !Self.areOffersUsed(disk))
    _ = try Self.open(disk)
    #expect(try Self.areOffersUsed(disk))
    #expect(
      disk.files.count { $0.hasPrefix(Fixture.path + "/cache/" + OfferCache.prefix) } == 1)
  }

  @Test func damagedOffersAreReadFromTheirLines() throws {
    let disk = try Self.withOffers()
    let path = try #require(Self.keptOffers(disk))
    let (bytes, expected) = (try disk.readWhole(path), try Self.open(disk).snapshot)
    for offset in stride(from: 0, to: bytes.count, by: 3) {
      var flipped = bytes
      flipped[offset] ^= UInt8(1 << (offset % 8))
      disk.put(path, flipped)
      #expect(try !Self.areOffersUsed(disk), "byte \(offset)")
    }
    #expect(
      try JSONStore.open(at: Fixture.path, disk: disk, by: "anna", readOnly: true).snapshot
        == expected)
  }

  /// Columns that were read before a folding are not kept under the name of what was folded.
  @Test func columnsOfBeforeAFoldingAreNotKept() throws {
    let disk = try Self.withOffers()
    for path in [Self.kept(disk), Self.keptOffers(disk)] { try disk.remove(#require(path)) }
    var core = try Core(
      at: Fixture.path, disk: disk, user: "ben", mayWrite: true, cachesFrom: 0,
      progress: { _ in })
    #expect(core.tablesDue != nil && core.offersDue != nil)
    try core.fold()
    let work = CacheWork()
    work.begin(&core)
    work.wait()
    #expect(Self.kept(disk) == nil && Self.keptOffers(disk) == nil)
    #expect(core.tablesDue == nil && core.offersDue == nil)
  }
}
