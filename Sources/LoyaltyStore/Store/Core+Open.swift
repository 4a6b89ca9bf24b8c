import LoyaltyModel
import TextFormats

extension Core {
  /// Opens the files of a store and reads everything.
  init(
    at root: String, disk: any Disk, user: String, mayWrite: Bool, cachesFrom: Int = 50_000,
    progress: (Double) -> Void
  ) throws(StoreError) {
    var files = StoreFiles(disk: disk, root: root)
    let storeFile = try Self.storeFile(files)
    if storeFile.group != nil { files.privacy = .group }
    self.init(files: files, user: user, mayWrite: mayWrite, storeFile: storeFile)
    (self.cachesFrom, build) = (cachesFrom, Self.build(disk))
    if storeFile.schema > JSONStore.knownSchema {
      restrict(.newerSchema(found: storeFile.schema, known: JSONStore.knownSchema))
    }
    try files.checkFolders()
    openLock()
    do throws(StoreError) {
      try locked { (core) throws(StoreError) in
        try core.reload(progress: progress)
      }
    } catch {
      // What a newer program wrote may look like damage to this one.
      guard case .damaged = error, storeFile.schema > JSONStore.knownSchema else { throw error }
      throw .readOnly(
        .newerSchema(found: storeFile.schema, known: JSONStore.knownSchema))
    }
  }

  /// The length and time of the program itself, where the system tells.
  static func build(_ disk: any Disk) -> String {
    guard let program = try? disk.open("/proc/self/exe", .read).status() else { return "" }
    return "\(program.size) \(program.modified)"
  }

  /// `store.json`, once it is clear that this is a store.
  private static func storeFile(_ files: StoreFiles) throws(StoreError) -> StoreFile {
    let found = try files.doing { () throws(DiskError) in try files.disk.status(files.root) }
    guard let found else { throw .missing(path: files.root) }
    // The store's own folder may be reached by a symbolic link; the listing tells what it is.
    guard found.kind == .folder || found.kind == .symbolicLink else {
      throw .notAFolder(path: files.root)
    }
    let names: [String]
    do throws(DiskError) {
      names = try files.disk.list(files.root)
    } catch {
      if error.kind == .notFolder { throw .notAFolder(path: files.root) }
      if error.kind == .missing { throw .missing(path: files.root) }
      throw .disk(error)
    }
    guard names.contains(StorePath.store) else {
      throw .notAStore(path: files.root, isEmpty: names.isEmpty)
    }
    let bytes = try files.read(StorePath.store)
    do throws(RecordFlaw) {
      return try StoreFile(bytes)
    } catch {
      if error.key == "format" { throw .notAStore(path: files.root, isEmpty: false) }
      throw .damaged(Damage(StorePath.store, error))
    }
  }

  /// Opens the lock file, or finds out why nothing can be written.
  private mutating func openLock() {
    guard mayWrite else { return restrict(.requested) }
    do throws(StoreError) {
      lock = try files.openLock()
    } catch {
      if case .readOnly(let reason) = error { restrict(reason) }
    }
  }

  /// Does something while nobody else writes; without a lock where nothing can be written.
  mutating func locked<Result>(
    _ body: (inout Core) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    let files = files
    guard let lock else {
      return try files.unlocked { () throws(StoreError) in try body(&self) }
    }
    return try files.locked(by: lock) { () throws(StoreError) in try body(&self) }
  }

  /// Reads everything anew, and tidies up where that is allowed; the lock is held.
  mutating func reload(progress: (Double) -> Void = { _ in }) throws(StoreError) {
    // What is known stays when the files cannot be read.
    var next = self
    try next.reread(progress: progress)
    self = next
  }

  private mutating func reread(progress: (Double) -> Void) throws(StoreError) {
    let programme = state.programme
    state = StoreState(programme: programme)
    (events, importEvents, commitSequence, shards) = ([], [], [:], ShardHeads())
    others = OtherMembers()
    (head, journal) = (ChainHead(), JournalFile())
    if access == .readWrite {
      // Empty folders are lost by a `git clone`.
      try files.makeFolders()
    }
    try load(progress: progress)
    guard access == .readWrite else { return }
    try openJournal()
    try migrate()
    try completeAfterKill()
    try removeLeftovers()
    try checkWorkingFiles()
  }

  /// Opens the journal's end for writing; bytes of a torn write are put aside and cut off.
  private mutating func openJournal() throws(StoreError) {
    let path = StorePath.journal(journal.generation)
    do throws(DiskError) {
      if try files.disk.status(files.full(path)) == nil {
        _ = try files.disk.open(files.full(path), .create(files.privacy))
      }
      let file = try files.disk.open(files.full(path), .update)
      let status = try file.status()
      if status.size > journal.end {
        let torn = try file.read(status.size - journal.end, at: journal.end)
        try keepTorn(torn)
        try file.truncate(to: journal.end)
      }
      // What a killed program wrote, or named, and never synced is built upon from now on.
      try file.syncData()
      try files.disk.syncFolder(files.full(StorePath.journal))
      (journal.file, journal.inode) = (file, status.inode)
    } catch {
      switch error.kind {
      case .readOnlyFileSystem: restrict(.fileSystem)
      case .permission: restrict(.permission)
      case .symbolicLink: throw .damaged(Damage(path, .symbolicLink))
      default: throw .disk(error)
      }
    }
  }

  /// Keeps the bytes of a torn write beside the journal.
  private mutating func keepTorn(_ bytes: [UInt8]) throws(DiskError) {
    let name =
      "\(StorePath.journal)/\(StorePath.digits(journal.generation, 6))-\(journal.end).torn"
    try files.disk.writeWhole(files.full(name), bytes, overwrite: true, files.privacy)
    tornWrite = TornWrite(file: name, bytes: bytes.count)
  }

  /// Removes what unfinished imports and foldings left behind.
  private func removeLeftovers() throws(StoreError) {
    var named = Set(state.batches.flatMap { $0.segments.map(\.path) })
    for event in importEvents {
      if case .batch(let batch, _) = event.change { named.formUnion(batch.segments.map(\.path)) }
    }
    for folder in [StorePath.purchases, StorePath.customers, StorePath.products] {
      for name in try files.list(folder) {
        let path = folder + "/" + name
        let isUnnamed = SegmentPath(path) != nil && !named.contains(path)
        if isUnnamed || name.hasSuffix(temporarySuffix) { try remove(path) }
      }
    }
    for folder in [StorePath.offers, StorePath.imports, StorePath.journal, StorePath.settings] {
      for name in try files.list(folder) where name.hasSuffix(temporarySuffix) {
        try remove(folder + "/" + name)
      }
    }
    for name in try files.list(StorePath.spool) {
      let path = StorePath.spool + "/" + name
      let found = try files.doing { () throws(DiskError) in
        try files.disk.status(files.full(path))
      }
      // Never into what a symbolic link points to.
      guard found?.kind == .folder else {
        try remove(path)
        continue
      }
      try Spool.removeUnlessInUse(path, files)
    }
  }

  private func remove(_ path: String) throws(StoreError) {
    try files.doing { () throws(DiskError) in try files.disk.remove(files.full(path)) }
  }
}
