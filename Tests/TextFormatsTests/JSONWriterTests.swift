import Testing

@testable import TextFormats

struct JSONWriterTests {
  @Test func writesCompactMembersInTheOrderOfTheCalls() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("customer")
    writer.string("00001")
    writer.key("amount")
    writer.decimalString(minorUnits: -1177, digits: 2)
    writer.key("date")
    writer.dateString(days: 9862)
    writer.key("units")
    writer.int(Int64.min)
    writer.key("tags")
    writer.beginArray()
    writer.bool(true)
    writer.null()
    writer.number(text: "1.50")
    writer.beginObject()
    writer.endObject()
    writer.endArray()
    writer.key(text: "a\"b")
    writer.raw(json: utf8("[1]").span.bytes)
    writer.endObject()
    writer.newline()
    writer.beginArray()
    writer.endArray()
    let expected = #"""
      {"customer":"00001","amount":"-11.77","date":"1997-01-01","units":-9223372036854775808,"tags":[true,null,1.50,{}],"a\"b":[1]}
      []
      """#
    #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
  }

  @Test func indentsForPeople() throws {
    let text = #"{"a":{"b":[1,"x"],"c":{}},"d":[]}"#
    var writer = JSONWriter(pretty: true)
    writer.node(try JSONDocument(parsing: text).root)
    let expected = """
      {
        "a": {
          "b": [
            1,
            "x"
          ],
          "c": {}
        },
        "d": []
      }
      """
    #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
  }

  @Test(arguments: [
    ("a\"b\\c/", #""a\"b\\c/""#), ("\u{0}\u{1F}", #""\u0000\u001f""#),
    ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
    ("\u{7F}\u{80}\u{9F}\u{A0}", "\"\\u007f\\u0080\\u009f\u{A0}\""),
    ("\u{2028}\u{2029}\u{2027}", "\"\\u2028\\u2029\u{2027}\""),
    ("\u{200E}\u{200F}\u{202A}\u{202E}\u{202F}", "\"\\u200e\\u200f\\u202a\\u202e\u{202F}\""),
    ("\u{2065}\u{2066}\u{2069}\u{206A}\u{61C}", "\"\u{2065}\\u2066\\u2069\u{206A}\\u061c\""),
    ("é€😀 plain text that is longer than a word", "\"é€😀 plain text that is longer than a word\""),
    ("12345678\u{7F}abcdefgh\u{1B}[0m", #""12345678\u007fabcdefgh\u001b[0m""#),
  ])
  func escapesWhatMayHarmATerminalAndNoMore(text: String, json: String) {
    var writer = JSONWriter()
    writer.string(text)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == json)
    writer.removeAll()
    writer.string(utf8: utf8(text).span.bytes)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == json)
  }

  @Test func bytesThatAreNoTextAreReplaced() {
    var writer = JSONWriter()
    writer.string(utf8: ([0x61, 0xFF, 0x62] as [UInt8]).span.bytes)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == "\"a\u{FFFD}b\"")
  }

  @Test(arguments: [
    0, -0.0, 0.1, 1.0 / 3, 1e21, 1e-7, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
    123_456_789.125, .infinity,
    .nan,
  ])
  func doublesReadBackAsTheSame(value: Double) throws {
    var writer = JSONWriter()
    writer.double(value)
    let node = try JSONDocument(parsing: writer.bytes).root
    #expect(node.double?.bitPattern == (value.isFinite ? value.bitPattern : nil))
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func whatIsWrittenReadsBack(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<25 {
      let value = randomValue(&generator, depth: 4)
      for pretty in [false, true] {
        var writer = JSONWriter(pretty: pretty)
        writer.node(JSONNode(range: 0..<0, value: value))
        let read = try JSONDocument(parsing: writer.bytes).root
        #expect(read.unplaced.value == value)
        var again = JSONWriter(pretty: pretty)
        again.node(read)
        #expect(again.bytes == writer.bytes)
      }
    }
  }

  private func randomValue(_ generator: inout SeededGenerator, depth: Int) -> JSONNode.Value {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &generator) {
    case 0: return .null
    case 1: return .bool(generator.oneIn(2))
    case 2: return .number(String(Int64.random(in: .min ... .max, using: &generator)))
    case 3, 4: return .string(randomText(&generator))
    case 5, 6:
      let count = Int.random(in: 0..<4, using: &generator)
      return .array(
        (0..<count).map { _ in
          JSONNode(range: 0..<0, value: randomValue(&generator, depth: depth - 1))
        })
    default:
      let count = Int.random(in: 0..<4, using: &generator)
      return .object(
        (0..<count).map { index in
          JSONMember(
            key: "\(index)" + randomText(&generator), keyRange: 0..<0,
            value: JSONNode(range: 0..<0, value: randomValue(&generator, depth: depth - 1)))
        })
    }
  }
}

/// Text with all that needs care: controls, quotes, characters of every length.
func randomText(_ generator: inout SeededGenerator) -> String {
  var text = String.UnicodeScalarView()
  for _ in 0..<Int.random(in: 0..<20, using: &generator) {
    let value: UInt32 =
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: UInt32.random(in: 0..<0x20, using: &generator)
      case 1: generator.pick([0x22, 0x5C, 0x2F, 0x7F, 0x85, 0x2028, 0x202E, 0x61C])
      case 2: UInt32.random(in: 0x80..<0x3000, using: &generator)
      case 3: UInt32.random(in: 0..<0x11_0000, using: &generator)
      default: UInt32.random(in: 0x20..<0x7F, using: &generator)
      }
    if let scalar = Unicode.Scalar(value) { text.append(scalar) }
  }
  return String(text)
}

extension JSONNode {
  /// The same value without places.
  var unplaced: JSONNode {
    let value: Value =
      switch self.value {
      case .array(let elements): .array(elements.map(\.unplaced))
      case .object(let members):
        .object(
          members.map { JSONMember(key: $0.key, keyRange: 0..<0, value: $0.value.unplaced) })
      default: self.value
      }
    return JSONNode(range: 0..<0, value: value)
  }
}
