import LadderScreens
import LoyaltyModel
import LoyaltyWorkspace
import Testing
import TerminalKit

/// A key decides only about what was on the screen before it was pressed.
@Suite struct TypeAheadTests {
  private let programme: SmallProgramme
  private let waiting: [Offer]

  init() throws {
    programme = try SmallProgramme()
    waiting = try programme.open().offers(matching: "state = suggested")
  }

  private func review() throws -> Session {
    let session = try Session(programme)
    session.press("6")
    return session
  }

  /// Keys that were all waiting when the first was read, and what they may decide.
  @Test(arguments: [
    (keys: ["a", "a", "a"], approved: 1, rejected: 0),
    (keys: ["j", "a"], approved: 0, rejected: 0),
    (keys: ["a", "j", "a"], approved: 1, rejected: 0),
    (keys: ["a", "x", "1"], approved: 1, rejected: 0),
    // The reason belongs to the offer that was on the screen when x was pressed.
    (keys: ["x", "1"], approved: 0, rejected: 1),
    (keys: ["x", "1", "x", "1"], approved: 0, rejected: 1),
    (keys: ["x", "1", "a"], approved: 0, rejected: 1),
    // The count of a bulk decision must have been seen.
    (keys: ["space", "A", "1", "enter"], approved: 0, rejected: 0),
    (keys: ["t", "t", "t", "t", "t", "a"], approved: 0, rejected: 0),
    (keys: ["/", "N", "enter", "a"], approved: 0, rejected: 0),
    (keys: [":", "a", "p", "p", "r", "enter"], approved: 0, rejected: 0),
  ])
  func decidesNothingUnseen(keys: [String], approved: Int, rejected: Int) throws {
    let session = try review()
    keys.forEach { session.terminal.press($0) }
    session.app.takeNext()
    session.idle()
    #expect(try session.offers(.approved).map(\.id) == waiting.prefix(approved).map(\.id))
    #expect(try session.offers(.rejected).map(\.id) == waiting.prefix(rejected).map(\.id))
  }

  @Test func throwsAwayWhatWasTypedBehindARefusedKey() throws {
    let session = try review()
    session.typeAhead("j", "a", "8")
    #expect(session.lines[0].contains("[6 Review]"), "8 was typed for another screen")
    #expect(session.status.contains("ignored"))
    session.press("a")
    #expect(try session.offers(.approved).map(\.id) == [waiting[1].id])
  }

  @Test func movesOnKeysThatWereTypedAhead() throws {
    let session = try review()
    session.typeAhead("j", "j", "j", "j")
    #expect(session.screen.contains("5 of \(waiting.count)"))
    // One frame after the first key, one after the three that were waiting.
    let before = session.terminal.frames.count
    session.typeAhead("k", "k", "k", "k")
    #expect(session.terminal.frames.count - before <= 4)
  }

  @Test func decidesNothingOnAScreenTooSmallToShowIt() throws {
    let session = try review()
    session.send(.resize(Size(width: 12, height: 4)))
    session.press("a")
    session.send(.resize(Size(width: 80, height: 24)))
    #expect(try session.offers(.approved).isEmpty)
    session.press("a")
    #expect(try session.offers(.approved).count == 1)
  }

  @Test func takesAPasteForNoCommand() throws {
    let session = try review()
    session.paste("aaa\nx1")
    #expect(try session.offers(.approved).isEmpty)
    #expect(try session.offers(.rejected).isEmpty)
  }

  /// From the palette a command is meant for the offer that was on the screen before it.
  @Test func decidesFromThePalette() throws {
    let session = try review()
    session.press(":")
    session.type("appr")
    session.press("enter")
    #expect(try session.offers(.approved).map(\.id) == [waiting[0].id])
  }
}
