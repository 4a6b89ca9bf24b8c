/// Values as a run of bytes that is the shorter the smaller they are, for records of which there are
/// millions: as objects they would take ten times as much.
///
/// Numbers are in base 128 with the low digits first, as in DWARF's LEB128; texts that come again
/// stand once in a list and are written by their number. ``PackedReader`` reads them.
package struct PackedBytes: Sendable {
  /// The values that were written here, one after the other.
  private var own: [UInt8] = []
  /// The values that were there already, until something is written.
  private var given: Column<UInt8>?
  /// The texts that are written by their number.
  package private(set) var texts: [String]
  /// The numbers of the first ``looked`` texts.
  private var numbers: [String: Int] = [:]
  private var looked = 0

  /// No values.
  package init() { texts = [] }

  /// Values that are there, to be read or added to.
  package init(bytes: Column<UInt8>, texts: [String]) { (given, self.texts) = (bytes, texts) }

  /// The values, one after the other.
  package var bytes: Column<UInt8> { given ?? Column(own) }

  /// A byte.
  package func byte(at place: Int) -> UInt8 { given?[place] ?? own[place] }

  /// How many bytes there are.
  package var count: Int { given?.count ?? own.count }

  /// Makes what is there this one's own.
  private mutating func take() {
    guard let given else { return }
    (own, self.given) = (given.array, nil)
  }

  /// Writes a number that is never negative.
  package mutating func unsigned(_ number: UInt64) {
    if given != nil { take() }
    var rest = number
    while rest >= 0x80 {
      own.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    own.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Writes a number; small ones of either sign are short.
  package mutating func number(_ number: Int64) {
    unsigned(UInt64(bitPattern: number << 1 ^ number >> 63))
  }

  /// Writes how many there are of something.
  package mutating func size(_ count: Int) { unsigned(UInt64(count)) }

  /// Writes a day.
  package mutating func day(_ day: Day) { number(Int64(day.number)) }

  /// Writes a text that other records are likely to have, too.
  package mutating func shared(_ text: String) { size(number(sharing: text)) }

  /// The number of a text that records share; written as a size.
  package mutating func number(sharing text: String) -> Int {
    if looked < texts.count {
      // What was put together from its parts has not been looked up yet.
      for number in looked..<texts.count { numbers[texts[number]] = number }
      looked = texts.count
    }
    // By bytes: texts that only look the same are two.
    if let known = numbers[text], texts[known].utf8.elementsEqual(text.utf8) { return known }
    numbers[text] = texts.count
    texts.append(text)
    looked = texts.count
    return texts.count - 1
  }

  /// Writes a text that is the record's own.
  package mutating func own(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      unsigned(UInt64(utf8.count))
      own.append(contentsOf: utf8)
    }
  }

  /// Writes the bytes in a range as a text that is the record's own.
  mutating func own(_ utf8: RawSpan, _ range: Range<Int>) {
    unsigned(UInt64(range.count))
    own.append(utf8, range)
  }

  /// Some records of those that begin at offsets, in an order, and where they begin then.
  func gathered(_ records: [UInt32], _ offsets: [UInt64]) -> (PackedBytes, offsets: [UInt64]) {
    var gathered = PackedBytes()
    (gathered.texts, gathered.numbers, gathered.looked) = (texts, numbers, looked)
    gathered.own.reserveCapacity(count)
    var places: [UInt64] = [0]
    places.reserveCapacity(records.count + 1)
    bytes.withElements { bytes in
      for record in records {
        gathered.own += UnsafeBufferPointer(
          rebasing: bytes[Int(offsets[Int(record)])..<Int(offsets[Int(record) + 1])])
        places.append(UInt64(gathered.own.count))
      }
    }
    return (gathered, places)
  }

  /// Writes one of a closed list.
  package mutating func choice<Choice: Equatable>(_ choice: Choice, of all: [Choice]) {
    byte(UInt8(clamping: all.firstIndex(of: choice) ?? 0))
  }

  /// Writes a number that may be missing.
  package mutating func optional(_ number: Int?) {
    byte(number == nil ? 0 : 1)
    if let number { self.number(Int64(number)) }
  }

  /// Writes a byte.
  package mutating func byte(_ byte: UInt8) {
    if given != nil { take() }
    own.append(byte)
  }
}

/// Reads what ``PackedBytes`` were written with, in the same order.
///
/// What is no such thing gives zeros and empty texts, and sets ``isFlawed``.
package struct PackedReader {
  private let bytes: Column<UInt8>
  private let texts: [String]
  private var place: Int
  /// Whether anything was asked for that is not there.
  package private(set) var isFlawed = false

  /// A reader that begins at a place.
  package init(_ packed: PackedBytes, at place: Int) {
    (bytes, texts, self.place) = (packed.bytes, packed.texts, place)
  }

  /// The next byte.
  @inline(__always)
  package mutating func byte() -> UInt8 {
    guard place < bytes.count else {
      isFlawed = true
      return 0
    }
    defer { place &+= 1 }
    return bytes[place]
  }

  /// The next number that is never negative.
  @inline(__always)
  package mutating func unsigned() -> UInt64 {
    var (number, shift): (UInt64, UInt64) = (0, 0)
    while true {
      let next = byte()
      number |= UInt64(next & 0x7F) &<< shift
      if next < 0x80 { return number }
      shift &+= 7
      guard shift < 64 else {
        isFlawed = true
        return 0
      }
    }
  }

  /// The next number.
  @inline(__always)
  package mutating func number() -> Int64 {
    let raw = unsigned()
    return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
  }

  /// How many there are of something; never more than there are bytes left.
  package mutating func size() -> Int {
    let count = unsigned()
    guard count <= UInt64(bytes.count - place) else {
      isFlawed = true
      return 0
    }
    return Int(count)
  }

  /// The next day.
  package mutating func day() -> Day { Day(number: Int32(truncatingIfNeeded: number())) }

  /// The next text that records share.
  package mutating func shared() -> String {
    let number = unsigned()
    guard number < UInt64(texts.count) else {
      isFlawed = true
      return ""
    }
    return texts[Int(number)]
  }

  /// The next text of a record's own.
  package mutating func own() -> String {
    let length = size()
    defer { place += length }
    return String(decoding: bytes[place..<place + length], as: UTF8.self)
  }

  /// The next number that may be missing.
  package mutating func optional() -> Int? { byte() == 0 ? nil : Int(number()) }

  /// The next elements, their number first.
  package mutating func list<Element>(_ read: (inout PackedReader) -> Element) -> [Element] {
    let count = size()
    var elements: [Element] = []
    elements.reserveCapacity(count)
    for _ in 0..<count { elements.append(read(&self)) }
    return elements
  }

  /// The next of a closed list.
  package mutating func choice<Choice>(of all: [Choice]) -> Choice {
    let number = Int(byte())
    guard number < all.count else {
      isFlawed = true
      return all[0]
    }
    return all[number]
  }
}
