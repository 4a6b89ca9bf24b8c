package import LoyaltyModel

/// How numbers, amounts and days are written for people; files and JSON never use it.
package struct DisplayFormat: Sendable, Hashable {
  /// Between groups of three digits.
  package var groupSeparator = ","
  /// Between whole and decimal digits.
  package var decimalSeparator = "."

  /// English conventions.
  package init() {}

  /// The conventions of a language: Indonesian writes `23.570` and `1.234,50`.
  package init(_ language: Language) {
    guard language == .indonesian else { return }
    (groupSeparator, decimalSeparator) = (".", ",")
  }

  /// A whole number with groups: `23,570`.
  package func number(_ value: some BinaryInteger) -> String {
    let digits = String(value.magnitude)
    var groups: [Substring] = []
    var rest = digits[...]
    while rest.count > 3 {
      groups.insert(rest.suffix(3), at: 0)
      rest = rest.dropLast(3)
    }
    groups.insert(rest, at: 0)
    return (value < 0 ? "-" : "") + groups.joined(separator: groupSeparator)
  }

  /// An amount with its currency: `1,234.50 USD`.
  package func money(_ minorUnits: Int64, _ currency: Currency) -> String {
    amount(minorUnits, currency) + " " + currency.code
  }

  /// An amount without its currency, for columns that name it: `1,234.50`.
  package func amount(_ minorUnits: Int64, _ currency: Currency) -> String {
    let text = currency.decimalText(minorUnits: minorUnits)
    let parts = text.split(separator: ".")
    let whole = parts[0].drop { $0 == "-" }
    let grouped = number(UInt64(whole) ?? 0)
    let fraction = parts.count == 2 ? decimalSeparator + parts[1] : ""
    return (text.hasPrefix("-") ? "-" : "") + grouped + fraction
  }

  /// A share from 0 to 1 as a percentage with one decimal: `67.8 %`.
  package func percent(_ share: Double) -> String {
    guard share.isFinite else { return "–" }
    let tenths = Int((share * 1000).rounded())
    let sign = tenths < 0 ? "-" : ""
    return "\(sign)\(number(abs(tenths) / 10))\(decimalSeparator)\(abs(tenths) % 10) %"
  }
}
