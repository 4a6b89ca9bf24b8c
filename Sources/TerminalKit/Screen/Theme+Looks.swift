// Colours of the palette are chosen so that text of every role stands out from its ground by WCAG's
// contrast ratio: at least 4.5 to 1, in the theme of high contrast 7 to 1. A test computes them.

extension Theme {
  /// For light text on dark ground, which stays the terminal's own.
  package static let dark = Theme(
    name: "dark",
    styles: [
      .muted: Style(.white), .title: Style(.cyan, .bold), .border: Style(.white),
      .focusedBorder: Style(.cyan), .header: Style(.cyan, .bold),
      .selection: Style(.white.bright, on: .blue), .inactiveSelection: Style(.standard, .underline),
      .marked: Style(.yellow, .bold), .accent: Style(.yellow, .bold),
      .good: Style(.green), .warning: Style(.yellow), .bad: Style(.red.bright, .bold),
      .key: Style(.cyan, .bold), .disabled: Style(.white),
      .input: Style(.standard, .underline), .status: Style(.standard, .reverse),
      .bar: Style(.cyan), .track: Style(.white),
    ],
    fine: [
      .muted: Style(.palette(247)), .title: Style(.palette(81), .bold),
      .border: Style(.palette(244)), .focusedBorder: Style(.palette(81)),
      .header: Style(.palette(81), .bold), .selection: Style(.palette(231), on: .palette(24)),
      .marked: Style(.palette(221), .bold), .accent: Style(.palette(221), .bold),
      .good: Style(.palette(114)), .warning: Style(.palette(215)),
      .bad: Style(.palette(210), .bold), .key: Style(.palette(117), .bold),
      .disabled: Style(.palette(244)), .bar: Style(.palette(74)), .track: Style(.palette(244)),
    ])

  /// For dark text on light ground, which stays the terminal's own: no yellow, no bright colours.
  package static let light = Theme(
    name: "light",
    styles: [
      .title: Style(.blue, .bold), .focusedBorder: Style(.blue), .header: Style(.blue, .bold),
      .selection: Style(.white.bright, on: .blue), .inactiveSelection: Style(.standard, .underline),
      .marked: Style(.magenta), .accent: Style(.magenta),
      .good: Style(.blue), .warning: Style(.magenta), .bad: Style(.red),
      .key: Style(.blue, .bold), .input: Style(.standard, .underline),
      .status: Style(.standard, .reverse), .bar: Style(.blue),
    ],
    fine: [
      .muted: Style(.palette(240)), .title: Style(.palette(25), .bold),
      .border: Style(.palette(242)), .focusedBorder: Style(.palette(25)),
      .header: Style(.palette(25), .bold), .selection: Style(.palette(231), on: .palette(25)),
      .marked: Style(.palette(90), .bold), .accent: Style(.palette(90), .bold),
      .good: Style(.palette(22)), .warning: Style(.palette(94)), .bad: Style(.palette(124), .bold),
      .key: Style(.palette(25), .bold), .disabled: Style(.palette(242)),
      .bar: Style(.palette(25)), .track: Style(.palette(242)),
    ])

  /// White and a few bright colours on black of the theme's own, whatever the terminal's ground is.
  package static let contrast = Theme(
    name: "contrast", styles: onBlack(white: .white.bright, colours: ansi),
    fine: onBlack(white: .palette(231), colours: bright))

  private static let ansi: [Color] = [.cyan, .yellow, .green, .white]
  private static let bright: [Color] = [.palette(87), .palette(227), .palette(120), .palette(217)]

  /// The looks on black; `colours` are for titles and keys, warnings, what is good, what is bad.
  private static func onBlack(white: Color, colours: [Color]) -> [Role: Style] {
    let black: Color = white == .white.bright ? .black : .palette(16)
    func style(_ color: Color, _ attributes: Attributes = []) -> Style {
      Style(color, on: black, attributes)
    }
    var styles = Dictionary(
      Role.allCases.map { ($0, style(white)) }, uniquingKeysWith: { first, _ in first })
    styles[.title] = style(colours[0], .bold)
    styles[.focusedBorder] = style(colours[0], .bold)
    styles[.header] = style(colours[0], [.bold, .underline])
    styles[.key] = style(colours[0], [.bold, .underline])
    styles[.bar] = style(colours[0], .bold)
    styles[.selection] = Style(black, on: white)
    styles[.inactiveSelection] = style(white, [.bold, .underline])
    styles[.marked] = style(colours[1], .bold)
    styles[.accent] = style(colours[1], .bold)
    styles[.warning] = style(colours[1], .bold)
    styles[.good] = style(colours[2], .bold)
    styles[.bad] = style(colours[3], [.bold, .underline])
    styles[.input] = style(white, .underline)
    styles[.status] = Style(black, on: white)
    return styles
  }

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
