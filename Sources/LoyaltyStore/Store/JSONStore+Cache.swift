/// What was computed from the store and is kept beside it only to be faster next time.
///
/// The files of `cache/` may be missing, stale or damaged at any time; whoever reads one checks it
/// and computes anew, without a word. Erasing somebody takes all of them away; what may tell of a
/// person is kept by ``JSONStore/cache(asOf:since:keeping:_:)``, which nobody comes back by.
extension JSONStore {
  /// The contents of a file that was kept, or nil when it is not there or cannot be read.
  package func cached(_ name: String) -> [UInt8]? { storeFiles.cached(name) }

  /// Keeps a file for later, as far as the store can be written; failing is no error.
  ///
  /// - Parameters:
  ///   - bytes: The contents.
  ///   - name: The file's name: a prefix up to a dash, then what tells it from others.
  ///   - keeping: How many files of the same prefix stay; the oldest go.
  package func cache(_ bytes: [UInt8], as name: String, keeping: Int) {
    guard access == .readWrite else { return }
    storeFiles.keep(bytes, as: name, keeping: keeping)
  }
}

extension StoreFiles {
  /// The contents of a file that was kept, or nil when it is not there or cannot be read.
  func cached(_ name: String) -> [UInt8]? {
    guard (try? checkFolders()) != nil else { return nil }
    return try? readIfPresent("\(StorePath.cache)/\(name)")
  }

  /// Keeps a file, unless it is there with the same contents; see ``JSONStore/cache(_:as:keeping:)``.
  func keep(_ bytes: [UInt8], as name: String, keeping: Int) {
    let folder = full(StorePath.cache)
    guard cached(name) != bytes else { return }
    do throws(DiskError) {
      guard try makeCacheFolder() else { return }
      try put(bytes, at: "\(folder)/\(name)")
      let kin = name.prefix { $0 != "-" } + "-"
      var kept: [(modified: Int64, path: String)] = []
      for other in try disk.list(folder)
      where other.hasPrefix(kin) && !other.hasSuffix(temporarySuffix) {
        let path = "\(folder)/\(other)"
        if let found = try disk.status(path) { kept.append((found.modified, path)) }
      }
      for old in kept.sorted(by: <).dropLast(keeping) { try disk.remove(old.path) }
    } catch {
      // Without a cache everything is only slower.
    }
  }

  /// Writes a file of the cache, unless somebody else is just doing so.
  private func put(_ bytes: [UInt8], at path: String) throws(DiskError) {
    guard let (file, unfinished) = try makeUnfinished(path) else { return }
    do throws(DiskError) {
      try file.writeAll(bytes[...], at: 0, path: unfinished)
      try file.syncData()
      try disk.rename(unfinished, to: path)
    } catch {
      try? disk.remove(unfinished)
      throw error
    }
  }

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
