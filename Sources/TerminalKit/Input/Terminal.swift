/// Something that happened at the terminal.
package enum TerminalEvent: Equatable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// The screen has another size; several changes in a row arrive as one.
  case resize(Size)
  /// The mouse was clicked or its wheel turned.
  case mouse(MouseEvent)
  /// Text was pasted as a whole; it may hold newlines and must not be taken for keys.
  case paste(String)
  /// Background work asked for attention with `wake`.
  case wake
  /// The program came back after being suspended; the screen has been repainted.
  case resumed
  /// The terminal is gone: save and leave.
  case endOfInput
  /// Somebody asked the program to end (SIGTERM, SIGINT, SIGQUIT, SIGHUP): save and leave.
  case terminate
}

/// A click or a turn of the wheel.
package struct MouseEvent: Equatable, Sendable {
  /// What the mouse did.
  package enum Action: Equatable, Sendable {
    /// The left button.
    case click
    /// The wheel, away from the user.
    case wheelUp
    /// The wheel, towards the user.
    case wheelDown
  }

  /// What the mouse did.
  package var action: Action
  /// Where.
  package var position: Position

  /// An action at a position.
  package init(_ action: Action, at position: Position) {
    self.action = action
    self.position = position
  }
}

/// A screen and a keyboard.
///
/// One loop owns a terminal and alone calls it; only a `Waker` may be used from elsewhere.
package protocol Terminal: AnyObject {
  /// The present extent of the screen.
  var size: Size { get }
  /// What the screen can show.
  var capabilities: Capabilities { get }
  /// Wakes the loop from any thread.
  var waker: Waker { get }
  /// The next event, waiting for it at most so many milliseconds, without end when nil.
  /// - Returns: Nil when the time is up.
  func nextEvent(timeout milliseconds: Int?) -> TerminalEvent?
  /// Shows a frame.
  func draw(_ frame: Frame)
  /// Whether the mouse is listened to; when not, the terminal's own selecting works.
  func setMouse(enabled: Bool)
  /// Takes what a report should say if the program crashed now.
  func note(_ text: String)
  /// Hands the terminal to another program while `body` runs, then repaints.
  func suspended<Result>(_ body: () -> Result) -> Result
}

extension Terminal {
  /// Takes what a report should say if the program crashed now; a terminal that cannot report, as
  /// in tests, needs none.
  package func note(_ text: String) {}
}

/// Wakes a terminal's loop; may be called from any thread, any number of times.
package struct Waker: Sendable {
  private let action: @Sendable () -> Void

  /// A waker that does what `action` says.
  package init(_ action: @escaping @Sendable () -> Void) { self.action = action }

  /// Makes the loop see `TerminalEvent.wake` soon; several calls may arrive as one.
  package func wake() { action() }
}
