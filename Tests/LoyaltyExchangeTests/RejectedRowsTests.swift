import LoyaltyExchange
import LoyaltyModel
import LoyaltyWorkspace
import Testing

@Suite struct RejectedRowsTests {
  private func rejectedFile(_ file: Imported) -> String {
    var writer = RejectedRowsWriter(file.probe.look, .english)
    for row in file.read.rejected { writer.append(row) }
    return String(decoding: writer.take(), as: UTF8.self)
  }

  @Test func theFileReads() throws {
    let file = try importFile(
      """
      customer,date,amount,branch
      7,2026-13-01,-5.00,"a ""b"", c"
      8,2026-01-31
      =9,2026-01-31,1.005,@x
      10,2026-01-31,1.00,ok
      """)
    #expect(
      rejectedFile(file) == "\u{FEFF}"
        + [
          "customer,date,amount,branch,line,reason",
          "7,2026-13-01,-5.00,\"a \"\"b\"\", c\",2,"
            + "date: no month 13 in 2026-13-01; write the date as YYYY-MM-DD",
          "8,2026-01-31,3,2 fields where the header has 4.",
          "'=9,2026-01-31,1.005,'@x,4,\"amount: \"\"1.005\"\" has more than 2 decimals.\"",
        ].map { $0 + "\r\n" }.joined())
  }

  @Test func mendedRowsAreImported() throws {
    let file = try importFile(
      "customer;date;amount;branch\n=9;2026-13-31;1,00;'+a\n8;2026-01-31\n")
    let text = rejectedFile(file)
    // As it is, nothing of it is taken for whole.
    let again = try importFile(text)
    #expect(again.read.rejected.count == 2)
    #expect(again.probe.look.fingerprint == file.probe.look.fingerprint)
    // Mended, its rows are those of the source.
    let mended = text.replacing("2026-13-31", with: "2026-01-31")
      .replacing("8;2026-01-31;3", with: "8;2026-01-31;2,50;Nord;3")
    let result = try importFile(mended)
    #expect(result.read.rejected.isEmpty)
    #expect(result.read.purchases.map(\.customer) == ["=9", "8"])
    #expect(result.read.purchases.map(\.branch) == ["+a", "Nord"])
    #expect(result.read.total == 350)
    // What is rejected again keeps one pair of added columns.
    let third = rejectedFile(again)
    #expect(third.hasPrefix("\u{FEFF}customer;date;amount;branch;line;reason\r\n"))
    #expect(third.contains("'=9;2026-13-31;1,00;'+a;2;"))
  }

  @Test func cdnowRowsBecomeATableWithHeader() throws {
    let file = try importFile("00001 19971301  1   11.77\n00002 19970112 1 12.00\n")
    let text = rejectedFile(file)
    #expect(
      text.hasPrefix(
        "\u{FEFF}customer_id,date,number_of_cds,dollar_value,line,reason\r\n00001,19971301,1,11.77,1,"
      ))
    let mended = try importFile(text.replacing("19971301", with: "19971201"))
    #expect(mended.probe.profile == .cdnow)
    #expect(
      mended.read.purchases == [
        Purchase(customer: "00001", day: day("1997-12-01"), amount: 1177)
      ])
  }

  @Test(arguments: [
    "=1+1", "+1 23", "-x", "@a", "\tx", "'=x", "''=x", "'x", " =x", "＝x", "-5", "-5.00", "-", "",
  ])
  func cellsComeBackAsTheyWere(cell: String) throws {
    let quoted = "\"\(cell)\""
    let file = try importFile(
      "customer,date,amount,branch\n7,never,1.00,\(quoted)\n")
    let mended = rejectedFile(file).replacing("never", with: "2026-01-31")
    let expected = try importFile("customer,date,amount,branch\n7,2026-01-31,1.00,\(quoted)\n")
    #expect(try importFile(mended).read.purchases == expected.read.purchases)
  }
}
