import LoyaltyModel
import TextFormats
import Testing

@testable import LoyaltyStore

/// What was computed from a store is shown again only where the store still is the very same.
struct StoreIdentityTests {
  private static let name = "seen-"

  /// A store with customers, purchases, offers and rules, folded once.
  private static func store(on disk: MemoryDisk) throws -> JSONStore {
    let store = try Fixture.store(on: disk)
    try Fixture.importSome(into: store)
    try store.commit(
      (1...3).map { .offer(from: nil, to: Fixture.offer($0)) }, at: Fixture.time)
    try store.fold()
    try store.commit([try Fixture.decision(store, 1, .approved)], at: Fixture.time)
    return store
  }

  private static func identity(_ disk: MemoryDisk) -> StoreIdentity? {
    StoreIdentity(at: Fixture.path, disk: disk)
  }

  /// Everything that a store holds, as bytes.
  private static func contents(_ store: JSONStore) -> [UInt8] {
    Array("\(store.snapshot)".utf8)
  }

  /// Keeps what a store holds, as a session does that began with these files.
  @discardableResult
  private static func keep(_ store: JSONStore, since opened: StoreIdentity?) throws -> Bool {
    store.cache(asOf: store.state.sequence, since: try #require(opened), keeping: 2) {
      (name + $0.key(["today"]), contents(store))
    }
  }

  /// What would be shown while the store is being opened.
  private static func shown(_ disk: MemoryDisk, _ circumstances: [String] = ["today"]) -> [UInt8]? {
    identity(disk).flatMap {
      JSONStore.cached(name + $0.key(circumstances), at: Fixture.path, disk: disk)
    }
  }

  @Test func openingAndClosingChangesNothing() throws {
    let disk = MemoryDisk()
    try Self.store(on: disk).close()
    let before = try #require(Self.identity(disk))
    for user in ["anna", "bert"] {
      _ = try Fixture.reopen(disk, by: user)
      _ = try JSONStore.open(at: Fixture.path, disk: disk, by: user, readOnly: true)
      #expect(Self.identity(disk) == before)
    }
    // Nor what is disposable, or says who writes.
    disk.put(Fixture.path + "/cache/fits-1", [1])
    disk.put(Fixture.path + "/lock", [1])
    #expect(Self.identity(disk) == before)
    #expect(before.key(["a"]) != before.key(["b"]) && before.key(["a"]).utf8.count == 32)
  }

