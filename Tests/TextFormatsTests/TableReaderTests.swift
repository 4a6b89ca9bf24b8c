import Testing

@testable import TextFormats

struct TableReaderTests {
  @Test func readsQuotesNewlinesAndKnowsLines() {
    let text = "id,note\r\n1,\"two\r\nlines, \"\"quoted\"\"\"\r\n\r\n2,\n3,\"\"\r4, x \n"
    let result = readTable(utf8(text), hasHeader: true)
    #expect(result.failure == nil)
    #expect(
      result.rows == [
        .init(line: 2, fields: ["1", "two\r\nlines, \"quoted\""]),
        .init(line: 5, fields: ["2", ""]), .init(line: 6, fields: ["3", ""]),
        .init(line: 7, fields: ["4", "x"]),
      ])
  }

  @Test func raggedRowsAndStrayQuotesSpoilThemselvesOnly() {
    let text = "a,b,c\n1,2\n1,2,3,4\n1,5\" pipe,3\n\"x\"y,2,3\nok,\"q\",z\n"
    let result = readTable(utf8(text), hasHeader: true)
    #expect(result.failure == nil)
    #expect(
      result.rows == [
        .init(line: 2, fields: ["1", "2"], issue: .tooFewFields(expected: 3, found: 2)),
        .init(line: 3, fields: ["1", "2", "3", "4"], issue: .tooManyFields(expected: 3, found: 4)),
        .init(line: 4, fields: ["1", "5\" pipe,3"], issue: .strayQuote),
        .init(line: 5, fields: ["x\"y,2,3"], issue: .strayQuote),
        .init(line: 6, fields: ["ok", "q", "z"]),
      ])
  }

  @Test(arguments: [
    ("a,b;c,d\n", ","), ("a;b;c,d\n", ";"), ("a\tb\n", "\t"), ("a|b|c\n1,2\n", "|"),
    ("\"a,b,c\";d\n", ";"), ("single\n1\n", ","), ("\n\na;b\n", ";"), ("sep=;\na,b;c\n", ";"),
  ])
  func theHeaderShowsTheDelimiter(text: String, delimiter: String) throws {
    let reader = try TableReader(utf8(text))
    #expect(reader.layout == .delimited(by: utf8(delimiter)[0]))
    #expect(reader.header?.strings.joined().contains(delimiter) == false)
  }

  @Test func marksBeforeTheHeaderAreTakenOff() throws {
    let marked = try TableReader([0xEF, 0xBB, 0xBF] + utf8("a,b\n1,2\n"))
    #expect(marked.header?.strings == ["a", "b"])
    let hinted = try TableReader([0xEF, 0xBB, 0xBF] + utf8("sep=;\r\na;b\r\n1;2\r\n"))
    #expect(hinted.header?.strings == ["a", "b"])
    #expect(try hinted.next()?.line == 3)
  }

  @Test(
    arguments: [
      ([0x50, 0x4B, 3, 4] + utf8("....[Content_Types].xml"), ForeignFormat.excelWorkbook),
      ([0x50, 0x4B, 3, 4] + utf8("mimetypeapplication/vnd.oasis.opendocument"), .openDocument),
      ([0x50, 0x4B, 3, 4] + utf8("a.csv"), .zip), ([0xD0, 0xCF, 0x11, 0xE0, 1], .oldExcelWorkbook),
      ([0x1F, 0x8B, 8], .gzip), (utf8("%PDF-1.7"), .pdf), ([0xFF, 0xFE, 0x61, 0], .utf16),
      ([0x61, 0, 0x2C, 0, 0x62, 0, 0x0A, 0], .utf16), ([0xFF, 0xFE, 0, 0], .utf32),
      (utf8("\n<!DOCTYPE html><html>"), .html), ([0x7F, 0x45, 0x4C, 0x46, 2, 0, 0, 0, 1], .binary),
    ] as [([UInt8], ForeignFormat)])
  func otherFilesAreKnownByHowTheyBegin(bytes: [UInt8], format: ForeignFormat) {
    #expect(readTable(bytes).failure == .foreign(format))
  }

  @Test func badBytesAreLocatedAfterTheRowsBeforeThem() {
    let before = "name,city\n\"Anna\nB\",Köln\n"
    let latin = utf8(before) + utf8("J") + [0xFC] + utf8("rgen,x\n")
    for chunk in [1, 7, 1 << 16] {
      let result = readTable(latin, chunk: chunk, hasHeader: true)
      #expect(result.rows.map(\.line) == [2])
      #expect(
        result.failure
          == .invalidUTF8(line: 4, offset: latin.count - 8, looksLikeWindows1252: false))
    }
    let pure = readTable(utf8("a\nM") + [0xFC] + utf8("ller\n"), hasHeader: true)
    #expect(pure.failure == .invalidUTF8(line: 2, offset: 3, looksLikeWindows1252: true))
    let cut = readTable(utf8("a\nb") + [0xE2, 0x82], hasHeader: true)
    #expect(cut.failure == .invalidUTF8(line: 2, offset: 5, looksLikeWindows1252: true))
    let long = utf8("a\n" + String(repeating: "b\n", count: 5000)) + [0]
    #expect(readTable(long, chunk: 4096).failure == .zeroByte(line: 5002, offset: 10_002))
  }

  @Test func whatGrowsTooLargeIsAnErrorWithItsLine() {
    let open = utf8("a,b\n1,2\n3,\"x\n" + String(repeating: "y", count: 200_000))
    #expect(readTable(open).failure == .unterminatedQuote(line: 3))
    #expect(readTable(open).rows.map(\.line) == [1, 2])
    #expect(
      readTable(open, limits: TableLimits(fieldBytes: 100_000)).failure
        == .fieldTooLong(line: 3, limit: 100_000))
    let wide = utf8("a\n" + String(repeating: "1,", count: 50) + "\n")
    #expect(
      readTable(wide, chunk: 16, limits: TableLimits(fields: 40)).failure
        == .tooManyFields(line: 2, limit: 40))
    #expect(
      readTable(wide, chunk: 16, limits: TableLimits(rowBytes: 20)).failure
        == .rowTooLong(line: 2, limit: 20))
    #expect(
      readTable(utf8("a\n1\n2\n3\n"), hasHeader: true, limits: TableLimits(rows: 2)).failure
        == .tooManyRows(limit: 2))
    #expect(readTable([], hasHeader: true).failure == .empty)
  }

  @Test func whatTheSourceThrowsPasses() throws {
    struct Broken: Error {}
    var calls = 0
    let reader = try TableReader(chunkSize: 4096) { buffer in
      calls += 1
      if calls > 1 { throw Broken() }
      buffer = utf8(String(repeating: "ab\n\n", count: 1024))
      return 4096
    }
    for _ in 1..<1024 { _ = try reader.next() }
    #expect(throws: Broken.self) { try reader.next() }
  }

  /// libcsv and the plain reference agree, wherever the chunks end.
  @Test(arguments: 0..<30 as Range<UInt64>)
  func agreesWithAPlainParser(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let delimiter: UInt8 = generator.pick([0x2C, 0x3B, 0x09, 0x7C])
      let text = randomTable(&generator, delimiter: delimiter)
      let expected = PlainCSV.parse(text, delimiter: delimiter)
      let whole = readTable(text, layout: .delimited(by: delimiter))
      #expect(whole.failure == nil)
      #expect(whole.rows.map(\.fields) == expected.map(\.fields))
      #expect(whole.rows.map(\.line) == expected.map(\.line))
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func chunksMakeNoDifference(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<30 {
      let alphabet = utf8("ab\"\"\",,\n\r é")
      let bytes = utf8(
        String(decoding: (0..<40).map { _ in generator.pick(alphabet) }, as: UTF8.self))
      for layout in [TableLayout.delimited(by: 0x2C), .blanks] {
        let whole = readTable(bytes, layout: layout)
        for chunk in [1, 2, 3, 7] {
          #expect(readTable(bytes, layout: layout, chunk: chunk) == whole)
        }
      }
    }
  }

  @Test func everyTruncationIsReadOrRefused() {
    let text = utf8("a,b\r\n\"1\n\"\"x\",é\r\n3,\"4\"\n")
    for end in text.indices {
      let part = Array(text[..<end])
      let result = readTable(part, chunk: 5)
      switch result.failure {
      case nil: break
      case .unterminatedQuote, .invalidUTF8: break
      default: Issue.record("cut at \(end): \(result)")
      }
    }
  }

  @Test func tablesOfBlanksAreRowsToo() {
    let text = " 00001 19970101  1  11.77\n\n00002\t19970112 1   12.00\r\n00003 19970102 2"
    let result = readTable(utf8(text), layout: .blanks)
    #expect(
      result.rows == [
        .init(line: 1, fields: ["00001", "19970101", "1", "11.77"]),
        .init(line: 3, fields: ["00002", "19970112", "1", "12.00"]),
        .init(
          line: 4, fields: ["00003", "19970102", "2"],
          issue: .tooFewFields(expected: 4, found: 3)),
      ])
  }

  @Test func rowsAnswerForFieldsTheyLack() throws {
    let reader = try TableReader(utf8("a,b\n,x\n"))
    let row = try #require(try reader.next())
    #expect(row[1] == "x" && row[2] == nil && row[-1] == nil)
    #expect(row.isEmpty(0) && !row.isEmpty(1) && row.isEmpty(2) && !row.isBlank)
    #expect(row.withBytes(1) { $0.byteCount } == 1)
    #expect(row.withBytes(9) { $0.byteCount } == 0)
  }

  private func randomTable(_ generator: inout SeededGenerator, delimiter: UInt8) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 1...6, using: &generator) {
      for column in 0..<Int.random(in: 1...4, using: &generator) {
        if column > 0 { text.append(delimiter) }
        text += randomField(&generator)
      }
      text += generator.pick([utf8("\n"), utf8("\r\n"), utf8("\r"), utf8("\n\n")])
    }
    return text
  }

  private func randomField(_ generator: inout SeededGenerator) -> [UInt8] {
    if generator.oneIn(2) { return utf8(generator.pick(["", "plain", " é x ", "a b", "0"])) }
    let inner = (0..<5).map { _ in generator.pick(["a", "\"\"", "\n", "\r\n", ",", ";", " ", "é"]) }
    return utf8(
      generator.pick(["", " "]) + "\"" + inner.joined() + "\"" + generator.pick(["", " "]))
  }
}

