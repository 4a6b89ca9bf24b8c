import Testing

@testable import TerminalKit

/// A screen with a title, a list from a row on and a footer.
private func listScreen(from top: Int, selected: Int, height: Int = 12) -> Frame {
  var frame = Frame(width: 30, height: height)
  frame.put("row \(selected) of 1000", x: 0, y: 0)
  for y in 1..<(height - 1) {
    let row = top + y - 1
    let name = ["Anna Smith", "किताब नीता", "Bo", "Zoë Đặng", "Maria O'Neil"][row % 5]
    frame.put("\(name) \(row)", x: 1, y: y, style: row == selected ? Style(.red) : .plain)
  }
  frame.put("q Quit", x: 0, y: height - 1)
  return frame
}

@Suite struct FrameScrollTests {
  @Test(arguments: [1, 3, -1, -2])
  func aListThatScrollsIsMoved(lines: Int) {
    let old = listScreen(from: 100, selected: 104)
    let new = listScreen(from: 100 + lines, selected: 104 + lines)
    let scroll = new.scroll(since: old)
    #expect(scroll == FrameScroll(rows: 1..<11, lines: lines))
    guard let scroll else { return }
    let moved = old.scrolled(scroll)
    // Left to paint: the position, the rows that came in, the old and the new selected row.
    let rows = Set(new.changes(since: moved).map(\.y))
    #expect(rows.count <= 3 + abs(lines))
  }

  @Test func aListIsMovedThoughACardBesideItStandsStill() {
    var old = listScreen(from: 100, selected: 104)
    var new = listScreen(from: 101, selected: 105)
    for y in 2..<8 {
      old.put("Label", x: 20, y: y)
      new.put("Label", x: 20, y: y)
    }
    #expect(new.scroll(since: old)?.lines == 1)
    // Where the card holds more than the list, it is the list that is painted.
    for y in 1..<11 {
      old.put("\(y) \("abcdefghijkl".dropFirst(y))", x: 16, y: y)
      new.put("\(y) \("abcdefghijkl".dropFirst(y))", x: 16, y: y)
    }
    #expect(new.scroll(since: old) == nil)
  }

  @Test func otherChangesAreNotTakenForScrolling() {
    let old = listScreen(from: 100, selected: 104)
    #expect(listScreen(from: 100, selected: 105).scroll(since: old) == nil)
    #expect(listScreen(from: 500, selected: 505).scroll(since: old) == nil)
    #expect(listScreen(from: 100, selected: 104, height: 13).scroll(since: old) == nil)
    #expect(old.scroll(since: old) == nil)
  }

  @Test func movingAndPaintingEndsAtTheNewFrame() {
    for seed in 1...200 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      let height = Int.random(in: 4...14, using: &random)
      let top = Int.random(in: 0...9, using: &random)
      let old = listScreen(from: top, selected: top + 2, height: height)
      let next = Int.random(in: 0...9, using: &random)
      let new = listScreen(from: next, selected: next + 1, height: height)
      var screen = new.scroll(since: old).map { old.scrolled($0) } ?? old
      for run in new.changes(since: screen) {
        screen.put(run.text, x: run.x, y: run.y, style: run.style)
      }
      #expect(screen == new, "seed \(seed)")
    }
  }
}
