/// What a widget needs to know about where it is drawn.
package struct RenderContext: Equatable, Sendable {
  /// The look of each role.
  package var theme: Theme
  /// What the terminal can show.
  package var capabilities: Capabilities

  /// A context; without colours every theme falls back to attributes.
  package init(theme: Theme = .monochrome, capabilities: Capabilities = Capabilities()) {
    let depth = capabilities.colorDepth
    self.theme = depth == .none ? .monochrome : theme.fitted(to: depth)
    self.capabilities = capabilities
  }

  /// The look of a role.
  package subscript(role: Role) -> Style { theme[role] }

  /// The first text where characters beyond ASCII can be shown, else the second.
  package func symbol(_ unicode: String, ascii: String) -> String {
    capabilities.unicode ? unicode : ascii
  }

  /// What stands for text that was cut off.
  package var ellipsis: String { symbol("…", ascii: "~") }
}

/// A piece of a screen: a value that draws itself into a rectangle and nowhere else.
package protocol Widget: Sendable {
  /// Draws the widget.
  func render(into frame: inout Frame, in rect: Rect, context: RenderContext)
}

extension Frame {
  /// Draws a widget into a rectangle.
  package mutating func draw(_ widget: some Widget, in rect: Rect, _ context: RenderContext) {
    widget.render(into: &self, in: rect, context: context)
  }
}
