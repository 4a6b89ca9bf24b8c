import LoyaltyModel

/// A text that is looked for: folded, with at least one byte.
struct Needle: Sendable {
  let bytes: [UInt8]
  /// Whether it is all ASCII, so that a plain text can contain it.
  let isPlain: Bool

  /// Nil for an empty text.
  init?(_ folded: [UInt8]) {
    guard !folded.isEmpty else { return nil }
    bytes = folded
    isPlain = folded.allSatisfy { $0 < 0x80 }
  }
}

/// Looks for a text in all rows of a column at once, sixteen bytes at a time.
///
/// The rows of a ``TextColumn`` lie one behind the other, so one pass over the bytes finds the places
/// where both the first and the last byte of the needle fit; only these are looked at closely, and
/// after a hit the rest of the row is passed over.
enum TextScan {
  private typealias Lanes = SIMD16<UInt8>
  private static let width = 16

  /// The place of the first byte beyond ASCII from a place on.
  static func firstOther(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var place = start
    while place + width <= bytes.count {
      let high = load(bytes, place) & Lanes(repeating: 0x80)
      let (low, top) = halves(high)
      if low | top != 0 {
        return place + (low != 0 ? low.trailingZeroBitCount : 64 + top.trailingZeroBitCount) / 8
      }
      place += width
    }
    while place < bytes.count {
      if bytes[place] >= 0x80 { return place }
      place += 1
    }
    return nil
  }

  /// Calls a function with each row of a range whose text contains a needle, without regard to the
  /// case of ASCII letters; rows come in order, each once.
  @inline(__always)
  static func forEachRow(
    containing needle: Needle, of column: TextColumn, _ rows: Range<Int>, _ body: (Int) -> Void
  ) {
    guard !rows.isEmpty else { return }
    column.bytes.withElements { bytes in
      column.offsets.withElements { offsets in
        needle.bytes.withUnsafeBufferPointer { needle in
          scan(Text(bytes: bytes, needle: needle), offsets, rows, body)
        }
      }
    }
  }

  @inline(__always)
  private static func scan(
    _ text: Text, _ offsets: UnsafeBufferPointer<UInt32>, _ rows: Range<Int>, _ body: (Int) -> Void
  ) {
    var row = rows.lowerBound
    var place = Int(offsets[row])
    let end = Int(offsets[rows.upperBound])
    while let hit = text.next(from: place, to: end) {
      while Int(offsets[row + 1]) <= hit { row += 1 }
      let rowEnd = Int(offsets[row + 1])
      if hit + text.needle.count <= rowEnd {
        body(row)
        place = rowEnd
      } else {
        // It runs over into the next row.
        place = hit + 1
      }
    }
  }

  /// The bytes that are searched and what for.
  private struct Text {
    let bytes: UnsafeBufferPointer<UInt8>
    let needle: UnsafeBufferPointer<UInt8>
    /// The needle's first and last byte, and 0x20 where it is a letter, whose case is passed over.
    let first: UInt8, firstCase: UInt8, last: UInt8, lastCase: UInt8

    init(bytes: UnsafeBufferPointer<UInt8>, needle: UnsafeBufferPointer<UInt8>) {
      (self.bytes, self.needle) = (bytes, needle)
      (first, last) = (needle[0], needle[needle.count - 1])
      (firstCase, lastCase) = (Self.caseBit(first), Self.caseBit(last))
    }

    static func caseBit(_ byte: UInt8) -> UInt8 { (97...122).contains(byte) ? 0x20 : 0 }

    /// The first place from one on where the needle stands, before an end.
    @inline(__always)
    func next(from start: Int, to end: Int) -> Int? {
      let lastStart = end - needle.count
      var place = start
      let (wantedFirst, wantedLast) = (Lanes(repeating: first), Lanes(repeating: last))
      let (caseFirst, caseLast) = (Lanes(repeating: firstCase), Lanes(repeating: lastCase))
      while place + needle.count - 1 + width <= end {
        let fits =
          ((load(bytes, place) | caseFirst) .== wantedFirst)
          .& ((load(bytes, place + needle.count - 1) | caseLast) .== wantedLast)
        var (low, top) = halves(unsafeBitCast(fits, to: Lanes.self))
        while low | top != 0 {
          let lane = (low != 0 ? low.trailingZeroBitCount : 64 + top.trailingZeroBitCount) / 8
          if stands(at: place + lane) { return place + lane }
          if low != 0 {
            low &= ~(0xFF << UInt64(lane * 8))
          } else {
            top &= ~(0xFF << UInt64((lane - 8) * 8))
          }
        }
        place += width
      }
      while place <= lastStart {
        if bytes[place] | firstCase == first, stands(at: place) { return place }
        place += 1
      }
      return nil
    }

    @inline(__always)
    private func stands(at place: Int) -> Bool {
      var next = 0
      while next < needle.count {
        let wanted = needle[next]
        guard bytes[place + next] | Self.caseBit(wanted) == wanted else { return false }
        next += 1
      }
      return true
    }
  }

  @inline(__always)
  private static func load(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Lanes {
    UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: place, as: Lanes.self)
  }

  @inline(__always)
  private static func halves(_ lanes: Lanes) -> (UInt64, UInt64) {
    let words = unsafeBitCast(lanes, to: SIMD2<UInt64>.self)
    return (UInt64(littleEndian: words[0]), UInt64(littleEndian: words[1]))
  }
}
