import LoyaltyModel
import TextFormats

/// The files of one store: paths within it, and the store's kind of error.
struct StoreFiles: Sendable {
  /// The disk that holds them.
  let disk: any Disk
  /// The store's folder.
  let root: String
  /// Who may read what is made.
  var privacy = FilePrivacy.owner

  /// The path on the disk of a path within the store.
  func full(_ path: String) -> String { path.isEmpty ? root : root + "/" + path }

  /// The whole contents of a file.
  ///
  /// - Throws: Damage where it is missing or a symbolic link.
  func read(_ path: String) throws(StoreError) -> [UInt8] {
    var bytes: [UInt8] = []
    try read(path, to: &bytes)
    return bytes
  }

  /// Reads the whole contents of a file into an array, in place of what is there.
  private func read(_ path: String, to bytes: inout [UInt8]) throws(StoreError) {
    try opening(path) { () throws(DiskError) in try disk.readWhole(full(path), to: &bytes) }
  }

  /// The lines of a file of events.
  ///
  /// - Throws: Damage where it is missing or a symbolic link.
  func lines(_ path: String) throws(StoreError) -> LineBlocks {
    try opening(path) { () throws(DiskError) in
      try LineBlocks(disk.open(full(path), .readInside))
    }
  }

  private func opening<Result>(
    _ path: String, _ body: () throws(DiskError) -> Result
  ) throws(StoreError) -> Result {
    do throws(DiskError) {
      return try body()
    } catch {
      switch error.kind {
      case .missing: throw .damaged(Damage(path, .missing))
      case .symbolicLink: throw .damaged(Damage(path, .symbolicLink))
      default: throw .disk(error)
      }
    }
  }

  /// The whole contents of a file, or nil when there is none.
  func readIfPresent(_ path: String) throws(StoreError) -> [UInt8]? {
    do throws(StoreError) {
      return try read(path)
    } catch {
      if case .damaged(let damage) = error, damage.flaw == .missing { return nil }
      throw error
    }
  }

  /// The names in a folder; none where it is missing, as empty folders are after a `git clone`.
  func list(_ folder: String) throws(StoreError) -> [String] {
    do throws(DiskError) {
      return try disk.list(full(folder))
    } catch {
      if error.kind == .missing { return [] }
      throw .disk(error)
    }
  }

  /// A file of records, its first and last line understood.
  func records(_ path: String, kind: String) throws(StoreError) -> ShardFile.Contents {
    try ShardFile.read(read(path), file: path, kind: kind)
  }

  /// The same for one of many files, read into the memory of the one before.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - kind: What its records are.
  ///   - spare: The bytes of the file before, of whom nobody else has need; gives its memory away.
  /// - Returns: The file, whose bytes are to be the next one's spare memory.
  /// - Throws: Damage of its first or last line, or what the disk does.
  func records(
    _ path: String, kind: String, reusing spare: inout [UInt8]
  ) throws(StoreError) -> ShardFile.Contents {
    var bytes: [UInt8] = []
    swap(&bytes, &spare)
    try read(path, to: &bytes)
    return try ShardFile.read(bytes, file: path, kind: kind)
  }

  /// What `store.json` says.
  func storeFile() throws(StoreError) -> StoreFile {
    let bytes = try read(StorePath.store)
    do throws(RecordFlaw) {
      return try StoreFile(bytes)
    } catch { throw .damaged(Damage(StorePath.store, error)) }
  }

  /// Replaces a file in one step; the folder is synced by the caller.
  func replace(_ path: String, _ bytes: [UInt8]) throws(StoreError) {
    try doing { () throws(DiskError) in try disk.replace(full(path), bytes, privacy) }
  }

  /// Waits until the names in folders are on the disk.
  func sync(_ folders: [String]) throws(StoreError) {
    try doing { () throws(DiskError) in
      for folder in folders { try disk.syncFolder(full(folder)) }
    }
  }

  /// Makes the folders that are missing.
  ///
  /// - Throws: Damage where something else stands in the place of one.
  func makeFolders() throws(StoreError) {
    try doing { () throws(DiskError) in
      for folder in StorePath.folders where try disk.status(full(folder)) == nil {
        try disk.makeFolder(full(folder), privacy)
      }
    }
  }

  /// Makes sure that no folder of the store is anything but a folder.
  func checkFolders() throws(StoreError) {
    for folder in StorePath.folders + [StorePath.cache, StorePath.pending] {
      let found = try doing { () throws(DiskError) in try disk.status(full(folder)) }
      guard let found, found.kind != .folder else { continue }
      throw .damaged(Damage(folder, found.kind == .symbolicLink ? .symbolicLink : .missing))
    }
  }

  /// Does something with the disk and throws what goes wrong as the store's error.
  func doing<Result>(
    _ body: () throws(DiskError) -> Result
  ) throws(StoreError) -> Result {
    do throws(DiskError) {
      return try body()
    } catch { throw .disk(error) }
  }
}
