import LoyaltyModel
import TextFormats

/// The files of a store without data.
///
/// It begins with one file a kind: a small store opens faster and differs less from one commit to
/// the next; folding spreads the customers over more files once there are many.
struct NewStore {
  private(set) var files: StoreFiles
  let programme: Programme
  /// The group of people who share it; nil for its owner alone.
  let group: String?

  init(files: StoreFiles, programme: Programme, group: String? = nil) {
    (self.files, self.programme, self.group) = (files, programme, group)
    if group != nil { self.files.privacy = .group }
  }

  /// Writes all files; `store.json` comes last, so that half a store is none.
  func write() throws(StoreError) {
    try makeRoot()
    // Of two that begin at once, the second finds what the first has made.
    let lock = try files.doing { () throws(DiskError) in
      let lock = try files.disk.open(files.full(StorePath.lock), .lock(files.privacy))
      _ = try lock.lock(waiting: true)
      return lock
    }
    defer { lock.unlock() }
    try checkEmpty()
    do throws(StoreError) {
      try files.makeFolders()
      for (path, bytes) in contents { try files.replace(path, bytes) }
      try files.sync(StorePath.folders)
      var store = StoreFile(
        shards: 1, currency: programme.currency, timeZone: programme.timeZone)
      store.group = group
      try files.replace(StorePath.store, store.bytes)
      try files.sync([""])
    } catch {
      removeWhatWasMade()
      throw error
    }
  }

  private var contents: [(path: String, bytes: [UInt8])] {
    let start = ChainHead()
    var shards: [(String, [UInt8])] = [StorePath.customers, StorePath.offers].map { kind in
      var header = ShardFile.Header(kind)
      (header.head, header.shards) = (start, 1)
      return (StorePath.shard(kind, 0), ShardFile.whole(header, rows: 0, []))
    }
    shards += [StorePath.products, StorePath.imports].map { kind in
      var header = ShardFile.Header(kind)
      header.head = start
      return (StorePath.shard(kind, 0), ShardFile.whole(header, rows: 0, []))
    }
    let recorded = RecordedSettings(head: start, programme: programme, rules: [])
    return shards + [
      (StorePath.recorded, recorded.bytes),
      (StorePath.programme, SettingsFile.bytes(programme)),
      (StorePath.journal(1), []),
    ]
  }

  private func makeRoot() throws(StoreError) {
    let (disk, root) = (files.disk, files.root)
    let found = try files.doing { () throws(DiskError) in try disk.status(root) }
    guard let found else { return try makeFolder(root) }
    guard found.kind == .folder || found.kind == .symbolicLink else {
      throw .notAFolder(path: root)
    }
    try checkEmpty()
    try files.doing { () throws(DiskError) in
      guard let group else { return try disk.protectIfOwn(root) }
      try disk.protect(root, files.privacy, group: group)
    }
  }

  /// A lock alone is nothing: whoever took it may have ended at once.
  private func checkEmpty() throws(StoreError) {
    guard try files.list("").allSatisfy({ $0 == StorePath.lock }) else {
      throw .notEmpty(path: files.root)
    }
  }

  private func makeFolder(_ root: String) throws(StoreError) {
    let disk = files.disk
    do throws(DiskError) {
      try disk.makeFolder(root, files.privacy)
    } catch {
      // Somebody else began a store here just now.
      throw error.kind == .exists ? .notEmpty(path: root) : .disk(error)
    }
    try files.doing { () throws(DiskError) in
      do throws(DiskError) {
        if let group { try disk.protect(root, files.privacy, group: group) }
      } catch {
        try? disk.remove(root)
        throw error
      }
      try disk.syncFolder(folder(of: root))
    }
  }

  /// Removes the files and folders again; the folder was empty before.
  private func removeWhatWasMade() {
    let disk = files.disk
    try? disk.removeIfPresent(files.full(StorePath.store))
    for path in contents.map(\.path) + [StorePath.store, StorePath.lock] {
      try? disk.removeIfPresent(files.full(path))
      try? disk.removeIfPresent(files.full(path + temporarySuffix))
    }
    for folder in StorePath.folders.reversed() { try? disk.remove(files.full(folder)) }
  }
}
