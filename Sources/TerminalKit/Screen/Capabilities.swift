/// How many colours a terminal is given.
package enum ColorDepth: Int, Comparable, Sendable {
  /// None: attributes only, as `NO_COLOR` asks.
  case none
  /// The eight base colours.
  case eight
  /// The eight base colours and their bright variants.
  case sixteen
  /// xterm's palette.
  case palette
  /// Exact colours.
  case exact

  /// Whether one has fewer colours than the other.
  package static func < (left: ColorDepth, right: ColorDepth) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// What the terminal can show, so that widgets choose their characters accordingly.
package struct Capabilities: Equatable, Sendable {
  /// Whether characters beyond ASCII can be shown.
  package var unicode: Bool
  /// How many colours there are.
  package var colorDepth: ColorDepth

  /// A terminal of the given abilities; a modern one when nothing is said.
  package init(unicode: Bool = true, colorDepth: ColorDepth = .palette) {
    self.unicode = unicode
    self.colorDepth = colorDepth
  }

  /// What environment variables and the terminal's number of colours tell.
  ///
  /// A locale that names a character set other than UTF-8, and the locales `C` and `POSIX`, are
  /// believed; no locale at all (as in many containers and over SSH) is taken for UTF-8.
  /// - Parameters:
  ///   - environment: The process's environment variables.
  ///   - noColor: Whether colours were declined on the command line.
  ///   - colors: The number of colours the terminal reports, 0 or less for none.
  ///   - directColor: Whether the terminal takes exact colours.
  /// - Returns: The abilities to draw for.
  package static func detected(
    environment: [String: String], noColor: Bool, colors: Int, directColor: Bool = false
  ) -> Capabilities {
    let declined = noColor || !(environment["NO_COLOR"] ?? "").isEmpty
    return Capabilities(
      unicode: speaksUnicode(environment),
      colorDepth: declined ? .none : depth(colors: colors, direct: directColor))
  }

  private static func depth(colors: Int, direct: Bool) -> ColorDepth {
    if direct { return .exact }
    return switch colors {
    case ..<8: .none
    case ..<16: .eight
    case ..<256: .sixteen
    default: .palette
    }
  }

  private static func speaksUnicode(_ environment: [String: String]) -> Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy
      .compactMap { environment[$0] }.first { !$0.isEmpty }
    guard let locale = locale?.lowercased() else { return true }
    return locale.contains("utf-8") || locale.contains("utf8")
  }
}
