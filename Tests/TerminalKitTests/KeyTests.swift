import Testing

@testable import TerminalKit

@Suite struct KeyTests {
  @Test(arguments: [
    ("a", Key.character("a")), ("A", .character("A")), ("ctrl-p", .control("p")),
    ("shift-up", .shiftUp), ("space", .space), ("esc", .escape), ("f1", .function(1)),
    ("f12", .function(12)), ("shift-tab", .backtab), ("alt-x", .alt("x")), ("pageup", .pageUp),
    ("ctrl-space", .control(" ")), ("-", .character("-")), ("ctrl--", .control("-")),
    ("ctrl-alt-shift-left", Key(.left, [.control, .alt, .shift])), ("ф", .character("ф")),
    ("é", .character("é")), ("f", .character("f")),
  ])
  func namesGoBothWays(name: String, key: Key) {
    #expect(Key(name: name) == key)
    #expect(key.name == name)
  }

  @Test func everyKeyComesBackFromItsName() {
    let codes: [Key.Code] =
      [
        .up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .enter, .escape, .tab,
        .backspace, .delete, .insert,
      ] + (1...12).map { .function($0) }
      + (33...126).compactMap { UnicodeScalar($0) }.map {
        .character(Character($0))
      }
    for code in codes {
      for bits in 0...7 as ClosedRange<UInt8> {
        let key = Key(code, Key.Modifiers(rawValue: bits))
        #expect(Key(name: key.name) == key, "\(key.name)")
      }
    }
  }

  @Test(arguments: ["", "ctrl-", "nokey", "f0", "f64", "f01", "ab", " ", "ctrl-ab"])
  func otherNamesAreRefused(name: String) {
    #expect(Key(name: name) == nil)
  }

  @Test(arguments: [
    (Key.control("p"), "^P", "^P"), (.up, "↑", "Up"), (.shiftDown, "⇧↓", "Shift-Down"),
    (.pageDown, "PgDn", "PgDn"), (.enter, "Enter", "Enter"), (.escape, "Esc", "Esc"),
    (.space, "Space", "Space"), (.function(1), "F1", "F1"), (.character("A"), "A", "A"),
    (Key(.right, .control), "Ctrl-→", "Ctrl-Right"),
  ])
  func labels(key: Key, unicode: String, ascii: String) {
    #expect(key.label() == unicode)
    #expect(key.label(unicode: false) == ascii)
  }
}
