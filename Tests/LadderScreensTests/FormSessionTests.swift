import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import TerminalKit
import Testing

@testable import LadderScreens

/// Sessions with the fields of an import, and with what lies over a screen.
@Suite struct FormSessionTests {
  private let programme: SmallProgramme

  init() throws { programme = try SmallProgramme() }

  @Test func picksColumnsWithBlanksAndSaysHowDaysAreWritten() throws {
    let csv = "Customer No,Wann,Net Sum\n7,3/4/2025,\"1,50\"\n8,5/4/2025,\"2,50\"\n"
    programme.disk.put("/disk/till.csv", Array(csv.utf8))
    let session = try Session(programme, width: 100, height: 30)
    session.press("i", "enter")
    session.paste("/disk/till.csv")
    session.press("enter")
    #expect(session.screen.contains("not recognised"))
    #expect(session.screen.contains("customer=\"Customer No\""), "\(session.screen)")
    #expect(!session.screen.contains("--map"))
    session.press("w")
    #expect(session.status.contains("No profile fits"), "\(session.status)")
    session.press("down", "down", "down", "enter")
    session.paste("customer=\"Customer No\" date=Wann amount")
    session.press("enter")
    // Half a pair is told, and the file is shown all the same.
    #expect(session.screen.contains("! Write columns by hand"))
    #expect(session.screen.contains("Net Sum"))
    session.press("enter", "end")
    session.paste("=\"Net Sum\"")
    session.press("enter", "d")
    #expect(session.status.contains("2 rejected"), "\(session.status)")
    session.press("down", "right", "down", "right", "right", "w")
    #expect(session.status.contains("2 read, 2 new"), "\(session.status)")
    let card = try programme.open().card(ofCustomer: "7")
    #expect(card.purchases.map(\.amount) == [150])
    #expect(card.summary.lastPurchase == Day("2025-04-03"))
  }

  @Test(
    arguments: [
      ("", []), ("a=b", [MappedColumn(field: "a", column: "b")]), ("a", nil), ("a=b c", nil),
      (
        "a=\"b c\" 'd=e\"f' g=#2",
        [
          MappedColumn(field: "a", column: "b c"), MappedColumn(field: "d", column: "e\"f"),
          MappedColumn(field: "g", column: "#2"),
        ]
      ),
    ] as [(String, [MappedColumn]?)])
  func columnsByHandAreReadWithTheirQuotes(text: String, pairs: [MappedColumn]?) {
    #expect(MappedColumn.pairs(in: text) == pairs)
  }

  @Test func aSheetScrollsNoFurtherThanItsLastPage() throws {
    let session = try Session(programme, width: 40, height: 12)
    session.press("5", "h")
    let first = session.lines
    session.press("G")
    let last = session.lines
    #expect(last != first && last.contains { $0.contains("How this was computed") })
    session.press("down", "down", "pagedown", "end")
    #expect(session.lines == last)
    // One line up is one key.
    session.press("up")
    #expect(session.lines != last)
    session.press("home")
    #expect(session.lines == first)
  }

  @Test(arguments: ["2", "6"])
  func escapeGivesUpARangeBeforeTheFilter(screen: String) throws {
    let session = try Session(programme)
    session.press(screen, "/")
    session.type("cohort = low")
    session.press("enter", "v", "down", "esc")
    #expect(session.lines[1].contains("cohort = low"))
    session.press("esc")
    #expect(!session.lines[1].contains("cohort = low"))
  }

  @Test func aLongQuestionCanBeReadOnASmallScreen() throws {
    let session = try Session(programme, width: 40, height: 12)
    session.press("6", "*", "A")
    #expect(session.screen.contains("PgDn Scroll"), "\(session.screen)")
    let count = try session.offers(.suggested).count
    var seen = session.lines
    for _ in 0..<6 {
      session.press("pagedown")
      seen += session.lines
    }
    let text = seen.joined(separator: " ")
    #expect(text.contains("after cost") && text.contains("Type their"), "\(text)")
    // The answer is still typed.
    session.type(String(count))
    session.press("enter")
    #expect(try session.offers(.approved).count == count)
  }

  @Test func aMessageThatIsCutPointsAtAllOfIt() throws {
    let session = try Session(
      programme, width: 60, height: 20, editor: Editor(folder: "/disk") { _, _ in 127 })
    session.press("7", "e")
    #expect(session.status.hasSuffix("…  ! All"), "\(session.status)")
    session.press("!")
    #expect(session.screen.contains("such as nano"))
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func aCardSaysWhatWouldLeadFurther(width: Int, height: Int) throws {
    let session = try Session(programme, width: width, height: height)
    let near = try #require(try session.workspace?.closestToNextCohort(limit: 1).first)
    session.press("C", "enter")
    if height < 40 { session.press("left") }
    #expect(session.screen.contains("What would lead further"), "\(session.screen)")
    #expect(session.screen.contains("- One purchase of at"))
    session.press("left", "right", "left", "right", "enter")
    if height < 40 { #expect(session.screen.contains(near.text.prefix(40))) }
  }
}
