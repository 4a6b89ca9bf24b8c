/// What was computed from the store and is kept beside it only to be faster next time.
///
/// The files of `cache/` may be missing, stale or damaged at any time; whoever reads one checks it
/// and computes anew, without a word. Nothing of a person stands in them.
extension JSONStore {
  /// The contents of a file that was kept, or nil when it is not there or cannot be read.
  package func cached(_ name: String) -> [UInt8]? {
    let files = storeFiles
    guard (try? files.checkFolders()) != nil else { return nil }
    return try? files.readIfPresent("\(StorePath.cache)/\(name)")
  }

  /// Keeps a file for later, as far as the store can be written; failing is no error.
  ///
  /// - Parameters:
  ///   - bytes: The contents.
  ///   - name: The file's name: a prefix up to a dash, then what tells it from others.
  ///   - keeping: How many files of the same prefix stay; the oldest go.
  package func cache(_ bytes: [UInt8], as name: String, keeping: Int) {
    guard access == .readWrite else { return }
    let files = storeFiles
    let folder = files.full(StorePath.cache)
    do throws(DiskError) {
      guard try files.makeCacheFolder() else { return }
      try files.disk.replace("\(folder)/\(name)", bytes, files.privacy)
      let kin = name.prefix { $0 != "-" } + "-"
      var kept: [(modified: Int64, path: String)] = []
      for other in try files.disk.list(folder) where other.hasPrefix(kin) {
        let path = "\(folder)/\(other)"
        if let found = try files.disk.status(path) { kept.append((found.modified, path)) }
      }
      for old in kept.sorted(by: <).dropLast(keeping) { try files.disk.remove(old.path) }
    } catch {
      // Without a cache everything is only slower.
    }
  }
}

extension StoreFiles {
  /// Makes the folder for what is disposable, which version control leaves alone.
  ///
  /// - Returns: False when a symbolic link stands there: what it points to is not the store's.
  /// - Throws: What the disk does.
  func makeCacheFolder() throws(DiskError) -> Bool {
    let folder = full(StorePath.cache)
    switch try disk.status(folder)?.kind {
    case .folder?: break
    case nil: try disk.makeFolder(folder, privacy)
    default: return false
    }
    let ignored = folder + "/.gitignore"
    if try disk.status(ignored) == nil {
      try disk.replace(ignored, Array("*\n".utf8), privacy)
    }
    return true
  }
}
