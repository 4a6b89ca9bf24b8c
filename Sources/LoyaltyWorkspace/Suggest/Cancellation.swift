import Synchronization

/// Carries a wish to stop from one thread to another.
final class Cancellation: Sendable {
  private let flag = Atomic(false)

  /// Asks to stop.
  func cancel() { flag.store(true, ordering: .relaxed) }

  /// Whether somebody asked to stop.
  var isCancelled: Bool { flag.load(ordering: .relaxed) }
}
