/// Checks UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
package enum UTF8Text {
  /// The length of the well-formed sequence that begins at an offset: 1–4, or 0 when there is none.
  package static func sequenceLength(_ bytes: RawSpan, at offset: Int) -> Int {
    let lead = bytes.byte(at: offset)
    if lead < 0x80 { return 1 }
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard (0xC2...0xF4).contains(lead), offset + length <= bytes.byteCount else { return 0 }
    guard secondByteRange(after: lead).contains(bytes.byte(at: offset + 1)) else { return 0 }
    for next in 2..<max(length, 2) where bytes.byte(at: offset + next) & 0xC0 != 0x80 { return 0 }
    return length
  }

  /// What may follow a lead byte; the narrow ranges keep out overlong forms and surrogates.
  static func secondByteRange(after lead: UInt8) -> ClosedRange<UInt8> {
    switch lead {
    case 0xE0: 0xA0...0xBF
    case 0xED: 0x80...0x9F
    case 0xF0: 0x90...0xBF
    case 0xF4: 0x80...0x8F
    default: 0x80...0xBF
    }
  }

  /// The offset of the first byte that begins no well-formed sequence, or nil when all is well.
  package static func firstInvalid(_ bytes: RawSpan, in range: Range<Int>) -> Int? {
    var offset = range.lowerBound
    let text = bytes.extracting(0..<range.upperBound)
    while offset < range.upperBound {
      if offset + 8 <= range.upperBound, text.word(at: offset) & 0x8080_8080_8080_8080 == 0 {
        offset += 8
        continue
      }
      let length = sequenceLength(text, at: offset)
      if length == 0 { return offset }
      offset += length
    }
    return nil
  }

  /// Appends a Unicode scalar value (no surrogate) as UTF-8.
  static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    switch scalar {
    case 0..<0x80:
      bytes.append(UInt8(scalar))
    case 0x80..<0x800:
      bytes.append(UInt8(0xC0 | scalar >> 6))
      bytes.append(UInt8(0x80 | scalar & 0x3F))
    case 0x800..<0x1_0000:
      bytes.append(UInt8(0xE0 | scalar >> 12))
      bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | scalar & 0x3F))
    default:
      bytes.append(UInt8(0xF0 | scalar >> 18))
      bytes.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | scalar & 0x3F))
    }
  }
}
