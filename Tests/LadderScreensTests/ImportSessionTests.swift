import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import TerminalKit
import TestSupport
import Testing

/// Sessions that bring a file in whose columns have names of their own, once and again.
@Suite struct ImportSessionTests {
  private let programme: SmallProgramme

  static let till = """
    Kd Nr;Name;Datum;Betrag;Bon
    K7;Ana Groß;05.01.2026;1.234,50;B1
    K7;Ana Groß;05.01.2026;5,00;B1
    K8;Bo Berg;06.01.2026;7,50;B2

    """

  init() throws {
    programme = try SmallProgramme()
    programme.disk.put("/disk/till.csv", Array(Self.till.utf8))
  }

  private func opened(_ width: Int = 80, _ height: Int = 24) throws -> Session {
    let session = try Session(programme, width: width, height: height)
    session.press("i", "enter")
    session.paste("/disk/till.csv")
    session.press("enter")
    return session
  }

  @Test(arguments: [(40, 12), (80, 24), (120, 40)])
  func enterBringsInWhatTheNamesOfTheColumnsSuggest(width: Int, height: Int) throws {
    let session = try opened(width, height)
    try assertSnapshot(session.screen, named: "import-proposed-\(width)x\(height)")
    session.press("enter")
    try assertSnapshot(session.screen, named: "import-ask-\(width)x\(height)")
    #expect(try programme.open().log(limit: 1).first?.text.contains("till.csv") == false)
    session.press("enter")
    try assertSnapshot(session.screen, named: "import-came-\(width)x\(height)")
    #expect(try programme.open().card(ofCustomer: "K7").purchases.map(\.amount) == [500, 123_450])
  }

  @Test func aProposedColumnCanBeChanged() throws {
    let session = try opened(120, 40)
    session.press("p")
    #expect(session.screen.contains("receipt=Bon"))
    #expect(session.screen.contains("customer=\"Kd Nr\""))
    // The last pair goes.
    session.press("ctrl-w")
    session.press("enter", "w")
    #expect(session.status.contains("3 read, 3 new"), "\(session.status)")
    session.press("p")
    #expect(session.status.contains("nothing to take over"), "\(session.status)")
  }

  @Test func theEndOfALongFieldIsInViewWithASignOfMore() throws {
    let session = try opened()
    session.press("p")
    let field = try #require(session.lines.first { $0.contains("Columns by hand") })
    #expect(field.contains("‹") && field.contains("receipt=Bon"), "\(field)")
    session.press("enter")
    let after = try #require(session.lines.first { $0.contains("Columns by hand") })
    #expect(after.contains("‹") && after.contains("receipt=Bon"), "\(after)")
  }

  @Test func salesThatWouldCountTwiceAreAskedFor() throws {
    let session = try opened()
    session.press("w")
    #expect(session.status.contains("3 read, 3 new"), "\(session.status)")
    session.press("down", "down", "down", "enter")
    session.paste("customer='Kd Nr' date=Datum amount=Betrag")
    session.press("enter", "w")
    #expect(session.screen.contains("of its sales would count twice"), "\(session.screen)")
    let before = try programme.open().overview().purchases
    session.press("enter")
    #expect(session.screen.contains("would count twice"), "Enter says nothing")
    session.press("esc")
    #expect(try programme.open().overview().purchases == before)
    session.press("w", "y")
    #expect(session.status.contains("3 new"), "\(session.status)")
    #expect(try programme.open().overview().purchases == before + 3)
  }

  @Test func tabCompletesThePath() throws {
    programme.disk.put("/disk/tillage.csv", [1])
    let session = try Session(programme)
    session.press("i", "enter")
    session.type("/disk/t")
    session.press("tab")
    #expect(session.lines.contains { $0.contains("/disk/till") })
    session.press("tab")
    #expect(session.status.contains("till.csv  tillage.csv"), "\(session.status)")
    session.type(".")
    session.press("tab", "enter")
    #expect(session.screen.contains("Kd Nr"), "\(session.screen)")
    session.press("enter", "f", "ctrl-u")
    session.type("/disk/zzz")
    session.press("tab")
    #expect(session.status.contains("No file or folder begins so"), "\(session.status)")
  }
}
