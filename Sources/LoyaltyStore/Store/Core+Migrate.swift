import LoyaltyModel

// The versions of the format, and how a store of an older one becomes one of the newest. Older
// versions are read as they are; the first opening that may write brings `store.json` up to date.
//
// | schema | what it added |
// |---|---|
// | 1 | the first |
// | 2 | events that erase a person and that tell of a backup; keyed hashes of erased people |
//
// A program of schema 1 would take the new events for damage, so it must know from `store.json`
// that the store is newer than itself. No file had to be rewritten for it.
extension Core {
  /// Brings an older store up to date; the lock is held.
  mutating func migrate() throws(StoreError) {
    guard storeFile.schema < JSONStore.knownSchema else { return }
    // Somebody else may have done it, or changed the file, since it was read.
    guard let newest = try? StoreFile(try files.read(StorePath.store)) else { return }
    storeFile = newest
    guard storeFile.schema < JSONStore.knownSchema else { return }
    storeFile.schema = JSONStore.knownSchema
    do throws(StoreError) {
      try files.replace(StorePath.store, storeFile.bytes)
      try files.sync([""])
    } catch {
      // It can be read all the same, but nothing may be written that only a newer schema has.
      guard case .disk(let failure) = error else { throw error }
      restrict(.diskFailed(failure))
    }
  }
}
