import CNCurses
import TerminalKit

/// Turns what the shim read into events.
enum KeyDecoder {
  private static let codes: [Int: Key.Code] = [
    TTY_UP: .up, TTY_DOWN: .down, TTY_LEFT: .left, TTY_RIGHT: .right, TTY_HOME: .home,
    TTY_END: .end, TTY_PAGE_UP: .pageUp, TTY_PAGE_DOWN: .pageDown, TTY_ENTER: .enter,
    TTY_BACKSPACE: .backspace, TTY_DELETE: .delete, TTY_INSERT: .insert,
  ]

  /// The key that was read; nil when it was none.
  static func key(_ event: tty_event) -> Key? {
    switch Int(event.kind) {
    case TTY_CHARACTER: character(event.value)
    case TTY_KEY: special(Int(event.value), Key.Modifiers(rawValue: UInt8(event.modifiers)))
    default: nil
    }
  }

  /// The mouse's doing.
  static func mouse(_ event: tty_event) -> TerminalEvent {
    let action: MouseEvent.Action =
      switch Int(event.value) {
      case TTY_WHEEL_UP: .wheelUp
      case TTY_WHEEL_DOWN: .wheelDown
      default: .click
      }
    return .mouse(MouseEvent(action, at: Position(x: Int(event.x), y: Int(event.y))))
  }

  private static func special(_ value: Int, _ modifiers: Key.Modifiers) -> Key? {
    if value == TTY_BACKTAB { return .backtab }
    if value > TTY_FUNCTION { return Key(.function(value - TTY_FUNCTION), modifiers) }
    return codes[value].map { Key($0, modifiers) }
  }

  private static func character(_ value: Int32) -> Key? {
    switch value {
    case 0: .control(" ")
    case 8, 127: .backspace
    case 9: .tab
    case 10, 13: .enter
    case 27: .escape
    // Control with a letter, or with one of \ ] ^ _.
    case 1..<32:
      Unicode.Scalar(UInt32(value) + (value < 27 ? 96 : 64)).map { .control(Character($0)) }
    default: Unicode.Scalar(UInt32(bitPattern: value)).map { .character(Character($0)) }
    }
  }
}
