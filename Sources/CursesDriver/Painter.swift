import CNCurses
import TerminalKit

/// Puts runs of cells on the screen with what the terminal can do.
struct Painter {
  let capabilities: Capabilities
  /// The screen's extent, which may have changed since the frame was made.
  let size: Size

  /// Paints one run, as far as it lies on the screen.
  func paint(_ run: FrameRun) {
    guard run.y < size.height, run.x + run.width <= size.width || run.isASCII else { return }
    let room = min(run.width, size.width - run.x)
    guard room > 0 else { return }
    let (y, x) = (Int32(run.y), Int32(run.x))
    let (attributes, pair) = look(of: run.style)
    if run.isASCII {
      tty_put_ascii(y, x, run.text, Int32(room), attributes, pair)
    } else if capabilities.unicode {
      paintCluster(run, attributes, pair)
    } else {
      let stand = "?" + String(repeating: " ", count: room - 1)
      tty_put_ascii(y, x, stand, Int32(room), attributes, pair)
    }
  }

  /// Shows what was painted and places the cursor.
  func finish(cursor: Position?) {
    guard let cursor, cursor.x >= 0, cursor.y >= 0, cursor.x < size.width,
      cursor.y < size.height
    else { return tty_update(-1, 0) }
    tty_update(Int32(cursor.y), Int32(cursor.x))
  }

  private func paintCluster(_ run: FrameRun, _ attributes: Int32, _ pair: Int32) {
    let scalars = run.text.unicodeScalars.map(\.value)
    let (y, x) = (Int32(run.y), Int32(run.x))
    let isDubious = tty_put_cluster(
      y, x, scalars, Int32(scalars.count), Int32(run.width), attributes, pair)
    if isDubious { tty_pin(y, x + Int32(run.width)) }
  }

  private func look(of style: Style) -> (attributes: Int32, pair: Int32) {
    let depth = capabilities.colorDepth
    var attributes = style.attributes
    // Eight colours have no bright variants; bold shows them on most such terminals.
    if depth == .eight, case .ansi(8...) = style.foreground.kind { attributes.insert(.bold) }
    let number = { (color: Color) in color.number(at: depth).map { Int32($0) } ?? -1 }
    let pair = tty_pair(number(style.foreground), number(style.background))
    return (Int32(attributes.rawValue & 31), pair)
  }
}
