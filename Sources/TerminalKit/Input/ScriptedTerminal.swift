import Synchronization

/// A terminal without a screen, for tests of whole sessions: events in, frames recorded.
///
/// Events are handed out in order; when none is left, `endOfInput` ends the loop. A wake is seen
/// before the next scripted event, as soon as it was asked for.
package final class ScriptedTerminal: Terminal {
  /// The present extent; a scripted resize changes it.
  package private(set) var size: Size
  /// What it is said to be able to show.
  package let capabilities: Capabilities
  /// Every frame that was drawn, oldest first.
  package private(set) var frames: [Frame] = []
  /// Whether the mouse is listened to.
  package private(set) var isMouseEnabled = false
  /// How often the terminal was handed to another program.
  package private(set) var suspensions = 0

  private var events: [TerminalEvent]
  private var next = 0
  private let wakes = WakeCount()

  /// A terminal that plays the given events.
  package init(
    width: Int = 80, height: Int = 24, capabilities: Capabilities = Capabilities(),
    events: [TerminalEvent] = []
  ) {
    size = Size(width: width, height: height)
    self.capabilities = capabilities
    self.events = events
  }

  /// The frame on the screen.
  package var lastFrame: Frame? { frames.last }

  /// How many scripted events are still to come.
  package var remaining: Int { events.count - next }

  /// Wakes the loop.
  package var waker: Waker {
    Waker { [wakes] in wakes.count.withLock { $0 += 1 } }
  }

  /// Adds events to those still to come.
  package func append(_ more: [TerminalEvent]) {
    events += more
  }

  /// Adds keys by name; what is no key name is typed character by character.
  package func press(_ names: String...) {
    for name in names {
      let keys = Key(name: name).map { [$0] } ?? name.map { Key.character($0) }
      append(keys.map { .key($0) })
    }
  }

  package func nextEvent(timeout milliseconds: Int?) -> TerminalEvent? {
    let woken = wakes.count.withLock { count in
      defer { count = 0 }
      return count > 0
    }
    if woken { return .wake }
    guard next < events.count else { return milliseconds == nil ? .endOfInput : nil }
    defer { next += 1 }
    if case .resize(let size) = events[next] { self.size = size }
    return events[next]
  }

  package func draw(_ frame: Frame) { frames.append(frame) }

  package func setMouse(enabled: Bool) { isMouseEnabled = enabled }

  package func suspended<Result>(_ body: () -> Result) -> Result {
    suspensions += 1
    return body()
  }
}

/// How many wakes wait to be seen, shared between threads.
private final class WakeCount: Sendable {
  let count = Mutex(0)
}
