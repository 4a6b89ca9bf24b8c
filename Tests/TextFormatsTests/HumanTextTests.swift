import Testing

@testable import TextFormats

struct AmountTests {
  @Test(arguments: [
    ("1,234.56", 123_456), ("1.234,56", 123_456), ("1 234,56", 123_456), ("1'234.56", 123_456),
    ("1’234.50", 123_450), ("1\u{202F}234,56", 123_456), ("$8.00", 800), ("8,00 €", 800),
    ("(12.50)", -1250), ("($12.50)", -1250), ("-12.50", -1250), ("\u{2212}12.50", -1250),
    ("-$8.00", -800), ("$-8.00", -800), ("12.50-", -1250), ("12", 1200), (".5", 50), ("+4", 400),
    ("12.", 1200), ("0", 0), ("EUR 1.234.567", 123_456_700), ("1,234,567.8", 123_456_780),
    ("0,12", 12), ("12,5", 1250), ("1234.560", 123_456), ("US$ 3.10", 310),
    ("92233720368547758.07", Int64.max), ("-92233720368547758.08", .min),
  ])
  func readsAmountsAsPeopleWriteThem(text: String, minorUnits: Int64) throws {
    #expect(try AmountParser(digits: 2).minorUnits(text) == minorUnits)
  }

  @Test(arguments: [
    ("1,234", AmountStyle.decimalPoint, 1_234_000), ("1,234", .decimalComma, 1234),
    ("1.234", .decimalComma, 1_234_000), ("1.234", .decimalPoint, 1234),
    ("1.234.567", .decimalComma, 1_234_567_000), ("7", .decimalComma, 7000),
  ])
  func theStyleSettlesWhatIsAmbiguous(
    text: String, style: AmountStyle, minorUnits: Int64
  ) throws {
    #expect(try AmountParser(digits: 3, style: style).minorUnits(text) == minorUnits)
  }

  @Test(arguments: [
    (["1,234", "12.50", "x"], AmountStyleDetector.Decision.decided(.decimalPoint)),
    (["1,234", "0,5"], .decided(.decimalComma)), (["1.234.567"], .decided(.decimalComma)),
    (["1,234", "12"], .open(example: "1,234")), (["1", "22"], .open(example: nil)),
    (["1.50", "1,50"], .contradictory(decimalPoint: "1.50", decimalComma: "1,50")),
  ])
  func aColumnShowsItsStyle(cells: [String], decision: AmountStyleDetector.Decision) {
    var detector = AmountStyleDetector()
    for cell in cells { detector.observe(cell) }
    #expect(detector.decision == decision)
  }
}

struct DateTests {
  @Test(
    arguments: [
      ("2025-11-30", "2025-11-30", nil, nil), ("20251130", "2025-11-30", nil, nil),
      ("30.11.2025", "2025-11-30", nil, nil), ("3.4.2025", "2025-04-03", nil, nil),
      ("30/11/2025", "2025-11-30", nil, nil), ("11/30/2025", "2025-11-30", nil, nil),
      ("5/5/2025", "2025-05-05", nil, nil), ("2025/11/30", "2025-11-30", nil, nil),
      ("2025-10-02 17:09:34 -0300", "2025-10-02", 61_774, -10_800),
      ("2010-12-01 08:26:00", "2010-12-01", 30_360, nil),
      ("12/13/2010 8:26", "2010-12-13", 30_360, nil),
      ("2025-10-02T17:09:34.125Z", "2025-10-02", 61_774, 0),
      ("2025-10-02T17:09+05:30", "2025-10-02", 61_740, 19_800),
      ("2025-10-02 12:09 AM UTC", "2025-10-02", 540, 0), (" 2024-02-29 ", "2024-02-29", nil, nil),
    ] as [(String, String, Int?, Int?)])
  func readsDatesAsPeopleWriteThem(text: String, day: String, second: Int?, zone: Int?) throws {
    let date = try DateParser().parse(text)
    #expect(date.date.description == day)
    #expect(date.secondOfDay == second)
    #expect(date.utcOffset == zone)
  }

  @Test func theStyleSettlesWhatIsAmbiguous() throws {
    #expect(try DateParser(style: .dayFirst).parse("3/4/2025").date.description == "2025-04-03")
    #expect(try DateParser(style: .monthFirst).parse("3/4/2025").date.description == "2025-03-04")
    let shopify = try DateParser().parse("2025-10-02 17:09:34 -0300")
    // GNU date: date -d '2025-10-02 17:09:34 -0300' +%s
    #expect(shopify.secondsSinceEpoch == 1_759_435_774)
  }

  @Test(arguments: [
    (["3/4/2025", "30/4/2025"], DateStyleDetector.Decision.decided(.dayFirst)),
    (["3/4/2025", "4/30/2025 8:00"], .decided(.monthFirst)),
    (["3/4/2025", "5/5/2025"], .open(example: "3/4/2025")), (["2025-01-02"], .open(example: nil)),
    (["30/4/2025", "4/30/2025"], .contradictory(dayFirst: "30/4/2025", monthFirst: "4/30/2025")),
  ])
  func aColumnShowsItsStyle(cells: [String], decision: DateStyleDetector.Decision) {
    var detector = DateStyleDetector()
    for cell in cells { detector.observe(cell) }
    #expect(detector.decision == decision)
  }

  @Test func daysAreCountedOneByOne() throws {
    // From 1600-01-01, which is 135,140 days before 1970, by plain counting.
    var days = -135_140
    for year in 1600...2400 {
      for month in 1...12 {
        for day in 1...CivilDate.daysInMonth(year: year, month: month) {
          guard CivilDate.days(year: year, month: month, day: day) == days,
            CivilDate.civil(fromDays: days) == (year, month, day)
          else {
            Issue.record("\(year)-\(month)-\(day)")
            return
          }
          days += 1
        }
      }
    }
    #expect(CivilDate.days(year: 1970, month: 1, day: 1) == 0)
    #expect(CivilDate.isLeap(2000) && !CivilDate.isLeap(1900) && CivilDate.isLeap(2024))
    #expect(CivilDate(daysSinceEpoch: .max).description == "9999-12-31")
    #expect(CivilDate(daysSinceEpoch: .min).description == "0000-01-01")
  }
}

struct TextTableTests {
  @Test func columnsAlignByWidthAndControlsAreReplaced() {
    var table = TextTable([.init("Name"), .init("Value", .right), .init("Note")])
    table.append(["Anna", "1,200.00", ""])
    table.append(["日本", "5", "a\u{1B}[1mb\n"])
    table.append(["short"])
    let wide = table.rendered {
      $0.reduce(0) { $0 + (("\u{3000}"..."\u{9FFF}").contains($1) ? 2 : 1) }
    }
    let expected = """
      Name      Value  Note
      ─────  ────────  ───────
      Anna   1,200.00
      日本          5  a\u{FFFD}[1mb
      short

      """
    #expect(wide == expected)
  }
}
