import LadderScreens
import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import Testing
import TerminalKit

/// Whole sessions of the review screen.
@Suite struct ReviewSessionTests {
  let programme: SmallProgramme
  /// What waited at the beginning, in the order of review.
  let waiting: [Offer]

  init() throws {
    programme = try SmallProgramme()
    waiting = try programme.open().offers(matching: "state = suggested")
  }

  func review(width: Int = 80, height: Int = 24) throws -> Session {
    let session = try Session(programme, width: width, height: height)
    session.press("6")
    return session
  }

  @Test func aFilterThatFindsNothingIsNoEndOfTheQueue() throws {
    let session = try review(width: 120, height: 40)
    session.press("a", "/")
    session.type("zzz")
    #expect(session.screen.contains("No offer matches the filter. Esc clears it."))
    #expect(!session.screen.contains("This queue is done"), "\(session.screen)")
  }

  @Test func approvesThreeOneByOne() throws {
    let session = try review()
    #expect(session.screen.contains("1 of \(waiting.count)"))
    session.press("a")
    #expect(session.status.contains("Approved"))
    #expect(session.lines[1].contains("Offer \(waiting[1].id) "))
    session.press("a", "a")
    #expect(try session.offers(.approved).map(\.id) == waiting.prefix(3).map(\.id))
    #expect(session.screen.contains("1 of \(waiting.count - 3)"))
  }

  @Test func hasTheDecisionOnDiskBeforeTheNextFrame() throws {
    let session = try review()
    session.terminal.press("a")
    session.app.takeNext()
    // Nothing was drawn since the key; the machine may stop here.
    #expect(try programme.afterCrash().offerCard(waiting[0].id).offer.state == .approved)
  }

  @Test(arguments: [("2", 1), ("5", 4)])
  func rejectsWithAReasonPickedByOneKey(_ key: String, _ reason: Int) throws {
    let session = try review()
    session.press("x", key)
    let rejected = try session.offers(.rejected)
    #expect(rejected.map(\.id) == [waiting[0].id])
    #expect(rejected.map(\.reason) == [LoyaltyWorkspace.rejectionReasons[reason]])
    #expect(session.lines[1].contains("Offer \(waiting[1].id) "))
  }

  @Test func rejectsWithAReasonOfOnesOwn() throws {
    let session = try review()
    session.press("x", "o")
    session.type("moved away")
    session.press("enter")
    #expect(try session.offers(.rejected).map(\.reason) == ["moved away"])
  }

  @Test func cancelsARejection() throws {
    let session = try review()
    session.press("x", "esc")
    #expect(try session.offers(.rejected).isEmpty)
    session.press("x", "o", "space", "enter")
    #expect(try session.offers(.rejected).isEmpty, "a blank is no reason")
  }

  @Test(arguments: [("1", 7), ("2", 14)])
  func putsOffUntilADay(_ key: String, _ days: Int) throws {
    let session = try review()
    session.press("z", key)
    let asOf = try #require(session.workspace?.asOf)
    #expect(try session.offers(.snoozed).map(\.snoozedUntil) == [asOf + days])
    session.press("t", "t", "t")
    let day = DisplayFormat(.english).day(asOf + days)
    #expect(session.screen.contains("Put off until \(day)"))
  }

  @Test func putsOffUntilADayOfOnesOwn() throws {
    let session = try review()
    session.press("z", "o", "ctrl-u")
    session.type("2026-09-01")
    session.press("enter")
    #expect(try session.offers(.snoozed).map(\.snoozedUntil) == [Day("2026-09-01")])
    session.press("z", "o", "ctrl-u")
    session.type("1.9.")
    session.press("enter")
    #expect(session.status.contains("Nothing was put off"))
    #expect(try session.offers(.snoozed).count == 1)
  }

