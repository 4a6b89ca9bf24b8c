import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import Testing
import TerminalKit

@testable import LadderScreens

/// Somebody goes on deciding while figures are got in the background.
@Suite struct MeanwhileTests {
  private let programme: SmallProgramme
  private let gate = Gate(isClosed: false)
  private let session: Session

  init() throws {
    programme = try SmallProgramme()
    let workspace = try programme.open()
    session = Session(.programme(workspace), workspace, observer: gate.pass)
  }

  /// Presses keys while work stands still.
  private func press(_ names: String...) {
    for name in names {
      session.terminal.press(name)
      let before = session.terminal.remaining
      repeat { session.app.takeNext() } while session.terminal.remaining == before
      session.app.present()
    }
  }

  /// Goes to the stages, whose figures stop at the gate.
  private func holdFigures() {
    gate.close()
    press("4")
    gate.awaitFirst()
    #expect(session.app.model.work != nil)
  }

  private func goOn() {
    gate.open()
    session.idle()
  }

  @Test func decidesWhileFiguresAreComputed() throws {
    holdFigures()
    press("6", "a", "x", "1")
    #expect(session.app.model.work != nil, "the figures go on")
    #expect(try session.offers(.approved).count == 1)
    #expect(try session.offers(.rejected).count == 1)
    press("u")
    #expect(try session.offers(.rejected).isEmpty)
    goOn()
    session.press("4")
    // The moves between stages do not follow from decisions, so they were not got twice.
    #expect(session.screen.contains("Came in since ") || session.screen.contains("Nobody came in"))
  }

  /// The run of the rules waits for nobody who only looked at figures.
  @Test func figuresGiveWayToTheRules() throws {
    holdFigures()
    press("7", "s")
    #expect(session.app.model.work?.next != nil)
    goOn()
    #expect(session.app.model.rules.report != nil, "\(session.screen)")
    #expect(!session.app.model.messages.contains { $0.text.hasPrefix("Stopped") })
  }

  @Test func otherWorkIsNotPushedAside() throws {
    session.press("7")
    gate.close()
    press("s")
    gate.awaitFirst()
    press("6", "a")
    #expect(session.status.contains("still running"), "\(session.status)")
    #expect(try session.offers(.approved).isEmpty)
    goOn()
  }

  /// What follows from offers says that it is of before the last decisions; whoever comes back sees
  /// it anew.
  @Test func saysAsOfWhenFiguresAre() throws {
    session.press("6", "a", "7")
    #expect(!session.status.contains("before your last"))
    session.press("u")
    #expect(session.app.model.asOfDecisions == "before your last decision")
    session.press("down")
    #expect(session.status.contains("before your last decision"), "\(session.status)")
    session.press("1", "7")
    #expect(!session.status.contains("before your last"))
  }

  /// Figures that were got while offers were decided are of before that.
  @Test func countsWhatWasDecidedMeanwhile() {
    var shelf = FigureShelf()
    shelf.put(.campaigns([]), for: .campaigns, decided: 2)
    shelf.put(.people([]), for: .people(.won(inMonth: Day(number: 0), activeAfter: 1)), decided: 2)
    shelf.noteDecided(3)
    #expect(shelf.decided(since: .campaigns) == 5)
    #expect(shelf.decided(since: .people(.won(inMonth: Day(number: 0), activeAfter: 1))) == 0)
    shelf.forgetEarlier(.campaigns)
    #expect(shelf[.campaigns].isMissing && shelf.decided(since: .campaigns) == 0)
  }

  /// A colleague's import comes in behind the figures, and those of before are not shown.
  @Test func takesAColleaguesImportIn() throws {
    holdFigures()
    programme.disk.put("/disk/more.csv", Array("customer,date,amount\nA0,2026-06-01,9.00\n".utf8))
    _ = try programme.open(as: "ben").importFile(
      "/disk/more.csv", ImportRequest(), progress: { _ in true })
    session.terminal.append([.resumed])
    session.app.takeNext()
    goOn()
    session.press("2")
    #expect(session.screen.contains("61 customers"), "\(session.screen)")
  }
}
