import Dispatch
import LadderScreens
import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import Testing
import TerminalKit

/// Sessions around the review: first start, import, rules, export, moving about, leaving.
@Suite struct LoopSessionTests {
  let programme: SmallProgramme

  init() throws { programme = try SmallProgramme() }

  @Test func bringsAFileInAndTakesItBack() throws {
    let csv = "customer,date,amount\nA1,2026-06-01,12.50\nA2,2026-06-02,7.00\nA2,19971301,1.00\n"
    programme.disk.put("/disk/sales.csv", Array(csv.utf8))
    let session = try Session(programme)
    session.press("i", "enter")
    session.paste("/disk/sales.csv")
    session.press("enter")
    #expect(session.screen.contains("customer") && session.screen.contains("A1"))
    session.press("d")
    #expect(session.status.contains("Nothing was written"))
    #expect(try session.workspace?.customers(matching: "", sortedBy: nil).count == 60)
    session.press("w")
    #expect(session.status.contains("3 read, 2 new"), "\(session.status)")
    #expect(session.screen.contains("rejected"))
    session.press("1")
    #expect(session.screen.contains("62 customers"))
    session.press("u")
    #expect(session.screen.contains("Take this back?") && session.screen.contains("sales.csv"))
    session.press("enter")
    #expect(session.screen.contains("62 customers"), "only y says yes")
    session.press("y")
    #expect(session.screen.contains("60 customers"))
    // The same once more: nothing is new, and what was done before is not offered for it.
    session.press("U", "i", "w")
    #expect(session.status.contains("Nothing new was written"), "\(session.status)")
  }

  @Test func aBareUndoNeverTakesTheRulesOfANewProgrammeAway() throws {
    let session = Session(.welcome(.example()))
    session.press("right", "b", "y", "1", "u")
    #expect(session.status.contains("nothing of yours"), "\(session.status)")
    session.press("7")
    #expect(session.screen.contains("13 rules"))
  }

  @Test func saysWhatIsWrongWithAFile() throws {
    let session = try Session(programme)
    session.press("i", "w")
    #expect(session.status.contains("Which file?"))
    session.press("enter")
    session.type("/disk/none.csv")
    session.press("enter")
    #expect(session.screen.contains("│ ! "))
  }

  /// Work never blocks a key, and Escape stops it; nothing has changed then.
  @Test func stopsLongWork() throws {
    let rows = (0..<500).map { "B\($0),2026-06-01,1.00\n" }.joined()
    programme.disk.put("/disk/big.csv", Array(("customer,date,amount\n" + rows).utf8))
    let mayGoOn = DispatchSemaphore(value: 0)
    let workspace = try programme.open()
    let session = Session(.programme(workspace), workspace) { progress in
      if progress.activity.contains("big.csv") { mayGoOn.wait() }
    }
    session.press("i", "enter")
    session.paste("/disk/big.csv")
    session.press("enter")
    // From here on the work waits, so nothing may wait for the work.
    for key in ["w", "2", "down"] {
      session.terminal.press(key)
      session.app.takeNext()
      session.app.present()
    }
    #expect(session.lines[0].contains("[2 Customers]"))
    session.terminal.press("esc")
    session.app.takeNext()
    session.app.present()
    for _ in 0..<1_000 { mayGoOn.signal() }
    session.idle()
    #expect(session.status.contains("Stopped"), "\(session.status)")
    #expect(try workspace.customers(matching: "", sortedBy: nil).count == 60)
  }

  @Test func asksBeforeLeavingRunningWork() throws {
    let mayGoOn = DispatchSemaphore(value: 0)
    let workspace = try programme.open()
    let session = Session(.programme(workspace), workspace) { progress in
      if progress.activity == "Running the rules" { mayGoOn.wait() }
    }
    session.press("7")
    for key in ["s", "q"] {
      session.terminal.press(key)
      session.app.takeNext()
      session.app.present()
    }
    #expect(session.screen.contains("Leave now?"))
    session.terminal.press("y")
    // A wake of the work may come before the key.
    while session.terminal.remaining > 0 { session.app.takeNext() }
    #expect(session.app.hasEnded)
    for _ in 0..<1_000 { mayGoOn.signal() }
    session.app.settle()
  }

  @Test func exportsWhatWasApprovedAndOnlyWithItsCount() throws {
    let session = try Session(programme)
    session.press("6", "a", "a", "8", "enter", "ctrl-u")
    session.type("/disk/list.csv")
    session.press("enter", "w")
    #expect(session.screen.contains("Type 2"))
    session.press("3", "enter")
    #expect(!programme.disk.files.contains("/disk/list.csv"))
    session.press("backspace", "2", "enter")
    #expect(session.status.contains("Wrote 2 offers"), "\(session.status)")
    #expect(programme.disk.files.contains("/disk/list.csv"))
    #expect(try session.offers(.exported).count == 2)
    #expect(session.screen.contains("0 offers"))
  }

  @Test func suggestsWithinABudget() throws {
    let session = try Session(programme)
    session.press("7", "b")
    session.type("lots")
    session.press("enter", "s")
    #expect(session.status.contains("is no amount"))
    session.press("b", "ctrl-u")
    session.type("2.00")
    session.press("enter", "d")
    #expect(session.status.contains("Nothing was written"))
    #expect(session.screen.contains("Who would drop out and why"))
    session.press("s")
    #expect(session.screen.contains("Who dropped out and why"))
  }

