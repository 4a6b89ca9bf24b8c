// Taking the store's turn to write. Whoever has it first completes what was left unfinished.
extension StoreFiles {
  /// Opens the file whose lock guards every write.
  ///
  /// - Throws: ``StoreError/readOnly(_:)`` with the reason why nothing can be written here.
  func openLock() throws(StoreError) -> any OpenFile {
    if let type = disk.networkFileSystem(root) { throw .readOnly(.network(type)) }
    do throws(DiskError) {
      return try disk.open(full(StorePath.lock), .lock(privacy))
    } catch {
      switch error.kind {
      case .readOnlyFileSystem: throw .readOnly(.fileSystem)
      case .permission: throw .readOnly(.permission)
      default: throw .readOnly(.diskFailed(error))
      }
    }
  }

  /// Does something while nobody else writes.
  func locked<Result>(
    by lock: any OpenFile, _ body: () throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    _ = try doing { () throws(DiskError) in try lock.lock(waiting: true) }
    defer { lock.unlock() }
    try Overhaul.carryOut(self)
    return try body()
  }

  /// Does something without a lock, where nothing can be written.
  ///
  /// - Throws: ``ReadOnlyReason/unfinished`` where half of the files may be in their places.
  func unlocked<Result>(
    _ body: () throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    if try Overhaul.isWaiting(self) { throw .readOnly(.unfinished) }
    return try body()
  }

  /// Looks at the files while nobody writes, under the lock wherever there can be one.
  func settled<Result>(
    _ body: () throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    let lock: any OpenFile
    do throws(StoreError) {
      lock = try openLock()
    } catch { return try unlocked(body) }
    return try locked(by: lock, body)
  }

  /// Makes sure that no newer program wrote the store.
  func checkSchema() throws(StoreError) {
    let found = try storeFile().schema
    guard found > JSONStore.knownSchema else { return }
    throw .readOnly(.newerSchema(found: found, known: JSONStore.knownSchema))
  }
}
