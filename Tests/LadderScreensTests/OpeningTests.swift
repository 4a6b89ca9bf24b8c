import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import Testing
import TestSupport
import TerminalKit

@testable import LadderScreens

/// Sessions that begin before the programme is open.
@Suite struct OpeningTests {
  private let programme: SmallProgramme
  private static let sizes = SnapshotTests.sizes

  init() throws { programme = try SmallProgramme() }

  /// A session that looks at the figures, presses keys and leaves.
  private func visit(_ keys: String...) {
    let session = OpeningSession(programme.closed())
    session.goOn()
    keys.forEach { session.press($0) }
    session.goOn()
    session.app.leave()
  }

  // MARK: Looking about

  @Test(arguments: sizes) func showsThatItIsOpened(at size: Size) throws {
    let session = OpeningSession(programme.closed(), width: size.width, height: size.height)
    try assertSnapshot(session.screen, named: "opening-\(size.width)x\(size.height)")
    session.goOn()
    session.app.leave()
    let again = OpeningSession(programme.closed(), width: size.width, height: size.height)
    try assertSnapshot(again.screen, named: "opening-kept-\(size.width)x\(size.height)")
    again.goOn()
  }

  @Test func showsItInIndonesian() throws {
    let session = OpeningSession(programme.closed(language: .indonesian))
    try assertSnapshot(session.screen, named: "opening-id-80x24")
    session.goOn()
    session.app.leave()
    let again = OpeningSession(programme.closed(language: .indonesian))
    try assertSnapshot(again.screen, named: "opening-kept-id-80x24")
    again.goOn()
  }

  @Test func screensHelpAndPaletteWorkMeanwhile() throws {
    let session = OpeningSession(programme.closed())
    for (key, title) in [("2", "[2 Customers]"), ("tab", "[3 Card]"), ("L", "[Activity]")] {
      session.press(key)
      #expect(session.screen.contains(title) && session.screen.contains("Opening the programme"))
      #expect(session.status.contains("Opening shop"))
    }
    session.press("?")
    #expect(session.screen.contains("What the keys do here"))
    session.press("esc", ":")
    #expect(session.screen.contains("Commands"))
    session.press("o", "v", "e", "r", "v", "enter")
    #expect(session.lines[0].contains("[1 Overview]"))
    session.goOn()
    #expect(session.screen.contains("60 customers"))
  }

  /// Whatever is pressed on whatever screen, nothing is decided, written, or asked.
  @Test(arguments: ScreenID.numbered) func nothingElseHappensMeanwhile(_ screen: ScreenID) throws {
    let before = try programme.files()
    let session = OpeningSession(programme.closed())
    session.press("\(screen.number ?? 0)")
    let keys =
      "acdefhijklmnoprstuvwxyzABCDEFGHIJKNOPQRSTUVXYZ/*+-".map { String($0) }
      + ["enter", "space", "left", "right", "down", "up", "home", "end", "pagedown", "ctrl-t"]
    for key in keys {
      session.press(key)
      #expect(session.screen.contains("Opening the programme"), "\(key)")
      session.press("\(screen.number ?? 0)")
    }
    session.press("u")
    #expect(session.status.contains("still being opened"), "\(session.status)")
    session.goOn()
    session.press("1")
    #expect(try programme.files() == before)
    #expect(session.screen.contains("60 customers"))
  }

  /// Keys that wait while the programme becomes open decide nothing either.
  @Test func whatIsTypedAheadDecidesNothing() throws {
    let session = OpeningSession(programme.closed())
    session.press("6")
    for key in ["a", "a", "x", "1", "A"] { session.terminal.press(key) }
    session.goOn()
    #expect(try programme.open().offers(matching: "state = approved").isEmpty)
    #expect(try programme.open().offers(matching: "state = rejected").isEmpty)
  }

  // MARK: Leaving

  @Test(arguments: ["q", "ctrl-c"]) func leavesAtOnce(key: String) throws {
    visit("2", "down")
    let before = try programme.files()
    let memory = try programme.disk.files.filter { $0.hasPrefix("/disk/state/") }
      .map { try programme.disk.readWhole($0, .read) }
    let session = OpeningSession(programme.closed())
    session.press(key)
    #expect(session.app.hasEnded)
    session.app.leave()
    #expect(session.app.farewell.isEmpty && session.app.failure == nil)
    session.goOn()
    #expect(session.app.failure == nil)
    #expect(try programme.files() == before)
    let later = try programme.disk.files.filter { $0.hasPrefix("/disk/state/") }
      .map { try programme.disk.readWhole($0, .read) }
    #expect(memory.count == 1 && later == memory)
    #expect(try programme.open().status().customers == 60)
  }

  @Test func escapeOnlyGoesBack() throws {
    let session = OpeningSession(programme.closed())
    session.press("esc")
    #expect(!session.app.hasEnded && session.status.contains("nothing to stop"))
    session.press("L", "esc")
    #expect(session.lines[0].contains("[1 Overview]") && session.status.contains("q leaves"))
    session.goOn()
    #expect(session.screen.contains("60 customers"))
  }

