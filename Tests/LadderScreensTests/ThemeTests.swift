import LadderScreens
import LoyaltyWorkspace
import Testing
import TerminalKit

/// What every theme must keep to, whatever its colours.
@Suite struct ThemeTests {
  struct Ground: Sendable {
    let name: String
    let isDark: Bool
    let least: Double
  }

  static let grounds = [
    Ground(name: "dark", isDark: true, least: 4.5),
    Ground(name: "light", isDark: false, least: 4.5),
    Ground(name: "contrast", isDark: true, least: 7),
    Ground(name: "contrast", isDark: false, least: 7),
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
  func standsOut(_ ground: Ground, _ depth: ColorDepth) throws {
    let theme = try #require(Theme.named(ground.name)).fitted(to: depth)
    for role in Role.allCases {
      let ratio = theme[role].contrast(onDark: ground.isDark, at: depth)
      #expect(ratio >= ground.least, "\(theme.name) \(role.rawValue) at \(depth): \(ratio)")
    }
  }

  @Test func keepTheTerminalsGround() throws {
    for name in ["dark", "light"] {
      let theme = try #require(Theme.named(name))
      for role in Role.allCases where role != .selection {
        #expect(theme.fitted(to: .exact)[role].background == .standard, "\(role.rawValue)")
      }
    }
  }

  @Test func areFoundByName() {
    #expect(Theme.choices.map(\.name) == ["dark", "light", "contrast"])
    #expect(Theme.named("light")?.name == "light")
    #expect(Theme.named("Light") == nil)
    #expect(Theme.named("contrast")?.next == Theme.standard)
    #expect(Theme.standard.name == "dark")
  }

  @Test func tellTheSelectionFromText() {
    for theme in Theme.choices {
      #expect(theme[.selection] != theme[.text], "\(theme.name)")
      #expect(theme[.bad] != theme[.good], "\(theme.name)")
    }
  }

  /// Every file is read, and says nothing that no piece of the screen understands.
  @Test func areAllRead() throws {
    let paths = Resources.paths(under: "themes")
    #expect(paths.count == 3 && ThemeFile.all.count == paths.count)
    #expect(Set(ThemeFile.all.map(\.place)).count == paths.count)
    for file in ThemeFile.all { _ = try Theme(file) }
  }

  @Test(arguments: [
    ("red", Style(.red, [])), ("bright-red bold", Style(.red.bright, .bold)),
    ("231 on 24", Style(.palette(231), on: .palette(24))),
    ("default on black bold underline", Style(.standard, on: .black, [.bold, .underline])),
    ("purple", nil), ("256", nil), ("red on", nil), ("red on purple", nil), ("red loud", nil),
    ("red bold bold", nil), ("", nil), ("on red", nil), ("bright-default", nil),
  ])
  func readsLooks(_ text: String, _ style: Style?) {
    #expect(Style(written: text) == style)
  }

  @Test func saysWhatIsWrong() {
    #expect(throws: ThemeFlaw.unknownRole("titel")) {
      try Theme(name: "a", written: ["title": "red", "titel": "red"], fine: [:])
    }
    #expect(throws: ThemeFlaw.unreadable(role: "bad", look: "rot")) {
      try Theme(name: "a", written: [:], fine: ["bad": "rot"])
    }
    #expect(ThemeFile("themes/a.json", Array("{}".utf8)) == nil)
    let numbers = #"{"format":"ladder.theme/1","place":1,"basic":{"bad":1},"fine":{}}"#
    #expect(ThemeFile("themes/a.json", Array(numbers.utf8)) == nil)
  }
}
