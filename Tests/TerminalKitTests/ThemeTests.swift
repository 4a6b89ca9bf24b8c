import Testing
import TerminalKit

/// What every theme must keep to, whatever its colours.
@Suite struct ThemeTests {
  struct Ground: Sendable {
    let theme: Theme
    let isDark: Bool
    let least: Double
  }

  static let grounds = [
    Ground(theme: .dark, isDark: true, least: 4.5),
    Ground(theme: .light, isDark: false, least: 4.5),
    Ground(theme: .contrast, isDark: true, least: 7),
    Ground(theme: .contrast, isDark: false, least: 7),
  ]

  /// Ratios that WCAG's own formula gives for pairs worked out by others.
  @Test(arguments: [
    (Style(.palette(231), on: .palette(16)), 21.0), (Style(.palette(16), on: .palette(16)), 1.0),
    // #767676 on white is the lightest grey that passes 4.5: 4.54 by W3C's technique G18.
    (Style(.rgb(0x76, 0x76, 0x76), on: .rgb(255, 255, 255)), 4.54),
    (Style(.rgb(255, 0, 0), on: .rgb(255, 255, 255)), 4.00),
  ])
  func computesContrast(_ style: Style, _ expected: Double) {
    #expect(abs(style.contrast(onDark: true, at: .exact) - expected) < 0.005)
  }

  @Test(arguments: grounds, [ColorDepth.eight, .sixteen, .palette, .exact])
  func standsOut(_ ground: Ground, _ depth: ColorDepth) {
    let theme = ground.theme.fitted(to: depth)
    for role in Role.allCases {
      let ratio = theme[role].contrast(onDark: ground.isDark, at: depth)
      #expect(ratio >= ground.least, "\(theme.name) \(role.rawValue) at \(depth): \(ratio)")
    }
  }

  @Test func keepTheTerminalsGround() {
    for theme in [Theme.dark, .light] {
      for role in Role.allCases where role != .selection {
        #expect(theme.fitted(to: .exact)[role].background == .standard, "\(role.rawValue)")
      }
    }
  }

  @Test func areFoundByName() {
    #expect(Theme.choices.map(\.name) == ["dark", "light", "contrast"])
    #expect(Theme.named("light") == .light)
    #expect(Theme.named("Light") == nil)
    #expect(Theme.contrast.next == .dark)
  }
}
