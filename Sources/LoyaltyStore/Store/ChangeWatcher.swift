import Dispatch
import Glibc
import Synchronization

/// Tells when somebody else, or this program, changed a store's files: the journal, the rules, the
/// settings.
///
/// The system says so at once (inotify); a look twice a second stands behind it, for file systems
/// that do not tell and for machines whose watches are used up.
///
/// `@unchecked`: the sources never change and may be cancelled from any thread.
package final class ChangeWatcher: @unchecked Sendable {
  /// How the files looked: names, lengths, times.
  private typealias Signature = [[FileStatus?]]

  private let files: StoreFiles
  private let isBehind: @Sendable () -> Bool
  private let onChange: @Sendable () -> Void
  private let last: Mutex<Signature>
  private let timer: any DispatchSourceTimer
  /// The system's own notices; nil where it gives none.
  private let notices: (any DispatchSourceRead)?

  private static let folders = [StorePath.journal, StorePath.rules, StorePath.settings]
  private static let interval = 0.5

  /// A watcher of files.
  ///
  /// - Parameters:
  ///   - files: The store's files.
  ///   - isBehind: Whether the last change could not be taken in, so that it is told of again.
  ///   - onChange: Is told.
  init(
    _ files: StoreFiles, isBehind: @escaping @Sendable () -> Bool,
    _ onChange: @escaping @Sendable () -> Void
  ) {
    (self.files, self.isBehind, self.onChange) = (files, isBehind, onChange)
    last = Mutex(Self.signature(files))
    let queue = DispatchQueue(label: "store.changes")
    timer = DispatchSource.makeTimerSource(queue: queue)
    let descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    notices =
      descriptor < 0
      ? nil : DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    timer.schedule(deadline: .now() + Self.interval, repeating: Self.interval)
    timer.setEventHandler { [weak self] in self?.look() }
    timer.activate()
    observe(descriptor)
  }

  deinit { stop() }

  /// Tells nothing any more.
  package func stop() {
    timer.cancel()
    notices?.cancel()
  }

  private func observe(_ descriptor: Int32) {
    guard let notices else { return }
    let mask = IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_CLOSE_WRITE
    for folder in Self.folders {
      _ = inotify_add_watch(descriptor, files.full(folder), UInt32(mask))
    }
    notices.setEventHandler { [weak self] in
      var buffer = [UInt8](repeating: 0, count: 4_096)
      while read(descriptor, &buffer, buffer.count) > 0 {}
      self?.look()
    }
    notices.setCancelHandler { close(descriptor) }
    notices.activate()
  }

  /// Tells when the files look other than before.
  private func look() {
    let now = Self.signature(files)
    let isNew = last.withLock { last in
      defer { last = now }
      return last != now
    }
    if isNew || isBehind() { onChange() }
  }

  private static func signature(_ files: StoreFiles) -> Signature {
    folders.map { folder in
      let names = (try? files.list(folder)) ?? []
      return names.map { (try? files.disk.status(files.full(folder + "/" + $0))) ?? nil }
    }
  }
}

extension JSONStore {
  /// Calls a function, on a queue of its own, soon after anybody changed the store's files; then
  /// ``refresh()`` takes the changes in.
  ///
  /// - Parameter onChange: Must not block for long.
  /// - Returns: What watches, until it is stopped or let go.
  package func watch(_ onChange: @escaping @Sendable () -> Void) -> ChangeWatcher {
    ChangeWatcher(storeFiles, isBehind: { [weak self] in self?.isBehind ?? false }, onChange)
  }
}
