/// New contents for many files, which take their places all or none.
///
/// They are written into the folder `pending`; then a plan is put there that names them, and from
/// then on they count: whoever takes the lock next, after a power cut too, carries the plan out
/// before anything else. Without a plan the folder is nothing.
struct Overhaul {
  private let files: StoreFiles
  private var plan: OverhaulPlan

  /// Begins, in place of one that was left unfinished without a plan.
  ///
  /// - Parameters:
  ///   - files: The store's files.
  ///   - generation: The newest generation of the journal, which is empty: once it is not, the
  ///     plan is out of date.
  /// - Throws: What the disk does.
  init(_ files: StoreFiles, before generation: Int) throws(StoreError) {
    (self.files, plan) = (files, OverhaulPlan(before: generation))
    try Self.remove(files)
    try files.doing { () throws(DiskError) in
      try files.disk.makeFolder(files.full(StorePath.pending), files.privacy)
    }
  }

  /// Writes what a file is to hold; files take their places in the order of these calls.
  mutating func replace(_ path: String, _ bytes: [UInt8]) throws(StoreError) {
    let name = OverhaulPlan.name(plan.replaced.count + 1)
    let full = files.full(StorePath.pending + "/" + name)
    try files.doing { () throws(DiskError) in
      let free = try files.disk.freeSpace(files.root)
      guard free / 2 >= Int64(bytes.count) else { throw DiskError.full(full) }
      let file = try files.disk.open(full, .create(files.privacy))
      try file.writeAll(bytes[...], at: 0, path: full)
      try file.syncData()
    }
    plan.replaced.append((name, path))
  }

  /// Notes that a file is to go.
  mutating func remove(_ path: String) { plan.removed.append(path) }

  /// Makes it count, then carries it out.
  func commit() throws(StoreError) {
    try files.sync([StorePath.pending, ""])
    let bytes = plan.bytes
    do throws(StoreError) {
      try files.doing { () throws(DiskError) in
        try files.disk.writeWhole(
          files.full(OverhaulPlan.path), bytes, overwrite: true, files.privacy)
      }
    } catch {
      // Whether it counts is unknown, so it must not.
      try? Self.remove(files)
      throw error
    }
    do throws(StoreError) {
      try Self.carryOut(files)
    } catch {
      // It counts: one failure of the disk is not the end of it.
      try Self.carryOut(files)
    }
  }

  /// Whether a plan waits to be carried out.
  static func isWaiting(_ files: StoreFiles) throws(StoreError) -> Bool {
    try files.doing { () throws(DiskError) in try files.disk.status(files.full(OverhaulPlan.path)) }
      != nil
  }

  /// Carries out the plan that is there, as far as that was not done; the lock is held.
  ///
  /// - Throws: Damage where the plan names what is not the store's, and
  ///   ``ReadOnlyReason/newerSchema(found:known:)`` where a newer program made it; nothing was done
  ///   then. Otherwise what the disk does.
  static func carryOut(_ files: StoreFiles) throws(StoreError) {
    guard let bytes = try files.readIfPresent(OverhaulPlan.path) else { return }
    try files.checkFolders()
    // What a plan of a newer program means is for that program to know.
    try files.checkSchema()
    let plan = try OverhaulPlan(bytes)
    guard try isInTime(files, plan.before, plan.replaced.map(\.path)) else {
      return try remove(files)
    }
    try files.doing { () throws(DiskError) in
      for (name, path) in plan.replaced {
        let new = files.full(StorePath.pending + "/" + name)
        if try files.disk.status(new) != nil { try files.disk.rename(new, to: files.full(path)) }
      }
      for path in plan.removed { try files.disk.removeIfPresent(files.full(path)) }
    }
    var folders = Set((plan.replaced.map(\.path) + plan.removed).map { folder(of: $0) })
    folders.insert(".")
    for folder in folders.sorted() {
      let path = folder == "." ? "" : folder
      let isThere = try files.doing { () throws(DiskError) in
        try files.disk.status(files.full(path)) != nil
      }
      if isThere { try files.sync([path]) }
    }
    try remove(files)
  }

  /// Whether nothing was committed since the plan was made.
  ///
  /// A plan that the disk was not sure to have stored may come to light after others went on without it.
  private static func isInTime(
    _ files: StoreFiles, _ before: Int, _ paths: [String]
  ) throws(StoreError) -> Bool {
    let generations = try files.list(StorePath.journal)
      .compactMap { StorePath.generation(ofName: $0) }
    // Its own generation of the journal takes its place last, but for what is removed. After a
    // power cut the file may stand under both names.
    if let own = paths.last, let there = try status(files, own) {
      let new = StorePath.pending + "/" + OverhaulPlan.name(paths.count)
      let waiting = try status(files, new)
      return waiting == nil || waiting?.inode == there.inode
    }
    guard generations.max() == before else { return false }
    return try files.read(StorePath.journal(before)).isEmpty
  }

  private static func status(
    _ files: StoreFiles, _ path: String
  ) throws(StoreError) -> FileStatus? {
    try files.doing { () throws(DiskError) in try files.disk.status(files.full(path)) }
  }

  /// Removes the folder with all that is in it, the plan first.
  static func remove(_ files: StoreFiles) throws(StoreError) {
    try files.doing { () throws(DiskError) in
      let folder = files.full(StorePath.pending)
      guard let found = try files.disk.status(folder) else { return }
      guard found.kind == .folder else { return try files.disk.remove(folder) }
      if try files.disk.status(files.full(OverhaulPlan.path)) != nil {
        try files.disk.remove(files.full(OverhaulPlan.path))
        try files.disk.syncFolder(folder)
      }
      for name in try files.disk.list(folder) { try files.disk.remove(folder + "/" + name) }
      try files.disk.remove(folder)
      try files.disk.syncFolder(files.root)
    }
  }
}
