import LoyaltyStore

extension Disk {
  /// Makes the folders above a path that are missing, for their owner alone or for a group too.
  func makeFolders(above path: String, group: String? = nil) throws(DiskError) {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
    let parent = String(path[..<slash])
    guard try status(parent) == nil else { return }
    try makeFolders(above: parent, group: group)
    do throws(DiskError) {
      try makeFolder(parent, .owner)
    } catch {
      // Somebody else made it just now.
      if error.kind == .exists { return }
      throw error
    }
    if let group { try protect(parent, .group, group: group) }
  }

  /// Removes a file, or a folder with everything in it, if it is there; follows no symbolic link.
  func removeTree(_ path: String) throws(DiskError) {
    guard let found = try status(path) else { return }
    if found.kind == .folder {
      for name in try list(path) { try removeTree(path + "/" + name) }
    }
    try remove(path)
  }
}