  @Test func undoesAndDoesAgain() throws {
    let session = try review()
    session.press("a", "x", "3", "u")
    #expect(try session.offers(.rejected).isEmpty)
    #expect(session.lines[1].contains("Offer \(waiting[1].id) "), "back at what was taken back")
    session.press("u")
    #expect(try session.offers(.approved).isEmpty)
    session.press("U")
    #expect(try session.offers(.approved).map(\.id) == [waiting[0].id])
    session.press("U")
    #expect(try session.offers(.rejected).map(\.id) == [waiting[1].id])
    session.press("U")
    #expect(session.status.contains("nothing to do again"))
  }

  @Test func undoesAcrossRestarts() throws {
    try review().press("a")
    let later = try review()
    later.press("u")
    #expect(try later.offers(.approved).isEmpty)
  }

  @Test(arguments: ["31.12.2026", "2026-12-31", "31 Dec 2026", "31/12/2026"])
  func putsOffToADayAsAnybodyWritesIt(_ text: String) throws {
    let session = try review()
    session.press("z", "o")
    for _ in 0..<12 { session.press("backspace") }
    session.type(text)
    session.press("enter")
    #expect(try session.offers(.snoozed).map(\.snoozedUntil) == [Day("2026-12-31")])
  }

  @Test func saysWhatIsWrongWithAFilter() throws {
    let session = try review()
    session.press("/")
    session.type("cohort = hihg")
    #expect(session.lines[2].hasPrefix("! "))
    session.press("esc")
    #expect(session.screen.contains("1 of \(waiting.count)"))
  }

  /// Half a filter is no mistake before Enter; the list below is named by its own filter.
  @Test(arguments: [(40, 12), (80, 24), (120, 40)])
  func aHalfTypedFilterIsNoMistake(width: Int, height: Int) throws {
    let session = try review(width: width, height: height)
    session.press("/")
    for part in ["cohort =", " hi"] {
      session.type(part)
      #expect(session.lines[2].hasPrefix("· "), "\(session.screen)")
      #expect(session.lines[2].hasSuffix("listed: cohor"), "\(session.screen)")
    }
    session.press("enter")
    #expect(session.lines[2].hasPrefix("! "))
    // Behind what stands, which would give way else.
    session.press("/", "end")
    session.type("gh")
    #expect(!session.lines[2].contains("listed:"))
    session.type(" and")
    #expect(session.lines[2].hasPrefix("· "))
    #expect(session.lines[2].contains("listed: cohort = hi"), "\(session.screen)")
    #expect(session.status.contains("filter: cohort = high an"))
    session.type(" stgae = new")
    #expect(session.lines[2].hasPrefix("! "))
  }

  /// Who is kept back to compare with can be looked at, and nothing is decided about them.
  @Test(arguments: [(40, 12), (80, 24), (120, 40)])
  func showsTheComparisonGroupToLookAt(width: Int, height: Int) throws {
    let group = try #require(
      try programme.open().offerNumbers(in: .withheld).first, "somebody is kept back")
    let session = try review(width: width, height: height)
    for _ in 0..<5 { session.press("t") }
    if width >= 80 { #expect(session.lines[1].contains("Offer \(group) ")) }
    #expect(session.screen.contains("In the comparison group"), "\(session.screen)")
    for key in ["a", "x", "z", "e", "space", "*", "A", "X"] {
      session.press(key)
      #expect(session.status.contains("The comparison group gets no"), "\(key)")
    }
    #expect(try session.workspace?.offerCard(group).offer.state == .withheld)
    session.press("t")
    #expect(session.screen.contains("No offer was withdrawn."))
  }

