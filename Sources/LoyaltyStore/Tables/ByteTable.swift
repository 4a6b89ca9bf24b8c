import LoyaltyModel
import TextFormats

/// Distinct texts given as bytes, numbered in the order in which they were first met.
///
/// A `String` a row would cost more than reading the row, so the texts stay bytes in one run.
struct ByteTable {
  /// The bytes of all texts, one after the other.
  private(set) var bytes: [UInt8] = []
  /// Where each begins; one more than there are texts.
  private(set) var offsets: [UInt32] = [0]
  /// Number plus one in the low half, hash in the high half; 0 is free.
  private var slots: [UInt64]
  private var mask: Int

  init(capacity: Int = 16) {
    var size = 32
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    mask = size - 1
  }

  /// A table of texts that are known to be distinct.
  init(distinct texts: TextColumn) {
    self.init(capacity: texts.count)
    (bytes, offsets) = (texts.bytes, texts.offsets)
    slots = filledSlots(slots.count)
  }

  /// The number of texts.
  var count: Int { offsets.count - 1 }

  /// The text of a number.
  subscript(number: Int) -> String { String(decoding: bytes[range(number)], as: UTF8.self) }

  /// The bytes of a number.
  func range(_ number: Int) -> Range<Int> { Int(offsets[number])..<Int(offsets[number + 1]) }

  /// The numbers here of another table's texts from one of its numbers on, added where new.
  mutating func numbers(adding other: ByteTable, from first: Int) -> [Int] {
    guard first < other.count else { return [] }
    let span = other.bytes.span.bytes
    return (first..<other.count).map { number(adding: span, other.range($0)) }
  }

  /// The number of the text in a range, added where it is new.
  mutating func number(adding text: RawSpan, _ range: Range<Int>) -> Int {
    let hash = Self.hash(text, range)
    let tag = hash & 0xFFFF_FFFF_0000_0000
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let entry = slots[slot]
      if entry & 0xFFFF_FFFF_0000_0000 == tag {
        let number = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) &- 1
        if equals(number, text, range) { return number }
      }
      slot = (slot &+ 1) & mask
    }
    let number = count
    bytes.append(text, range)
    offsets.append(UInt32(bytes.count))
    slots[slot] = tag | UInt64(number + 1)
    if count * 2 > slots.count { grow() }
    return number
  }

  /// The first of some numbers whose text stands in a range, or nil.
  @inline(__always)
  func number(of text: RawSpan, _ range: Range<Int>, among numbers: Range<Int>) -> Int? {
    var number = numbers.lowerBound
    while number < numbers.upperBound {
      if equals(number, text, range) { return number }
      number &+= 1
    }
    return nil
  }

  @inline(__always)
  private func equals(_ number: Int, _ text: RawSpan, _ range: Range<Int>) -> Bool {
    var (mine, offset) = (Int(offsets[number]), range.lowerBound)
    guard Int(offsets[number &+ 1]) &- mine == range.count else { return false }
    let own = bytes.span.bytes
    while offset &+ 8 <= range.upperBound {
      if own.word(at: mine) != text.word(at: offset) { return false }
      mine &+= 8
      offset &+= 8
    }
    while offset < range.upperBound {
      if bytes[mine] != text.byte(at: offset) { return false }
      mine &+= 1
      offset &+= 1
    }
    return true
  }

  private mutating func grow() {
    slots = filledSlots(slots.count * 2)
    mask = slots.count - 1
  }

  /// So many slots, one of them for each text.
  private func filledSlots(_ size: Int) -> [UInt64] {
    var slots = [UInt64](repeating: 0, count: size)
    let span = bytes.span.bytes
    for number in 0..<count {
      let hash = Self.hash(span, range(number))
      var slot = Int(truncatingIfNeeded: hash) & (size - 1)
      while slots[slot] != 0 { slot = (slot &+ 1) & (size - 1) }
      slots[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(number + 1)
    }
    return slots
  }

  /// A well-mixed hash: words multiplied in, then the finaliser of splitmix64.
  ///
  /// After Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
  @inline(__always)
  static func hash(_ text: RawSpan, _ range: Range<Int>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: range.count) &* 0x9E37_79B9_7F4A_7C15
    var offset = range.lowerBound
    while offset &+ 8 <= range.upperBound {
      hash = (hash ^ text.word(at: offset)) &* 0xBF58_476D_1CE4_E5B9
      hash ^= hash &>> 29
      offset &+= 8
    }
    var (rest, shift): (UInt64, UInt64) = (0, 0)
    while offset < range.upperBound {
      rest |= UInt64(text.byte(at: offset)) &<< shift
      shift &+= 8
      offset &+= 1
    }
    hash = (hash ^ rest) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash &>> 27)) &* 0x94D0_49BB_1331_11EB
    return hash ^ (hash &>> 31)
  }
}
