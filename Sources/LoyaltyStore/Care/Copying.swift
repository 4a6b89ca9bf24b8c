import TextFormats

/// Copies a store, file by file: all that counts, without locks, caches and unfinished imports.
struct StoreCopy {
  let source: StoreFiles
  private(set) var target: StoreFiles
  /// The group of people who share the store, where it is shared.
  private let group: String?

  init(source: StoreFiles, to path: String) {
    self.source = source
    target = StoreFiles(disk: source.disk, root: path)
    group = (try? source.storeFile())?.group
  }

  private static let folders = StorePath.folders.filter { $0 != StorePath.spool }

  /// Copies everything; `store.json` comes last, so that half a copy is no store.
  ///
  /// - Returns: How many files and bytes were copied.
  /// - Throws: ``StoreError/notEmpty(path:)`` where something is already, or what the disk does.
  mutating func run() throws(StoreError) -> (files: Int, bytes: Int) {
    try makeRoot()
    try target.makeFolders()
    var (count, size) = (0, 0)
    for folder in Self.folders {
      for name in try source.list(folder) {
        let path = folder + "/" + name
        guard !name.hasSuffix(temporarySuffix), try isFile(path) else { continue }
        size += try copy(path)
        count += 1
      }
    }
    try target.sync(StorePath.folders)
    size += try copy(StorePath.store)
    try target.sync([""])
    return (count + 1, size)
  }

  private func isFile(_ path: String) throws(StoreError) -> Bool {
    try source.doing { () throws(DiskError) in
      try source.disk.status(source.full(path))?.kind == .file
    }
  }

  private mutating func makeRoot() throws(StoreError) {
    let (disk, root) = (target.disk, target.root)
    let found = try target.doing { () throws(DiskError) in try disk.status(root) }
    if let found {
      guard found.kind == .folder else { throw .notAFolder(path: root) }
      guard try target.list("").isEmpty else { throw .notEmpty(path: root) }
    } else {
      try target.doing { () throws(DiskError) in
        try disk.makeFolder(root, .owner)
        try disk.syncFolder(folder(of: root))
      }
    }
    // Whoever cannot give the copy to the group keeps it to themselves; no other group gets it.
    let isShared =
      group != nil && (try? disk.protect(root, .group, group: group)) != nil
    target.privacy = isShared ? .group : .owner
    if !isShared {
      try target.doing { () throws(DiskError) in try disk.protectIfOwn(root) }
    }
  }

  private func copy(_ path: String) throws(StoreError) -> Int {
    let name = target.full(path) + temporarySuffix
    return try target.doing { () throws(DiskError) in
      let (from, to) = (
        try source.disk.open(source.full(path), .readInside),
        try target.disk.open(name, .create(target.privacy))
      )
      var offset = 0
      while true {
        let piece = try from.read(1 << 20, at: offset)
        if piece.isEmpty { break }
        try to.writeAll(piece[...], at: offset, path: name)
        offset += piece.count
      }
      try to.syncData()
      try target.disk.rename(name, to: target.full(path))
      return offset
    }
  }
}

extension JSONStore {
  /// Copies the store as it is at one moment; nobody writes meanwhile.
  ///
  /// - Parameter path: The folder to be; it must be missing or empty.
  /// - Returns: How many files and bytes were copied.
  /// - Throws: ``StoreError/notEmpty(path:)``, or what the disk does.
  package func backup(to path: String) throws(StoreError) -> (files: Int, bytes: Int) {
    try withFilesLocked { (files) throws(StoreError) in
      guard !(path + "/").hasPrefix(files.root + "/") else { throw .invalid(.insideStore) }
      var copy = StoreCopy(source: files, to: path)
      return try copy.run()
    }
  }

  /// Puts a backup in the place of a store.
  ///
  /// - Parameters:
  ///   - backup: The folder of the backup; it is examined first.
  ///   - path: The store's folder; what stands there is moved aside, not removed.
  ///   - disk: Where they lie.
  /// - Returns: Where the store that stood there is now; nil when there was none.
  /// - Throws: The first damage of the backup, or what the disk does.
  package static func restore(
    from backup: String, to path: String, disk: any Disk
  ) throws(StoreError) -> String? {
    let source = StoreFiles(disk: disk, root: backup)
    if let damage = try examine(at: backup, disk: disk).damages.first { throw .damaged(damage) }
    let new = path + ".restoring"
    var copy = StoreCopy(source: source, to: new)
    _ = try source.unlocked { () throws(StoreError) in try copy.run() }
    let files = StoreFiles(disk: disk, root: path)
    return try files.doing { () throws(DiskError) in
      var aside: String?
      if try disk.status(path) != nil {
        var number = 1
        while try disk.status("\(path).replaced-\(number)") != nil { number += 1 }
        let name = "\(path).replaced-\(number)"
        try disk.rename(path, to: name)
        aside = name
      }
      try disk.rename(new, to: path)
      try disk.syncFolder(folder(of: path))
      return aside
    }
  }
}
