import LoyaltyStore

extension LoyaltyWorkspace {
  /// Calls a function, on a queue of its own, within a second of anybody's change to the store;
  /// ``refresh()`` then takes it in.
  ///
  /// - Parameter onChange: Must not block for long.
  /// - Returns: What watches, until it is stopped or let go.
  package func watch(_ onChange: @escaping @Sendable () -> Void) -> StoreWatch {
    StoreWatch(watcher: store.watch(onChange))
  }
}

/// Watches a store for changes.
package final class StoreWatch: Sendable {
  private let watcher: ChangeWatcher

  init(watcher: ChangeWatcher) { self.watcher = watcher }

  /// Tells nothing any more.
  package func stop() { watcher.stop() }
}
