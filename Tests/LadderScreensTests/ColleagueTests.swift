import LadderScreens
import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import Testing
import TerminalKit

/// Sessions while the data change under the screens: erasing, imports and undoing, by colleagues
/// and by oneself.
@Suite struct ColleagueTests {
  private let programme: SmallProgramme

  init() throws { programme = try SmallProgramme() }

  /// Somebody else's programme on the same store.
  private func ben() throws -> LoyaltyWorkspace { try programme.open(as: "ben") }

  /// Imports people who come first and last in every list.
  private func bringPeople(into workspace: LoyaltyWorkspace) throws {
    let text = "customer,date,amount\nA0,2026-06-01,9.00\nA1,2026-06-02,8.00\nZ9,2026-06-03,7.00\n"
    programme.disk.put("/disk/more.csv", Array(text.utf8))
    _ = try workspace.importFile("/disk/more.csv", ImportRequest(), progress: { _ in true })
  }

  @Test func anErasedPersonIsGoneFromEveryScreenAndGetsNoOffer() throws {
    let session = try Session(programme, width: 120, height: 40)
    let workspace = try #require(session.workspace)
    let first = try workspace.summary(ofRow: 0)
    session.press("2", "enter")
    #expect(session.screen.contains(first.name) && session.screen.contains(first.email))
    _ = try ben().erase(customer: first.id)
    session.send(.resumed)
    #expect(!session.screen.contains(first.name) && !session.screen.contains(first.email))
    session.press("2")
    #expect(session.screen.contains("59 customers"))
    #expect(!session.screen.contains(first.name) && !session.screen.contains(first.email))
    session.press("7", "s")
    #expect(try programme.open().offers().allSatisfy { $0.customer != first.id })
  }

  @Test func takingAnImportBackUnderACardIsNoCrash() throws {
    let session = try Session(programme)
    try bringPeople(into: try #require(session.workspace))
    session.send(.resumed)
    session.press("2", "end", "enter")
    #expect(session.screen.contains("Z9"))
    _ = try ben().undo(event: try #require(session.workspace).revision)
    session.send(.resumed)
    #expect(
      session.screen.contains("There is no customer with the number \"Z9\" any more"),
      "\(session.screen)")
    session.press("2")
    #expect(session.screen.contains("60 customers"))
  }

  @Test func aCardAndItsPlaceStayWithThePersonAfterAnImport() throws {
    let session = try Session(programme)
    let workspace = try #require(session.workspace)
    let third = try workspace.summary(ofRow: 2)
    session.press("2", "down", "down", "enter")
    #expect(session.screen.contains(third.id))
    try bringPeople(into: try ben())
    session.send(.resumed)
    #expect(session.screen.contains(third.id), "\(session.screen)")
    session.press("q")
    #expect(session.status.contains("5 of 63"), "\(session.status)")
    session.press("enter")
    #expect(session.screen.contains(third.id))
  }

  @Test func marksStayWithThePeopleAfterAnImport() throws {
    let session = try Session(programme, width: 120, height: 30)
    let offers = try programme.open().offers(matching: "state = suggested")
    let (one, two) = (offers[0].customer, try #require(offers.last).customer)
    session.press("2", "/")
    session.type("id in (\(one), \(two))")
    session.press("enter", "*", "esc")
    #expect(session.screen.contains("2 marked"))
    try bringPeople(into: try ben())
    session.send(.resumed)
    #expect(session.screen.contains("63 customers") && session.screen.contains("2 marked"))
    session.press("o")
    #expect(session.lines[1].contains(one) && session.lines[1].contains(two), "\(session.lines[1])")
  }

  /// A decision is written behind whatever a colleague did, so it may bring other tables.
  @Test func aDecisionThatBringsAColleaguesImportShowsTheNewPeople() throws {
    let session = try Session(programme, width: 120, height: 30)
    session.press("2", "down", "down")
    let third = try #require(session.workspace).summary(ofRow: 2)
    session.press("6")
    try bringPeople(into: try ben())
    session.press("a", "2")
    #expect(session.screen.contains("63 customers"), "\(session.screen)")
    #expect(session.status.contains("5 of 63"))
    session.press("enter")
    #expect(session.screen.contains(third.id))
  }

  /// Somebody is asked for a reason while a colleague decides the same offer.
  @Test func aDecisionOfAColleagueStaysWhileAQuestionIsOpen() throws {
    let session = try Session(programme)
    session.press("6")
    let workspace = try #require(session.workspace)
    let id = try #require(workspace.offerNumbers(in: .waiting).first)
    let name = try workspace.offerCard(id).customer.name
    session.press("x")
    #expect(session.screen.contains(name + ": "), "\(session.screen)")
    _ = try ben().decide([id], .approve)
    session.send(.resumed)
    session.press("2")
    #expect(try programme.open().offerCard(id).offer.state == .approved)
    #expect(session.status.contains("Offer \(id) is approved by now"), "\(session.screen)")
  }

  @Test func approvingMarkedOffersLeavesWhatAColleagueRejectedMeanwhile() throws {
    let session = try Session(programme)
    let all = try #require(session.workspace).offerNumbers(in: .waiting)
    session.press("6", "*", "A")
    let rejected = try #require(all.dropFirst().first)
    _ = try ben().decide([rejected], .reject(reason: "bad timing"))
    session.send(.resumed)
    session.type(String(all.count))
    session.press("enter")
    let book = try programme.open()
    #expect(try book.offerCard(rejected).offer.state == .rejected)
    #expect(try book.offerCard(all[0]).offer.state == .approved)
    #expect(
      session.status.contains("1 was decided by somebody else meanwhile"), "\(session.status)")
  }

  @Test func goesFromAllWhomAFilterFindsToTheirOffers() throws {
    let session = try Session(programme, width: 80, height: 12)
    session.press("2", "*", "o")
    #expect(session.lines[0].contains("[6 Review]"), "\(session.status)")
  }
}
