extension Theme {
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
