import Testing

@testable import TextFormats

struct JSONDocumentTests {
  @Test(arguments: [
    "0", "-0", "-1", "1e5", "1E+5", "1.5e-3", "123456789012345678901234567890", "true", "null",
    "\"\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "\"\\/\"", "\"é€😀\"", "\"\u{7F}\"", "\"\u{2028}\"",
    "[]", "[ ]", "{}", " { } ", "[[],[[]]]", "{\"\":0}", "{\"a\":{\"a\":1}}", "\t[1\n,\r2 ]\r\n",
    "{\"\u{E9}\":1,\"e\u{301}\":2}",
  ])
  func acceptsWhatTheGrammarHas(text: String) {
    #expect(syntaxError(utf8(text)) == nil)
  }

  @Test(arguments: [
    ("", 0), (" ", 1), ("[1,]", 2), ("[,1]", 1), ("[1 2]", 3), ("[1", 2), ("{\"a\":1,}", 6),
    ("{a:1}", 1), ("{'a':1}", 1), ("{\"a\" 1}", 5), ("{\"a\":}", 5), ("{\"a\":1 \"b\":2}", 7),
    ("{\"a\":1", 6), ("{\"a\":1,\"a\":2}", 7), ("01", 0), ("-", 1), ("+1", 0), (".5", 0), ("1.", 2),
    ("1.e5", 2), ("1e", 2), ("1e+", 3), ("-x", 1), ("0x10", 1), ("NaN", 0), ("True", 0),
    ("truex", 0), ("nul", 0), ("[1]x", 3), ("1 2", 2), ("\"a", 2), ("\"a\nb\"", 2),
    ("\"\t\"", 1), ("\"\\x\"", 1), ("\"\\u12g4\"", 1), ("\"\\u12", 1), ("\"\\ud800\"", 1),
    ("\"\\ude00\\ud83d\"", 1), ("\"\\ud800\\n\"", 1), ("// c\n1", 0), ("[1]/*c*/", 3), ("}", 0),
    ("\u{FEFF}1", 0), ("\u{A0}1", 0), ("{\"\\u0061\":1,\"a\":2}", 12),
  ])
  func refusesAllElseAtItsPlace(text: String, offset: Int) {
    #expect(syntaxError(utf8(text))?.offset == offset)
  }

  @Test(
    arguments: [
      ([0x22, 0xFF, 0x22], 1), ([0x22, 0xC0, 0x80, 0x22], 1), ([0x22, 0xED, 0xA0, 0x80, 0x22], 1),
      ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1), ([0x22, 0x61, 0xE2, 0x82, 0x22], 2),
      ([0x22, 0xE0, 0x80, 0x80, 0x22], 1), ([0xFF], 0),
    ] as [([UInt8], Int)])
  func refusesBytesThatAreNoUTF8(bytes: [UInt8], offset: Int) {
    #expect(syntaxError(bytes) == JSONSyntaxError(offset: offset, .invalidUTF8))
  }

  @Test func nodesKnowTheirBytesAndKeepTheirNumbers() throws {
    let text = #"{ "é\n": [1.50, "x"], "b": {"c": null} }"#
    let document = try JSONDocument(parsing: text)
    let members = try #require(document.root.members)
    #expect(members.map(\.key) == ["é\n", "b"])
    let first = try #require(members[0].value.elements?.first)
    #expect(first.numberText == "1.50")
    #expect(document.source.bytes[first.range] == utf8("1.50")[...])
    #expect(document.source.bytes[members[0].keyRange] == utf8(#""é\n""#)[...])
    #expect(document.source.bytes[members[1].value.range] == utf8(#"{"c": null}"#)[...])
    // The é counts as one character, not as two bytes.
    #expect(document.position(of: first) == SourcePosition(line: 1, column: 11))
    #expect(document.root["b"]?["c"]?.isNull == true)
    #expect(document.root["x"] == nil)
  }

  @Test func nestingStopsAtTheLimit() {
    func nested(_ depth: Int) -> [UInt8] {
      Array(repeating: 0x5B, count: depth) + Array(repeating: 0x5D, count: depth)
    }
    #expect(syntaxError(nested(128)) == nil)
    #expect(syntaxError(nested(129)) == JSONSyntaxError(offset: 128, .tooDeep(limit: 128)))
    #expect(syntaxError(Array(repeating: 0x5B, count: 1_000_000))?.offset == 128)
  }

  @Test func noTruncationOrFlippedBitCrashes() throws {
    let text = utf8(#"{"a":[1.5e3,"é\u00e9\ud83d\ude00",true,null],"b":{"c":"\\\"","d":-0.1}} "#)
    for end in 0..<text.count - 1 {
      let error = try #require(syntaxError(Array(text[..<end])), "cut at \(end)")
      #expect(error.offset <= end)
    }
    for index in text.indices {
      for bit in 0..<8 {
        var bytes = text
        bytes[index] ^= 1 << UInt8(bit)
        if let error = syntaxError(bytes) {
          #expect(error.offset <= bytes.count && (error.reference ?? 0) <= error.offset)
        }
      }
    }
  }

  @Test(arguments: [
    ("", ""), ("/when/all/1/is", "when.all.1.is"), ("/a~1b/~01", "a/b.~1"), ("//", "."),
  ])
  func pointersAreWrittenAndRead(pointer: String, tokens: String) throws {
    let read = try #require(JSONPointer(parsing: pointer))
    #expect(read.tokens.joined(separator: ".") == tokens)
    #expect(read.description == pointer)
  }

  @Test func pointersLeadToNodesAndBack() throws {
    let document = try JSONDocument(
      parsing: #"{"when": {"all": [{"is": 1}, {"is": "atleast"}]}, "a/b": 2}"#)
    let pointer = JSONPointer().appending("when").appending("all").appending(1).appending("is")
    let node = try #require(document.node(at: pointer))
    #expect(node.string == "atleast")
    #expect(document.pointer(toOffset: node.range.lowerBound) == pointer)
    #expect(document.pointer(toOffset: 0).description == "")
    #expect(document.node(at: JSONPointer(["a/b"]))?.int64 == 2)
    for missing in ["/when/all/2", "/when/all/01", "/when/all/-1", "/x", "/a~1b/c"] {
      #expect(JSONPointer(parsing: missing).flatMap { document.node(at: $0) } == nil)
    }
    #expect(JSONPointer(parsing: "a") == nil)
    #expect(JSONPointer(parsing: "/~2") == nil)
  }

  @Test(arguments: [
    ("ab\ncd", 0, "1:1"), ("ab\ncd", 2, "1:3"), ("ab\ncd", 3, "2:1"), ("ab\r\ncd", 4, "2:1"),
    ("ab\rcd", 3, "2:1"), ("e\u{301}x", 3, "1:2"), ("👩‍👩‍👧x", 18, "1:2"), ("ab", 99, "1:3"),
  ])
  func offsetsBecomePlaces(text: String, offset: Int, place: String) {
    #expect(SourceText(text).position(at: offset).description == place)
  }

  @Test func excerptsPointWithACaret() {
    let source = SourceText("one\n\u{1B}[31mé\tx here\nthree")
    #expect(source.excerpt(at: 12) == "\u{FFFD}[31mé x here\n       ^")
    let long = SourceText(
      String(repeating: "a", count: 100) + "X" + String(repeating: "b", count: 100))
    #expect(long.excerpt(at: 100, limit: 11) == "…aaaaXbbbb…\n     ^")
    #expect(source.excerpt(at: 12) { $0 == "é" ? 2 : 1 }.hasSuffix("\n        ^"))
  }
}
