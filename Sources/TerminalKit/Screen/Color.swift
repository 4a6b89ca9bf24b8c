/// A colour as an application asks for it; a driver maps it to what the terminal can do.
package struct Color: Hashable, Sendable {
  /// What kind of colour it is, in the upper byte, and its value below.
  let bits: UInt32

  private init(kind: UInt32, value: UInt32) {
    bits = kind << 24 | value
  }

  /// The terminal's own foreground or background.
  package static let standard = Color(kind: 0, value: 0)

  /// One of the 16 base colours, 0–15, whose look the user chose for the terminal.
  package static func ansi(_ index: UInt8) -> Color { Color(kind: 1, value: UInt32(index & 15)) }

  /// One of the 256 colours of xterm's palette.
  package static func palette(_ index: UInt8) -> Color {
    index < 16 ? .ansi(index) : Color(kind: 2, value: UInt32(index))
  }

  /// An exact colour.
  package static func rgb(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Color {
    Color(kind: 3, value: UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue))
  }

  /// ANSI black.
  package static let black = ansi(0)
  /// ANSI red.
  package static let red = ansi(1)
  /// ANSI green.
  package static let green = ansi(2)
  /// ANSI yellow, brown on old terminals.
  package static let yellow = ansi(3)
  /// ANSI blue.
  package static let blue = ansi(4)
  /// ANSI magenta.
  package static let magenta = ansi(5)
  /// ANSI cyan.
  package static let cyan = ansi(6)
  /// ANSI white, light grey on most terminals.
  package static let white = ansi(7)
  /// The brighter variant of a base colour.
  package var bright: Color { bits >> 24 == 1 ? .ansi(UInt8(bits & 7) | 8) : self }

  /// The colour taken apart.
  package enum Kind: Equatable, Sendable {
    /// The terminal's own.
    case standard
    /// A base colour, 0–15.
    case ansi(UInt8)
    /// A palette colour, 16–255.
    case palette(UInt8)
    /// An exact colour.
    case rgb(red: UInt8, green: UInt8, blue: UInt8)
  }

  /// The colour taken apart, for drivers and for debugging.
  package var kind: Kind {
    switch bits >> 24 {
    case 1: .ansi(UInt8(bits & 0xFF))
    case 2: .palette(UInt8(bits & 0xFF))
    case 3:
      .rgb(
        red: UInt8(bits >> 16 & 0xFF), green: UInt8(bits >> 8 & 0xFF), blue: UInt8(bits & 0xFF))
    default: .standard
    }
  }
}
