/// A few bytes that are known before, such as those between two values of a line, prepared to be
/// compared in words.
package struct ByteLiteral: Sendable, ExpressibleByStringLiteral {
  /// How many bytes there are: at most 24.
  @usableFromInline let length: Int
  @usableFromInline let words: (UInt64, UInt64, UInt64)
  @usableFromInline let masks: (UInt64, UInt64, UInt64)

  /// Prepares bytes, of which there are at most 24.
  package init(stringLiteral text: StaticString) {
    let bytes = text.withUTF8Buffer { Array($0) }
    precondition(bytes.count <= 24, "a literal has at most 24 bytes")
    var words: [UInt64] = [0, 0, 0]
    var masks = words
    for (index, byte) in bytes.enumerated() {
      words[index / 8] |= UInt64(byte) << UInt64(index % 8 * 8)
      masks[index / 8] |= 0xFF << UInt64(index % 8 * 8)
    }
    length = bytes.count
    self.words = (words[0], words[1], words[2])
    self.masks = (masks[0], masks[1], masks[2])
  }
}

/// Walks over a line whose bytes are expected to be those that this program writes: the same keys in
/// the same order, no blanks, no escapes.
///
/// Nothing that it finds is any line but that; what it does not find it leaves to
/// ``NDJSONScanner``, which takes every line and knows what to say about one that is none. So each
/// function tells whether it found what it looked for, and the place after it; after a failure the
/// cursor is of no use.
package struct LineCursor {
  /// Where the next byte is.
  package var offset: Int

  /// A cursor at an offset.
  @inlinable package init(_ offset: Int) { self.offset = offset }

  /// Goes past a literal; false where other bytes stand there, or the end is within 24 bytes.
  @inlinable @inline(__always)
  package mutating func take(_ literal: ByteLiteral, _ bytes: RawSpan) -> Bool {
    guard offset &+ 24 <= bytes.byteCount else { return false }
    var difference = (bytes.word(at: offset) ^ literal.words.0) & literal.masks.0
    if literal.length > 8 {
      difference |= (bytes.word(at: offset &+ 8) ^ literal.words.1) & literal.masks.1
      if literal.length > 16 {
        difference |= (bytes.word(at: offset &+ 16) ^ literal.words.2) & literal.masks.2
      }
    }
    guard difference == 0 else { return false }
    offset &+= literal.length
    return true
  }

  /// Goes past a byte; false where it is another one.
  @inlinable @inline(__always)
  package mutating func take(_ byte: UInt8, _ bytes: RawSpan) -> Bool {
    guard offset < bytes.byteCount, bytes.byte(at: offset) == byte else { return false }
    offset &+= 1
    return true
  }

  /// The end of an object and its line, of which the place of the line feed is returned.
  @inlinable @inline(__always)
  package mutating func lineEnd(_ bytes: RawSpan) -> Int? {
    guard take(0x7D, bytes), offset < bytes.byteCount, bytes.byte(at: offset) == 0x0A else {
      return nil
    }
    return offset
  }

  /// The text up to the next quote, which is passed; nil where it has escapes or is none.
  package mutating func text(_ bytes: RawSpan) -> Range<Int>? {
    let start = offset
    var end = start
    while true {
      end = JSONLexer.plainEnd(bytes, from: end)
      guard end < bytes.byteCount else { return nil }
      let byte = bytes.byte(at: end)
      if byte == 0x22 { break }
      guard byte >= 0x80 else { return nil }
      let length = UTF8Text.sequenceLength(bytes, at: end)
      guard length > 0 else { return nil }
      end &+= length
    }
    offset = end &+ 1
    return Range(uncheckedBounds: (start, end))
  }

  /// A whole number of at most 18 digits; nil where there is none.
  @inlinable
  package mutating func integer(_ bytes: RawSpan) -> Int64? {
    let isNegative = take(0x2D, bytes)
    let start = offset
    var total: Int64 = 0
    while offset < bytes.byteCount {
      let digit = bytes.byte(at: offset) &- 0x30
      guard digit < 10 else { break }
      total = total &* 10 &+ Int64(digit)
      offset &+= 1
    }
    let count = offset &- start
    guard count > 0, count <= 18, count == 1 || bytes.byte(at: start) != 0x30 else { return nil }
    return isNegative ? 0 &- total : total
  }

  /// An amount with all its decimals, and the quote after it, in minor units; nil where there is
  /// none.
  @inlinable
  package mutating func amount(_ bytes: RawSpan, digits: Int) -> Int64? {
    let isNegative = take(0x2D, bytes)
    let start = offset
    var (total, point) = (Int64(0), -1)
    while offset < bytes.byteCount {
      let byte = bytes.byte(at: offset)
      if byte &- 0x30 < 10 {
        total = total &* 10 &+ Int64(byte &- 0x30)
      } else if byte == 0x2E, point < 0 {
        point = offset
      } else {
        break
      }
      offset &+= 1
    }
    let isWhole = point < 0 ? digits == 0 : digits > 0 && offset &- point &- 1 == digits
    guard isWhole, offset > start, point != start, offset &- start <= 18, take(0x22, bytes) else {
      return nil
    }
    return isNegative ? 0 &- total : total
  }

  /// The same for many days that are mostly of one month.
  @inlinable
  package mutating func day(_ bytes: RawSpan, _ memo: inout MonthMemo) -> Int32? {
    guard offset &+ 11 <= bytes.byteCount else { return nil }
    let tens = Int32(bytes.byte(at: offset &+ 8)) &- 0x30
    let ones = Int32(bytes.byte(at: offset &+ 9)) &- 0x30
    // Every month has its first 28 days.
    let day = tens &* 10 &+ ones
    if bytes.word(at: offset) == memo.text, tens >= 0, tens <= 2, ones >= 0, ones <= 9, day >= 1,
      day <= 28, bytes.byte(at: offset &+ 10) == 0x22
    {
      offset &+= 11
      return memo.first &+ day &- 1
    }
    let text = bytes.word(at: offset)
    guard let found = self.day(bytes) else { return nil }
    memo = MonthMemo(text: text, first: found &- day &+ 1)
    return found
  }

  /// A day `YYYY-MM-DD`, and the quote after it, as days since 1970-01-01; nil where there is none.
  @inlinable
  package mutating func day(_ bytes: RawSpan) -> Int32? {
    guard offset &+ 10 < bytes.byteCount, bytes.byte(at: offset &+ 10) == 0x22,
      let day = CivilDate.days(
        iso: bytes, Range(uncheckedBounds: (offset, offset &+ 10)))
    else { return nil }
    offset &+= 11
    return day
  }
}

/// The month of the day that was read last.
package struct MonthMemo: Sendable {
  /// The bytes of `YYYY-MM-`.
  @usableFromInline var text: UInt64 = 0
  /// Its first day, as days since 1970-01-01.
  @usableFromInline var first: Int32 = 0

  /// No month yet.
  @inlinable package init() {}

  @inlinable init(text: UInt64, first: Int32) { (self.text, self.first) = (text, first) }
}
