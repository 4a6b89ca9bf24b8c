import LoyaltyModel
import LoyaltyWorkspace
import Testing

@testable import LoyaltyExchange

/// Lines that stand above a table's header.
@Suite struct TitleLineTests {
  static let table = """
    Datum;Bon;Kunde;Artikel;Menge;Betrag
    05.01.2026;B1;K7;A;1;12,50
    06.01.2026;B2;K8;A;1;x
    07.01.2026;B3;K8;A;1;2,00

    """

  @Test(
    "the header is found below a title, and lines keep the numbers they have in the file",
    arguments: [
      ("Filiale;Köln;;;;\n", 1), ("Umsatzbericht Januar 2026\n\nFiliale Köln\n", 3),
      ("Filiale;Köln;Von;01.01.2026;Bis;31.01.2026\r\n", 1),
      ("\u{FEFF}Export \"Kasse 3\", 1.2.2026\n", 1), ("sep=;\nFiliale;Köln\n;;\n", 3),
      (String(repeating: "-\n", count: 9), 9),
    ])
  func below(title: String, lines: Int) throws {
    for chunk in [1, 7, 1 << 16] {
      let file = try importFile(Array((title + Self.table).utf8), currency: "EUR", chunk: chunk)
      #expect(file.probe.profile == .mapped)
      #expect(file.read.purchases.map(\.amount) == [1250, 200])
      #expect(file.read.lines == [lines + 2, lines + 4])
      #expect(file.read.rejected.map(\.line) == [lines + 3])
      #expect(file.probe.look.header.first == "Datum")
    }
  }

  @Test("what was passed over is told")
  func told() throws {
    let file = try importFile("Filiale;Köln;;;;\n\n" + Self.table, currency: "EUR")
    let notes = file.probe.notes.map { $0.message(.english) }
    #expect(
      notes.first
        == "2 lines above the header were passed over, such as \"Filiale;Köln;;;;\".")
    let plain = try importFile(Self.table, currency: "EUR")
    #expect(!plain.probe.notes.contains { $0.message(.english).contains("passed over") })
  }

  @Test("columns are picked from the header below the title")
  func byHand() throws {
    let text = "Filiale;Köln;;\nWann;Wer;Wieviel;Was\n05.01.2026;K7;12,50;A\n"
    let map = ["customer=Wer", "date=Wann", "amount=Wieviel"]
    let file = try importFile(text, map: map, currency: "EUR")
    #expect(file.read.purchases.map(\.customer) == ["K7"])
    let words = refusal { try importFile(text, map: ["customer=Wer"], currency: "EUR") }
    #expect(words.contains("Its columns are: Wann, Wer, Wieviel, Was."), "\(words)")
    #expect(refusal { try importFile(text) }.contains("Its columns are: Wann, Wer, Wieviel, Was."))
  }

  @Test(
    "no line of the table is taken for its header",
    arguments: [
      // The second line's words are names of columns, but not of this table.
      ("No,Art,Weg\n7,Member,Phone\n", "No, Art, Weg"),
      ("Art,Weg\nMember,Phone\n", "Art, Weg"),
      // Four numbers in a row are those of CDNOW only from the first line on.
      ("a,b,c,d\n1,20260101,2,3\n", "a, b, c, d"),
      // Further down than the tenth line no header is looked for.
      ("T\n" + String(repeating: "x\n", count: 9) + "Kunde,Datum,Betrag\n", "T"),
    ])
  func noHeader(text: String, columns: String) {
    let words = refusal { try importFile(text) }
    #expect(words.contains("Its columns are: \(columns)."), "\(words)")
  }

  @Test("a file whose first line is understood is read as before")
  func firstLine() throws {
    let text = "Kunde,Datum,Betrag\nKunde,Datum,Betrag\nK1,2026-01-05,1.00\n"
    let file = try importFile(text)
    #expect(file.read.purchases.count == 1 && file.read.rejected.map(\.line) == [2])
  }
}
