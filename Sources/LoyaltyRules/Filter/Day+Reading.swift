package import LoyaltyModel
package import TextFormats

extension Day {
  /// The day of a text in figures, by the reader of imports: `2026-12-31`, `31.12.2026`; nil for what
  /// is none, what could be one of two, and what has a time of day.
  package init?(reading text: String, _ style: DateStyle = .automatic) {
    guard let read = try? DateParser(style: style).parse(text), read.secondOfDay == nil else {
      return nil
    }
    self.init(number: Int32(read.date.daysSinceEpoch))
  }
}
