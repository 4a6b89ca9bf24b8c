import LoyaltyModel
import TextFormats

/// New contents for many files, which take their places all or none.
///
/// They are written into the folder `pending`; then a plan is put there that names them, and from
/// then on they count: whoever takes the lock next, after a power cut too, carries the plan out
/// before anything else. Without a plan the folder is nothing.
struct Overhaul {
  private let files: StoreFiles
  private var replaced: [(name: String, path: String)] = []
  private var removed: [String] = []
  private let before: Int

  private static let plan = StorePath.pending + "/plan.json"

  /// Begins, in place of one that was left unfinished without a plan.
  ///
  /// - Parameters:
  ///   - files: The store's files.
  ///   - generation: The newest generation of the journal, which is empty: once it is not, the
  ///     plan is out of date.
  /// - Throws: What the disk does.
  init(_ files: StoreFiles, before generation: Int) throws(StoreError) {
    (self.files, before) = (files, generation)
    try Self.remove(files)
    try files.doing { () throws(DiskError) in
      try files.disk.makeFolder(files.full(StorePath.pending), files.privacy)
    }
  }

  /// Writes what a file is to hold; files take their places in the order of these calls.
  mutating func replace(_ path: String, _ bytes: [UInt8]) throws(StoreError) {
    let name = StorePath.digits(replaced.count + 1, 6)
    let full = files.full(StorePath.pending + "/" + name)
    try files.doing { () throws(DiskError) in
      let free = try files.disk.freeSpace(files.root)
      guard free / 2 >= Int64(bytes.count) else { throw DiskError.full(full) }
      let file = try files.disk.open(full, .create(files.privacy))
      try file.writeAll(bytes[...], at: 0, path: full)
      try file.syncData()
    }
    replaced.append((name, path))
  }

  /// Notes that a file is to go.
  mutating func remove(_ path: String) { removed.append(path) }

  /// Makes it count, then carries it out.
  func commit() throws(StoreError) {
    try files.sync([StorePath.pending, ""])
    var writer = JSONWriter(pretty: true)
    writer.object { writer in
      writer.member("before", before)
      writer.list("replace", replaced) { writer, file in
        writer.object {
          $0.member("from", file.name)
          $0.member("to", file.path)
        }
      }
      writer.member("remove", removed)
    }
    writer.newline()
    let bytes = writer.bytes
    do throws(StoreError) {
      try files.doing { () throws(DiskError) in
        try files.disk.writeWhole(files.full(Self.plan), bytes, overwrite: true, files.privacy)
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
    try files.doing { () throws(DiskError) in try files.disk.status(files.full(plan)) } != nil
  }

  /// Carries out the plan that is there, as far as that was not done; the lock is held.
  static func carryOut(_ files: StoreFiles) throws(StoreError) {
    guard let bytes = try files.readIfPresent(plan) else { return }
    let (before, replaced, removed) = try read(bytes)
    guard try isInTime(files, before, replaced.map(\.to)) else { return try remove(files) }
    try files.doing { () throws(DiskError) in
      for (from, to) in replaced {
        let new = files.full(StorePath.pending + "/" + from)
        if try files.disk.status(new) != nil { try files.disk.rename(new, to: files.full(to)) }
      }
      for path in removed { try files.disk.removeIfPresent(files.full(path)) }
    }
    var folders = Set((replaced.map(\.to) + removed).map { folder(of: $0) })
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

  private static func read(
    _ bytes: [UInt8]
  ) throws(StoreError) -> (before: Int, replaced: [(from: String, to: String)], removed: [String]) {
    do throws(RecordFlaw) {
      let reader = try RecordReader(json: bytes)
      let replaced = try reader.list("replace") { (reader) throws(RecordFlaw) in
        (from: try reader.requiredText("from"), to: try reader.requiredText("to"))
      }
      return (try reader.int("before"), replaced, try reader.texts("remove"))
    } catch { throw .damaged(Damage(plan, error)) }
  }

  /// Whether nothing was committed since the plan was made.
  ///
  /// A plan that the disk was not sure to
  /// have stored may come to light after others went on without it.
  private static func isInTime(
    _ files: StoreFiles, _ before: Int, _ paths: [String]
  ) throws(StoreError) -> Bool {
    let generations = try files.list(StorePath.journal)
      .compactMap { StorePath.generation(ofName: $0) }
    // Its own generation of the journal takes its place last, but for what is removed. After a
    // power cut the file may stand under both names.
    if let own = paths.last, let there = try status(files, own) {
      let new = StorePath.pending + "/" + StorePath.digits(paths.count, 6)
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
      if try files.disk.status(files.full(plan)) != nil {
        try files.disk.remove(files.full(plan))
        try files.disk.syncFolder(folder)
      }
      for name in try files.disk.list(folder) { try files.disk.remove(folder + "/" + name) }
      try files.disk.remove(folder)
      try files.disk.syncFolder(files.root)
    }
  }
}
