import LadderScreens
import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import TerminalKit
import Testing

/// First starts: the demo, a programme of one's own, and what the last one left.
extension LoopSessionTests {
  @Test func makesTheDemoOnTheFirstStart() throws {
    let disk = MemoryDisk()
    let session = Session(.welcome(.example(on: disk)))
    session.press("enter")
    #expect(session.lines[0].contains("[1 Overview]"))
    #expect(session.screen.contains("60 customers"))
    session.press("6")
    #expect(session.screen.contains("Offer ") && session.screen.contains("1 of "))
    // It does not stand where one's own programme is to be.
    #expect(disk.files.contains("/disk/demo/store.json"))
    #expect(!disk.files.contains { $0.hasPrefix(SmallProgramme.path) })
  }

  @Test func theDemoIsKnownOnEveryScreenAndGoneOnWith() throws {
    let disk = MemoryDisk()
    let first = Session(.welcome(.example(on: disk)))
    first.press("b")
    for key in ["1", "2", "3", "4", "5", "6", "7", "8", "i", "L"] {
      first.press(key)
      #expect(first.status.contains("Demo · "), "\(key): \(first.status)")
    }
    let files = disk.files
    let second = Session(.welcome(.example(on: disk)))
    #expect(second.screen.contains("the demo that is there already"), "\(second.screen)")
    second.press("b")
    #expect(second.lines[0].contains("[1 Overview]") && second.screen.contains("60 customers"))
    #expect(disk.files == files, "nothing was made anew")
  }

  @Test func onesOwnProgrammeIsBegunFromTheDemo() throws {
    let disk = MemoryDisk()
    let session = Session(.welcome(.example(on: disk)))
    session.press("b")
    // Found in the palette; back again it is the demo as before.
    session.press("2", ":")
    session.type("own sales")
    session.press("enter")
    #expect(session.screen.contains("my own sales"), "\(session.screen)")
    session.press("q")
    #expect(session.lines[0].contains("[2 Customers]"))
    session.press("O", "left", "b")
    #expect(session.lines[0].contains("[1 Overview]") && session.status.contains("Demo"))
    session.press("O", "b")
    #expect(session.screen.contains("All amounts are in EUR"), "\(session.screen)")
    session.press("y")
    #expect(session.lines[0].contains("[Import]"))
    #expect(!session.status.contains("Demo"), "\(session.status)")
    #expect(disk.files.contains(SmallProgramme.path + "/store.json"))
    session.press("2")
    #expect(!session.screen.contains("A0000"), "nobody of the demo is left: \(session.screen)")
    session.press("O")
    #expect(session.status.contains("your own already"))
  }

  @Test func aDemoAsksBeforeItTakesAFileIn() throws {
    let disk = MemoryDisk()
    let session = Session(.welcome(.example(on: disk)))
    session.press("b")
    disk.put("/disk/sales.csv", Array("customer,date,amount\nX1,2026-06-01,12.50\n".utf8))
    session.press("i", "enter")
    session.paste("/disk/sales.csv")
    session.press("enter", "w")
    #expect(session.screen.contains("This is the demo"), "\(session.screen)")
    session.press("enter")
    #expect(session.screen.contains("my own sales"), "\(session.screen)")
    session.press("q", "w", "w")
    #expect(session.status.contains("1 read, 1 new"), "\(session.status)")
  }

  @Test(arguments: [
    ("Berlin", "Did you mean Europe/Berlin?"), ("/Jakarta", "Did you mean Asia/Jakarta?"),
    ("x", "Did you mean Europe/Berlin?"), ("Nowhere at all, it seems", "Write it like"),
  ])
  func saysWhichTimeZoneWasMeant(typed: String, advice: String) throws {
    let session = Session(.welcome(.example()), width: 120, height: 24)
    session.press("right", "down", "down", "e")
    // The others are written behind what stands.
    if !typed.hasPrefix("N"), !typed.hasPrefix("/") { session.press("end") }
    session.type(typed)
    session.press("enter")
    #expect(session.status.contains(advice), "\(session.status)")
    session.press("b")
    #expect(session.status.contains(advice) && !session.screen.contains("All amounts"))
  }

  @Test func beginsWithOnesOwnSales() throws {
    let session = Session(.welcome(.example()))
    session.press("right", "down", "e", "ctrl-u")
    session.type("EURO")
    session.press("enter", "b")
    #expect(session.status.hasPrefix("! The currency"))
    // Enter only goes back into the field.
    session.press("enter")
    #expect(session.footer.contains("Done"))
    session.press("enter")
    session.press("e", "ctrl-u")
    session.type("idr")
    session.press("down", "e", "ctrl-u")
    session.type("Asia/Jakarta")
    session.press("enter", "b")
    #expect(session.screen.contains("All amounts are in IDR"))
    #expect(session.screen.contains("Asia/Jakarta"))
    session.press("enter")
    #expect(!session.lines[0].contains("[Import]"), "only y says yes")
    session.press("y")
    #expect(session.lines[0].contains("[Import]"))
    session.press("1")
    #expect(session.screen.contains("This programme is empty"))
  }

  /// Whoever opens the programme next is told on the screen, once, what was left out and where it is.
  @Test(arguments: Language.allCases) func tellsOfAChangeThatWasCutOff(_ language: Language) throws
  {
    let line = Array(#"{"seq":99999,"at":"2026-07-01T09:30:00Z","by":"an"#.utf8)
    let journal = try #require(
      programme.disk.files.last { $0.contains("/journal/") && $0.hasSuffix(".ndjson") })
    programme.disk.put(journal, try programme.disk.readWhole(journal) + line)
    let opened = try programme.open(language: language)
    let session = Session(.programme(opened))
    let kept = try #require(programme.disk.files.first { $0.hasSuffix(".torn") })
    let name = try #require(kept.firstRange(of: "journal/")).lowerBound
    #expect(session.status.contains("\(line.count) byte"), "\(session.status)")
    #expect(session.status.contains(kept[name...]), "\(session.status)")
    session.press("2")
    #expect(!session.status.contains(".torn"))
    let again = Session(.programme(try programme.open(language: language)))
    #expect(!again.status.contains(".torn"))
  }
}
