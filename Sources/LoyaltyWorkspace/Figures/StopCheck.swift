import LoyaltyModel
import Synchronization

/// Tells who waits for work how far it is, asks whether to go on, and remembers a no for good.
///
/// That makes it fit for work that looks again and again without being told why, such as a fit.
final class StopCheck: Sendable {
  private let handler: ProgressHandler
  private let cancellation = Cancellation()
  private let progress = Mutex(WorkProgress(""))

  init(_ progress: @escaping ProgressHandler) { handler = progress }

  /// Whether to stop; asks with what was last told.
  @Sendable func isStopped() -> Bool {
    if cancellation.isCancelled { return true }
    if !handler(progress.withLock { $0 }) { cancellation.cancel() }
    return cancellation.isCancelled
  }

  /// Goes on with the next activity, or throws when it was asked to stop.
  func check(_ activity: String) throws(WorkspaceError) {
    progress.withLock { $0.activity = activity }
    try check()
  }

  /// Does a part of the work under a name of its own.
  func during<Value>(
    _ activity: String, _ work: () throws(WorkspaceError) -> Value
  ) throws(WorkspaceError) -> Value {
    let before = progress.withLock { $0.activity }
    try check(activity)
    let value = try work()
    try check(before)
    return value
  }

  /// Throws `WorkspaceError.cancelled` when it was asked to stop.
  func check() throws(WorkspaceError) {
    if isStopped() { throw .cancelled }
  }

  /// The pace of the whole work: tells the share of it that is done.
  var pace: Pace<WorkspaceError> {
    Pace { share throws(WorkspaceError) in
      self.progress.withLock { $0.fraction = share }
      try self.check()
    }
  }
}
