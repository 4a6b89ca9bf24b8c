extension Color {
  /// The number of the nearest colour at a depth; nil stands for the terminal's own.
  ///
  /// Exact colours become red, green and blue in 8 bits each at depth `exact`, elsewhere the
  /// nearest of xterm's palette or of the base colours as xterm shows them.
  package func number(at depth: ColorDepth) -> Int? {
    if depth == .none { return nil }
    switch kind {
    case .standard: return nil
    case .ansi(let index): return depth == .eight ? Int(index & 7) : Int(index)
    case .palette(let index):
      if depth == .palette { return Int(index) }
      return RGB(palette: Int(index)).number(at: depth)
    case .rgb(let red, let green, let blue):
      return RGB(red: Int(red), green: Int(green), blue: Int(blue)).number(at: depth)
    }
  }
}

/// Red, green and blue, 0–255 each.
struct RGB: Equatable {
  var red: Int
  var green: Int
  var blue: Int

  private static let levels = [0, 95, 135, 175, 215, 255]

  /// xterm's standard base colours.
  private static let base: [RGB] = [
    RGB(red: 0, green: 0, blue: 0), RGB(red: 205, green: 0, blue: 0),
    RGB(red: 0, green: 205, blue: 0), RGB(red: 205, green: 205, blue: 0),
    RGB(red: 0, green: 0, blue: 238), RGB(red: 205, green: 0, blue: 205),
    RGB(red: 0, green: 205, blue: 205), RGB(red: 229, green: 229, blue: 229),
    RGB(red: 127, green: 127, blue: 127), RGB(red: 255, green: 0, blue: 0),
    RGB(red: 0, green: 255, blue: 0), RGB(red: 255, green: 255, blue: 0),
    RGB(red: 92, green: 92, blue: 255), RGB(red: 255, green: 0, blue: 255),
    RGB(red: 0, green: 255, blue: 255), RGB(red: 255, green: 255, blue: 255),
  ]

  init(red: Int, green: Int, blue: Int) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// A colour of xterm's palette: base colours, a 6 × 6 × 6 cube, 24 greys.
  init(palette index: Int) {
    switch index {
    case ..<16: self = Self.base[max(0, index)]
    case ..<232:
      let place = index - 16
      self.init(
        red: Self.levels[place / 36], green: Self.levels[place / 6 % 6],
        blue: Self.levels[place % 6])
    default:
      let grey = 8 + 10 * (min(255, index) - 232)
      self.init(red: grey, green: grey, blue: grey)
    }
  }

  func number(at depth: ColorDepth) -> Int? {
    switch depth {
    case .none: nil
    case .eight: nearest(among: 0..<8)
    case .sixteen: nearest(among: 0..<16)
    case .palette: nearest(among: 16..<256)
    case .exact: red << 16 | green << 8 | blue
    }
  }

  private func nearest(among indices: Range<Int>) -> Int? {
    indices.min { distance(to: RGB(palette: $0)) < distance(to: RGB(palette: $1)) }
  }

  private func distance(to other: RGB) -> Int {
    let (red, green, blue) = (red - other.red, green - other.green, blue - other.blue)
    return red * red + green * green + blue * blue
  }
}
