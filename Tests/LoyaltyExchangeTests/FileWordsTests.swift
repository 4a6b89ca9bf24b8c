import LoyaltyModel
import LoyaltyWorkspace
import Testing
import TextFormats

@testable import LoyaltyExchange

/// What is said of tables, amounts and days that cannot be read.
struct FileWordsTests {
  private static let indonesian = Wording(Texts(embedded: .indonesian), DisplayFormat())

  @Test(arguments: [
    (
      "1,234", AmountStyle.automatic,
      "\"1,234\" can mean 1.234 or 1234; say which sign stands before decimals."
    ),
    ("12,50", .decimalPoint, "\"12,50\" is not written with a decimal point."),
    ("1,234.50", .decimalComma, "\"1,234.50\" is not written with a decimal comma."),
    ("1,23,4.00", .automatic, "\"1,23,4.00\": thousands must be groups of three digits."),
    ("1.005", .decimalPoint, "\"1.005\" has more than 2 decimals."),
    (
      "92233720368547758.08", .automatic,
      "\"92233720368547758.08\" is larger than an amount may be."
    ),
    (" ", .automatic, "The amount is empty."), ("abc", .automatic, "\"abc\" is no amount."),
    ("1e5", .automatic, "\"1e5\" is no amount."), ("--5", .automatic, "\"--5\" is no amount."),
    ("(-5)", .automatic, "\"(-5)\" is no amount."),
    ("1.2.3,4,5", .automatic, "\"1.2.3,4,5\" is no amount."),
    ("Order 12", .automatic, "\"Order 12\" is no amount."),
    ("5,,0", .automatic, "\"5,,0\" is no amount."),
  ])
  func namesTheReasonOfAmounts(text: String, style: AmountStyle, message: String) throws {
    let error = try #require(throws: AmountError.self) {
      try AmountParser(digits: 2, style: style).minorUnits(text)
    }
    #expect(error.message(.english) == message)
    #expect(error.message(Self.indonesian) != message)
  }

  @Test(arguments: [
    ("19971301", "no month 13 in 19971301; write the date as YYYY-MM-DD"),
    ("1997-02-29", "month 2 of 1997 has no day 29 in 1997-02-29; write the date as YYYY-MM-DD"),
    (
      "3/4/2025", "\"3/4/2025\" can mean 2025-04-03 or 2025-03-04; say whether the day comes first."
    ),
    ("30/11/25", "\"30/11/25\": write the year with four digits."), ("", "The date is empty."),
    ("yesterday", "\"yesterday\" is no date; write the date as YYYY-MM-DD"),
    ("31/31/2025", "no month 31 in 31/31/2025; write the date as YYYY-MM-DD"),
    ("2025-11-30 25:00", "\"2025-11-30 25:00\": the time is none; write it as 17:09 or 17:09:34."),
    (
      "2025-11-30 17:09 PST",
      "\"2025-11-30 17:09 PST\": the time zone is not known; write Z or a distance such as -03:00."
    ),
    ("2025-11-30-01", "\"2025-11-30-01\" is no date; write the date as YYYY-MM-DD"),
  ])
  func namesTheReasonOfDays(text: String, message: String) throws {
    let error = try #require(throws: DateError.self) { try DateParser().parse(text) }
    #expect(error.message(.english) == message)
    #expect(error.message(Self.indonesian) != message)
  }

  @Test(arguments: [
    (
      TableError.invalidUTF8(line: 2, offset: 3, looksLikeWindows1252: true),
      "line 2, byte 4 of the file: this is not UTF-8, perhaps Windows-1252 (ANSI). "
        + "Save the file as CSV UTF-8."
    ),
    (
      .invalidUTF8(line: 2, offset: 3, looksLikeWindows1252: false),
      "line 2, byte 4 of the file: this is not UTF-8. Save the file as CSV UTF-8."
    ),
    (
      .zeroByte(line: 1, offset: 0),
      "line 1, byte 1 of the file: a zero byte, which no text has. The file is damaged or is no CSV."
    ),
    (.empty, "The file is empty; it has not even a header line."),
    (
      .unterminatedQuote(line: 7),
      "line 7: a quote opens a field that begins in this line, and nothing closes it."
    ),
    (
      .fieldTooLong(line: 3, limit: 9),
      "line 3: a field is longer than 9 bytes; is a closing quote missing?"
    ),
    (.rowTooLong(line: 3, limit: 9), "line 3: the row is longer than 9 bytes."),
    (
      .tooManyFields(line: 3, limit: 9),
      "line 3: the row has more than 9 fields; is the delimiter right?"
    ),
    (.tooManyRows(limit: 9), "The file has more than 9 rows; split it."),
    (.outOfMemory, "There is not enough memory to read the file."),
    (
      .foreign(.excelWorkbook),
      "This is an Excel workbook: save it as CSV UTF-8 and import that."
    ),
  ])
  func namesTheReasonOfTables(error: TableError, message: String) {
    #expect(error.message(.english) == message)
    #expect(error.message(Self.indonesian) != message)
  }

  @Test(arguments: [
    (RowIssue.tooFewFields(expected: 3, found: 1), "1 field where the header has 3."),
    (.tooFewFields(expected: 3, found: 2), "2 fields where the header has 3."),
    (
      .tooManyFields(expected: 3, found: 4),
      "4 fields where the header has 3; is a quote missing?"
    ),
    (
      .strayQuote,
      "A quote stands inside a field; put the field in quotes and double the quote inside."
    ),
  ])
  func namesTheReasonOfRows(issue: RowIssue, message: String) {
    #expect(issue.message(.english) == message)
    #expect(issue.message(Self.indonesian) != message)
  }
}
