import LoyaltyModel
import TextFormats

/// A folder in which an import writes its files until it is committed; its lock tells that the
/// import is still running.
struct Spool {
  /// The path within the store.
  let folder: String
  private let lock: any OpenFile
  private let files: StoreFiles

  private static let lockName = "lock"

  /// Makes a folder of its own.
  init(_ files: StoreFiles) throws(StoreError) {
    self.files = files
    var number = 0
    for name in try files.list(StorePath.spool) { number = max(number, Int(name) ?? 0) }
    while true {
      number += 1
      let folder = "\(StorePath.spool)/\(StorePath.digits(number, 6))"
      do throws(DiskError) {
        try files.disk.makeFolder(files.full(folder), files.privacy)
      } catch {
        // Somebody else began an import just now.
        if error.kind == .exists { continue }
        throw .disk(error)
      }
      self.folder = folder
      lock = try files.doing { () throws(DiskError) in
        let lock = try files.disk.open(
          files.full(folder + "/" + Self.lockName), .lock(files.privacy))
        _ = try lock.lock(waiting: false)
        return lock
      }
      return
    }
  }

  /// Removes the folder with all that is in it.
  func remove() {
    try? Self.removeAll(folder, files)
  }

  /// Removes a folder whose import does not run any more.
  static func removeUnlessInUse(_ folder: String, _ files: StoreFiles) throws(StoreError) {
    let path = files.full(folder + "/" + lockName)
    let isFree = try files.doing { () throws(DiskError) in
      guard try files.disk.status(path) != nil else { return true }
      return try files.disk.open(path, .update).lock(waiting: false)
    }
    if isFree { try removeAll(folder, files) }
  }

  private static func removeAll(_ folder: String, _ files: StoreFiles) throws(StoreError) {
    for name in try files.list(folder) {
      try files.doing { () throws(DiskError) in
        try files.disk.remove(files.full(folder + "/" + name))
      }
    }
    try files.doing { () throws(DiskError) in try files.disk.remove(files.full(folder)) }
  }
}