  /// What the rules took back is listed with its reason.
  @Test func listsWhatWasWithdrawn() throws {
    let workspace = try programme.open()
    let file = try #require(
      try workspace.rules().first { $0.id == waiting[0].rule.id }?.file)
    _ = try workspace.switchRule(file: file, on: false)
    _ = try workspace.suggest(SuggestOptions(), progress: { _ in true })
    let session = try review(width: 120, height: 40)
    for _ in 0..<6 { session.press("t") }
    #expect(session.lines[1].contains("Withdrawn"))
    #expect(
      session.screen.contains("Withdrawn: its rule no longer suggested it on 29 Jun 2026"),
      "\(session.screen)")
    session.press("a")
    #expect(session.status.contains("was withdrawn and can no longer"))
  }

  @Test func findsAnOfferByItsNumberAndItsCode() throws {
    let offer = try #require(waiting.first { !$0.code.isEmpty })
    for filter in ["offer = \(offer.id)", "offer = \(offer.code)", offer.code.lowercased()] {
      let session = try review()
      session.press("/")
      session.type(filter)
      session.press("enter")
      #expect(session.lines[2].contains("Offer \(offer.id) "), "\(session.screen)")
      #expect(session.status.contains("1 of 1"))
    }
    // A code that was mistyped is no other offer's.
    let session = try review()
    session.press("/")
    session.type("offer = \(offer.code.dropLast())\(offer.code.last == "0" ? "1" : "0")")
    session.press("enter")
    #expect(session.lines[2].contains("No offer has the number or code"))
  }

  @Test(arguments: ["2", "6"]) func listsWhatAFilterMayAskFor(screen: String) throws {
    let session = try Session(programme, width: 120, height: 40)
    session.press(screen, "/", "f1")
    #expect(session.screen.contains("id: customer number"), "\(session.screen)")
    #expect(session.screen.contains("offer: offer number") == (screen == "6"))
    session.press("esc")
    session.type("cohort")
    #expect(session.lines[1].contains("/ cohort"))
  }

  @Test func showsWhatWasDecidedAndPutsItBack() throws {
    let session = try review()
    session.press("a", "t")
    #expect(session.lines[1].contains("Approved"))
    session.press("a")
    #expect(session.status.contains("approved already"))
    session.press("r")
    #expect(try session.offers(.approved).isEmpty)
    #expect(session.screen.contains("No offer is approved yet"))
  }

  @Test func opensTheCustomerAndComesBackToTheSameOffer() throws {
    let session = try review()
    session.press("down", "enter")
    #expect(session.lines[2].contains("No. \(waiting[1].customer)"))
    session.press("q")
    #expect(session.lines[1].contains("Offer \(waiting[1].id) "))
  }

  @Test func scrollsTheOffer() throws {
    let session = try review()
    let before = session.screen
    session.press("J")
    #expect(session.screen != before)
    session.press("K")
    #expect(session.screen == before)
  }

  @Test func showsAColleaguesDecisionInsteadOfOverwritingIt() throws {
    let session = try review()
    let ben = try programme.open(as: "ben")
    _ = try ben.decide([waiting[0].id], .reject(reason: "ben knows better"))
    session.press("a")
    #expect(session.status.hasPrefix("! "), "\(session.status)")
    let offer = try #require(try ben.offers(matching: "offer = \(waiting[0].id)").first)
    #expect(offer.state == .rejected && offer.reason == "ben knows better")
    #expect(session.lines[1].contains("Offer \(waiting[1].id) "))
    session.press("u")
    #expect(try ben.offerCard(waiting[0].id).offer.state == .rejected, "undo takes back only mine")
  }

  @Test func changesNothingWhereNothingMayBeWritten() throws {
    programme.disk.pretendNetwork("nfs")
    let session = try review()
    #expect(session.status.contains("READ ONLY"))
    #expect(!session.footer.contains("Approve"))
    session.press("a")
    #expect(session.status.contains("Nothing can be changed"))
    #expect(try session.offers(.approved).isEmpty)
  }

  @Test func keepsTheErrorUntilTheNextKeyAndInTheMessages() throws {
    let session = try review()
    programme.disk.fail(at: 1, onwards: true)
    session.press("a")
    #expect(session.status.hasPrefix("! "))
    programme.disk.mend()
    session.press("j")
    #expect(!session.status.hasPrefix("! "))
    session.press("!")
    #expect(session.screen.contains("Messages"))
    #expect(session.screen.contains("│ ! "))
  }
}
