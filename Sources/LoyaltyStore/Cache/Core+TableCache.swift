import Dispatch
import LoyaltyModel
import TextFormats

extension Core {
  /// Whether columns of a kind may be kept: a look into a folder.
  func mayHaveColumns(_ prefix: String) -> Bool {
    (try? files.list(StorePath.cache))?.contains { $0.hasPrefix(prefix) } ?? false
  }

  /// Whether the tables are so large that reading them, and computing from them, takes long.
  var areTablesLarge: Bool {
    max(state.customers.count, state.purchases.count) >= cachesFrom
  }

  /// Whether large tables can be kept whole.
  var canTablesBeKept: Bool {
    access == .readWrite && others.customers.isEmpty && others.products.isEmpty
  }

  /// Whether offers as they were read are worth keeping, and can be kept whole.
  func areWorthKeeping(_ offers: PackedOffers) -> Bool {
    access == .readWrite && others.offers.isEmpty && offers.lastID >= cachesFrom
  }

  /// What names the tables of the files as they are now; nil where a file is missing.
  func tableCache() -> TableCache? {
    var sources = CacheSources(files)
    for (kind, count) in [
      (SegmentPath.Kind.customers, shards.customers.count), (.products, 1),
    ] {
      let (isRebuilt, segments) = segments(kind)
      for number in 0..<(isRebuilt ? 0 : count) {
        sources.add(StorePath.shard(kind.rawValue, number))
      }
      for segment in segments { sources.add(segment.path, " \(segment.crc32c)") }
    }
    for (segment, batch) in purchaseSegments() {
      sources.add(segment.path, " \(segment.crc32c) \(batch)")
    }
    return sources.key(TableCache.prefix, build + " " + state.programme.currency.code)
      .map { TableCache(key: $0) }
  }

  /// What names the offers of so many shards as they are now; nil where one is missing.
  func offerCache(shards count: Int) -> OfferCache? {
    var sources = CacheSources(files)
    for number in 0..<count { sources.add(StorePath.shard(StorePath.offers, number)) }
    return sources.key(OfferCache.prefix, build + " " + state.programme.currency.code)
      .map { OfferCache(key: $0) }
  }

  /// The tables that are kept; nil when they are not, or damaged.
  func keptTables(_ cache: TableCache) -> TableCache.Tables? {
    columns(cache.key).flatMap { cache.tables($0) }
  }

  /// The offers that are kept; nil when they are not, or damaged.
  func keptOffers(_ cache: OfferCache) -> PackedOffers? {
    columns(cache.key).flatMap { cache.offers($0) }
  }

  private func columns(_ key: CacheKey) -> (any OpenFile)? {
    try? files.disk.open(files.cachePath(key), .readInside)
  }
}

/// Gathers the files that columns are made from.
private struct CacheSources {
  private let files: StoreFiles
  private var sources: [(what: String, status: FileStatus, end: [UInt8])] = []
  private var isWhole = true

  init(_ files: StoreFiles) { self.files = files }

  /// Adds a file, and what else is known of it.
  mutating func add(_ path: String, _ more: String = "") {
    guard let file = try? files.disk.open(files.full(path), .readInside),
      let status = try? file.status(),
      // The last line vouches for the others.
      let end = try? file.read(64, at: max(0, status.size - 64))
    else {
      isWhole = false
      return
    }
    sources.append((path + more, status, end))
  }

  /// The key of all of them; nil where one is missing.
  func key(_ prefix: String, _ build: String) -> CacheKey? {
    isWhole ? CacheKey(prefix: prefix, sources: sources, build: build) : nil
  }
}

extension StoreFiles {
  /// Where columns are kept.
  func cachePath(_ key: CacheKey) -> String { full(StorePath.cache + "/" + key.name) }

  /// Keeps columns for the next opening; a failure is no error, as everything is only slower then.
  ///
  /// - Parameters:
  ///   - due: The columns.
  ///   - journal: The generation of the journal, and its file, as the columns were read. Another one
  ///     means that they are out of date; nobody who was erased meanwhile may come back by them.
  ///   - most: How many files of the same kind stay; the oldest go.
  func keep(
    _ due: DueColumns, _ journal: (generation: Int, inode: UInt64), most: Int = 1
  ) {
    let path = cachePath(due.key)
    do throws(DiskError) {
      guard try makeCacheFolder(), try disk.status(path) == nil else { return }
      guard let (file, temporary) = try makeUnfinished(path) else { return }
      do throws(DiskError) {
        try due.write(file, temporary)
        let lock = try disk.open(full(StorePath.lock), .lock(privacy))
        _ = try lock.lock(waiting: true)
        defer { lock.unlock() }
        let now = try disk.status(full(StorePath.journal(journal.generation)))
        guard now?.inode == journal.inode else { return try disk.remove(temporary) }
        try disk.rename(temporary, to: path)
      } catch {
        try? disk.remove(temporary)
        throw error
      }
      try removeOthers(than: due.key, most: most)
    } catch {
      // Nobody waits for it.
    }
  }

  /// Removes the oldest files of a kind until so many are left.
  private func removeOthers(than key: CacheKey, most: Int) throws(DiskError) {
    let folder = full(StorePath.cache)
    var kept: [(modified: Int64, path: String)] = []
    for name in try disk.list(folder)
    where name.hasPrefix(key.prefix) && name != key.name
      && !name.hasSuffix(temporarySuffix)
    {
      let path = folder + "/" + name
      guard let found = try disk.status(path) else { continue }
      kept.append((found.modified, path))
    }
    for old in kept.sorted(by: >).dropFirst(most - 1) { try disk.removeIfPresent(old.path) }
    removeLeftovers()
  }
}

/// Writes columns in the background; whoever lets go of the store waits for it.
final class CacheWork: Sendable {
  private let group = DispatchGroup()
  private let queue = DispatchQueue(label: "ladder.columns", qos: .utility)

  /// Begins to keep the columns of a core, if it has new ones that still are those of its files.
  func begin(_ core: inout Core) {
    let (tables, offers) = (core.tablesDue, core.offersDue)
    guard tables != nil || offers != nil else { return }
    (core.tablesDue, core.offersDue) = (nil, nil)
    let (files, journal) = (core.files, (core.journal.generation, core.journal.inode))
    // A folding since they were read has replaced the files.
    if let tables, core.tableCache()?.key == tables.key {
      queue.async(group: group) { files.keep(tables, journal) }
    }
    if let offers, core.offerCache(shards: core.shards.offers.count)?.key == offers.key {
      queue.async(group: group) { files.keep(offers, journal) }
    }
  }

  /// Waits until nothing is being written.
  func wait() { group.wait() }
}
