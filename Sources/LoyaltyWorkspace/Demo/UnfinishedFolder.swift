import LoyaltyStore

/// The folder beside a store to be, in which it is made until it is whole.
///
/// Whoever stops the program half-way leaves this folder, never half a store; the next time it is
/// cleaned away.
struct UnfinishedFolder {
  /// Where the store is made.
  let path: String
  /// Where it is to stand, without a slash at the end.
  let target: String
  private let disk: any Disk

  /// The folder for a store to be.
  init(for path: String, disk: any Disk) {
    var target = path[...]
    while target.count > 1, target.last == "/" { target.removeLast() }
    self.target = String(target)
    self.path = target + ".unfinished"
    self.disk = disk
  }

  /// Makes way for the store: its place is missing or an empty folder, the folders above are
  /// there, and nothing is left of an earlier time.
  func prepare() throws(WorkspaceError) {
    try doing { () throws(DiskError) in
      if let found = try disk.status(target) {
        guard found.kind == .folder, try disk.list(target).isEmpty else { return false }
      }
      try disk.makeFolders(above: target)
      try disk.removeTree(path)
      return true
    }
  }

  /// Puts the finished store in its place.
  func finish() throws(WorkspaceError) {
    try doing { () throws(DiskError) in
      try disk.rename(path, to: target)
      try disk.syncFolder(Self.folder(above: target))
      return true
    }
  }

  /// Removes what was made, as far as the disk allows.
  func remove() { try? disk.removeTree(path) }

  /// Does something with files; false means that something is in the way.
  private func doing(_ body: () throws(DiskError) -> Bool) throws(WorkspaceError) {
    let isFree: Bool
    do throws(DiskError) { isFree = try body() } catch { throw .store(.disk(error)) }
    if !isFree { throw .store(.notEmpty(path: target)) }
  }

  private static func folder(above path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
