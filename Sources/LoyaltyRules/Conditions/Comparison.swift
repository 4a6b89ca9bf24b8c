package import LoyaltyModel

/// How a value is compared, and with what.
package struct Comparison: Sendable, Hashable {
  /// The comparison.
  package let comparator: Comparator
  /// What the value is compared with.
  package let operand: Operand

  /// A comparison.
  package init(_ comparator: Comparator, _ operand: Operand = .nothing) {
    (self.comparator, self.operand) = (comparator, operand)
  }
}

/// The comparisons of rules and filters, by the words that rule files use.
package enum Comparator: String, Sendable, CaseIterable {
  case equals = "is"
  case differs = "is not"
  case moreThan = "more than"
  case atLeast = "at least"
  case lessThan = "less than"
  case atMost = "at most"
  case exactly = "exactly"
  case between = "between"
  case oneOf = "one of"
  case noneOf = "none of"
  case hasAnyOf = "has any of"
  case hasAllOf = "has all of"
  case hasNoneOf = "has none of"
  case before = "before"
  case onOrAfter = "on or after"
  case withinLast = "within last"
  case notWithinLast = "not within last"
  case isKnown = "known"
  case isUnknown = "unknown"
  case yes = "yes"
  case no = "no"

  /// Whether the comparison stands alone, without a value.
  package var standsAlone: Bool {
    switch self {
    case .isKnown, .isUnknown, .yes, .no: true
    default: false
    }
  }

  /// The comparisons that make sense for a type.
  package static func fitting(_ type: FactType) -> [Comparator] {
    let numeric: [Comparator] = [
      .equals, .differs, .exactly, .moreThan, .atLeast, .lessThan, .atMost, .between,
    ]
    switch type {
    case .number, .probability, .money: return numeric + [.isKnown, .isUnknown]
    case .count: return numeric + [.oneOf, .noneOf, .isKnown, .isUnknown]
    case .date:
      return [
        .equals, .differs, .before, .onOrAfter, .between, .withinLast, .notWithinLast, .isKnown,
        .isUnknown,
      ]
    case .yesNo: return [.yes, .no, .equals, .differs, .isKnown, .isUnknown]
    case .choice, .text: return [.equals, .differs, .oneOf, .noneOf, .isKnown, .isUnknown]
    case .set: return [.hasAnyOf, .hasAllOf, .hasNoneOf]
    }
  }
}

/// What a value is compared with.
package enum Operand: Sendable, Hashable {
  /// Nothing: the comparison stands alone.
  case nothing
  /// A count, minor units of money, or a day number.
  case integer(Int64)
  /// The ends of a range of counts, money or days, both included.
  case integers(Int64, Int64)
  /// Any of these counts.
  case integerList([Int64])
  /// A number or probability.
  case decimal(Double)
  /// The ends of a range of numbers, both included.
  case decimals(Double, Double)
  /// True or false.
  case answer(Bool)
  /// One or more labels or texts.
  case labels([String])
  /// A stretch of time that ends with the as-of date.
  case span(TimeSpan)
}

/// A stretch of time written as `90 days`, `2 weeks`, `12 months` or `1 year`.
package struct TimeSpan: Sendable, Hashable {
  /// What is counted.
  package enum Unit: String, Sendable, CaseIterable {
    case days, weeks, months, years
  }

  /// How many, at least 1.
  package let count: Int
  /// What is counted.
  package let unit: Unit

  /// A stretch of time.
  package init(count: Int, unit: Unit) { (self.count, self.unit) = (count, unit) }

  /// Reads a text such as `90 days`, singular and plural alike.
  ///
  /// Nil for anything else and for more than 100 years.
  package init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 2, words[0].utf8.allSatisfy({ (48...57).contains($0) }),
      let count = Int(words[0]), (1...36_525).contains(count),
      let unit = Unit.allCases.first(where: {
        $0.rawValue == words[1] || $0.rawValue.dropLast() == words[1]
      })
    else { return nil }
    let perYear: [Unit: Int] = [.days: 366, .weeks: 53, .months: 12, .years: 1]
    guard count <= 100 * (perYear[unit] ?? 1) else { return nil }
    self.init(count: count, unit: unit)
  }

  /// The last day before a stretch that ends with a day: `90 days` before it, months and years by
  /// the calendar.
  package func start(before day: Day) -> Day {
    switch unit {
    case .days: day - count
    case .weeks: day - count * 7
    case .months: day.adding(months: -count)
    case .years: day.adding(months: -count * 12)
    }
  }

  /// The day that is this much later.
  package func end(after day: Day) -> Day {
    switch unit {
    case .days: day + count
    case .weeks: day + count * 7
    case .months: day.adding(months: count)
    case .years: day.adding(months: count * 12)
    }
  }
}

extension TimeSpan: CustomStringConvertible {
  /// As rule files write it: `90 days`, `1 year`.
  package var description: String {
    "\(count) \(count == 1 ? String(unit.rawValue.dropLast()) : unit.rawValue)"
  }
}