/// A parser of well-formed CSV as one would write it in an afternoon, to compare with.
enum PlainCSV {
  static func parse(_ bytes: [UInt8], delimiter: UInt8) -> [(line: Int, fields: [String])] {
    var rows: [(line: Int, fields: [String])] = []
    var fields: [[UInt8]] = []
    var field: [UInt8] = []
    var isQuoted = false
    var wasQuoted = false
    var line = 1
    var rowLine = 1
    var index = 0
    func blank(_ byte: UInt8) -> Bool { (byte == 0x20 || byte == 0x09) && byte != delimiter }
    func endField() {
      if !wasQuoted { while let last = field.last, blank(last) { field.removeLast() } }
      fields.append(field)
      field = []
      wasQuoted = false
    }
    func endRow() {
      if !(fields.isEmpty && field.isEmpty && !wasQuoted) {
        endField()
        rows.append((rowLine, fields.map { String(decoding: $0, as: UTF8.self) }))
      }
      fields = []
    }
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      index += 1
      if byte == 0x0A || (byte == 0x0D && next != 0x0A) { line += 1 }
      if isQuoted {
        if byte == 0x22, next == 0x22 {
          field.append(0x22)
          index += 1
        } else if byte == 0x22 {
          isQuoted = false
        } else {
          field.append(byte)
        }
      } else if byte == delimiter {
        endField()
      } else if byte == 0x0A || byte == 0x0D {
        endRow()
        if byte == 0x0D, next == 0x0A {
          index += 1
          line += 1
        }
        rowLine = line
      } else if byte == 0x22, field.isEmpty {
        isQuoted = true
        wasQuoted = true
      } else if !(blank(byte) && (field.isEmpty || wasQuoted)) {
        field.append(byte)
      }
    }
    endRow()
    return rows
  }
}
