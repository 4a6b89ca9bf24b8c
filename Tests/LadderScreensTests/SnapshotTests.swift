import LadderScreens
import LoyaltyModel
import LoyaltyWorkspace
import Testing
import TestSupport
import TerminalKit

/// Every screen at three sizes, as somebody sees it on opening it.
@Suite struct SnapshotTests {
  /// A screen, and the keys that lead to it from the start.
  struct Place: Sendable, CustomTestStringConvertible {
    let name: String
    let keys: [String]
    var testDescription: String { name }
  }

  private static let downTo9 = Array(repeating: "down", count: 9)

  static let places = [
    Place(name: "overview", keys: []), Place(name: "customers", keys: ["2"]),
    Place(name: "card", keys: ["3"]), Place(name: "stages", keys: ["4"]),
    Place(name: "cohorts", keys: ["5"]), Place(name: "cohort-moves", keys: ["5", "t"]),
    Place(name: "stage-moves", keys: ["5", "t", "t", "down", "right"]),
    Place(name: "retention", keys: ["5", "T", "down", "right"]),
    Place(name: "scope", keys: ["5", "T", "enter"]), Place(name: "attrition", keys: ["W"]),
    Place(name: "outlook", keys: ["3", "right"]), Place(name: "dates", keys: ["4", "d"]),
    Place(name: "how", keys: ["4", "h"]),
    Place(name: "review", keys: ["6"]),
    Place(name: "rules", keys: ["7", "d"]), Place(name: "export", keys: ["6", "a", "a", "8"]),
    Place(name: "rule-about", keys: ["7", "down"]), Place(name: "rule-form", keys: ["7", "f"]),
    Place(name: "rule-mistake", keys: ["7", "n", "down", "down", "enter", "end", "x", "enter"]),
    Place(name: "campaigns", keys: ["7", "c"]),
    Place(name: "campaign-form", keys: ["7", "c", "e"]),
    Place(name: "campaign-mistake", keys: ["7", "c", "n", "down", "enter", "9", "9", "enter"]),
    Place(name: "campaign-remove", keys: ["7", "c", "n", "enter", "A", "enter", "s", "home", "x"]),
    Place(name: "what-if", keys: ["7"] + downTo9 + ["w", "down", "right", "right"]),
    Place(name: "backtest", keys: ["7", "B", "down", "down", "right"]),
    Place(name: "backtest-then", keys: ["7", "B"]), Place(name: "closest", keys: ["C"]),
    Place(name: "why", keys: ["6", "y"]),
    Place(name: "import", keys: ["i"]), Place(name: "activity", keys: ["6", "a", "L"]),
    Place(name: "help", keys: ["6", "?"]), Place(name: "palette", keys: [":", "r", "e"]),
    Place(name: "reject", keys: ["6", "x"]), Place(name: "put-off", keys: ["6", "z"]),
    Place(name: "approve-marked", keys: ["6", "space", "space", "A"]),
    Place(name: "by-rule", keys: ["6", "R"]), Place(name: "batch", keys: ["6", "b", "down"]),
    Place(name: "edit", keys: ["6", "e"]), Place(name: "summary", keys: ["6", "a", "x", "3", "S"]),
    Place(name: "saved-filters", keys: ["2", "/", "a", "enter", "f"]),
    Place(name: "filter", keys: ["2", "/", "c", "o", "h", "o"]),
    Place(name: "explain", keys: ["3", "down", "enter"]),
  ]
  static let sizes = [
    Size(width: 40, height: 12), Size(width: 80, height: 24), Size(width: 120, height: 40),
  ]

  @Test(arguments: places, sizes)
  func shows(_ place: Place, at size: Size) throws {
    let session = try Session(SmallProgramme(), width: size.width, height: size.height)
    place.keys.forEach { session.press($0) }
    try assertSnapshot(session.screen, named: "\(place.name)-\(size.width)x\(size.height)")
  }

