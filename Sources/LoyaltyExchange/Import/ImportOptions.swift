package import LoyaltyModel
package import TextFormats

/// A time zone, of which an import needs how far it is from UTC at a moment.
package struct ImportZone: Sendable, Hashable {
  /// Its name in the IANA database.
  package let name: String
  /// Seconds east of UTC at a moment, given in seconds since 1970-01-01 00:00 UTC.
  let offset: @Sendable (Int64) -> Int

  /// A time zone of a name.
  package init(_ name: String, offset: @escaping @Sendable (Int64) -> Int) {
    (self.name, self.offset) = (name, offset)
  }

  /// The day in this zone at a moment, given in seconds since 1970-01-01 00:00 UTC.
  func day(at seconds: Int64) -> Day {
    let (days, rest) = (seconds + Int64(offset(seconds))).quotientAndRemainder(dividingBy: 86_400)
    return Day(number: Int32(clamping: days - (rest < 0 ? 1 : 0)))
  }

  package static func == (left: Self, right: Self) -> Bool { left.name == right.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// What is settled before a file is looked at.
package struct ImportOptions: Sendable, Hashable {
  /// The programme's currency, in whose minor units amounts are read.
  package var currency: Currency
  /// Today; later dates are rejected.
  package var today: Day
  /// The zone in which days are counted: a time with its distance from UTC is of the day that it
  /// was there; nil takes every day as it is written.
  package var zone: ImportZone?
  /// The day from which a consent holds of which a file gives no day.
  package var consentDay: Day
  /// The profile, where it was named.
  package var profile: ProfileRequest?
  /// Which column means what, where it was said.
  package var mapping: [MappingRequest] = []
  /// How amounts are written, where it was said.
  package var amountStyle: AmountStyle?
  /// Whether the day or the month comes first, where it was said.
  package var dateStyle: DateStyle?
  /// How characters are encoded, where it was said.
  package var encoding: TextEncoding?

  /// Options that leave all to the file.
  package init(currency: Currency, today: Day) {
    (self.currency, self.today, consentDay) = (currency, today, today)
  }
}

/// What was found out about a file, and people should know before it is imported.
package enum ImportNote: Sendable, Hashable {
  /// Lines above the header that are passed over: how many, and the first words.
  case passedOver(lines: Int, example: String)
  /// The file is not in UTF-8 but was understood.
  case encoding(TextEncoding)
  /// Some amounts are surely written one way, some the other; each is read by itself.
  case mixedAmounts(decimalPoint: String, decimalComma: String)
  /// Amounts whose only sign was taken for one between thousands: an example as written and as it
  /// is read, in plain decimals.
  case thousands(example: String, reading: String)
  /// Amounts that can be read in two ways and are rejected unless the style is given.
  case ambiguousAmounts(example: String)
  /// Some dates have the day first, some the month; each is read by itself.
  case mixedDates(dayFirst: String, monthFirst: String)
  /// Dates that can be read in two ways and are rejected unless the style is given.
  case ambiguousDates(example: String)
  /// The meaning of the columns was told by their names alone.
  case guessed(ImportLayout, [MappingRequest])
  /// A column that says who may be sent e-mails, but not since when: it is taken from this day on.
  case newsletter(column: String, from: Day)
  /// Columns that seem to say which sales were cancelled, which the import does not understand.
  case cancellations([String])
  /// Columns that are not used.
  case unusedColumns([String])
  /// Fields that are mapped and say nothing, since no column tells of which product.
  case needsProduct([ImportField])
  /// There is a header but no row below.
  case noRows
}
