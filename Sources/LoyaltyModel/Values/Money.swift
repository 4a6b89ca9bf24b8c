/// A currency: its ISO 4217 code and the number of digits of its minor unit.
package struct Currency: Hashable, Sendable {
  /// The three-letter code, such as `EUR`.
  package let code: String
  /// Digits after the decimal point: 2 for EUR, 0 for JPY and IDR at the till, 3 for KWD.
  package let digits: Int

  /// The currency of an ISO 4217 code, or nil when it is not three capital letters.
  package init?(code: String) {
    guard code.utf8.count == 3, code.utf8.allSatisfy({ (65...90).contains($0) }) else { return nil }
    self.code = code
    digits = Currency.digitsByCode[code] ?? 2
  }

  /// Minor units in one major unit: 100 for EUR.
  package var minorUnitsPerMajor: Int64 { (0..<digits).reduce(Int64(1)) { power, _ in power * 10 } }

  /// The codes whose minor unit is not a hundredth (ISO 4217, list one).
  private static let digitsByCode: [String: Int] = [
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
    "RWF": 0, "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
  ]
}

/// An exact amount of money: minor units and their currency.
package struct Money: Hashable, Sendable {
  /// The amount in minor units (cents): 1177 is 11.77.
  package var minorUnits: Int64
  /// The currency that the minor units belong to.
  package let currency: Currency

  /// An amount in minor units of a currency.
  package init(minorUnits: Int64, currency: Currency) {
    self.minorUnits = minorUnits
    self.currency = currency
  }

  /// The amount as every file and every JSON output writes it: `-1234.50`, no grouping, no symbol.
  package var decimalText: String { currency.decimalText(minorUnits: minorUnits) }
}

extension Currency {
  /// An amount in minor units as an exact decimal: 1177 → `11.77`.
  package func decimalText(minorUnits: Int64) -> String {
    guard digits > 0 else { return String(minorUnits) }
    let magnitude = String(minorUnits.magnitude)
    let text = String(repeating: "0", count: max(0, digits + 1 - magnitude.count)) + magnitude
    let sign = minorUnits < 0 ? "-" : ""
    return sign + text.dropLast(digits) + "." + text.suffix(digits)
  }

  /// The minor units of an exact decimal such as `-1234.5`; nil for anything else, for more
  /// digits than the currency has, and where it would overflow.
  package func minorUnits(decimalText text: String) -> Int64? {
    var bytes = Array(text.utf8)[...]
    let negative = bytes.first == UInt8(ascii: "-")
    if negative { bytes = bytes.dropFirst() }
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), !parts[0].isEmpty, parts.last?.isEmpty == false else {
      return nil
    }
    let fraction = parts.count == 2 ? parts[1] : []
    guard fraction.count <= digits else { return nil }
    var value: Int64 = 0
    let padding = repeatElement(UInt8(ascii: "0"), count: digits - fraction.count)
    for byte in Array(parts[0]) + Array(fraction) + Array(padding) {
      guard (48...57).contains(byte) else { return nil }
      let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = scaled.subtractingReportingOverflow(Int64(byte - 48))
      guard !overflow, !carry else { return nil }
      value = sum
    }
    // Gathered as a negative number, whose range is the wider one.
    return negative ? value : value == .min ? nil : -value
  }
}
