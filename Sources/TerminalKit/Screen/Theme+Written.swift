/// What is wrong with a theme as it is written.
package enum ThemeFlaw: Error, Equatable, Sendable {
  /// No piece of the screen is called that.
  case unknownRole(String)
  /// The look of a role cannot be read.
  case unreadable(role: String, look: String)
}

extension Theme {
  /// A theme as it is written: the look of each role by its name, such as `title`: `cyan bold`.
  ///
  /// - Parameters:
  ///   - name: The name, as typed in settings.
  ///   - basic: The looks with base colours; roles left out look like ordinary text.
  ///   - fine: Other looks where the terminal has 256 colours or more.
  /// - Throws: The first flaw, in the order of the names.
  package init(
    name: String, written basic: [String: String], fine: [String: String]
  ) throws(ThemeFlaw) {
    self.init(name: name, styles: try Self.read(basic), fine: try Self.read(fine))
  }

  private static func read(_ looks: [String: String]) throws(ThemeFlaw) -> [Role: Style] {
    var styles: [Role: Style] = [:]
    for (name, look) in looks.sorted(by: { $0.key < $1.key }) {
      guard let role = Role(rawValue: name) else { throw .unknownRole(name) }
      guard let style = Style(written: look) else {
        throw .unreadable(role: name, look: look)
      }
      styles[role] = style
    }
    return styles
  }
}

extension Style {
  /// A style as it is written: `COLOUR`, then `on COLOUR`, then attributes, such as
  /// `bright-white on blue bold`; nil for anything else.
  package init?(written text: String) {
    var words = text.split(separator: " ")[...]
    guard let first = words.popFirst(), let foreground = Color(written: first) else { return nil }
    var background = Color.standard
    if words.first == "on" {
      guard let color = words.dropFirst().first.flatMap({ Color(written: $0) }) else { return nil }
      background = color
      words = words.dropFirst(2)
    }
    var attributes: Attributes = []
    for word in words {
      guard let attribute = Attributes.named[String(word)], !attributes.contains(attribute) else {
        return nil
      }
      attributes.insert(attribute)
    }
    self.init(foreground, on: background, attributes)
  }
}

extension Color {
  /// A colour as it is written: `default` for the terminal's own, `cyan`, `bright-cyan`, or the
  /// number of a colour of xterm's palette; nil for anything else.
  init?(written text: Substring) {
    let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
    let base = text.hasPrefix("bright-") ? text.dropFirst(7) : text
    if text == "default" {
      self = .standard
    } else if let index = names.firstIndex(of: String(base)) {
      let color = Color.ansi(UInt8(index))
      self = base == text ? color : color.bright
    } else if let number = UInt8(text) {
      self = .palette(number)
    } else {
      return nil
    }
  }
}

extension Attributes {
  /// The attributes by the names that they are written with.
  fileprivate static let named: [String: Attributes] = [
    "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
  ]
}
