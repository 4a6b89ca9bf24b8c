/// How a cell looks: two colours and a set of attributes.
package struct Style: Hashable, Sendable {
  /// The colour of the glyph.
  package var foreground: Color
  /// The colour behind it.
  package var background: Color
  /// Bold, underline and so on.
  package var attributes: Attributes

  /// A style; everything left out is the terminal's own.
  package init(
    _ foreground: Color = .standard, on background: Color = .standard,
    _ attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// The terminal's own look.
  package static let plain = Style()

  /// This style with `over` laid upon it: its colours where it has any, the attributes of both.
  package func overlaid(by over: Style) -> Style {
    Style(
      over.foreground == .standard ? foreground : over.foreground,
      on: over.background == .standard ? background : over.background,
      attributes.union(over.attributes))
  }

  /// This style with more attributes.
  package func adding(_ more: Attributes) -> Style {
    Style(foreground, on: background, attributes.union(more))
  }
}

/// The attributes a cell may have.
package struct Attributes: OptionSet, Hashable, Sendable {
  /// One bit an attribute.
  package let rawValue: UInt8

  /// A set from its bits.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Heavier, or brighter.
  package static let bold = Attributes(rawValue: 1)
  /// Fainter, where the terminal can.
  package static let dim = Attributes(rawValue: 2)
  /// Slanted, where the terminal can.
  package static let italic = Attributes(rawValue: 4)
  /// Underlined.
  package static let underline = Attributes(rawValue: 8)
  /// Foreground and background exchanged.
  package static let reverse = Attributes(rawValue: 16)
  /// Struck through; shown plain by terminals that cannot.
  package static let strike = Attributes(rawValue: 32)
}
