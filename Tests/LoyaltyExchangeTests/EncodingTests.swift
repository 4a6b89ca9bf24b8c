import LoyaltyExchange
import LoyaltyModel
import Testing
import TextFormats

@Suite struct EncodingTests {
  static let text = "customer,date,amount,name\r\n7,2026-01-31,1.50,Zoë 😀 “Q”\r\n"

  private func check(_ bytes: [UInt8], name: String, notes: [ImportNote]) throws {
    for chunk in [1, 5, 1000] {
      let file = try importFile(bytes, map: ["name=name"], chunk: chunk)
      #expect(file.read.customers.map(\.name) == [name])
      #expect(file.read.total == 150)
      #expect(file.probe.notes == notes)
      #expect(file.read.progress.last == bytes.count)
    }
  }

  @Test func utf8WithAndWithoutMark() throws {
    try check(Array(Self.text.utf8), name: "Zoë 😀 “Q”", notes: [])
    try check([0xEF, 0xBB, 0xBF] + Self.text.utf8, name: "Zoë 😀 “Q”", notes: [])
  }

  @Test(arguments: [true, false], [true, false])
  func utf16(isLittleEndian: Bool, isMarked: Bool) throws {
    // Without a mark it is told by the zeros of Latin letters.
    let name = isMarked ? "Zoë 😀 “Q”" : "Zoë"
    let text = Self.text.replacing("Zoë 😀 “Q”", with: name)
    let units = (isMarked ? [0xFEFF] : []) + Array(text.utf16)
    let bytes = units.flatMap { unit in
      let (low, high) = (UInt8(unit & 0xFF), UInt8(unit >> 8))
      return isLittleEndian ? [low, high] : [high, low]
    }
    try check(
      bytes, name: name,
      notes: [.encoding(isLittleEndian ? .utf16LittleEndian : .utf16BigEndian)])
  }

  @Test func windows1252() throws {
    let bytes =
      Array("customer,date,amount,name\n7,2026-01-31,1.50,Zo".utf8) + [0xEB, 0x20, 0x80]
      + [0x20, 0x93, 0x51, 0x94, 0x0A]
    try check(bytes, name: "Zoë € “Q”", notes: [.encoding(.windows1252)])
  }

  @Test func oneStrangeByteAtTheEndIsEnough() throws {
    let bytes = Array("customer,date,amount,name\n7,2026-01-31,1.50,Zo".utf8) + [0xEB, 0x0A]
    try check(bytes, name: "Zoë", notes: [.encoding(.windows1252)])
  }

  @Test func aCharacterCutByTheFirstLookIsNoFlaw() throws {
    let text = "customer,date,amount,name\n7,2026-01-31,1.50,Zoë\n"
    let cut = Array(text.utf8.prefix(text.utf8.count - 2))
    #expect(cut.last == 0xC3)
    #expect(try TableLook(cut, isWhole: false).encoding == .utf8)
  }

  @Test func strangeBytesFurtherDownEndTheImportWithTheirLine() throws {
    var bytes = Array("customer,date,amount\n".utf8)
    for number in 0..<100_000 { bytes += "\(number),2026-01-31,1.50\n".utf8 }
    bytes += [0x4D, 0xFC, 0x6C, 0x6C, 0x2C, 0x0A]
    let words = refusal { try importFile(bytes) }
    #expect(words.hasPrefix("line 100002, byte"), "\(words)")
    #expect(words.contains("Windows-1252"))
    // Said to be in that encoding, the file is read.
    let file = try importFile(bytes) { $0.encoding = .windows1252 }
    #expect(file.tally.read == 100_001)
    #expect(file.tally.rejected == 1)
  }

  @Test(
    arguments: [
      ([], "The file is empty; it has not even a header line."),
      (Array("\u{FEFF}\r\n \n".utf8), "The file is empty; it has not even a header line."),
      ([0x1F, 0x8B, 8, 0, 0, 0], "This file is compressed"),
      (Array("%PDF-1.7\n%".utf8), "This is a PDF"),
      ([0x50, 0x4B, 3, 4] + Array("[Content_Types].xml".utf8), "This is an Excel workbook"),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], "This is an old Excel or Office file"),
      ([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 5], "This is a binary file"),
      (Array("<!DOCTYPE html><html>".utf8), "This is a web page"),
      (Array("{\"customers\": []}".utf8), "No profile fits this file."),
      (Array("hello world\nthis is a letter\n".utf8), "No profile fits this file."),
    ] as [([UInt8], String)])
  func otherKindsOfFilesAreNamed(bytes: [UInt8], message: String) {
    let words = refusal { try importFile(bytes) }
    #expect(words.hasPrefix(message), "\(words)")
  }

  @Test func aHeaderAloneIsNoError() throws {
    let file = try importFile("customer,date,amount\n")
    #expect(file.tally == ImportTally())
    #expect(file.probe.notes == [.noRows])
  }

  @Test func anUnclosedQuoteNamesItsLine() {
    let words = refusal { try importFile("customer,date,amount\n7,2026-01-31,1\n8,\"2026\n9,,\n") }
    #expect(words.hasPrefix("line 3: a quote opens a field"), "\(words)")
  }

  @Test func aStrayQuoteSpoilsItsRowOnly() throws {
    let file = try importFile(
      "customer,date,amount\n7,2026-01-31,1\n8,a\"b,1\n9,2026-01-31,2\n")
    #expect(file.read.total == 300)
    #expect(file.read.rejected.map(\.line) == [3])
  }

  @Test func quotedLineEndsAndBlankRows() throws {
    let file = try importFile(
      "sep=;\r\ncustomer;date;amount;branch\r\n\"7\";\"2026-01-31\";\"1,00\";\"a\r\nb\"\r\n;;;\r\n"
        + "\r\n'=1+1;2026-01-31;2,00;\r\n")
    #expect(file.read.purchases.map(\.customer) == ["7", "=1+1"])
    #expect(file.read.purchases[0].branch == "a b")
    #expect(file.read.lines == [3, 7])
    #expect(file.tally.read == 2)
  }

  @Test func hostileTextIsKeptButNeverSaidRaw() throws {
    let evil = "\u{1B}[2J\u{202E}evil"
    let file = try importFile("customer,date,amount\n\(evil),2026-01-31,1\n8,\(evil),2\n")
    #expect(file.read.purchases.map(\.customer) == [evil])
    #expect(
      !file.read.reasons.joined().unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    let words = refusal { try importFile("\(evil),x\n1,2\n") }
    #expect(!words.isEmpty)
    #expect(!words.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
  }

  @Test func aRunawayIdentifierIsRejected() throws {
    let long = String(repeating: "x", count: 201)
    let file = try importFile("customer,date,amount\n\(long),2026-01-31,1\n")
    #expect(
      file.read.reasons == [
        "2: customer has 201 bytes; at most 200 are taken; is a quote missing?"
      ])
    #expect(file.tally.isUseless)
  }
}
