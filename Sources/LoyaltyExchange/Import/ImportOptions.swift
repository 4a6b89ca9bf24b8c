package import LoyaltyModel
package import TextFormats

/// What is settled before a file is looked at.
package struct ImportOptions: Sendable, Hashable {
  /// The programme's currency, in whose minor units amounts are read.
  package var currency: Currency
  /// Today; later dates are rejected.
  package var today: Day
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
  package init(currency: Currency, today: Day) { (self.currency, self.today) = (currency, today) }
}

/// What was found out about a file, and people should know before it is imported.
package enum ImportNote: Sendable, Hashable {
  /// The file is not in UTF-8 but was understood.
  case encoding(TextEncoding)
  /// Some amounts are surely written one way, some the other; each is read by itself.
  case mixedAmounts(decimalPoint: String, decimalComma: String)
  /// Amounts that can be read in two ways and are rejected unless the style is given.
  case ambiguousAmounts(example: String)
  /// Some dates have the day first, some the month; each is read by itself.
  case mixedDates(dayFirst: String, monthFirst: String)
  /// Dates that can be read in two ways and are rejected unless the style is given.
  case ambiguousDates(example: String)
  /// Columns that are not used.
  case unusedColumns([String])
  /// There is a header but no row below.
  case noRows
}
