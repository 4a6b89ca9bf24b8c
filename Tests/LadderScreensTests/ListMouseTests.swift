import Foundation
import LadderScreens
import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit
import Testing

/// Somebody puts lists in order with the mouse, as with the key.
@Suite struct ListMouseTests {
  /// Clicks on the middle of a text of a row.
  private func click(_ text: String, row: Int, in session: Session) throws {
    let line = try #require(session.lines.indices.contains(row) ? session.lines[row] : nil)
    let at = try #require(line.range(of: text), "\(text) in \(line)")
    let column = line.prefix(upTo: at.lowerBound).reduce(0) { $0 + TextWidth.of(String($1)) }
    let place = Position(x: column + TextWidth.of(text) / 2, y: row)
    session.send(.mouse(MouseEvent(.click, at: place)))
  }

  private func rows(_ session: Session, _ key: CustomerSortKey, _ descending: Bool) throws -> [Int]
  {
    try session.workspace?.customers(
      matching: "", sortedBy: CustomerSort(key, descending: descending)) ?? []
  }

  @Test(
    "a heading sorts by its column, and once more the other way",
    arguments: [(40, 12), (80, 24), (120, 40)])
  func customers(width: Int, height: Int) throws {
    let session = try Session(SmallProgramme(), width: width, height: height)
    session.press("2")
    for (heading, key) in [
      ("Stage", CustomerSortKey.stage), ("12 mon", .value12Months), ("Name", .name),
    ] {
      for descending in [false, true, false] {
        try click(heading, row: 2, in: session)
        let first = try #require(try rows(session, key, descending).first)
        let name = try #require(session.workspace?.summary(ofRow: first).shownName)
        #expect(session.lines[3].contains(name.prefix(5)), "\(heading) \(descending)")
        let brackets = session.lines[2].split(separator: "[").last ?? ""
        #expect(brackets.contains(descending ? "▼" : "▲"), "\(session.lines[2])")
        #expect(session.lines[2].count { $0 == "▼" || $0 == "▲" } == 1)
      }
    }
    // The key goes on from where the mouse left it: rising, falling, not at all.
    session.press("s", "s")
    #expect(!session.lines[2].contains("▲") && !session.lines[2].contains("▼"))
  }

  /// Beside a card only the list's own headings count, and names of double width do not shift them.
  @Test func headingsStandWhereTheyAreSeen() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    session.press("2")
    let line = session.lines[2]
    for (x, character) in line.enumerated() where character != " " {
      session.press("home")
      let before = session.lines[2]
      session.send(.mouse(MouseEvent(.click, at: Position(x: x, y: 2))))
      let changed = session.lines[2] != before
      #expect(changed == (x > 3 && x < 74), "\(x): \(character)")
    }
  }

  @Test func whileAFilterIsTypedAHeadingSortsWhatItFound() throws {
    let session = try Session(SmallProgramme())
    session.press("2", "/")
    session.type("cohort = low")
    try click("12 months", row: 3, in: session)
    #expect(session.lines[3].contains("[12 month…▲"))
    session.type("x")
    #expect(session.lines[1].contains("cohort = lowx"))
  }

  @Test(
    "in Review a heading orders the queue, and once more the other way",
    arguments: [(80, 24), (120, 40)])
  func review(width: Int, height: Int) throws {
    let session = try Session(SmallProgramme(), width: width, height: height)
    session.press("6")
    let columns: [(String, OfferOrder, isRising: Bool)] =
      [("Customer", .customer, true)] + (width < 100 ? [] : [("Rule", .rule, true)])
      + [("Gain", .gain, false)]
    for (heading, order, isRising) in columns {
      // By rule is how it begins, so a click there turns it round at once.
      for isReversed in order == .rule ? [true, false] : [false, true, false] {
        if order == .rule, isReversed { session.press("s") }
        try click(heading, row: 2, in: session)
        let sort = OfferSort(order, isReversed: isReversed)
        let first = try #require(
          try session.workspace?.offerNumbers(in: .waiting, by: sort).first)
        #expect(session.screen.contains("Offer \(first)"), "\(heading) \(isReversed)")
        let sign = isRising != isReversed ? "▲" : "▼"
        let title = try #require(session.lines[2].range(of: heading)).lowerBound
        #expect(session.lines[2][title...].contains(sign), "\(session.lines[2])")
        #expect(session.lines[2].count { $0 == "▼" || $0 == "▲" } == 1)
      }
    }
  }

  @Test func theKeyTurnsTheQueueRoundToo() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    session.press("6", "s", "D")
    #expect(session.lines[1].contains("by gain, reversed"))
    #expect(session.lines[2].contains("▲"))
    session.press("D")
    #expect(session.lines[1].contains("by gain") && !session.lines[1].contains("reversed"))
    // The next order begins the right way round.
    session.press("D", "s")
    #expect(session.lines[1].contains("by cost") && !session.lines[1].contains("reversed"))
  }

  @Test func whatCannotBeSortedSaysWhy() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    session.press("6", "R")
    try click("Offers", row: 2, in: session)
    #expect(session.status.contains("opens a rule"), "\(session.status)")
    session.press("R", "7")
    let before = session.lines.dropLast(2)
    try click("Matches", row: 2, in: session)
    #expect(session.status.contains("order of its own"), "\(session.status)")
    #expect(session.lines.dropLast(2) == before)
    session.press("2", "/")
    session.type("nobodyatall")
    session.press("enter")
    try click("Stage", row: 3, in: session)
    #expect(session.status.contains("no customer in the list"), "\(session.status)")
  }

  @Test func aMouseThatWasLetGoDoesNothing() throws {
    let session = try Session(SmallProgramme())
    session.press("2", "M")
    let before = session.lines
    try click("Stage", row: 2, in: session)
    session.send(.mouse(MouseEvent(.wheelDown, at: Position(x: 5, y: 5))))
    #expect(session.lines == before)
    session.press("M")
    try click("Stage", row: 2, in: session)
    #expect(session.lines[2].contains("[Stage]▲"))
  }

  /// Words of a list over the screen are gone to by a click; the headings under it are not hit.
  @Test func whatLiesOverAListTakesItsClicks() throws {
    let session = try Session(SmallProgramme())
    session.press("2", "?")
    session.send(.mouse(MouseEvent(.click, at: Position(x: 10, y: 2))))
    session.send(.mouse(MouseEvent(.click, at: Position(x: 10, y: 7))))
    #expect(session.lines.indices.filter { session.lines[$0].contains("│ ›") } == [7])
    session.press("esc")
    #expect(!session.lines[2].contains("▲"))
  }
}