  // MARK: Failing

  /// Stores that cannot be opened.
  enum Broken: CaseIterable { case missing, damaged, foreign, disk }

  @Test(arguments: Broken.allCases) func saysWhyItCannotBeOpened(_ broken: Broken) throws {
    let disk = programme.disk
    switch broken {
    case .missing:
      for path in disk.files where path.hasPrefix(SmallProgramme.path) { try disk.remove(path) }
    case .damaged: disk.put(SmallProgramme.path + "/offers/00.ndjson", Array("{".utf8))
    case .foreign: disk.put(SmallProgramme.path + "/store.json", Array("{}".utf8))
    case .disk: disk.fail(at: 1, onwards: true)
    }
    let expected = #expect(throws: WorkspaceError.self) { try programme.open() }
    let session = OpeningSession(programme.closed())
    #expect(!session.app.hasEnded)
    session.goOn()
    #expect(session.app.hasEnded && session.app.failure == expected)
    // By the very loop of the program: the error comes out, and no frame is left half drawn.
    let terminal = ScriptedTerminal(events: [.key(.character("2"))])
    let thrown = #expect(throws: WorkspaceError.self) {
      _ = try runScreens(on: terminal, start: .opening(programme.closed()))
    }
    #expect(thrown == expected)
  }

  // MARK: Once it is open

  @Test func isThenAsIfItHadBeenOpenFromTheStart() throws {
    let workspace = try programme.open()
    let expected = Session(.programme(workspace), workspace).screen
    let session = OpeningSession(programme.closed())
    session.goOn()
    #expect(session.screen == expected)
    session.app.leave()
    let again = OpeningSession(programme.closed())
    again.goOn()
    #expect(again.screen == expected)
    again.press("6", "a")
    again.goOn()
    #expect(try programme.open().offers(matching: "state = approved").count == 1)
  }

  @Test func goesWhereOneWasTheLastTime() throws {
    visit("2", "/", "c", "o", "enter", "down", "down")
    let session = OpeningSession(programme.closed())
    #expect(session.lines[0].contains("[2 Customers]"))
    session.goOn()
    #expect(session.status.contains("3 of "))
    // Leaving before the list is there forgets nothing.
    let short = OpeningSession(programme.closed())
    short.press("q")
    short.app.leave()
    short.goOn()
    let last = OpeningSession(programme.closed())
    last.goOn()
    #expect(last.status.contains("3 of "))
  }

  // MARK: The overview of the last time

  @Test func theOverviewIsThereAtOnceAndTrue() throws {
    visit()
    let session = OpeningSession(programme.closed())
    #expect(session.screen.contains("60 customers"))
    #expect(session.status.contains("These figures are current"))
    let before = session.lines.dropLast(2)
    session.press("down", "right", "left", "up")
    #expect(session.lines.dropLast(2) == before)
    session.press("h")
    #expect(session.status.contains("still being opened"))
    session.goOn()
    session.press("h", "esc")
    #expect(session.lines.dropLast(2) == before)
    #expect(!session.status.contains("current"))
  }

  @Test func enterGoesToThePeopleOnceTheyAreThere() throws {
    visit()
    let session = OpeningSession(programme.closed())
    session.press("right", "enter")
    #expect(session.lines[0].contains("[2 Customers]"))
    #expect(session.screen.contains("Opening the programme"))
    session.goOn()
    #expect(session.screen.contains("cohort = high"))
    #expect(session.status.contains("1 of "))
    session.press("q")
    #expect(session.lines[0].contains("[1 Overview]"))
  }

  @Test func isNotShownOnceAnybodyDidAnything() throws {
    visit()
    let bert = try programme.open(as: "bert")
    let offer = try #require(try bert.offers(matching: "state = suggested").first)
    _ = try bert.decide([offer.id], .approve)
    let session = OpeningSession(programme.closed())
    #expect(!session.screen.contains("60 customers"))
    session.goOn()
    #expect(session.screen.contains("approved"))
  }

  /// A colleague decides while the programme is being opened: what was shown gives way.
  @Test func givesWayWhereSomethingHappensMeanwhile() throws {
    visit()
    let session = OpeningSession(programme.closed())
    let shown = session.lines
    let bert = try programme.open(as: "bert")
    let offer = try #require(try bert.offers(matching: "state = suggested").first)
    _ = try bert.decide([offer.id], .approve)
    session.goOn()
    #expect(session.lines.dropLast(2) != shown.dropLast(2))
    let workspace = try programme.open()
    #expect(
      session.screen == Session(.programme(workspace), workspace).screen)
  }

  @Test func whatChangedInTheSessionIsKeptOnLeaving() throws {
    visit("6", "a", "1")
    let session = OpeningSession(programme.closed())
    #expect(session.status.contains("These figures are current"))
    #expect(session.screen.contains("approved"))
    session.goOn()
  }
}
