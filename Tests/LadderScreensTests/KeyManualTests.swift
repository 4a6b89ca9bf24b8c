import LadderScreens
import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit
import Testing

@Suite("Manual of the keys")
struct KeyManualTests {
  @Test("holds every key of every screen", arguments: Language.allCases)
  func isComplete(language: Language) {
    let texts = Texts(embedded: language)
    let lines = KeyManual(texts).lines
    for screen in ScreenID.allCases {
      let title = texts["screen.\(screen.rawValue)"]
      for entry in ScreenBindings.table(for: screen, texts).bindings where !entry.keys.isEmpty {
        let keys = entry.keys.map { $0.label() }.joined(separator: ", ")
        let isNamed = lines.contains {
          [title, texts["keys.everywhere"]].contains($0.screen) && $0.keys == keys
            && $0.help == entry.help
        }
        #expect(isNamed, "\(screen): \(keys) \(entry.label)")
      }
    }
  }

  @Test("says nothing twice")
  func isShort() {
    let lines = KeyManual(Texts(embedded: .english)).lines
    #expect(Set(lines).count == lines.count)
  }
}
