import TextFormats

/// How the characters of a file are encoded.
package enum TextEncoding: String, Sendable, CaseIterable {
  /// UTF-8, with or without a byte order mark.
  case utf8 = "UTF-8"
  /// Windows-1252, and with it ISO 8859-1, as older Windows programs write it.
  case windows1252 = "Windows-1252"
  /// UTF-16, low byte first, as Excel's "Unicode text".
  case utf16LittleEndian = "UTF-16LE"
  /// UTF-16, high byte first.
  case utf16BigEndian = "UTF-16BE"

  /// The encoding that the beginning of a file shows.
  ///
  /// UTF-8 where it is well-formed, cut off or nearly empty; Windows-1252 where it is no UTF-8 at
  /// all but text; UTF-16 by its mark, or by a zero in every other byte.
  init(head: [UInt8]) {
    if ForeignFormat.detect(head) == .utf16 {
      let marked: [UInt8: TextEncoding] = [0xFF: .utf16LittleEndian, 0xFE: .utf16BigEndian]
      let zeroFirst = head.first == 0
      self = head.first.flatMap { marked[$0] } ?? (zeroFirst ? .utf16BigEndian : .utf16LittleEndian)
      return
    }
    guard let flaw = UTF8Text.firstInvalid(head.span.bytes, in: 0..<head.count),
      !Self.isCutOff(head[flaw...]), !head[..<flaw].contains(where: { $0 >= 0x80 })
    else {
      self = .utf8
      return
    }
    self = .windows1252
  }

  /// Whether the last bytes of a file's beginning may be the first ones of a character.
  private static func isCutOff(_ tail: ArraySlice<UInt8>) -> Bool {
    tail.count < 4 && tail.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
  }

  /// A source that gives the bytes of another one as UTF-8.
  func decoding(_ source: @escaping TableReader.Source) -> TableReader.Source {
    guard self != .utf8 else { return source }
    let decoder = TextDecoder(encoding: self, source: source)
    return { try decoder.fill(&$0) }
  }

  /// Bytes of this encoding as UTF-8.
  func decoded(_ bytes: [UInt8]) -> [UInt8] {
    guard self != .utf8 else { return bytes }
    let decoder = TextDecoder(encoding: self) { _ in 0 }
    decoder.decode(bytes[...])
    return decoder.decoded
  }
}

/// Turns chunks of another encoding into UTF-8, a chunk at a time.
private final class TextDecoder {
  private let encoding: TextEncoding
  private let source: TableReader.Source
  private var input: [UInt8] = []
  private(set) var decoded: [UInt8] = []
  private var given = 0
  /// The first byte of a UTF-16 unit whose second is in the next chunk.
  private var half: UInt8?
  /// The first unit of a surrogate pair.
  private var lead: UInt16?

  init(encoding: TextEncoding, source: @escaping TableReader.Source) {
    (self.encoding, self.source) = (encoding, source)
  }

  /// Fills the buffer from its beginning; 0 at the end.
  func fill(_ buffer: inout [UInt8]) throws -> Int {
    while given == decoded.count {
      decoded.removeAll(keepingCapacity: true)
      given = 0
      if input.count != buffer.count { input = Array(repeating: 0, count: buffer.count) }
      let count = try source(&input)
      guard count > 0 else { return 0 }
      decode(input[..<min(count, input.count)])
    }
    let count = min(buffer.count, decoded.count - given)
    buffer.replaceSubrange(0..<count, with: decoded[given..<given + count])
    given += count
    return count
  }

  func decode(_ bytes: ArraySlice<UInt8>) {
    for byte in bytes {
      guard encoding != .windows1252 else {
        append(Self.windows1252(byte))
        continue
      }
      guard let first = half else {
        half = byte
        continue
      }
      half = nil
      let (low, high) = encoding == .utf16LittleEndian ? (first, byte) : (byte, first)
      decode(unit: UInt16(high) << 8 | UInt16(low))
    }
  }

  private func decode(unit: UInt16) {
    if let first = lead {
      lead = nil
      if (0xDC00...0xDFFF).contains(unit) {
        let scalar = 0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(unit & 0x3FF))
        append(Unicode.Scalar(scalar) ?? "\u{FFFD}")
        return
      }
      append("\u{FFFD}")
    }
    if (0xD800...0xDBFF).contains(unit) {
      lead = unit
      return
    }
    append(Unicode.Scalar(unit) ?? "\u{FFFD}")
  }

  private func append(_ scalar: Unicode.Scalar) {
    if scalar.isASCII {
      decoded.append(UInt8(truncatingIfNeeded: scalar.value))
    } else {
      decoded.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
    }
  }

  private static func windows1252(_ byte: UInt8) -> Unicode.Scalar {
    guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
    return Unicode.Scalar(highPoints[Int(byte) - 0x80]) ?? "\u{FFFD}"
  }

  /// The code points of bytes 80–9F; zero-width holes in the table stand for themselves (WHATWG).
  private static let highPoints: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]
}
