import TextFormats

@testable import LoyaltyStore

/// Mistakes that a store could make about durability.
enum PlantedBug: String, CaseIterable {
  /// Files are renamed into place before their contents are on the disk.
  case noSyncBeforeRename
  /// Names are never synced.
  case noFolderSync
  /// A commit is acknowledged before its events are on the disk.
  case acknowledgedBeforeSync
  /// The journal goes before the shards that hold its events are on the disk.
  case journalDroppedEarly
  /// The end of an unfinished write stays in the journal.
  case tornTailKept
  /// A transaction counts although its last events are missing.
  case partOfTransactionApplied
  /// Events are applied to shards that hold them already.
  case staleJournalReplayed
}

/// A disk that makes the store behave as if a mistake were in it.
struct PlantedDisk: Disk {
  let base: SimulatedDisk
  let bug: PlantedBug

  init(_ base: SimulatedDisk, _ bug: PlantedBug) { (self.base, self.bug) = (base, bug) }

  private static func isJournal(_ path: String) -> Bool {
    path.contains("/journal/") && path.hasSuffix(".ndjson")
  }

  func open(_ path: String, _ purpose: FilePurpose) throws(DiskError) -> any OpenFile {
    if bug == .partOfTransactionApplied, purpose == .readInside, Self.isJournal(path) {
      try closeTransaction(path)
    }
    return PlantedFile(
      try base.open(path, purpose), syncs: syncs(path),
      truncates: bug != .tornTailKept || !Self.isJournal(path))
  }

  private func syncs(_ path: String) -> Bool {
    switch bug {
    case .noSyncBeforeRename: !(path.hasSuffix(temporarySuffix) || path.contains("/spool/"))
    case .acknowledgedBeforeSync: !Self.isJournal(path)
    default: true
    }
  }

  /// Makes the last whole line of an open transaction one that closes it, of the same length.
  private func closeTransaction(_ path: String) throws(DiskError) {
    let file = try base.open(path, .update)
    let bytes = try file.read(try file.status().size, at: 0)
    guard let feed = bytes.lastIndex(of: 10) else { return }
    let start = (bytes[..<feed].lastIndex(of: 10) ?? -1) + 1
    guard let line = Seal.line(bytes.span.bytes, start..<feed), line.more else { return }
    let body = start..<feed - Seal.checksumLength - Seal.previousLength
    let blanked = bytes[body].dropLast(9) + Array(repeating: 0x20, count: 9)
    let sealed = Seal.seal(Array(blanked), after: line.previous).bytes
    _ = try file.write(sealed[...], at: start)
    try file.syncData()
  }

  func rename(_ path: String, to newPath: String) throws(DiskError) {
    if bug == .journalDroppedEarly, newPath.hasSuffix(StorePath.recorded) {
      let journal = folder(of: folder(of: newPath)) + "/journal"
      for name in try base.list(journal).dropLast() where name.hasSuffix(".ndjson") {
        try base.remove(journal + "/" + name)
      }
      try base.syncFolder(journal)
    }
    if bug == .staleJournalReplayed, newPath.contains("/offers/") { try backdate(path, newPath) }
    try base.rename(path, to: newPath)
  }

  /// Lets a shard say that it holds no more than the one that it replaces.
  private func backdate(_ path: String, _ old: String) throws(DiskError) {
    let (new, before) = (try base.readWhole(path), try base.readWhole(old))
    guard let feed = new.firstIndex(of: 10), let oldFeed = before.firstIndex(of: 10),
      let end = new.dropLast().lastIndex(of: 10),
      let rows = try? RecordReader(json: Array(new[(end + 1)...])).int("end")
    else { return }
    let kept = Array(before[...oldFeed]) + Array(new[(feed + 1)...end])
    let bytes = kept + ShardFile.last(rows: rows, checksum: CRC32C.checksum(of: kept))
    let file = try base.open(path, .update)
    try file.truncate(to: 0)
    try file.writeAll(bytes[...], at: 0, path: path)
    try file.syncData()
  }

  func remove(_ path: String) throws(DiskError) {
    if bug == .staleJournalReplayed, Self.isJournal(path) { return }
    try base.remove(path)
  }

  func syncFolder(_ path: String) throws(DiskError) {
    if bug != .noFolderSync { try base.syncFolder(path) }
  }

  func renameUnlessTaken(_ path: String, to newPath: String) throws(DiskError) {
    try base.renameUnlessTaken(path, to: newPath)
  }

  func status(_ path: String) throws(DiskError) -> FileStatus? { try base.status(path) }
  func list(_ folder: String) throws(DiskError) -> [String] { try base.list(folder) }
  func makeFolder(_ path: String, _ privacy: FilePrivacy) throws(DiskError) {
    try base.makeFolder(path, privacy)
  }
  func protect(_ folder: String, _ privacy: FilePrivacy, group: String?) throws(DiskError) {
    try base.protect(folder, privacy, group: group)
  }
  func freeSpace(_ path: String) throws(DiskError) -> Int64 { try base.freeSpace(path) }
  func networkFileSystem(_ path: String) -> String? { base.networkFileSystem(path) }
}

/// A file that may pass over what would make it safe.
private final class PlantedFile: OpenFile {
  private let base: any OpenFile
  private let syncs: Bool
  private let truncates: Bool

  init(_ base: any OpenFile, syncs: Bool, truncates: Bool) {
    (self.base, self.syncs, self.truncates) = (base, syncs, truncates)
  }

  func read(_ count: Int, at offset: Int) throws(DiskError) -> [UInt8] {
    try base.read(count, at: offset)
  }
  func write(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(DiskError) -> Int {
    try base.write(bytes, at: offset)
  }
  func syncData() throws(DiskError) { if syncs { try base.syncData() } }
  func truncate(to length: Int) throws(DiskError) {
    if truncates { try base.truncate(to: length) }
  }
  func status() throws(DiskError) -> FileStatus { try base.status() }
  func lock(waiting: Bool) throws(DiskError) -> Bool { try base.lock(waiting: waiting) }
  func unlock() { base.unlock() }
}
