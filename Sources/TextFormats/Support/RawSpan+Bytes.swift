extension RawSpan {
  /// The byte at an offset; traps outside the span.
  @inlinable @inline(__always)
  package func byte(at offset: Int) -> UInt8 {
    unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// The eight bytes from an offset on, the first in the lowest bits; traps outside the span.
  @inlinable @inline(__always)
  package func word(at offset: Int) -> UInt64 {
    UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The place of the next line feed from an offset on, or nil.
  package func lineFeed(from offset: Int) -> Int? {
    var place = offset
    while place &+ 8 <= byteCount {
      // A byte that is a line feed becomes zero, which the subtraction finds.
      let word = word(at: place) ^ 0x0A0A_0A0A_0A0A_0A0A
      let found = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
      if found != 0 { return place &+ found.trailingZeroBitCount / 8 }
      place &+= 8
    }
    while place < byteCount {
      if byte(at: place) == 0x0A { return place }
      place &+= 1
    }
    return nil
  }

  /// The bytes of a range as text; what is no UTF-8 becomes U+FFFD.
  package func string(_ range: Range<Int>) -> String {
    extracting(range).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether the bytes of a range are exactly these.
  package func equals(_ range: Range<Int>, _ other: [UInt8]) -> Bool {
    guard range.count == other.count else { return false }
    var offset = range.lowerBound
    for byte in other {
      if self.byte(at: offset) != byte { return false }
      offset += 1
    }
    return true
  }
}

extension Array<UInt8> {
  /// Appends the bytes of a range of a span.
  @inline(__always)
  package mutating func append(_ bytes: RawSpan, _ range: Range<Int>) {
    bytes.extracting(range).withUnsafeBytes { append(contentsOf: $0) }
  }
}
