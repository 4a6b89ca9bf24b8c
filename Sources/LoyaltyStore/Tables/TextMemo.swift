import TextFormats

/// Remembers the numbers of texts that come again and again in lines, by the bytes that a text and
/// the quote after it begin with: neither its end nor its number have to be looked for then.
struct TextMemo: Sendable {
  private struct Entry {
    /// The first eight bytes, and the next eight; zeros after the quote.
    var (head, second) = (UInt64(0), UInt64(0))
    /// Where all bytes are kept, the quote with them, and how many they are; 0 for no entry.
    var (start, length) = (0, 0)
    var number = 0
  }

  private var entries: [Entry]
  private var bytes: [UInt8] = []
  private let shift: UInt64

  /// How many bytes are kept before all is forgotten.
  private static let mostBytes = 1 << 20

  /// A memory with room for two to some power of texts.
  init(bits: Int) {
    entries = Array(repeating: Entry(), count: 1 << bits)
    shift = UInt64(64 - bits)
  }

  /// The number of the text at a cursor, which goes past it and its quote; nil where it is not
  /// remembered.
  @inline(__always)
  func number(_ cursor: inout LineCursor, _ json: RawSpan) -> Int? {
    guard cursor.offset &+ 16 <= json.byteCount else { return nil }
    let key = Self.key(json, cursor.offset)
    let entry = entries[slot(key)]
    guard entry.head == key.head, entry.second == key.second, entry.length > 0,
      entry.length <= 16 || endsAlike(entry, json, cursor.offset)
    else { return nil }
    cursor.offset &+= entry.length
    return entry.number
  }

  /// Remembers the number of a text without escapes.
  mutating func remember(_ range: Range<Int>, _ number: Int, _ json: RawSpan) {
    guard range.lowerBound &+ 16 <= json.byteCount else { return }
    if bytes.count > Self.mostBytes {
      bytes.removeAll(keepingCapacity: true)
      for slot in entries.indices { entries[slot].length = 0 }
    }
    let key = Self.key(json, range.lowerBound)
    entries[slot(key)] = Entry(
      head: key.head, second: key.second, start: bytes.count, length: range.count + 1,
      number: number)
    bytes.append(json, range.lowerBound..<range.upperBound + 1)
  }

  /// Whether a text of more than sixteen bytes goes on as it must.
  private func endsAlike(_ entry: Entry, _ json: RawSpan, _ start: Int) -> Bool {
    guard start &+ entry.length <= json.byteCount else { return false }
    var place = 16
    let known = bytes.span.bytes
    while place &+ 8 <= entry.length {
      if known.word(at: entry.start &+ place) != json.word(at: start &+ place) { return false }
      place &+= 8
    }
    while place < entry.length {
      if known.byte(at: entry.start &+ place) != json.byte(at: start &+ place) { return false }
      place &+= 1
    }
    return true
  }

  @inline(__always)
  private static func key(_ json: RawSpan, _ offset: Int) -> (head: UInt64, second: UInt64) {
    let head = upToQuote(json.word(at: offset))
    if head.isEnded { return (head.word, 0) }
    return (head.word, upToQuote(json.word(at: offset &+ 8)).word)
  }

  /// A word without what comes after its first quote, if it has one.
  @inline(__always)
  private static func upToQuote(_ word: UInt64) -> (word: UInt64, isEnded: Bool) {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones &* 0x22)
    let found = (quotes &- ones) & ~quotes & (ones &* 0x80)
    return found == 0 ? (word, false) : (word & (found ^ (found &- 1)), true)
  }

  @inline(__always)
  private func slot(_ key: (head: UInt64, second: UInt64)) -> Int {
    let mixed = (key.head ^ (key.second &* 0x9E37_79B9_7F4A_7C15)) &* 0xBF58_476D_1CE4_E5B9
    return Int(truncatingIfNeeded: mixed &>> shift)
  }
}

/// Labels that come again and again, numbered in the order in which they were first met.
struct LabelTable: Sendable {
  /// The labels.
  private(set) var texts = ByteTable()
  private var memo = TextMemo(bits: 12)

  /// The number of the label at a cursor, which goes past it and its quote; nil where it is none
  /// without escapes, or empty.
  @inline(__always)
  mutating func number(_ cursor: inout LineCursor, _ json: RawSpan) -> Int? {
    memo.number(&cursor, json) ?? newNumber(&cursor, json)
  }

  @inline(never)
  private mutating func newNumber(_ cursor: inout LineCursor, _ json: RawSpan) -> Int? {
    guard let range = cursor.text(json), !range.isEmpty else { return nil }
    let number = texts.number(adding: json, range)
    memo.remember(range, number, json)
    return number
  }

  /// The number of a label in a range, added where it is new.
  mutating func number(adding json: RawSpan, _ range: Range<Int>) -> Int {
    texts.number(adding: json, range)
  }

  /// The numbers here of another table's labels, added where new.
  mutating func numbers(adding other: LabelTable) -> [Int] {
    texts.numbers(adding: other.texts, from: 0)
  }
}
