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
  func whatTheNamesOfTheColumnsSuggestComesIn(width: Int, height: Int) throws {
    let session = try opened(width, height)
    try assertSnapshot(session.screen, named: "import-proposed-\(width)x\(height)")
    session.press("w")
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

  @Test func anotherFileBeginsAnew() throws {
    programme.disk.put("/disk/list.csv", Array("Kundennr,Name,E-Mail\nK9,Cy,cy@example.com\n".utf8))
    let session = try opened()
    session.press("p", "enter", "down", "right", "down", "right")
    #expect(
      session.screen.contains("day first, 3 April") && session.screen.contains("point, 1,234"))
    // The same path again is no other file.
    session.press("home", "enter", "enter")
    #expect(session.screen.contains("day first, 3 April"))
    session.press("enter", "ctrl-u")
    session.type("/disk/list.csv")
    session.press("enter")
    #expect(!session.screen.contains("day first") && !session.screen.contains("point, 1,234"))
    #expect(session.screen.contains("read as      customers"), "\(session.screen)")
    session.press("w")
    #expect(session.status.contains("1 read, 1 new"), "\(session.status)")
    #expect(try programme.open().card(ofCustomer: "K9").customer.email == "cy@example.com")
  }

  /// Enter on the file's line writes into it, and only what stands in it comes in.
  @Test func thePathIsCorrectedInItsLine() throws {
    programme.disk.put("/disk/wpd.csv", Array("customer,date,amount\nK9,2026-01-07,2.00\n".utf8))
    let before = try programme.open().log(limit: 100).count
    let session = try opened()
    session.press("enter", "ctrl-u")
    session.type("/disk/wpd.csv")
    #expect(session.lines.contains { $0.contains("File") && $0.contains(" /disk/wpd.csv ") })
    session.press("enter")
    #expect(try programme.open().log(limit: 100).count == before)
    session.press("w")
    #expect(session.status.contains("1 read, 1 new"), "\(session.status)")
    #expect(try programme.open().log(limit: 1).first?.text.contains("wpd.csv") == true)
  }

  /// A path that is written or pasted without Enter first begins another one; none of its letters
  /// is a command.
  @Test func aPathOfItsOwnBeginsAnew() throws {
    let before = try programme.open().log(limit: 100).count
    let typed = try opened()
    typed.type("/disk/wpd.csv")
    #expect(typed.lines.contains { $0.contains("File") && $0.contains(" /disk/wpd.csv ") })
    let pasted = try opened()
    pasted.paste("/disk/wpd.csv")
    #expect(pasted.lines.contains { $0.contains("File") && $0.contains(" /disk/wpd.csv ") })
    pasted.press("enter", "down")
    pasted.paste("/disk/other.csv")
    #expect(!pasted.screen.contains("other.csv"))
    #expect(try programme.open().log(limit: 100).count == before)
  }

  /// What an import brought is shown while it is there; taken back, the file may come in once more.
  @Test(arguments: ["undo", "log", "other"])
  func theReportGoesWithTheImport(way: String) throws {
    let session = try opened()
    session.press("w")
    let came = "What came of it"
    #expect(session.screen.contains(came))
    switch way {
    case "undo": session.press("u", "y")
    case "log": session.press("L", "x", "y", "q")
    default:
      // Something else is taken back, so what came in is there still.
      session.press("7", "space", "u")
      #expect(session.status.contains("Took back"), "\(session.status)")
      session.press("i")
    }
    #expect(session.screen.contains(came) == (way == "other"), "\(session.screen)")
    if way != "other" {
      #expect(session.screen.contains("What is in it"))
      session.press("w")
      #expect(session.status.contains("3 read, 3 new"), "\(session.status)")
    }
  }

  /// What does not fit can be read on, by a key that the footer names; the place of the rejected
  /// rows stands first.
  @Test func whatCameCanBeReadToItsEnd() throws {
    let rows = (1...9).map { "K\($0),2026-01-05,none\n" }.joined()
    programme.disk.put(
      "/disk/bad.csv", Array(("customer,date,amount\nK1,2026-01-05,1\n" + rows).utf8))
    let session = try Session(programme)
    session.press("i", "enter")
    session.paste("/disk/bad.csv")
    session.press("enter")
    #expect(!session.footer.contains("Read on"), "all of it is in view")
    session.press("w")
    #expect(session.screen.contains("Rejected rows are in"), "\(session.screen)")
    #expect(session.footer.contains("J Read on"), "\(session.footer)")
    let last = "and 4 more: see the file"
    #expect(!session.screen.contains(last))
    session.press("J", "J", "J")
    #expect(session.screen.contains(last), "\(session.screen)")
    session.press("K", "K", "K")
    #expect(session.screen.contains("Rejected rows are in") && !session.screen.contains(last))
  }

  @Test func tabCompletesThePath() throws {
    programme.disk.put("/disk/tillage.csv", [1])
    let session = try Session(programme)
    session.press("i", "enter")
    session.type("/disk/t")
    #expect(session.footer.contains("Tab Complete the path"), "\(session.footer)")
    session.press("tab")
    #expect(session.lines.contains { $0.contains("/disk/till") })
    session.press("tab")
    #expect(session.status.contains("till.csv  tillage.csv"), "\(session.status)")
    session.type(".")
    session.press("tab", "enter")
    #expect(session.screen.contains("Kd Nr"), "\(session.screen)")
    session.press("enter", "ctrl-u")
    session.type("/disk/zzz")
    session.press("tab")
    #expect(session.status.contains("No file or folder begins so"), "\(session.status)")
  }

  /// What a file leaves open is told before anything is written, and asked before it comes in.
  @Test(
    arguments: [
      ("dates", "d", "2026-04-03"), ("dates", "m", "2026-03-04"), ("dates", "l", nil),
      ("days-of-the-form", "", "2026-04-03"),
    ] as [(String, String, String?)])
  func theOrderOfDatesIsAsked(way: String, answer: String, day: String?) throws {
    let text = "customer,date,amount\nK9,03/04/2026,1.00\nK9,05/06/2026,2.50\n"
    programme.disk.put("/disk/open.csv", Array(text.utf8))
    let session = try Session(programme)
    session.press("i", "enter")
    session.paste("/disk/open.csv")
    session.press("enter")
    #expect(session.screen.contains("! Dates such as \"03/04/2026\" can mean two days"))
    if way == "dates" {
      session.press("w")
      try assertSnapshot(session.screen, named: "import-settle-80x24")
      #expect(try programme.disk.status("/disk/open.csv.rejected.csv") == nil)
      session.press(answer)
    } else {
      session.press("down", "down", "down", "down", "right")
      #expect(!session.screen.contains("can mean two days"))
      session.press("w")
    }
    let isIn = day != nil
    #expect(session.status.contains(isIn ? "2 read, 2 new" : "2 rejected"), "\(session.status)")
    #expect(try (programme.disk.status("/disk/open.csv.rejected.csv") == nil) == isIn)
    guard let day else { return }
    let days = try programme.open().card(ofCustomer: "K9").purchases.map { "\($0.day)" }
    #expect(days.contains(day))
  }

  @Test func theSignBeforeDecimalsIsAsked() throws {
    let text = "customer,date,quantity,price\nK9,2026-05-04,2,1.500\nK9,2026-05-05,1,2.500\n"
    programme.disk.put("/disk/open.csv", Array(text.utf8))
    let session = try Session(programme)
    session.press("i", "enter")
    session.paste("/disk/open.csv")
    session.press("enter", "w", "c")
    #expect(session.status.contains("2 read, 2 new"), "\(session.status)")
    let amounts = try programme.open().card(ofCustomer: "K9").purchases.map(\.amount)
    #expect(amounts.sorted() == [250_000, 300_000])
  }
}
