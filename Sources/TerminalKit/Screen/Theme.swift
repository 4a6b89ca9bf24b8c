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
  /// With the base colours, whose look the user chose for the terminal.
  private var basic: [Role: Style]
  /// With the colours of xterm's palette, for terminals that have them.
  private var fine: [Role: Style]

  /// A theme; roles left out look like ordinary text.
  ///
  /// - Parameters:
  ///   - name: The name, as typed in settings.
  ///   - styles: The looks of the roles with base colours.
  ///   - fine: Other looks where the terminal has 256 colours or more.
  package init(name: String, styles: [Role: Style], fine: [Role: Style] = [:]) {
    self.name = name
    basic = styles
    self.fine = styles.merging(fine) { $1 }
  }

  /// The look of a role with base colours.
  package subscript(role: Role) -> Style { basic[role] ?? basic[.text] ?? .plain }

  /// The theme as a terminal of so many colours shows it.
  package func fitted(to depth: ColorDepth) -> Theme {
    guard depth >= .palette else { return self }
    var copy = self
    copy.basic = fine
    return copy
  }
}

extension Style {
  /// A style of one colour and attributes on the terminal's own ground.
  package init(_ foreground: Color, _ attributes: Attributes) {
    self.init(foreground, on: .standard, attributes)
  }
}
