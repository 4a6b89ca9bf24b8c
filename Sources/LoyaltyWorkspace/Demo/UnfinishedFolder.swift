import LoyaltyStore

/// The folder beside a store to be, in which it is made until it is whole.
///
/// Whoever stops the program half-way leaves this folder, never half a store; the next time it is
/// cleaned away. A lock beside it tells what was left from what somebody makes just now.
struct UnfinishedFolder {
  /// Where the store is made.
  let path: String
  /// Where it is to stand, without a slash at the end.
  let target: String
  private let disk: any Disk
  /// The file whose lock is held while the store is made.
  private let lockPath: String
  private var lock: (any OpenFile)?

  /// The folder for a store to be.
  init(for path: String, disk: any Disk) {
    var target = path[...]
    while target.count > 1, target.last == "/" { target.removeLast() }
    self.target = String(target)
    self.path = target + ".unfinished"
    lockPath = self.path + ".lock"
    self.disk = disk
  }

  /// Makes way for the store: its place is missing or an empty folder, the folders above are
  /// there, and nothing is left of an earlier time.
  ///
  /// - Throws: An error where something stands there, or somebody makes a store there just now.
  mutating func prepare() throws(WorkspaceError) {
    try checkPlace()
    let (disk, lockPath) = (disk, lockPath)
    let (target, path) = (target, path)
    let lock = try doing { () throws(DiskError) -> (any OpenFile)? in
      try disk.makeFolders(above: target)
      let file = try disk.open(lockPath, .lock(.owner))
      guard try file.lock(waiting: false) else { return nil }
      // Whoever had it may have ended and removed the file, and a third made another.
      return try disk.status(lockPath)?.inode == file.status().inode ? file : nil
    }
    guard let lock else { throw .beingMade(target) }
    self.lock = lock
    do throws(WorkspaceError) {
      try checkPlace()
      try doing { () throws(DiskError) in try disk.removeTree(path) }
    } catch {
      release()
      throw error
    }
  }

  /// Puts the finished store in its place.
  mutating func finish() throws(WorkspaceError) {
    try doing { () throws(DiskError) in
      try disk.rename(path, to: target)
      try disk.syncFolder(Self.folder(above: target))
    }
    release()
  }

  /// Removes what was made, as far as the disk allows.
  mutating func remove() {
    try? disk.removeTree(path)
    release()
  }

  private mutating func release() {
    try? disk.remove(lockPath)
    lock = nil
  }

  /// Makes sure that the place is missing or an empty folder.
  private func checkPlace() throws(WorkspaceError) {
    let isFree = try doing { () throws(DiskError) in
      guard let found = try disk.status(target) else { return true }
      guard found.kind == .folder else { return false }
      return try disk.list(target).isEmpty
    }
    if !isFree { throw .store(.notEmpty(path: target)) }
  }

  private func doing<Result>(
    _ body: () throws(DiskError) -> Result
  ) throws(WorkspaceError) -> Result {
    do throws(DiskError) { return try body() } catch { throw .store(.disk(error)) }
  }

  private static func folder(above path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
