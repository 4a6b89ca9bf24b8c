import LoyaltyModel
import Testing

@Suite("Days, money, moments")
struct ValueTests {
  /// Day numbers from the tables of ISO 8601 and Unix time, not from this code.
  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("1997-01-01", 9_862),
    ("2026-06-30", 20_634), ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
  ])
  func daysAreCountedFrom1970(text: String, number: Int32) throws {
    let day = try #require(Day(text))
    #expect(day.number == number)
    #expect(day.description == text)
  }

  @Test(arguments: [
    "1997-13-01", "1997-02-29", "1900-02-29", "1997-00-10", "1997-01-00", "97-01-01",
    "1997-1-01", "1997/01/01", "", "1997-01-01 ", "0000-01-01", "1997-01-0a",
  ])
  func whatIsNoDayIsRefused(text: String) { #expect(Day(text) == nil) }

  @Test func everyDayOfFourCenturiesComesBack() throws {
    let first = try #require(Day("1800-01-01"))
    for offset in 0..<146_097 {
      let day = first + offset
      let (year, month, date) = day.components
      #expect(Day(year: year, month: month, day: date) == day)
    }
  }

  @Test(arguments: [
    ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"),
    ("2026-06-30", -12, "2025-06-30"), ("2024-02-29", 12, "2025-02-28"),
    ("2026-01-15", -1, "2025-12-15"),
  ])
  func monthsKeepTheDayWhereTheyHaveIt(from: String, months: Int, to: String) throws {
    #expect(try #require(Day(from)).adding(months: months).description == to)
  }

  @Test(arguments: [
    ("EUR", 1177, "11.77"), ("EUR", 5, "0.05"), ("EUR", -5, "-0.05"), ("EUR", -123_450, "-1234.50"),
    ("JPY", 1177, "1177"), ("KWD", 1177, "1.177"), ("EUR", 0, "0.00"),
    ("EUR", Int64.max, "92233720368547758.07"), ("EUR", Int64.min, "-92233720368547758.08"),
  ])
  func amountsAreExactDecimals(code: String, minor: Int64, text: String) throws {
    let currency = try #require(Currency(code: code))
    #expect(currency.decimalText(minorUnits: minor) == text)
    #expect(currency.minorUnits(decimalText: text) == minor)
  }

  @Test(arguments: [
    "", "-", ".5", "5.", "1,5", "1.234", "1e3", "+1", " 1", "1 ", "92233720368547758.08", "--1",
  ])
  func whatIsNoAmountIsRefused(text: String) throws {
    #expect(try #require(Currency(code: "EUR")).minorUnits(decimalText: text) == nil)
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-06-30T18:00:00Z", 1_782_842_400),
    ("1969-12-31T23:59:59Z", -1),
  ])
  func momentsAreCountedInSeconds(text: String, seconds: Int64) throws {
    #expect(try #require(Timestamp(text)).seconds == seconds)
    #expect(Timestamp(seconds: seconds).description == text)
  }
}
