import Testing

@testable import TerminalKit

/// A small generator with a seed, so that a failing case can be run again.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state &* 0x2545_F491_4F6C_DD1D
  }
}

private let pieces = [
  "a", "Zz", " ", "李", "小龍", "👨‍👩‍👧‍👦", "❤️", "e\u{301}", "ที่", "कि", "محمد", "\u{1B}[31m", "\n", "\u{9B}",
  "\u{202E}",
]

@Suite struct FrameTests {
  @Test func textIsPlacedAndClipped() {
    var frame = Frame(width: 8, height: 3)
    frame.put("Ladder", x: 1, y: 0)
    frame.put("overlong line", x: 4, y: 1)
    frame.put("left", x: -2, y: 2)
    frame.put("below", x: 0, y: 3)
    #expect(frame.textLines == [" Ladder", "    over", "ft"])
  }

  @Test(arguments: [
    (0, 5, "李小 "), (0, 4, "李小"), (0, 3, "李 "), (0, 1, " "), (-1, 6, " 小龍"),
  ])
  func wideClustersAreCutToSpaces(x: Int, width: Int, expected: String) {
    var frame = Frame(width: 10, height: 1)
    frame.fill(frame.bounds, with: ".", style: .plain)
    let taken = frame.put("李小龍", x: x, y: 0, width: width)
    #expect(taken == width)
    let shown = TextWidth.of(expected)
    #expect(frame.textLines[0] == expected + String(repeating: ".", count: 10 - shown))
  }

  @Test(arguments: [
    (0, "x 小龍"), (1, " x小龍"), (2, "李x 龍"), (3, "李 x龍"), (5, "李小 x"),
  ])
  func coveringHalfAWideClusterBlanksTheOtherHalf(x: Int, expected: String) {
    var frame = Frame(width: 6, height: 1)
    frame.put("李小龍", x: 0, y: 0)
    frame.put("x", x: x, y: 0)
    #expect(frame.textLines == [expected])
  }

  @Test func fillingHalfAWideClusterBlanksTheOtherHalf() {
    var frame = Frame(width: 6, height: 1)
    frame.put("李小龍", x: 0, y: 0)
    frame.fill(Rect(x: 1, y: 0, width: 2, height: 1), with: "-", style: .plain)
    #expect(frame.textLines == [" -- 龍"])
  }

  @Test func aFrameNeverHoldsAControlCharacterAndRowsKeepTheirWidth() {
    for seed in 1...300 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      let frame = randomFrame(&random)
      for y in 0..<frame.height {
        for x in 0..<frame.width {
          let text = frame.text(x: x, y: y)
          #expect(text.unicodeScalars.allSatisfy(isHarmless), "seed \(seed)")
          checkWidth(of: text, x, y, frame, seed)
        }
      }
    }
  }

  @Test func changesTurnOneFrameIntoTheNext() {
    for seed in 1...300 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      let old = randomFrame(&random)
      let new = randomFrame(&random)
      var screen = old
      for run in new.changes(since: old) {
        // As a screen does: what is half covered goes away, what is put covers.
        #expect(screen.put(run.text, x: run.x, y: run.y, style: run.style) == run.width)
      }
      #expect(screen == new, "seed \(seed)")
      #expect(new.changes(since: new).isEmpty)
    }
  }

  @Test func onlyChangedCellsAreSent() {
    var old = Frame(width: 20, height: 3)
    old.put("Customers", x: 0, y: 0)
    var new = old
    new.put("R", x: 4, y: 0)
    new.put("new", x: 10, y: 2, style: Style(.red))
    let runs = new.changes(since: old)
    #expect(runs.map(\.text) == ["R", "new"])
    #expect(runs.map(\.x) == [4, 10])
    #expect(runs.map(\.style) == [.plain, Style(.red)])
  }

  @Test func clustersComeAnewOnlyWhereTheyOrTheirNeighboursChange() {
    var old = Frame(width: 20, height: 1)
    old.put("अनीता चौधरी", x: 0, y: 0)
    old.put("Low", x: 16, y: 0)
    var new = old
    new.put("Mid", x: 16, y: 0)
    #expect(new.changes(since: old).map(\.text) == ["Mid"])
    // "ता" may have been drawn too wide over the blank behind it.
    let end = TextWidth.of("अनीता")
    new = old
    new.put("-", x: end, y: 0)
    #expect(new.changes(since: old).map(\.text) == ["नी", "ता", "-"])
    new = old
    new.put("x", x: end - 1, y: 0)
    #expect(new.changes(since: old).map(\.text) == ["नी", " x "])
  }

  @Test func equalityIgnoresTheOrderInWhichClustersWereMet() {
    var first = Frame(width: 10, height: 2)
    first.put("❤️", x: 0, y: 0)
    first.put("ที่", x: 0, y: 1)
    var second = Frame(width: 10, height: 2)
    second.put("ที่", x: 0, y: 1)
    second.put("❤️", x: 0, y: 0)
    #expect(first == second)
    second.put("👍🏽", x: 0, y: 0)
    #expect(first != second)
  }

  @Test func styledLinesTellLooksAndCursor() {
    var frame = Frame(width: 12, height: 1)
    frame.put("ok ", x: 0, y: 0)
    frame.put("bad", x: 3, y: 0, style: Style(.red.bright, on: .blue, [.bold, .underline]))
    frame.cursor = Position(x: 3, y: 0)
    #expect(frame.styledLines == ["ok {bright-red on blue bold underline|bad}", "cursor 3,0"])
  }

  private func randomFrame(_ random: inout SeededGenerator) -> Frame {
    var frame = Frame(width: 12, height: 2)
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      let text = (0..<3).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      frame.put(
        text, x: Int.random(in: -3...11, using: &random), y: Int.random(in: 0...1, using: &random),
        style: Bool.random(using: &random) ? .plain : Style(.green))
    }
    return frame
  }

  private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    let isControl = scalar.properties.generalCategory == .control
    return !isControl && !(0x202A...0x202E).contains(scalar.value)
      && !(0x2066...0x2069).contains(scalar.value)
  }

  private func checkWidth(of text: String, _ x: Int, _ y: Int, _ frame: Frame, _ seed: UInt64) {
    let width = TextWidth.of(text)
    guard width > 0 else {
      #expect(x > 0 && frame[x, y].isContinuation, "seed \(seed)")
      return
    }
    for tail in (x + 1)..<(x + width + 1) where tail < frame.width {
      #expect(frame[tail, y].isContinuation == (tail < x + width), "seed \(seed) at \(x),\(y)")
    }
    #expect(x + width <= frame.width, "seed \(seed)")
  }
}
