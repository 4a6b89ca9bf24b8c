/// Which of the first two numbers of `3/4/2025` is the day.
package enum DateStyle: Sendable, Hashable {
  /// Told from each date by itself; `3/4/2025` is then refused as ambiguous.
  case automatic
  /// `DD/MM/YYYY`.
  case dayFirst
  /// `MM/DD/YYYY`.
  case monthFirst
}

/// Why a text is no date.
package enum DateError: Error, Sendable, Hashable {
  case empty
  case notADate(String)
  case noSuchMonth(String, month: Int)
  case noSuchDay(String, year: Int, month: Int, day: Int)
  /// Two readings: `3/4/2025` is 3 April or 4 March.
  case ambiguous(String, dayFirst: CivilDate, monthFirst: CivilDate)
  /// A year of two digits.
  case shortYear(String)
  case badTime(String)
  case badZone(String)
}

/// A date with, perhaps, a time of day and its distance from UTC, as a text gave them.
package struct CivilDateTime: Sendable, Hashable {
  package let date: CivilDate
  /// Seconds since midnight, 0–86 399, when a time was given.
  package let secondOfDay: Int?
  /// Seconds east of UTC, when a zone was given.
  package let utcOffset: Int?

  package init(date: CivilDate, secondOfDay: Int? = nil, utcOffset: Int? = nil) {
    self.date = date
    self.secondOfDay = secondOfDay
    self.utcOffset = utcOffset
  }

  /// Seconds since 1970-01-01 00:00 UTC, when time and zone were given.
  package var secondsSinceEpoch: Int64? {
    guard let secondOfDay, let utcOffset else { return nil }
    return Int64(date.daysSinceEpoch) * 86_400 + Int64(secondOfDay - utcOffset)
  }
}

/// Reads dates as people and programs write them.
///
/// `2025-11-30`, `20251130`, `2025/11/30`, `30.11.2025`, `30/11/2025` or `11/30/2025`, each with,
/// perhaps, a time (`17:09`, `17:09:34.5`, `5:09 PM`) and a zone (`Z`, `UTC`, `-0300`, `+01:00`),
/// after a blank or a `T`.
package struct DateParser: Sendable, Hashable {
  /// Which of the first two numbers is the day, where the year comes last and slashes divide.
  package let style: DateStyle

  package init(style: DateStyle = .automatic) { self.style = style }

  /// Reads a date and what follows it.
  package func parse(_ text: String) throws(DateError) -> CivilDateTime {
    let shape = try DateShape(text)
    let date = try shape.date(style)
    guard !shape.rest.isEmpty else { return CivilDateTime(date: date) }
    let (second, zone) = try TimeShape.parse(shape.rest, of: text)
    return CivilDateTime(date: date, secondOfDay: second, utcOffset: zone)
  }
}

/// Watches a column of dates to find out whether the day or the month comes first.
package struct DateStyleDetector: Sendable {
  /// What a column shows.
  package enum Decision: Sendable, Hashable {
    /// Every date that needs it can be read in this way.
    case decided(DateStyle)
    /// No date tells; `example` is one that needs to be told, nil when none does.
    case open(example: String?)
    /// Some dates have the day first, some the month.
    case contradictory(dayFirst: String, monthFirst: String)
  }

  private var dayFirstExample: String?
  private var monthFirstExample: String?
  private var ambiguousExample: String?

  package init() {}

  /// Takes in one more cell; what is no date is passed over.
  package mutating func observe(_ text: String) {
    guard let shape = try? DateShape(text), shape.order == .yearLast else { return }
    let dayFirst = (try? shape.date(.dayFirst)) != nil
    let monthFirst = (try? shape.date(.monthFirst)) != nil
    switch (dayFirst, monthFirst) {
    case (true, false): dayFirstExample = dayFirstExample ?? text
    case (false, true): monthFirstExample = monthFirstExample ?? text
    case (true, true): if !shape.isSameEitherWay { ambiguousExample = ambiguousExample ?? text }
    case (false, false): break
    }
  }

  /// What the cells so far show.
  package var decision: Decision {
    switch (dayFirstExample, monthFirstExample) {
    case (let day?, let month?): .contradictory(dayFirst: day, monthFirst: month)
    case (_?, nil): .decided(.dayFirst)
    case (nil, _?): .decided(.monthFirst)
    case (nil, nil): .open(example: ambiguousExample)
    }
  }
}
