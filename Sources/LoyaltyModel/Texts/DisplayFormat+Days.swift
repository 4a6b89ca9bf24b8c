extension DisplayFormat {
  /// A day, to be read: `5 Jul 1997`; by ISO 8601 where the conventions name no months.
  package func day(_ day: Day) -> String {
    guard let texts else { return day.description }
    let parts = day.components
    return texts(
      "date.day",
      [
        "day": String(parts.day), "month": texts["month.\(parts.month)"],
        "year": String(parts.year),
      ])
  }

  /// The month of a day: `Jul 1997`.
  package func month(_ day: Day) -> String {
    guard let texts else { return day.monthName }
    let parts = day.components
    return texts(
      "date.month", ["month": texts["month.\(parts.month)"], "year": String(parts.year)])
  }

  /// Day and time without seconds, of the universal day: `5 Jul 1997 09:30`.
  package func time(_ moment: Timestamp) -> String {
    day(moment) + " " + moment.description.dropFirst(11).prefix(5)
  }

  /// A moment to be read: ``time(_:)`` where months have names, else as files have it.
  package func moment(_ moment: Timestamp) -> String {
    texts == nil ? moment.description : time(moment)
  }

  /// The universal day of a moment.
  package func day(_ moment: Timestamp) -> String {
    Day(moment.description.prefix(10)).map { day($0) } ?? ""
  }

  /// The day that somebody wrote as ``day(_:)`` does, with the month in words; nil for any other text.
  ///
  /// A month may be written out, or shorter or longer than here, as long as one alone begins so.
  package func day(inWords text: String) -> Day? {
    let parts = text.split(whereSeparator: { $0 == " " || $0 == "." })
    guard let texts, parts.count == 3, let day = Int(parts[0]), let year = Int(parts[2]),
      parts[2].count == 4
    else { return nil }
    let word = parts[1].lowercased()
    let months = (1...12).filter { month in
      let name = texts["month.\(month)"].lowercased()
      return word.hasPrefix(name) || name.hasPrefix(word)
    }
    return months.count == 1 ? Day(year: year, month: months[0], day: day) : nil
  }

  /// The number that somebody wrote, with the sign of the language or a point before decimals; nil
  /// where it is none.
  package func decimal(written text: String) -> Double? {
    let plain = text.filter { $0 != " " }
    return Double(String(plain.map { $0 == Character(decimalSeparator) ? "." : $0 }))
  }

  /// The amount that somebody wrote, in minor units; nil for what is none, and for what the
  /// conventions leave open, such as `2.50` where the point stands between thousands.
  package func amount(written text: String, _ currency: Currency) -> Int64? {
    var text = text.filter { $0 != " " }
    for name in [currency.code, "Rp"] where text.uppercased().hasPrefix(name.uppercased()) {
      text = String(text.dropFirst(name.count))
    }
    if text.uppercased().hasSuffix(currency.code) { text = String(text.dropLast(3)) }
    let parts = text.split(
      separator: Character(decimalSeparator), omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.count <= 2 else { return nil }
    let groups = whole.split(separator: Character(groupSeparator), omittingEmptySubsequences: false)
    let areGroups = groups.dropFirst().allSatisfy { $0.count == 3 }
    guard areGroups, groups.count == 1 || (1...3).contains(groups[0].count) else { return nil }
    let fraction = parts.count == 2 ? "." + parts[1] : ""
    return currency.minorUnits(decimalText: groups.joined() + fraction)
  }
}

extension DisplayFormat {
  /// The amount that somebody wrote in the form of the language, or else plainly as files have it.
  package func amount(anyhow text: String, _ currency: Currency) -> Int64? {
    amount(written: text, currency) ?? currency.minorUnits(decimalText: text)
  }
}

extension Texts {
  /// A day, to be read: `5 Jul 1997`.
  package func day(_ day: Day) -> String { DisplayFormat(self).day(day) }

  /// The month of a day: `Jul 1997`.
  package func month(_ day: Day) -> String { DisplayFormat(self).month(day) }
}
