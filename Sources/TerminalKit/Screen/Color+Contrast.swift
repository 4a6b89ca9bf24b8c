import Foundation

extension Style {
  /// How much the glyph stands out from its ground by WCAG 2.1's contrast ratio, from 1 to 21.
  ///
  /// Colours are taken as xterm shows them at a depth; of eight colours, bold ones are the bright.
  ///
  /// - Parameters:
  ///   - isDark: Whether the terminal's own ground is black and its text white, or the other way.
  ///   - depth: How many colours the terminal has.
  /// - Returns: The ratio.
  package func contrast(onDark isDark: Bool, at depth: ColorDepth) -> Double {
    let glyph =
      foreground.rgb(at: depth, isBold: attributes.contains(.bold)) ?? (isDark ? .white : .black)
    let ground = background.rgb(at: depth) ?? (isDark ? .black : .white)
    let (one, other) = (glyph.luminance, ground.luminance)
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
  }
}

extension Color {
  fileprivate func rgb(at depth: ColorDepth, isBold: Bool = false) -> RGB? {
    if case .rgb(let red, let green, let blue) = kind, depth == .exact {
      return RGB(red: Int(red), green: Int(green), blue: Int(blue))
    }
    let isBright = isBold && depth == .eight
    return number(at: min(depth, .palette)).map { RGB(palette: $0 + (isBright ? 8 : 0)) }
  }
}

extension RGB {
  fileprivate static let black = RGB(red: 0, green: 0, blue: 0)
  fileprivate static let white = RGB(red: 255, green: 255, blue: 255)

  /// WCAG 2.1's relative luminance, from 0 to 1.
  fileprivate var luminance: Double {
    func linear(_ value: Int) -> Double {
      let share = Double(value) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }
}
