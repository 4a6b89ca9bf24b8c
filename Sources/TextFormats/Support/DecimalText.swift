/// Exact decimals as text: minor units to digits and back, without floating point.
package enum DecimalText {
  /// Why a text is no amount.
  package enum Flaw: Error, Sendable, Hashable {
    /// Not `-?digits(.digits)?`.
    case malformed
    /// More decimals than the currency has, and not all of them zero.
    case tooPrecise(allowed: Int)
    /// Beyond 64 bits.
    case overflow
  }

  /// Reads `-?digits(.digits)?` as minor units: `11.7` with 2 digits is 1170.
  ///
  /// - Parameters:
  ///   - bytes: The span that holds the text.
  ///   - range: Where the text stands.
  ///   - digits: How many decimals the currency has.
  /// - Returns: The amount in minor units.
  /// - Throws: Why the text is no amount.
  package static func minorUnits(
    _ bytes: RawSpan, _ range: Range<Int>, digits: Int
  ) throws(Flaw) -> Int64 {
    var offset = range.lowerBound
    let isNegative = offset < range.upperBound && bytes.byte(at: offset) == 0x2D
    if isNegative { offset &+= 1 }
    // So many digits cannot overflow.
    let isShort = range.count <= 18
    var total: Int64 = 0
    var wholeDigits = 0
    var decimals = -1
    while offset < range.upperBound {
      let byte = bytes.byte(at: offset)
      offset &+= 1
      if byte == 0x2E, decimals < 0, wholeDigits > 0 {
        decimals = 0
        continue
      }
      let digit = byte &- 0x30
      guard digit < 10 else { throw .malformed }
      if decimals < 0 {
        wholeDigits &+= 1
      } else {
        decimals &+= 1
        if decimals > digits {
          guard digit == 0 else { throw .tooPrecise(allowed: digits) }
          continue
        }
      }
      total = isShort ? total &* 10 &- Int64(digit) : try shifted(total, adding: digit)
    }
    guard wholeDigits > 0, decimals != 0 else { throw .malformed }
    var missing = digits &- max(0, decimals)
    while missing > 0 {
      total = try shifted(total, adding: 0)
      missing &-= 1
    }
    // Summed below zero, since the lowest value has no positive counterpart.
    if isNegative { return total }
    guard total != .min else { throw .overflow }
    return 0 &- total
  }

  @inline(__always)
  private static func shifted(_ total: Int64, adding digit: UInt8) throws(Flaw) -> Int64 {
    let (product, over) = total.multipliedReportingOverflow(by: 10)
    let (sum, under) = product.subtractingReportingOverflow(Int64(digit))
    if over || under { throw .overflow }
    return sum
  }

  /// Appends minor units as a plain decimal: 1177 with 2 digits is `11.77`, −5 is `-0.05`.
  package static func append(minorUnits: Int64, digits: Int, to bytes: inout [UInt8]) {
    if minorUnits < 0 { bytes.append(0x2D) }
    var scale: UInt64 = 1
    for _ in 0..<digits { scale &*= 10 }
    let (whole, fraction) = minorUnits.magnitude.quotientAndRemainder(dividingBy: scale)
    append(whole, to: &bytes)
    guard digits > 0 else { return }
    bytes.append(0x2E)
    append(fraction, to: &bytes, minimumDigits: digits)
  }

  /// The plain decimal of minor units as text.
  package static func string(minorUnits: Int64, digits: Int) -> String {
    var bytes: [UInt8] = []
    append(minorUnits: minorUnits, digits: digits, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends an integer, with leading zeros up to so many digits.
  static func append(_ value: UInt64, to bytes: inout [UInt8], minimumDigits: Int = 1) {
    var buffer: InlineArray<20, UInt8> = InlineArray(repeating: 0x30)
    var first = 20
    var rest = value
    repeat {
      first &-= 1
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      buffer[first] = 0x30 &+ UInt8(truncatingIfNeeded: digit)
      rest = quotient
    } while rest > 0
    first = min(first, 20 - min(minimumDigits, 20))
    buffer.span.withUnsafeBufferPointer {
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[first...]))
    }
  }
}
