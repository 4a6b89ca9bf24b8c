import Dispatch
import LoyaltyWorkspace
import Synchronization

/// Holds work up at its next step until it is opened.
final class Gate: Sendable {
  private let isClosed: Mutex<Bool>
  private let reached = DispatchSemaphore(value: 0)
  private let mayGoOn = DispatchSemaphore(value: 0)

  /// A gate.
  init(isClosed: Bool = true) { self.isClosed = Mutex(isClosed) }

  /// Told of a step; waits where the gate is closed.
  var pass: @Sendable (WorkProgress) -> Void {
    { [self] _ in
      guard isClosed.withLock({ $0 }) else { return }
      reached.signal()
      mayGoOn.wait()
      mayGoOn.signal()
    }
  }

  /// Waits until work stands at the gate.
  func awaitFirst() { reached.wait() }

  /// Holds up whatever comes from now on.
  func close() { isClosed.withLock { $0 = true } }

  /// Lets everything pass for good.
  func open() {
    isClosed.withLock { $0 = false }
    mayGoOn.signal()
  }
}