  /// Each file takes part: with other bytes, with the same bytes written again, and gone.
  @Test func everyFileCounts() throws {
    let disk = MemoryDisk()
    _ = try Self.store(on: disk)
    let before = try #require(Self.identity(disk))
    let root = Fixture.path + "/"
    let paths = disk.files.filter {
      $0.hasPrefix(root) && !$0.hasPrefix(root + "cache") && $0 != root + "lock"
    }
    #expect(
      paths.count > 10
        && Set(paths.map { String($0.dropFirst(root.count)) }) == Set(before.files.keys))
    for path in paths {
      let changed = disk.killed()
      changed.put(path, try disk.readWhole(path))
      #expect(Self.identity(changed) != before, "\(path)")
      let gone = disk.killed()
      try gone.remove(path)
      #expect(Self.identity(gone) != before, "\(path)")
    }
    disk.put(root + "rules/new.json", Array("{}".utf8))
    #expect(Self.identity(disk) != before)
  }

  @Test func thereIsNoneWithoutAStoreOrBetweenTwoStates() throws {
    let disk = MemoryDisk()
    #expect(Self.identity(disk) == nil)
    _ = try Self.store(on: disk)
    try disk.makeFolder(Fixture.path + "/pending", .owner)
    #expect(Self.identity(disk) != nil)
    disk.put(Fixture.path + "/pending/plan.json", Array("{}".utf8))
    #expect(Self.identity(disk) == nil)
  }

  /// Random histories, with neighbours, erasures and foldings: what is found is always the truth.
  @Test(arguments: 0..<40) func whatIsShownIsTrue(_ seed: UInt64) throws {
    var random = SplitMix(seed)
    let disk = MemoryDisk()
    var store = try Self.store(on: disk)
    var opened = Self.identity(disk)
    var hits = 0
    for _ in 0..<14 {
      try store.refresh()
      do {
        try Deed.random(&random).run(store, on: disk)
      } catch StoreError.invalid(.unknownCustomer) {
        // Whoever was erased gets no offer.
      }
      try Self.keep(store, since: opened)
      let found = disk.killed()
      let shown = Self.shown(found)
      let now = try Fixture.reopen(found)
      if let shown {
        hits += 1
        #expect(shown == Self.contents(now))
      }
      guard Int.random(in: 0..<3, using: &random) == 0 else { continue }
      opened = Self.identity(disk)
      store = try Fixture.reopen(disk)
    }
    #expect(hits > 0)
  }

  /// What somebody does behind a session's back, so that it must not keep what it knows.
  enum Behind: CaseIterable {
    case decision, erasure, fold, rule, shard, writing
  }

  @Test(arguments: Behind.allCases) func nothingOutOfDateIsKept(_ behind: Behind) throws {
    let disk = MemoryDisk()
    try Self.store(on: disk).close()
    let opened = Self.identity(disk)
    let store = try Fixture.reopen(disk)
    let other = try Fixture.reopen(disk, by: "bert")
    let holder = try disk.open(Fixture.path + "/lock", .update)
    switch behind {
    case .decision:
      try other.commit([try Fixture.decision(other, 2, .rejected)], at: Fixture.time)
    case .erasure: _ = try other.erase(["00001"], by: Fixture.sipHash, at: Fixture.time)
    case .fold: try other.fold()
    case .rule: disk.put(Fixture.path + "/rules/second.json", Array("{}".utf8))
    case .shard:
      let path = try #require(disk.files.first { $0.contains("/customers/0") })
      let text = String(decoding: try disk.readWhole(path), as: UTF8.self)
      disk.put(path, Array(text.replacing("Berlin", with: "Bremen").utf8))
    case .writing: _ = try holder.lock(waiting: true)
    }
    #expect(try !Self.keep(store, since: opened))
    #expect(!disk.files.contains { $0.contains("/cache/" + Self.name) })
  }

  @Test func ownDecisionsAndImportsAreKept() throws {
    let disk = MemoryDisk()
    try Self.store(on: disk).close()
    let opened = Self.identity(disk)
    let store = try Fixture.reopen(disk)
    try store.commit([try Fixture.decision(store, 2, .rejected)], at: Fixture.time)
    #expect(try Self.keep(store, since: opened) && Self.shown(disk) == Self.contents(store))
    #expect(Self.shown(disk, ["tomorrow"]) == nil)
    try Fixture.importSome(into: store, shift: 3)
    #expect(Self.shown(disk) == nil)
    #expect(try Self.keep(store, since: opened) && Self.shown(disk) == Self.contents(store))
    // Whoever opens it next, and does nothing, finds it again.
    _ = try Fixture.reopen(disk, by: "bert")
    #expect(Self.shown(disk) == Self.contents(store))
    let old = store.state.sequence - 1
    #expect(
      !store.cache(asOf: old, since: try #require(opened), keeping: 2) { _ in ("seen-x", []) })
  }

  @Test func anErasureTakesItAway() throws {
    let disk = MemoryDisk()
    let store = try Self.store(on: disk)
    try Self.keep(store, since: Self.identity(disk))
    #expect(Self.shown(disk) != nil)
    _ = try store.erase(["00001"], by: Fixture.sipHash, at: Fixture.time)
    #expect(!disk.files.contains { $0.contains("/cache/") })
    let name = Fixture.customer.name
    for path in disk.files {
      #expect(!String(decoding: try disk.readWhole(path), as: UTF8.self).contains(name), "\(path)")
    }
  }
}
