// A file of the cache is written under a name that says so, and renamed when it is finished. Whoever
// writes holds its lock: what nobody holds was cut off, as by leaving the program in the middle.
extension StoreFiles {
  /// Makes a file that is to become one of the cache.
  ///
  /// - Parameter path: What it is to be called in the end.
  /// - Returns: The file, locked, with its present path; nil where somebody else is writing it.
  /// - Throws: What the disk does.
  func makeUnfinished(
    _ path: String
  ) throws(DiskError) -> (file: any OpenFile, path: String)? {
    let unfinished = path + temporarySuffix
    guard try removeLeftover(unfinished) else { return nil }
    let file = try disk.open(unfinished, .create(privacy))
    return try file.lock(waiting: false) ? (file, unfinished) : nil
  }

  /// Removes everything in the cache that was never finished and that nobody is writing.
  ///
  /// What cannot be removed is left: it is in nobody's way.
  func removeLeftovers() {
    let folder = full(StorePath.cache)
    guard (try? disk.status(folder))??.kind == .folder,
      let names = try? disk.list(folder)
    else { return }
    for name in names where name.hasSuffix(temporarySuffix) {
      _ = try? removeLeftover(folder + "/" + name)
    }
  }

  /// Removes a file that was never finished.
  ///
  /// - Returns: Whether nothing stands there now; false where somebody is writing it.
  private func removeLeftover(_ path: String) throws(DiskError) -> Bool {
    switch try disk.status(path)?.kind {
    case nil: return true
    case .file?: break
    default: return false
    }
    let file = try disk.open(path, .update)
    guard try file.lock(waiting: false) else { return false }
    defer { file.unlock() }
    // It may have been finished, and another begun, since it was looked at.
    guard let found = try disk.status(path) else { return true }
    guard found.inode == (try file.status().inode) else { return false }
    try disk.remove(path)
    return true
  }
}
