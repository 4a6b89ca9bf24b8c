import Dispatch
import Foundation
import Synchronization

/// Notes that somebody pressed Control-C, so that long work ends where it can end cleanly.
///
/// The second time ends the process at once. Once given back, Control-C does what it did before.
final class Interrupt: Sendable {
  private let flag = Atomic(false)
  // Dispatch's own objects may be used from any thread; its declarations do not say so yet.
  private nonisolated(unsafe) let source: any DispatchSourceSignal

  /// Begins to look for it.
  init() {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler { [weak self] in
      self?.flag.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
    source.activate()
  }

  deinit { giveBack() }

  /// Whether it was pressed.
  var isRaised: Bool { flag.load(ordering: .relaxed) }

  /// Ends looking for it.
  func giveBack() {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }

  /// Ends the process as Control-C would have, so that a script which called it ends too.
  static func end() {
    signal(SIGINT, SIG_DFL)
    // Whoever started the process may have blocked it.
    var only = sigset_t()
    sigemptyset(&only)
    sigaddset(&only, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &only, nil)
    raise(SIGINT)
  }
}
