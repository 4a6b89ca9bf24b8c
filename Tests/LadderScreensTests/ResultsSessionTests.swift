import LadderScreens
import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import Testing
import TerminalKit

/// What came of offers that went out: told by purchases or by a file, seen first, and taken back.
@Suite struct ResultsSessionTests {
  private let programme: SmallProgramme

  init() throws { programme = try SmallProgramme() }

  /// The screens, so many days after the demo's data end.
  private func session(after days: Int32 = 0) throws -> Session {
    var environment = SmallProgramme.environment(programme.disk, "anna")
    environment.home = "/disk"
    environment.today = { _ in Day(number: 20_635 + days) }
    let workspace = try LoyaltyWorkspace.open(
      at: SmallProgramme.path, environment: environment)
    return Session(.programme(workspace), workspace)
  }

  /// Sends the first two offers out, and answers whose the first is.
  private func send(in session: Session) throws -> Offer {
    session.press("6", "a", "a", "8", "enter", "ctrl-u")
    session.type("~/list.csv")
    session.press("enter", "w", "2", "enter")
    return try #require(try session.offers(.exported).first, "\(session.screen)")
  }

  private func bringIn(_ text: String, as path: String, in session: Session) {
    programme.disk.put(path, Array(text.utf8))
    session.press("i", "enter", "ctrl-u")
    session.paste(path)
    session.press("enter", "w")
  }

  @Test func aListGoesToTheUsersOwnFolder() throws {
    _ = try send(in: session())
    #expect(programme.disk.files.contains("/disk/list.csv"))
  }

  @Test func nothingWentOutYet() throws {
    let session = try session()
    session.press("8", "r")
    #expect(session.status.contains("No offer has gone out yet"), "\(session.status)")
  }

  @Test func purchasesTellWhatWasUsed() throws {
    let offer = try send(in: session())
    let later = try session(after: 20)
    later.press("8", "r")
    #expect(later.screen.contains("there is nothing new"), "\(later.screen)")
    later.press("esc")
    bringIn(
      "customer,date,amount\n\(offer.customer),2026-07-10,500.00\n", as: "/disk/july.csv",
      in: later)
    #expect(later.status.contains("u takes it back"), "\(later.status)")
    later.press("r")
    #expect(later.screen.contains("1 more was used"), "\(later.screen)")
    later.press("enter")
    #expect(try later.offers(.redeemed).isEmpty, "only y says yes")
    later.press("y")
    #expect(try later.offers(.redeemed).map(\.id) == [offer.id])
    #expect(later.status.contains("u takes it back"), "\(later.status)")
    later.press("u")
    #expect(try later.offers(.redeemed).isEmpty, "\(later.screen)")
  }

  /// A file of results writes no import, and can be taken back all the same.
  @Test func aFileOfResultsIsTakenBack() throws {
    let offer = try send(in: session())
    let later = try session(after: 20)
    bringIn(
      "offer,customer,rule,redeemed,date,amount\n\(offer.id),,,yes,2026-07-10,9.50\n",
      as: "/disk/results.csv", in: later)
    #expect(later.status.contains("u takes it back"), "\(later.status)")
    #expect(try later.offers(.redeemed).map(\.id) == [offer.id])
    later.press("w")
    #expect(later.status.contains("Nothing new was written"), "\(later.status)")
    later.press("u")
    #expect(try later.offers(.redeemed).isEmpty, "\(later.screen)")
  }
}
