import LadderScreens
import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import Testing
import TerminalKit

/// The language of what customers read: chosen when a programme is begun, changed at the review.
@Suite struct LanguageSessionTests {
  @Test(arguments: Language.allCases)
  func isThatOfTheScreensUnlessAnotherIsChosen(_ language: Language) throws {
    let (first, second) = (MemoryDisk(), MemoryDisk())
    let session = Session(.welcome(.example(on: first, language: language)))
    session.press("right", "b", "y")
    #expect(try Self.language(first) == language)
    let other = Session(.welcome(.example(on: second, language: language)))
    // Enter on its line goes on to the next one, and founds nothing.
    other.press("right", "down", "down", "down", "enter")
    #expect(other.screen.contains(Texts(embedded: language).title(language.next)))
    #expect(second.files.isEmpty)
    other.press("b", "y")
    #expect(try Self.language(second) == language.next)
  }

  /// The language of the programme that stands on a disk.
  private static func language(_ disk: MemoryDisk) throws -> Language {
    try LoyaltyWorkspace.open(
      at: SmallProgramme.path, environment: SmallProgramme.environment(disk, "ben")
    ).language
  }

  @Test func theDemoSpeaksItToo() throws {
    let session = Session(.welcome(.example(language: .indonesian)), width: 120, height: 40)
    session.press("b", "6")
    #expect(session.screen.contains("Yth. Bapak/Ibu "), "\(session.screen)")
    #expect(!session.screen.contains("Dear "))
  }

  @Test func isChangedWhereOffersAreReadAndTakenBack() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    session.press("6")
    #expect(session.screen.contains("Dear "), "\(session.screen)")
    session.press("T")
    #expect(session.status.contains("Customers read Indonesian from now on."))
    #expect(session.screen.contains("Yth. Bapak/Ibu ") && !session.screen.contains("Dear "))
    // The rest is for whoever sits here.
    #expect(session.screen.contains("The customer reads"))
    session.press("a", "8")
    #expect(session.screen.contains("Yth."), "\(session.screen)")
    session.press("T")
    #expect(session.status.contains("Customers read English from now on."))
    #expect(!session.screen.contains("Yth."), "\(session.screen)")
    session.press("6", "u")
    #expect(session.workspace?.language == .indonesian)
    #expect(session.screen.contains("Yth. Bapak/Ibu "), "\(session.screen)")
    session.press("L")
    #expect(session.screen.contains("set the language of what customers read to Indonesian"))
  }
}