  @Test(arguments: sizes)
  func welcomes(at size: Size) throws {
    let session = Session(.welcome(.example()), width: size.width, height: size.height)
    try assertSnapshot(session.screen, named: "welcome-\(size.width)x\(size.height)")
  }

  /// The same in Indonesian, in a window that is made larger and smaller.
  @Test(arguments: places)
  func showsInIndonesian(_ place: Place) throws {
    let session = try Session(SmallProgramme(), language: .indonesian)
    place.keys.forEach { session.press($0) }
    for size in Self.sizes {
      session.send(.resize(size))
      try assertSnapshot(session.screen, named: "\(place.name)-\(size.width)x\(size.height)-id")
    }
  }

  @Test(arguments: sizes)
  func welcomesInIndonesian(at size: Size) throws {
    let session = Session(
      .welcome(.example(language: .indonesian)), width: size.width, height: size.height)
    try assertSnapshot(session.screen, named: "welcome-\(size.width)x\(size.height)-id")
  }

  /// Without Unicode and colour every sign has an ASCII stand-in.
  @Test(arguments: places)
  func speaksASCII(_ place: Place) throws {
    let session = try Session(
      SmallProgramme(), capabilities: Capabilities(unicode: false, colorDepth: .none))
    place.keys.forEach { session.press($0) }
    try assertSnapshot(session.screen, named: "\(place.name)-ascii")
  }

  @Test func welcomesInASCII() throws {
    let session = Session(
      .welcome(.example()), capabilities: Capabilities(unicode: false, colorDepth: .none))
    try assertSnapshot(session.screen, named: "welcome-ascii")
  }

  /// The same with `NO_COLOR`: no cell has a colour, and each is kept with how else it looks and
  /// with the place of the cursor, `{bold|…}` and `cursor x,y`.
  @Test(arguments: places)
  func showsWithoutColour(_ place: Place) throws {
    let session = try Session(
      SmallProgramme(), capabilities: Capabilities(unicode: true, colorDepth: .none))
    place.keys.forEach { session.press($0) }
    for size in Self.sizes {
      session.send(.resize(size))
      try Self.assertColourless(session, "\(place.name)-\(size.width)x\(size.height)-colourless")
    }
  }

  @Test(arguments: sizes)
  func welcomesWithoutColour(at size: Size) throws {
    let session = Session(
      .welcome(.example()), width: size.width, height: size.height,
      capabilities: Capabilities(unicode: true, colorDepth: .none))
    try Self.assertColourless(session, "welcome-\(size.width)x\(size.height)-colourless")
  }

  private static func assertColourless(_ session: Session, _ name: String) throws {
    let frame = try #require(session.terminal.lastFrame)
    let colours = (0..<frame.height).flatMap { y in
      (0..<frame.width).flatMap { x in
        [frame[x, y].style.foreground, frame[x, y].style.background]
      }
    }
    #expect(colours.allSatisfy { $0 == .standard })
    #expect(frame.cursor != nil)
    try assertSnapshot(frame.styledLines.joined(separator: "\n") + "\n", named: name)
  }

  /// What is selected, marked, decided, sorted and in the range shows in the characters alone.
  @Test(arguments: [
    (["2"], ["down"]), (["2"], ["space", "up"]), (["2"], ["s"]), (["6"], ["space", "up"]),
    (["6", "t", "t", "t", "t", "t", "t", "t"], ["a"]), (["1"], ["right"]), (["1"], ["down"]),
    (["3"], ["right"]),
    (["7"], ["right"]), (["8"], ["down"]), (["4"], ["right"]), (["5", "t"], ["right"]),
  ])
  func tellsNothingByColourAlone(_ way: [String], _ change: [String]) throws {
    let session = try Session(SmallProgramme())
    way.forEach { session.press($0) }
    let before = session.lines.dropLast(2)
    change.forEach { session.press($0) }
    #expect(session.lines.dropLast(2) != before, "\(change) shows in colours only")
  }
}
