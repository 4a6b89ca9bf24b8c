import Testing

@testable import TextFormats

struct NDJSONScannerTests {
  static let keys: [StaticString] = [
    "customer", "date", "amount", "units", "a", "averylongkeyname",
  ]

  @Test func readsPurchasesInAnyOrder() throws {
    let text = """
      {"customer":"00001","date":"1997-01-01","amount":"11.77","units":1,"a":true}

      { "units" : -2, "amount": 12, "x": [1, {"y": "}"}], "customer": "a\\u00e9\\n", "date":"2000-02-29" }\r
      {"customer":"2","date":"1969-12-31","amount":"-0.5","units":9223372036854775807}
      """
    let bytes = utf8(text)
    var scanner = NDJSONScanner(keys: Self.keys)
    #expect(try scanner.next(in: bytes.span.bytes))
    #expect(try scanner.string(0, in: bytes.span.bytes) == "00001")
    #expect(try scanner.days(1, in: bytes.span.bytes) == 9862)
    #expect(try scanner.minorUnits(2, in: bytes.span.bytes, digits: 2) == 1177)
    #expect(try scanner.int64(3, in: bytes.span.bytes) == 1)
    #expect(try scanner.bool(4))
    #expect(scanner.isLineTerminated)

    #expect(try scanner.next(in: bytes.span.bytes))
    #expect(scanner.lineNumber == 3)
    #expect(try scanner.string(0, in: bytes.span.bytes) == "aé\n")
    #expect(try scanner.days(1, in: bytes.span.bytes) == 11_016)
    #expect(try scanner.minorUnits(2, in: bytes.span.bytes, digits: 2) == 1200)
    #expect(try scanner.int64(3, in: bytes.span.bytes) == -2)
    #expect(scanner.others.map { $0.key(in: bytes.span.bytes) } == ["x"])
    #expect(scanner.others.first?.value.kind == .array)

    #expect(try scanner.next(in: bytes.span.bytes))
    #expect(try scanner.minorUnits(2, in: bytes.span.bytes, digits: 2) == -50)
    #expect(try scanner.days(1, in: bytes.span.bytes) == -1)
    #expect(try scanner.int64(3, in: bytes.span.bytes) == .max)
    #expect(!scanner.isLineTerminated)
    #expect(try !scanner.next(in: bytes.span.bytes))
  }

  @Test(arguments: [
    ("[1]", 1, NDJSONError.Cause.notAnObject), ("{\"a\":1} x", 9, .contentAfterObject),
    ("{\"a\":1,\"a\":2}", 8, .syntax(.duplicateKey("a", first: 4))),
    ("{\"x\":1,\"x\":2}", 8, .syntax(.duplicateKey("x", first: 4))),
    ("{\"a\":1 \"b\":2}", 8, .syntax(.expectedCommaOrEnd(of: .object, opened: 3))),
    ("{\"a\":tru}", 6, .syntax(.unknownWord("tru"))),
    ("{\"a\":\"x", 8, .syntax(.unterminatedString(opened: 8))),
    ("{\"a\":{\"b\":1", 12, .syntax(.unclosed(.object, opened: 8))),
  ])
  func errorsKnowTheirLineAndByte(line: String, byte: Int, cause: NDJSONError.Cause) throws {
    let bytes = utf8("{}\n" + line + "\n{\"a\":7}\n")
    var scanner = NDJSONScanner(keys: Self.keys)
    #expect(try scanner.next(in: bytes.span.bytes))
    let error = #expect(throws: NDJSONError.self) { try scanner.next(in: bytes.span.bytes) }
    #expect(error?.line == 2 && error?.byteInLine == byte && error?.cause == cause)
    // The line after is read as if nothing had been.
    #expect(try scanner.next(in: bytes.span.bytes))
    #expect(scanner.lineNumber == 3)
    #expect(try scanner.int64(4, in: bytes.span.bytes) == 7)
  }

  @Test(arguments: [
    ("{}", 1, NDJSONError.Cause.missing(key: "a")),
    ("{\"a\":null}", 6, .wrongKind(key: "a", expected: .integer)),
    ("{\"a\":1.5}", 6, .wrongKind(key: "a", expected: .integer)),
    ("{\"a\":9223372036854775808}", 6, .integerOverflow(key: "a")),
  ])
  func wrongIntegersAreLocated(line: String, byte: Int, cause: NDJSONError.Cause) throws {
    let bytes = utf8(line)
    var scanner = NDJSONScanner(keys: ["a"])
    #expect(try scanner.next(in: bytes.span.bytes))
    let error = #expect(throws: NDJSONError.self) { try scanner.int64(0, in: bytes.span.bytes) }
    #expect(error?.line == 1 && error?.byteInLine == byte && error?.cause == cause)
  }

