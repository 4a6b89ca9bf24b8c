import LoyaltyModel
import LoyaltyWorkspace
import Testing

/// Days, numbers and money as each language writes them, and as people type them.
@Suite struct DisplayFormatTests {
  private static let english = DisplayFormat(.english)
  private static let indonesian = DisplayFormat(Texts(embedded: .indonesian))

  @Test(arguments: [
    ("1997-07-05", "5 Jul 1997", "5 Jul 1997"), ("2026-05-31", "31 May 2026", "31 Mei 2026"),
    ("2026-08-01", "1 Aug 2026", "1 Agu 2026"), ("2026-10-10", "10 Oct 2026", "10 Okt 2026"),
    ("2024-02-29", "29 Feb 2024", "29 Feb 2024"), ("2026-12-24", "24 Dec 2026", "24 Des 2026"),
  ])
  func writesAndReadsDays(_ iso: String, _ english: String, _ indonesian: String) throws {
    let day = try #require(Day(iso))
    #expect(Self.english.day(day) == english)
    #expect(Self.indonesian.day(day) == indonesian)
    #expect(DisplayFormat().day(day) == iso, "commands write ISO 8601")
    for format in [Self.english, Self.indonesian] {
      #expect(format.day(written: format.day(day)) == day)
      #expect(format.day(written: iso) == day)
    }
  }

  /// A month may be written out or shortened, as long as it is clear; nothing is guessed.
  @Test(arguments: [
    ("5 july 1997", true), ("5 JUL 1997", true), ("5. Jul 1997", true), ("5 Ju 1997", false),
    ("5 Jul 97", false), ("31 Jun 1997", false), ("5.7.1997", true), ("07/05/1997", false),
    ("", false), ("Jul 1997", false), ("5.7.97", false), ("1997-07-05 10:30", false),
  ])
  func readsOnlyClearDays(_ text: String, _ isDay: Bool) {
    #expect((Self.english.day(written: text) != nil) == isDay)
  }

  /// Whatever a file may have, a field may have: one reader for both.
  @Test(arguments: ["2026-12-31", "20261231", "2026/12/31", "31.12.2026", "31/12/2026"])
  func readsDaysAsImportsDo(_ text: String) {
    for format in [Self.english, Self.indonesian, DisplayFormat()] {
      #expect(format.day(written: text) == Day("2026-12-31"))
    }
  }

  /// Only Indonesian always puts the day first.
  @Test func readsWhatIsOpenByTheLanguage() {
    #expect(Self.english.day(written: "3/4/2026") == nil)
    #expect(Self.indonesian.day(written: "3/4/2026") == Day("2026-04-03"))
  }

  @Test(arguments: [
    ("USD", Int64(123_450), "1,234.50 USD", "1.234,50 USD"),
    ("IDR", 123_450_000, "1,234,500.00 IDR", "Rp 1.234.500"),
    ("IDR", 123_450_050, "1,234,500.50 IDR", "Rp 1.234.500,50"),
    ("JPY", 1_234_500, "1,234,500 JPY", "1.234.500 JPY"), ("EUR", -1, "-0.01 EUR", "-0,01 EUR"),
  ])
  func writesMoney(
    _ code: String, _ minorUnits: Int64, _ english: String, _ indonesian: String
  ) throws {
    let currency = try #require(Currency(code: code))
    #expect(Self.english.money(minorUnits, currency) == english)
    #expect(Self.indonesian.money(minorUnits, currency) == indonesian)
    #expect(Self.english.amount(written: english, currency) == minorUnits)
    #expect(Self.indonesian.amount(written: indonesian, currency) == minorUnits)
  }

  /// What the other language would read as another amount is refused, never guessed.
  @Test(arguments: [
    ("2000", Int64(200_000), Int64(200_000)), ("2,000", 200_000, nil), ("2.000", nil, 200_000),
    ("2.50", 250, nil), ("2,50", nil, 250), ("1,234.5", 123_450, nil), ("1.234,5", nil, 123_450),
    ("1,23,456", nil, nil), ("12345,678.00", nil, nil), ("1.2.3", nil, nil), ("abc", nil, nil),
    ("", nil, nil),
  ])
  func readsOnlyClearAmounts(_ text: String, _ english: Int64?, _ indonesian: Int64?) throws {
    let currency = try #require(Currency(code: "EUR"))
    #expect(Self.english.amount(written: text, currency) == english)
    #expect(Self.indonesian.amount(written: text, currency) == indonesian)
  }
}
