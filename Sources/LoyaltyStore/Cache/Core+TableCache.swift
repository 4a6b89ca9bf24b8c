import Dispatch
import LoyaltyModel

extension Core {
  /// Whether tables may be kept as columns: a look into a folder.
  var mayHaveTables: Bool {
    (try? files.list(StorePath.cache))?.contains { $0.hasPrefix(TableCache.prefix) } ?? false
  }

  /// Whether the tables are worth keeping, and can be kept whole.
  var isWorthKeeping: Bool {
    guard access == .readWrite, others.customers.isEmpty, others.products.isEmpty else {
      return false
    }
    return max(state.customers.count, state.purchases.count) >= cachesFrom
  }

  /// What names the tables of the files as they are now; nil where a file is missing.
  func tableCache() -> TableCache? {
    var sources: [(what: String, status: FileStatus, end: [UInt8])] = []
    func add(_ path: String, _ more: String = "") -> Bool {
      guard let file = try? files.disk.open(files.full(path), .readInside),
        let status = try? file.status(),
        // The last line vouches for the others.
        let end = try? file.read(64, at: max(0, status.size - 64))
      else { return false }
      sources.append((path + more, status, end))
      return true
    }
    for (kind, count) in [
      (SegmentPath.Kind.customers, shards.customers.count), (.products, 1),
    ] {
      let (isRebuilt, segments) = segments(kind)
      for number in 0..<(isRebuilt ? 0 : count) {
        guard add(StorePath.shard(kind.rawValue, number)) else { return nil }
      }
      for segment in segments {
        guard add(segment.path, " \(segment.crc32c)") else { return nil }
      }
    }
    for (segment, batch) in purchaseSegments() {
      guard add(segment.path, " \(segment.crc32c) \(batch)") else { return nil }
    }
    return TableCache(
      sources: sources, build: build + " " + state.programme.currency.code)
  }

  /// The tables that are kept; nil when they are not, or damaged.
  func keptTables(_ cache: TableCache) -> TableCache.Tables? {
    let path = files.full(StorePath.cache + "/" + cache.name)
    guard let file = try? files.disk.open(path, .readInside) else { return nil }
    return cache.tables(file)
  }
}

extension StoreFiles {
  /// Keeps tables for the next opening; a failure is no error, as everything is only slower then.
  ///
  /// - Parameters:
  ///   - tables: The tables.
  ///   - cache: Under what they are kept.
  ///   - journal: The generation of the journal, and its file, as the tables were read. Another one
  ///     means that they are out of date; nobody who was erased meanwhile may come back by them.
  func keep(
    _ tables: TableCache.Tables, _ cache: TableCache, _ journal: (generation: Int, inode: UInt64)
  ) {
    let folder = full(StorePath.cache)
    let path = folder + "/" + cache.name
    do throws(DiskError) {
      guard try makeCacheFolder(), try disk.status(path) == nil else { return }
      let temporary = path + temporarySuffix
      try disk.removeIfPresent(temporary)
      let file = try disk.open(temporary, .create(privacy))
      do throws(DiskError) {
        try cache.write(tables, to: file, path: temporary)
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
      for name in try disk.list(folder) where name.hasPrefix(TableCache.prefix) {
        if name != cache.name { try disk.remove(folder + "/" + name) }
      }
    } catch {
      // Nobody waits for it.
    }
  }
}

/// Writes tables in the background; whoever lets go of the store waits for it.
final class CacheWork: Sendable {
  private let group = DispatchGroup()

  /// Begins to keep the tables of a core, if it has new ones.
  func begin(_ core: inout Core) {
    guard let cache = core.cacheDue else { return }
    core.cacheDue = nil
    let (files, state) = (core.files, core.state)
    let journal = (core.journal.generation, core.journal.inode)
    DispatchQueue.global(qos: .utility).async(group: group) {
      files.keep(
        TableCache.Tables(
          customers: state.customers, purchases: state.purchases, products: state.products),
        cache, journal)
    }
  }

  /// Waits until nothing is being written.
  func wait() { group.wait() }
}
