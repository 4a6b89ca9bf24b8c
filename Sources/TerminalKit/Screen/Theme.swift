/// What a piece of the screen is for; a theme says how it looks.
package enum Role: String, CaseIterable, Sendable {
  /// Ordinary text.
  case text
  /// What matters less: explanations, units, times.
  case muted
  /// A pane's or dialog's title.
  case title
  /// The frame around a pane.
  case border
  /// The frame around the pane that has the keyboard.
  case focusedBorder
  /// The header of a table.
  case header
  /// The selected row where the keyboard is.
  case selection
  /// The selected row of a pane that has not the keyboard.
  case inactiveSelection
  /// A marked row's sign.
  case marked
  /// What should be noticed: a number that stands out, a match.
  case accent
  /// It went well, it is worth more.
  case good
  /// It needs a look.
  case warning
  /// It failed, it is lost.
  case bad
  /// A key in a hint.
  case key
  /// What cannot be done now.
  case disabled
  /// The field that is typed into.
  case input
  /// The status line.
  case status
  /// The filled part of gauges and bars.
  case bar
  /// The rest of gauges and scroll bars.
  case track
}

/// The look of every role.
package struct Theme: Equatable, Sendable {
  /// The theme's name, as typed in settings.
  package let name: String
  private var styles: [Role: Style]

  /// A theme; roles left out look like ordinary text.
  package init(name: String, styles: [Role: Style]) {
    self.name = name
    self.styles = styles
  }

  /// The look of a role.
  package subscript(role: Role) -> Style { styles[role] ?? styles[.text] ?? .plain }

  /// All themes, the standard one first.
  package static let all = [dark, light, highContrast, monochrome]

  /// The theme of a name.
  package static func named(_ name: String) -> Theme? { all.first { $0.name == name } }

  /// For light text on dark ground.
  package static let dark = Theme(
    name: "dark",
    styles: [
      .muted: Style(.black.bright), .title: Style(.cyan, .bold), .border: Style(.black.bright),
      .focusedBorder: Style(.cyan), .header: Style(.cyan, .bold),
      .selection: Style(.white.bright, on: .blue), .inactiveSelection: Style(.standard, .underline),
      .marked: Style(.yellow, .bold), .accent: Style(.yellow.bright, .bold),
      .good: Style(.green), .warning: Style(.yellow), .bad: Style(.red.bright, .bold),
      .key: Style(.cyan.bright, .bold), .disabled: Style(.black.bright),
      .input: Style(.standard, .underline), .status: Style(.standard, .reverse),
      .bar: Style(.cyan), .track: Style(.black.bright),
    ])

  /// For dark text on light ground: no yellow, no bright colours.
  package static let light = Theme(
    name: "light",
    styles: [
      .muted: Style(.black.bright), .title: Style(.blue, .bold), .border: Style(.black.bright),
      .focusedBorder: Style(.blue), .header: Style(.blue, .bold),
      .selection: Style(.white.bright, on: .blue), .inactiveSelection: Style(.standard, .underline),
      .marked: Style(.magenta, .bold), .accent: Style(.magenta, .bold),
      .good: Style(.green), .warning: Style(.magenta), .bad: Style(.red, .bold),
      .key: Style(.blue, .bold), .disabled: Style(.black.bright),
      .input: Style(.standard, .underline), .status: Style(.standard, .reverse),
      .bar: Style(.blue), .track: Style(.black.bright),
    ])

  /// Few colours, all bold, nothing faint.
  package static let highContrast = Theme(
    name: "high-contrast",
    styles: [
      .title: Style(.standard, .bold), .focusedBorder: Style(.standard, .bold),
      .header: Style(.standard, [.bold, .underline]),
      .selection: Style(.standard, [.bold, .reverse]),
      .inactiveSelection: Style(.standard, [.bold, .underline]), .marked: Style(.standard, .bold),
      .accent: Style(.standard, .bold), .good: Style(.green, .bold),
      .warning: Style(.magenta, .bold), .bad: Style(.red, [.bold, .underline]),
      .key: Style(.standard, [.bold, .underline]), .input: Style(.standard, [.bold, .underline]),
      .status: Style(.standard, [.bold, .reverse]), .bar: Style(.standard, .bold),
    ])

  /// Attributes only.
  package static let monochrome = Theme(
    name: "monochrome",
    styles: [
      .muted: Style(.standard, .dim), .title: Style(.standard, .bold),
      .focusedBorder: Style(.standard, .bold), .header: Style(.standard, [.bold, .underline]),
      .selection: Style(.standard, .reverse), .inactiveSelection: Style(.standard, .underline),
      .marked: Style(.standard, .bold), .accent: Style(.standard, .bold),
      .warning: Style(.standard, .bold), .bad: Style(.standard, [.bold, .underline]),
      .key: Style(.standard, .bold), .disabled: Style(.standard, .dim),
      .input: Style(.standard, .underline), .status: Style(.standard, .reverse),
    ])
}

extension Style {
  /// A style of one colour and attributes on the terminal's own ground.
  package init(_ foreground: Color, _ attributes: Attributes) {
    self.init(foreground, on: .standard, attributes)
  }
}
