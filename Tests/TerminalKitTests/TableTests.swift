import Synchronization
import Testing

@testable import TerminalKit

private let columns = [
  TableColumn("Name", .min(6), sort: .ascending),
  TableColumn("Value", .fixed(7), alignment: .trailing),
]

@Suite struct TableTests {
  @Test func rowsHeaderMarksAndSelection() {
    let names = ["Ann", "李小龍", "Someone Important"]
    let table = Table(
      columns: columns, rowCount: 3, state: TableState(selected: 1), isMarked: { $0 == 2 }
    ) { [TableCell(names[$0]), "\($0).00"] }
    var frame = Frame(width: 22, height: 5)
    frame.draw(table, in: frame.bounds, RenderContext())
    #expect(
      frame.textLines == [
        "   Name▲         Value",
        "   Ann            0.00",
        "›  李小龍         1.00",
        " ✓ Someone Im…    2.00",
        "",
      ])
    #expect(frame.cursor == Position(x: 0, y: 2))
    #expect(frame[10, 2].style == RenderContext()[.selection])
    #expect(frame[10, 1].style == RenderContext()[.text])
  }

  @Test func asciiAndScrollbar() {
    let context = RenderContext(capabilities: Capabilities(unicode: false, colorDepth: .none))
    let table = Table(
      columns: columns, rowCount: 30, state: TableState(selected: 29), isMarked: { $0 == 29 }
    ) { ["row \($0) is long", "\($0)"] }
    var frame = Frame(width: 22, height: 4)
    frame.draw(table, in: frame.bounds, context)
    #expect(
      frame.textLines == [
        "   Name^       Value",
        "   row 27 i~      27 |",
        "   row 28 i~      28 |",
        ">* row 29 i~      29 #",
      ])
  }

  /// A heading is hit on all of its column, the space behind it included, and nothing else is.
  @Test(arguments: [22, 18])
  func headingsTakeClicksOverTheirColumns(width: Int) {
    let columns = [
      TableColumn("Name", .min(2), sort: .ascending), TableColumn("顧客番号", .fixed(6)),
      TableColumn("V", .fixed(4), alignment: .trailing),
    ]
    var table = Table(columns: columns, rowCount: 9, state: TableState()) { _ in ["李小龍", "1", "2"] }
    var frame = Frame(width: width + 3, height: 4)
    let place = Rect(x: 2, y: 1, width: width, height: 3)
    frame.draw(table, in: place, RenderContext())
    // Two columns of signs before the first, a space and the scrollbar behind the last.
    let first = width - 2 - 2 - 2 - 6 - 4
    let expected =
      [nil, nil, nil, nil] + Array(repeating: 0, count: first + 1)
      + Array(repeating: 1, count: 7) + Array(repeating: 2, count: 4) + [nil, nil, nil]
    let hit = (0..<(width + 3)).map { x -> Int? in
      guard case .heading(let column) = frame.target(at: Position(x: x, y: 1)) else { return nil }
      return column
    }
    #expect(hit == expected)
    #expect(frame.target(at: Position(x: 5, y: 2)) == .row(0))
    #expect(frame.target(at: Position(x: 5, y: 0)) == nil)
    // What has no headings, or no keyboard, takes no click on them.
    (table.showsHeader, table.takesClicks) = (true, false)
    var silent = Frame(width: width + 3, height: 4)
    silent.draw(table, in: place, RenderContext())
    #expect(silent.target(at: Position(x: 5, y: 1)) == nil)
    #expect(silent.target(at: Position(x: 5, y: 2)) == nil)
  }

  /// A column for which there is no room takes no click.
  @Test func aHiddenHeadingTakesNoClick() {
    let columns = [TableColumn("Name", .fixed(8)), TableColumn("Value", .fixed(7))]
    let table = Table(columns: columns, rowCount: 1, state: TableState()) { _ in ["a", "1"] }
    var frame = Frame(width: 10, height: 2)
    frame.draw(table, in: frame.bounds, RenderContext())
    let hit = (0..<10).compactMap { frame.target(at: Position(x: $0, y: 0)) }
    #expect(!hit.isEmpty && hit.allSatisfy { $0 == .heading(0) })
  }

  @Test func onlyVisibleRowsAreAskedFor() {
    let asked = Mutex<Set<Int>>([])
    let table = Table(
      columns: columns, rowCount: 1_000_000, state: TableState(selected: 700_000, top: 699_990)
    ) { row in
      _ = asked.withLock { $0.insert(row) }
      return ["r", "1"]
    }
    var frame = Frame(width: 40, height: 21)
    frame.draw(table, in: frame.bounds, RenderContext())
    #expect(asked.withLock { $0 } == Set(699_990..<700_010))
  }

  @Test func scrollingFollowsThePlainReference() {
    let keys: [Key] = [
      .up, .down, .pageUp, .pageDown, .home, .end, .character("j"), .character("k"),
      .character("g"), .character("G"),
    ]
    for seed in 1...200 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      let count = Int.random(in: 0...40, using: &random)
      var state = TableState()
      var plain = PlainScroll(count: count)
      for _ in 0..<60 {
        let height = Int.random(in: 1...12, using: &random)
        guard let key = keys.randomElement(using: &random) else { continue }
        #expect(state.handle(key, rowCount: count, height: height) == true)
        plain.press(key.name, height: height)
        #expect(state.selected == plain.selected, "seed \(seed)")
        #expect(state.top == plain.top, "seed \(seed) after \(key.name)")
      }
    }
  }

  @Test func ranges() {
    var state = TableState(selected: 3)
    _ = state.handle(.shiftDown, rowCount: 10, height: 5)
    _ = state.handle(.shiftDown, rowCount: 10, height: 5)
    #expect(state.range == 3...5)
    _ = state.handle(.up, rowCount: 10, height: 5)
    #expect(state.range == 4...4)
    state.toggleRange()
    _ = state.handle(.home, rowCount: 10, height: 5)
    #expect(state.range == 0...4)
    state.toggleRange()
    #expect(state.range == 0...0)
    #expect(state.handle(.character("x"), rowCount: 10, height: 5) == false)
    #expect(state.handle(.control("j"), rowCount: 10, height: 5) == false)
  }

  @Test func anEmptyTableSaysSoAndTinyOnesSurvive() {
    let table = Table(columns: columns, rowCount: 0, state: TableState(), emptyText: "Nobody") {
      _ in []
    }
    var frame = Frame(width: 20, height: 3)
    frame.draw(table, in: frame.bounds, RenderContext())
    #expect(frame.textLines[1] == " Nobody")
    let full = Table(columns: columns, rowCount: 9, state: TableState(selected: 4)) { _ in
      ["李", "1"]
    }
    for width in 0...8 {
      for height in 0...3 {
        var small = Frame(width: width, height: height)
        small.draw(full, in: small.bounds, RenderContext())
        #expect(small.textLines.count == height)
      }
    }
  }
}

/// Scrolling as one would write it down: move by one, then follow.
private struct PlainScroll {
  let count: Int
  var selected = 0
  var top = 0

  init(count: Int) { self.count = count }

  mutating func press(_ name: String, height: Int) {
    let steps =
      switch name {
      case "up", "k": -1
      case "down", "j": 1
      case "pageup": -height
      case "pagedown": height
      case "home", "g": -count
      default: count
      }
    for _ in 0..<abs(steps) where (0..<count).contains(selected + steps.signum()) {
      selected += steps.signum()
    }
    while selected >= top + height { top += 1 }
    while selected < top { top -= 1 }
    // Never an empty line below the last row while rows are hidden above.
    while top > 0, top + height > count { top -= 1 }
  }
}