  @Test func theFieldsOfARunAreTurnedByArrowsAndWrittenAsShown() throws {
    let session = try Session(programme)
    session.press("7", "right", "down", "right", "right")
    #expect(session.screen.contains("‹ 3 ›"))
    session.press("left")
    #expect(session.screen.contains("‹ 2 ›"))
    // The budget is written wherever one stands, and as amounts are shown.
    session.press("b")
    session.type("1,000.50")
    session.press("enter", "d")
    #expect(session.screen.contains("‹ 2 ›") && session.screen.contains("1,000.50"))
    #expect(session.status.contains("Nothing was written"), "\(session.status)")
    // Escape leads back to the list, where Enter goes to the offers of a rule.
    session.press("esc", "enter")
    #expect(session.lines[0].contains("[6 Review]"))
  }

  @Test func drillsFromNumbersToPeopleAndBack() throws {
    let session = try Session(programme)
    session.press("4", "end", "enter")
    #expect(session.lines[1].contains("stage = \"lapsed\""))
    #expect(session.lines[2].contains("26 customers"))
    session.press("enter")
    #expect(session.lines[0].contains("[3 Card]"))
    session.press("q", "q")
    #expect(session.lines[0].contains("[4 Stages]"))
    session.press("5", "enter")
    #expect(session.lines[1].contains("cohort = high"))
  }

  @Test func sortsByTheColumnInBrackets() throws {
    let session = try Session(programme)
    session.press("2", "left", "s", "s")
    let workspace = try #require(session.workspace)
    let rows = try workspace.customers(
      matching: "", sortedBy: CustomerSort(.value12Months, descending: true))
    // The selected customer is kept while the order changes, so the place is looked at from the top.
    session.press("home")
    #expect(session.lines[3].contains(try workspace.summary(ofRow: rows[0]).shownName))
    #expect(session.lines[2].contains("▼"))
    session.press("s")
    #expect(!session.lines[2].contains("▼") && !session.lines[2].contains("▲"))
  }

  /// `n` on a card goes along the list that one came from, and nowhere else.
  @Test func aCardGoesAlongTheListItWasOpenedFrom() throws {
    let session = try Session(programme, width: 100, height: 30)
    let workspace = try #require(session.workspace)
    let slipping = try workspace.attrition(cohort: .low, branch: nil, since: nil).rows
    try #require(slipping.count >= 2)
    session.press("W", "t", "t", "enter", "n")
    #expect(session.screen.contains(slipping[1].id), "\(session.screen)")
    session.press("q")
    #expect(session.status.contains("2 of \(slipping.count)"))
    let near = try workspace.closestToNextCohort(limit: 2)
    session.press("C", "enter", "n", "n", "N")
    #expect(session.screen.contains(near[1].customer))
    session.press("6", "enter", "n")
    #expect(session.status.contains("no list of customers"))
    session.press("2", "enter", "n")
    #expect(session.screen.contains(try workspace.summary(ofRow: 1).id))
  }

  @Test func goesFromMarkedCustomersToTheirOffers() throws {
    let offers = try programme.open().offers(matching: "state = suggested")
    let session = try Session(programme)
    session.press("2", "/")
    session.type("id = \(offers[0].customer)")
    session.press("enter", "o")
    #expect(session.lines[0].contains("[6 Review]"))
    #expect(session.screen.contains("Offer \(offers[0].id) "))
  }

  @Test func takesBackAnyEntryOfTheLog() throws {
    let session = try Session(programme)
    session.press("6", "a", "a", "L", "down", "x")
    #expect(session.screen.contains("Take this back?"))
    session.press("enter")
    #expect(try session.offers(.approved).count == 2, "only y says yes")
    session.press("y")
    #expect(try session.offers(.approved).count == 1)
  }

  @Test(arguments: [(1, 1), (5, 2), (20, 6), (40, 12), (79, 23), (200, 60), (400, 120)])
  func survivesEverySize(_ width: Int, _ height: Int) throws {
    let session = try Session(programme, width: 80, height: 24)
    for screen in ["1", "2", "3", "4", "5", "6", "7", "8", "i", "L", "?", "esc", ":"] {
      session.send(.resize(Size(width: width, height: height)))
      session.press(screen)
      let frame = try #require(session.terminal.lastFrame)
      #expect(frame.size == Size(width: width, height: height))
      session.send(.resize(Size(width: 80, height: 24)))
      if screen == ":" { session.press("esc") }
    }
  }

  @Test(arguments: [TerminalEvent.endOfInput, .terminate, .key(.control("c"))])
  func leavesCleanly(_ event: TerminalEvent) throws {
    let session = try Session(programme)
    session.send(event)
    #expect(session.app.hasEnded)
  }

  @Test func keepsTheHardwareCursorOnTheSelectedRow() throws {
    let session = try Session(programme)
    session.press("2", "down", "down")
    #expect(session.terminal.lastFrame?.cursor == Position(x: 1, y: 5))
    session.press("/", "x")
    #expect(session.terminal.lastFrame?.cursor == Position(x: 3, y: 1))
  }

  /// The footer says of `q` what it does: it leaves where there is nothing to go back to.
  @Test func saysWhereItGoesBackAndWhereItLeaves() throws {
    let session = try Session(SmallProgramme(), width: 240)
    session.press("2")
    #expect(session.footer.contains("q Leave"))
    session.press("enter")
    #expect(session.footer.contains("q Back"))
    session.press("q")
    #expect(session.footer.contains("q Leave") && !session.app.hasEnded)
    session.press("q")
    #expect(session.app.hasEnded)
  }
}
