import Testing

@testable import TextFormats

struct CSVWriterTests {
  @Test func quotesWhatNeedsItAndGuardsFormulas() {
    var writer = CSVWriter()
    writer.text("plain")
    writer.text("a,b")
    writer.text("say \"hi\"")
    writer.text("two\nlines")
    writer.text(" blank ")
    writer.text("=1+1")
    writer.number("-12.50")
    writer.number(minorUnits: -5, digits: 2)
    writer.number(4)
    writer.empty()
    writer.verbatim("=1")
    writer.endRow()
    let expected =
      "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\" blank \",'=1+1,-12.50,-0.05,4,,=1\r\n"
    #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
  }

  @Test func delimiterMarkAndLineEndAreChosen() {
    var writer = CSVWriter(delimiter: 0x3B, lineEnding: .lf, byteOrderMark: true)
    writer.row(["a,b", "c;d"])
    writer.row([""])
    #expect(writer.bytes == [0xEF, 0xBB, 0xBF] + utf8("a,b;\"c;d\"\n\"\"\n"))
    #expect(writer.take().count == 16)
    #expect(writer.bytes.isEmpty)
  }

  @Test(arguments: [
    ("=1", true), ("+49", true), ("-1", true), ("@x", true), ("\tx", true), ("\rx", true),
    ("  =1", true), ("\u{A0}=1", true), ("＝1", true), ("＋", true), ("－", true), ("＠", true),
    ("'=1", true), ("''+", true), ("a=1", false), ("", false), ("'", false), ("'abc", false),
    ("1-2", false), (" x", false),
  ])
  func riskyTextIsGuardedAndTheGuardComesOff(text: String, isRisky: Bool) {
    let guarded = SpreadsheetGuard.guarded(text)
    #expect(guarded == (isRisky ? "'" + text : text))
    #expect(SpreadsheetGuard.unguarded(guarded) == text)
  }

  /// What is dialled has nothing left that could be a formula; all else keeps its guard.
  @Test(arguments: [
    ("+49 30 123456", "+4930123456"), ("+49 (0)30 / 12-34.56", "+4930123456"),
    ("+1 (212) 555-0100", "+12125550100"), ("+62-812-3456-7890", "+6281234567890"),
    ("0170 5550100", "0170 5550100"), ("(030) 12", "(030) 12"), ("", ""),
    // Too short or too long for a number that somebody has.
    ("+1-2", "'+1-2"), ("+1234567890123456", "'+1234567890123456"), ("+", "'+"),
    ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"), ("+1+12345678", "'+1+12345678"),
    ("+49*30123456", "'+49*30123456"), ("+49,30123456", "\"'+49,30123456\""),
    ("+4930123456;=1", "'+4930123456;=1"), ("+4930123456\t=1", "'+4930123456\t=1"),
    ("+4930123456 ext 5", "'+4930123456 ext 5"), ("+SUM(1234567)", "'+SUM(1234567)"),
    ("＋4930123456", "'＋4930123456"), ("+٤٩٣٠١٢٣٤٥٦", "'+٤٩٣٠١٢٣٤٥٦"),
    (" +4930123456", "' +4930123456"), ("-4930123456", "'-4930123456"),
    ("=4930123456", "'=4930123456"), ("@4930123456", "'@4930123456"),
  ])
  func onlyWhatCanBeDialledIsWrittenUnguarded(phone: String, expected: String) {
    var writer = CSVWriter()
    writer.phone(phone)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func whatIsWrittenReadsBack(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for delimiter in [0x2C, 0x3B, 0x09, 0x7C] as [UInt8] {
      let columns = Int.random(in: 1...4, using: &generator)
      let rows = (0..<8).map { _ in
        (0..<columns).map { _ in
          // A zero byte is no text for the reader.
          randomText(&generator).unicodeScalars.filter { $0.value != 0 }
            .reduce(into: generator.pick(["", "=", "'", " +"])) { $0.unicodeScalars.append($1) }
        }
      }
      var writer = CSVWriter(delimiter: delimiter, lineEnding: generator.pick([.lf, .crlf]))
      for row in rows { writer.row(row) }
      let result = readTable(writer.bytes, layout: .delimited(by: delimiter), chunk: 13)
      #expect(result.failure == nil)
      #expect(
        result.rows.map { $0.fields.map { utf8(SpreadsheetGuard.unguarded($0)) } }
          == rows.map { $0.map(utf8) })
    }
  }
}