  @Test(arguments: [
    ("{\"a\":\"1.234\"}", NDJSONError.Cause.amount(key: "a", .tooPrecise(allowed: 2))),
    ("{\"a\":\"1,5\"}", .amount(key: "a", .malformed)),
    ("{\"a\":1e2}", .amount(key: "a", .malformed)),
    ("{\"a\":true}", .wrongKind(key: "a", expected: .amount)),
    ("{\"a\":92233720368547758.08}", .amount(key: "a", .overflow)),
  ])
  func wrongAmountsAreLocated(line: String, cause: NDJSONError.Cause) throws {
    let bytes = utf8(line)
    var scanner = NDJSONScanner(keys: ["a"])
    #expect(try scanner.next(in: bytes.span.bytes))
    let error = #expect(throws: NDJSONError.self) {
      try scanner.minorUnits(0, in: bytes.span.bytes, digits: 2)
    }
    #expect(error?.cause == cause)
  }

  @Test(arguments: ["1997-13-01", "1997-02-29", "97-01-01", "1997/01/01", "1997-01-0x"])
  func daysThatAreNoneAreRefused(day: String) throws {
    let bytes = utf8("{\"a\":\"\(day)\"}")
    var scanner = NDJSONScanner(keys: ["a"])
    #expect(try scanner.next(in: bytes.span.bytes))
    let error = #expect(throws: NDJSONError.self) { try scanner.days(0, in: bytes.span.bytes) }
    #expect(error?.cause == .noSuchDay(key: "a"))
  }

  /// Whatever the strict reader says of a line, the scanner says, at the same byte.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func agreesWithTheStrictReader(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<150 {
      var line = randomLine(&generator)
      if generator.oneIn(2) { mutate(&line, &generator) }
      expectAgreement(line)
    }
  }

  @Test func everyTruncationIsRefusedWhereTheStrictReaderDoes() {
    let line = utf8(
      #"{"customer":"00001","date":"1997\u002d01","amount":-1.5e7,"z":[{"q":null}],"a":false}"#)
    for end in 1..<line.count { expectAgreement(Array(line[..<end])) }
  }

  private func expectAgreement(_ line: [UInt8]) {
    var scanner = NDJSONScanner(keys: Self.keys)
    var scanned: NDJSONError?
    var isFound = false
    do throws(NDJSONError) { isFound = try scanner.next(in: line.span.bytes) } catch {
      scanned = error
    }
    let shown = String(decoding: line, as: UTF8.self)
    do throws(JSONSyntaxError) {
      let document = try JSONDocument(parsing: line)
      guard document.root.kind == .object else {
        #expect(scanned?.cause == .notAnObject, "\(shown)")
        return
      }
      #expect(scanned == nil, "\(shown)")
      expectSameValues(scanner, document, line)
    } catch {
      if error.cause == .empty {
        #expect(!isFound)
      } else if case .duplicateKey = error.cause, scanned.map({ $0.offset > error.offset }) ?? true
      {
        // Inside of nested values the scanner does not look for keys that occur twice, so it goes on
        // to whatever is wrong behind.
      } else if scanned?.cause != .notAnObject {
        #expect(scanned?.offset == error.offset, "\(shown)")
        let isAfterEnd = error.cause == .contentAfterEnd
        let expected: NDJSONError.Cause = isAfterEnd ? .contentAfterObject : .syntax(error.cause)
        #expect(scanned?.cause == expected, "\(shown)")
      }
    }
  }

  private func expectSameValues(
    _ scanner: NDJSONScanner, _ document: JSONDocument, _ line: [UInt8]
  ) {
    for (index, key) in Self.keys.enumerated() {
      let node = document.root[String(describing: key)]
      let value = scanner.values[index]
      #expect(value.isPresent == (node != nil))
      if let text = node?.string {
        #expect((try? scanner.string(index, in: line.span.bytes)) == text)
      } else if let node {
        #expect(value.range == node.range)
      }
    }
    let known = Set(Self.keys.map { String(describing: $0) })
    let others = document.root.members?.map(\.key).filter { !known.contains($0) }
    #expect(scanner.others.map { $0.key(in: line.span.bytes) } == others)
  }

  private func randomLine(_ generator: inout SeededGenerator) -> [UInt8] {
    var keys = Self.keys.map { String(describing: $0) } + ["other", "x\"y"]
    if generator.oneIn(2) { keys.shuffle(using: &generator) }
    keys.removeLast(Int.random(in: 0...3, using: &generator))
    var text = "{"
    for (index, key) in keys.enumerated() {
      if index > 0 { text += "," + blanks(&generator) }
      var writer = JSONWriter()
      writer.string(key)
      text += String(decoding: writer.bytes, as: UTF8.self)
      text += blanks(&generator) + ":" + blanks(&generator) + randomScalar(&generator)
    }
    return utf8(text + blanks(&generator) + "}" + blanks(&generator))
  }

  private func blanks(_ generator: inout SeededGenerator) -> String {
    generator.oneIn(6) ? generator.pick([" ", "  ", "\t", "\r"]) : ""
  }

  private func randomScalar(_ generator: inout SeededGenerator) -> String {
    var writer = JSONWriter()
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: writer.null()
    case 1: writer.bool(generator.oneIn(2))
    case 2: writer.int(Int.random(in: -5...5000, using: &generator))
    case 3:
      return generator.pick(["0", "-0.0", "1.25", "1e9", "[]", "{}", "[1,[2]]", "{\"a\":{}}"])
    case 4: writer.string(randomText(&generator))
    default: writer.string("plain text")
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func mutate(_ line: inout [UInt8], _ generator: inout SeededGenerator) {
    let index = Int.random(in: 0..<line.count, using: &generator)
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: line.remove(at: index)
    case 1: line.insert(generator.pick(utf8("{}[]\",:\\ 0.eE-tfnu")), at: index)
    default:
      let byte = UInt8.random(in: 0...255, using: &generator)
      // A line feed ends the line here but not there.
      line[index] = byte == 0x0A ? 0x20 : byte
    }
  }
}
