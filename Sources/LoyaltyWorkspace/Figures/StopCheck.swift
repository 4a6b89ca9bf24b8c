import LoyaltyModel
import Synchronization

/// Asks who waits for work whether to go on, and remembers a no for good.
///
/// That makes it fit for work that looks again and again without being told why, such as a fit.
final class StopCheck: Sendable {
  private let progress: ProgressHandler
  private let cancellation = Cancellation()
  private let activity = Mutex("")

  init(_ progress: @escaping ProgressHandler) { self.progress = progress }

  /// Whether to stop; asks with the activity that was last named.
  @Sendable func isStopped() -> Bool {
    if cancellation.isCancelled { return true }
    if !progress(WorkProgress(activity.withLock { $0 })) { cancellation.cancel() }
    return cancellation.isCancelled
  }

  /// Goes on with the next activity, or throws when it was asked to stop.
  func check(_ activity: String) throws(CancellationError) {
    self.activity.withLock { $0 = activity }
    try check()
  }

  /// Throws when it was asked to stop.
  func check() throws(CancellationError) {
    if isStopped() { throw CancellationError() }
  }
}

/// Does work that can be stopped; the stop is an error of the workspace.
func stoppable<Value>(
  _ progress: @escaping ProgressHandler,
  _ work: (StopCheck) throws(CancellationError) -> Value
) throws(WorkspaceError) -> Value {
  do throws(CancellationError) {
    return try work(StopCheck(progress))
  } catch {
    throw .cancelled
  }
}
