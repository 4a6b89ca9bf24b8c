import LadderScreens
import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit
import Testing

/// Somebody finds their way in the long lists: orders, ranges, filters.
@Suite struct ListSessionTests {
  /// The name in the selected row of a list.
  private func selected(_ session: Session) -> String {
    String(session.lines.first { $0.contains("›") }?.prefix(24) ?? "")
  }

  @Test func whoeverIsAtTheTopStaysThereWhenTheOrderChanges() throws {
    let session = try Session(SmallProgramme())
    session.press("2", "right", "right", "s", "s")
    #expect(session.status.hasPrefix(" 1 of "))
    // Who went on stays with the customer.
    session.press("down")
    let name = selected(session)
    session.press("s")
    #expect(selected(session) == name && !name.isEmpty)
  }

  @Test func aFilterIsCompletedByTab() throws {
    let session = try Session(SmallProgramme())
    session.press("2", "/")
    session.type("stag")
    session.press("tab")
    #expect(session.screen.contains("What can stand here"))
    #expect(session.screen.contains("lifecycle stage"))
    session.press("enter")
    #expect(session.lines[1] == "/ stage")
    session.type("= la")
    // Only one word fits.
    session.press("tab")
    #expect(session.screen.contains("/ stage = lapsed"))
    session.press("enter")
    #expect(session.status.contains("filter: stage = lapsed"))
    session.press("/")
    session.type("qqq")
    session.press("tab")
    #expect(session.status.contains("fits here"))
  }

  @Test func aFilterThatStandsGivesWayToTheFirstKey() throws {
    let session = try Session(SmallProgramme())
    session.press("2", "/")
    session.type("stage = lapsed")
    session.press("enter", "/")
    // Nothing has changed yet.
    #expect(session.status.contains("filter: stage = lapsed"))
    session.type("spend > 0")
    #expect(session.lines[1] == "/ spend > 0")
    session.press("enter", "/", "end")
    session.type(" and")
    #expect(session.lines[1] == "/ spend > 0 and")
    session.press("esc", "/")
    session.type("stage = lapsed")
    session.press("enter", "/", "tab")
    // What may begin a filter is offered, for what is chosen takes the place of the whole.
    #expect(session.screen.contains("What can stand here"))
    session.type("recency_days")
    session.press("enter")
    #expect(session.lines[1] == "/ recency_days")
  }

  @Test func marksThatAFilterHidesAreCounted() throws {
    let session = try Session(SmallProgramme())
    session.press("2", "space", "space", "space")
    #expect(session.lines[1].contains("3 marked, 60 customers"))
    session.press("/")
    session.type("id = C0000001")
    session.press("enter")
    #expect(session.screen.contains("3 marked, 2 not shown, 1 customer "), "\(session.screen)")
    // All that are shown are unmarked, those that are not stay.
    session.press("*")
    #expect(session.screen.contains("2 marked, 2 not shown, 1 customer "))
    session.press("esc")
    #expect(session.screen.contains("2 marked, 60 customers"))
  }

  @Test func aRangeIsDecidedAsAWhole() throws {
    let programme = try SmallProgramme()
    let session = try Session(programme, width: 120, height: 40)
    session.press("6", "v", "down", "down", "a")
    #expect(session.screen.contains("Approve 3 offers? Type 3"))
    session.press("3", "enter")
    #expect(try session.offers(.approved).count == 3)
    session.press("u")
    #expect(try session.offers(.approved).isEmpty)
  }

  @Test func offersAreGoneThroughInEachOrder() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    session.press("6")
    #expect(session.screen.contains("by rule"))
    session.press("s")
    #expect(session.screen.contains("by gain"))
    #expect(try !session.offers(.suggested).isEmpty)
    session.press("s")
    #expect(session.screen.contains("by cost"))
    #expect(session.lines[2].contains("Cost, EUR▼"), "the order is seen: \(session.screen)")
    let costs = session.lines[3..<30].compactMap { line in
      line.prefix(36).split(separator: " ").compactMap { Double($0) }.last
    }
    #expect(costs.count > 3 && costs == costs.sorted(by: >), "\(costs)")
    session.press("s")
    #expect(session.screen.contains("by last day"))
    #expect(session.lines[2].contains("Last day▲") && session.lines[3].contains(" Jul 2026 "))
    // Where there is no room for both, the gain gives way.
    session.send(.resize(Size(width: 80, height: 24)))
    #expect(session.lines[2].contains("Last day▲") && !session.lines[2].contains("Gain"))
    session.press("s")
    #expect(session.screen.contains("by customer"))
    session.press("s")
    #expect(session.screen.contains("by rule"))
  }

  @Test func aKeyThatDoesNothingSaysSo() throws {
    let session = try Session(SmallProgramme())
    session.press("2", "Q")
    #expect(session.status.contains("Q does nothing here"))
    session.press("down")
    #expect(!session.status.contains("does nothing"))
  }
}
