import CNCurses
package import TerminalKit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The terminal of the process, painted and read with ncurses.
///
/// There is one at a time. One loop owns it and alone calls it, always from the same thread; it is
/// not `Sendable`, so the compiler sees to that. `nextEvent` blocks its thread: background work
/// runs elsewhere and uses `waker`. Whatever ends the process (`end`, `exit`, a trap, a signal),
/// the terminal is brought back first.
package final class CursesTerminal: Terminal {
  package let capabilities: Capabilities

  private var shown: Frame?
  private var isMouseEnabled = false
  private var pending: [TerminalEvent] = []

  /// Takes the terminal over.
  /// - Parameters:
  ///   - environment: The process's environment variables; they tell about locale and `NO_COLOR`.
  ///   - noColor: Whether colours were declined on the command line.
  /// - Throws: `CursesError`; nothing has been written to the terminal then.
  package init(environment: [String: String], noColor: Bool) throws(CursesError) {
    let wish = Capabilities.detected(environment: environment, noColor: noColor, colors: 256)
    switch Int(tty_start(wish.unicode, wish.colorDepth != .none)) {
    case TTY_OK: break
    case TTY_NOT_A_TERMINAL: throw .notATerminal
    case TTY_UNKNOWN_TYPE: throw .unknownType
    case TTY_TOO_SIMPLE: throw .tooSimple
    default: throw .system(errno)
    }
    var found = Capabilities.detected(
      environment: environment, noColor: noColor, colors: Int(tty_colors()),
      directColor: tty_has_direct_color())
    found.unicode = wish.unicode && tty_is_unicode()
    capabilities = found
  }

  deinit { tty_end() }

  /// Gives the terminal back as it was.
  package func end() { tty_end() }

  package var size: Size {
    var (width, height): (Int32, Int32) = (0, 0)
    tty_size(&width, &height)
    return Size(width: Int(width), height: Int(height))
  }

  package var waker: Waker { Waker { tty_wake() } }

  package func setMouse(enabled: Bool) {
    isMouseEnabled = enabled
    tty_set_mouse(enabled)
  }

  /// Has a crash write a report to a file: a head, the newest note, the signal and the stack.
  package func report(to path: String, head: String) { tty_report_to(path, head) }

  package func note(_ text: String) { tty_note(text) }

  package func suspended<Result>(_ body: () -> Result) -> Result {
    tty_leave()
    defer {
      tty_return()
      repaint()
    }
    return body()
  }

  package func draw(_ frame: Frame) {
    if shown?.size != frame.size { tty_erase(false) }
    let painter = Painter(capabilities: capabilities, size: size)
    let base = shown.map { scrollTowards(frame, from: $0) }
    for run in frame.changes(since: base) { painter.paint(run) }
    painter.finish(cursor: frame.cursor)
    shown = frame
  }

  /// Moves rows where that spares painting them.
  /// - Returns: What the screen then shows.
  private func scrollTowards(_ frame: Frame, from old: Frame) -> Frame {
    guard old.size == size, let scroll = frame.scroll(since: old) else { return old }
    tty_scroll(
      Int32(scroll.rows.lowerBound), Int32(scroll.rows.upperBound - 1), Int32(scroll.lines))
    return old.scrolled(scroll)
  }

  /// Paints the last frame anew on a screen of unknown content.
  private func repaint() {
    tty_erase(true)
    guard let frame = shown else { return }
    shown = nil
    draw(frame)
  }
}

extension CursesTerminal {
  package func nextEvent(timeout milliseconds: Int?) -> TerminalEvent? {
    let start = ContinuousClock.now
    while true {
      if !pending.isEmpty { return pending.removeFirst() }
      if let event = readEvent() { return event }
      guard let left = Self.left(of: milliseconds, since: start) else { return nil }
      handle(tty_wait(left))
      if pending.isEmpty, left == 0 { return readEvent() }
    }
  }

  /// The milliseconds still to wait, negative for without end; nil when the time is up.
  ///
  /// The first wait of a zero timeout still looks at the sources once.
  private static func left(of milliseconds: Int?, since start: ContinuousClock.Instant) -> Int32? {
    guard let milliseconds else { return -1 }
    let spent = (ContinuousClock.now - start) / .milliseconds(1)
    if milliseconds == 0 { return 0 }
    let left = Double(milliseconds) - spent
    return left > 0 ? Int32(min(left.rounded(.up), 1e9)) : nil
  }

  private func handle(_ found: Int32) {
    let has = { (bit: Int) in Int(found) & bit != 0 }
    if has(TTY_TERMINATE) { pending.append(.terminate) }
    if has(TTY_STOP) { stop() }
    if has(TTY_CONTINUED) {
      // Whoever stopped the program may have used the terminal meanwhile.
      suspended {}
      pending.append(.resumed)
    }
    if has(TTY_WAKE) { pending.append(.wake) }
    // Input that is announced while no byte waits is the end of it.
    if has(TTY_HANGUP) || (has(TTY_INPUT) && tty_at_end()) { pending.append(.endOfInput) }
  }

  /// What Control-Z does.
  private func stop() {
    tty_stop()
    repaint()
    pending.append(.resumed)
  }

  private func readEvent() -> TerminalEvent? {
    var event = tty_event()
    while true {
      tty_read(&event)
      switch Int(event.kind) {
      case TTY_NOTHING: return nil
      case TTY_RESIZE: return resized()
      case TTY_PASTE_BEGIN: return .paste(readPaste())
      case TTY_PASTE_END: continue
      case TTY_MOUSE: return KeyDecoder.mouse(event)
      default: break
      }
      guard let key = decoded(event) else { continue }
      if key == .control("z") {
        stop()
        return pending.removeFirst()
      }
      return .key(key)
    }
  }

  /// A key, with Alt when Escape came in the same breath.
  private func decoded(_ event: tty_event) -> Key? {
    guard let key = KeyDecoder.key(event) else { return nil }
    guard key == .escape else { return key }
    var following = tty_event()
    tty_read(&following)
    switch Int(following.kind) {
    case TTY_NOTHING: return .escape
    case TTY_CHARACTER, TTY_KEY:
      return KeyDecoder.key(following).map { Key($0.code, $0.modifiers.union(.alt)) } ?? .escape
    case TTY_RESIZE: pending.append(resized())
    default: break
    }
    return .escape
  }

  /// Several changes of size in a row are one.
  private func resized() -> TerminalEvent {
    var event = tty_event()
    tty_read(&event)
    while Int(event.kind) == TTY_RESIZE { tty_read(&event) }
    if let key = KeyDecoder.key(event) { pending.append(.key(key)) }
    shown = nil
    tty_erase(true)
    return .resize(size)
  }

  /// The text up to the end of a paste; keys in it that type nothing are left out.
  private func readPaste() -> String {
    var text = String.UnicodeScalarView()
    var event = tty_event()
    while true {
      tty_read(&event)
      switch Int(event.kind) {
      case TTY_CHARACTER:
        // Terminals send line ends as carriage returns.
        let scalar = Unicode.Scalar(UInt32(bitPattern: event.value))
        if let scalar { text.append(scalar == "\r" ? "\n" : scalar) }
      case TTY_KEY where Int(event.value) == TTY_ENTER: text.append("\n")
      case TTY_PASTE_END: return String(text)
      case TTY_NOTHING:
        // A paste whose end never comes must not hang the program.
        let found = tty_wait(500)
        handle(found)
        if Int(found) & TTY_INPUT == 0 || pending.contains(.endOfInput) { return String(text) }
      default: break
      }
    }
  }
}
