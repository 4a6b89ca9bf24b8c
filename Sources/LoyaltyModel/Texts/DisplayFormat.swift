/// How numbers, amounts and days are written for people; files and JSON never use it.
package struct DisplayFormat: Sendable, Hashable {
  /// Between groups of three digits.
  package var groupSeparator = ","
  /// Between whole and decimal digits.
  package var decimalSeparator = "."

  /// Where months have names and money a form of its own; nil for the commands' English.
  var texts: Texts?

  /// The conventions of the commands: English numbers, days by ISO 8601.
  package init() {}

  /// The conventions of a language, from its texts: Indonesian writes `23.570`, `1.234,50 USD`,
  /// `Rp 1.234.500` and `5 Agu 1997`.
  package init(_ texts: Texts) {
    groupSeparator = texts["number.group-separator"]
    decimalSeparator = texts["number.decimal-separator"]
    self.texts = texts
  }

  /// Whether days in figures always begin with the day, as `31/12/2026` does.
  package var putsDayFirst: Bool { texts?.language == .indonesian }

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
    let amount = amount(minorUnits, currency)
    guard let texts, hasOwnForm(currency) else { return amount + " " + currency.code }
    return texts("money.\(currency.code.lowercased())", ["amount": amount])
  }

  /// Whether the language writes a currency in a way of its own.
  private func hasOwnForm(_ currency: Currency) -> Bool {
    texts?.entry("money.\(currency.code.lowercased())") != nil
  }

  /// An amount without its currency, for columns that name it: `1,234.50`.
  package func amount(_ minorUnits: Int64, _ currency: Currency) -> String {
    let text = currency.decimalText(minorUnits: minorUnits)
    let parts = text.split(separator: ".")
    let whole = parts[0].drop { $0 == "-" }
    let grouped = number(UInt64(whole) ?? 0)
    let isWhole = parts.count < 2 || omitsSen(of: currency) && parts[1].allSatisfy { $0 == "0" }
    let fraction = isWhole ? "" : decimalSeparator + parts[1]
    return (text.hasPrefix("-") ? "-" : "") + grouped + fraction
  }

  /// ISO 4217 gives the rupiah hundredths, but no Indonesian shop has had them for decades.
  private func omitsSen(of currency: Currency) -> Bool {
    texts?.language == .indonesian && currency.code == "IDR"
  }

  /// A share from 0 to 1 as a percentage with one decimal: `67.8 %`.
  package func percent(_ share: Double) -> String {
    guard share.isFinite else { return "–" }
    let tenths = Int((share * 1000).rounded())
    let sign = tenths < 0 ? "-" : ""
    return "\(sign)\(number(abs(tenths) / 10))\(decimalSeparator)\(abs(tenths) % 10) %"
  }

  /// A number with so many decimals: `1,234.57`.
  package func decimal(_ value: Double, _ digits: Int) -> String {
    let scale = (0..<digits).reduce(1.0) { power, _ in power * 10 }
    guard value.isFinite, let scaled = Int64(exactly: (abs(value) * scale).rounded()) else {
      return "–"
    }
    let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Int64(scale))
    let fraction = String(rest)
    let padding = String(repeating: "0", count: max(0, digits - fraction.count))
    let sign = value < 0 && scaled != 0 ? "-" : ""
    return sign + number(whole) + decimalSeparator + padding + fraction
  }

  /// An amount within a sentence about a rule: by the locale where there is one, `1.234,50`, else
  /// as the rule's file has it, `1234.50`.
  package func plainAmount(_ minorUnits: Int64, _ currency: Currency) -> String {
    texts == nil
      ? currency.decimalText(minorUnits: minorUnits) : amount(minorUnits, currency)
  }

  /// A number that was written with a point, with the sign of the locale: `1,2`.
  package func pointed(_ text: String) -> String {
    String(text.map { $0 == "." ? Character(decimalSeparator) : $0 })
  }
}
