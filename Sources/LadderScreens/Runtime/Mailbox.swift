import Dispatch
import Synchronization
import TerminalKit

/// What background work has to say, kept until the loop asks for it; and whether any is running.
final class Mailbox: Sendable {
  private struct State {
    var messages: [Message] = []
    /// The newest progress; older ones that nobody saw are of no interest.
    var progress: Message?
    var running = 0
  }

  private let state = Mutex(State())
  private let news = DispatchSemaphore(value: 0)
  private let waker: Waker

  init(waker: Waker) { self.waker = waker }

  /// Whether work runs, or has something to say that was not taken yet.
  var isBusy: Bool {
    state.withLock { $0.running > 0 || !$0.messages.isEmpty || $0.progress != nil }
  }

  /// Registers work, always before it starts, so that nobody takes the program for idle.
  func begin() { state.withLock { $0.running += 1 } }

  func report(_ progress: Message) {
    let isFirst = state.withLock { state in
      defer { state.progress = progress }
      return state.progress == nil
    }
    guard isFirst else { return }
    news.signal()
    waker.wake()
  }

  /// Delivers a message that belongs to no work.
  func tell(_ message: Message) {
    state.withLock { $0.messages.append(message) }
    news.signal()
    waker.wake()
  }

  /// Delivers the last message of work that has ended; `hadProgress` when it reported any.
  func finish(_ message: Message, hadProgress: Bool = true) {
    state.withLock { state in
      state.messages.append(message)
      if hadProgress { state.progress = nil }
      state.running -= 1
    }
    news.signal()
    waker.wake()
  }

  /// Takes everything that was said.
  func take() -> [Message] {
    state.withLock { state in
      defer { (state.messages, state.progress) = ([], nil) }
      return (state.progress.map { [$0] } ?? []) + state.messages
    }
  }

  /// Waits until something new was said; false when the time was up before.
  func waitForNews(until deadline: DispatchTime) -> Bool {
    news.wait(timeout: deadline) == .success
  }

  /// Waits until something new was said.
  func waitForNews() { news.wait() }
}
