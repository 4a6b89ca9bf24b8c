package import LoyaltyModel

/// The words for values, comparisons and conditions: the one place where they become sentences.
package enum Words {
  /// A number without needless digits: `0.55`, `12`.
  package static func decimal(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    if value == value.rounded(), value.magnitude < 1e15 { return String(Int64(value)) }
    let millionths = (value * 1_000_000).rounded()
    guard millionths.magnitude < 1e15 else { return value.description }
    return (millionths / 1_000_000).description
  }

  /// A share as a percentage: 0.55 → `55 %`.
  package static func percent(_ share: Double) -> String {
    decimal((share * 1_000).rounded() / 10) + " %"
  }

  /// The exact decimal of an amount that was written as a number of major units.
  static func money(fromMajor value: Double, _ currency: Currency) -> String {
    let minor = (value * Double(currency.minorUnitsPerMajor)).rounded()
    guard minor.magnitude < 9e15 else { return decimal(value) }
    return currency.decimalText(minorUnits: Int64(minor))
  }

  /// A whole value of a type: a count, an amount or a day.
  package static func integer(_ value: Int64, type: FactType, currency: Currency) -> String {
    switch type {
    case .money: currency.decimalText(minorUnits: value)
    case .date: Day(number: Int32(clamping: value)).description
    default: String(value)
    }
  }

  /// A value of a fact as people read it; `unknown` where it is not known.
  package static func value(_ value: FactValue, type: FactType, currency: Currency) -> String {
    switch value {
    case .integer(let number): integer(number, type: type, currency: currency)
    case .decimal(let number): decimal(number)
    case .answer(let answer): answer ? "yes" : "no"
    case .label(let label): label
    case .labels(let labels): labels.isEmpty ? "nothing" : labels.joined(separator: ", ")
    case .unknown: "unknown"
    }
  }

  /// The values that something is compared with, one text each.
  package static func operand(_ operand: Operand, type: FactType, currency: Currency) -> [String] {
    switch operand {
    case .nothing: []
    case .integer(let value): [integer(value, type: type, currency: currency)]
    case .integers(let low, let high):
      [low, high].map { integer($0, type: type, currency: currency) }
    case .integerList(let values): values.map(String.init)
    case .decimal(let value): [decimal(value)]
    case .decimals(let low, let high): [decimal(low), decimal(high)]
    case .answer(let answer): [answer ? "yes" : "no"]
    case .labels(let labels): labels
    case .span(let span): [span.description]
    }
  }

  static func operand(_ test: FactTest, _ currency: Currency) -> [String] {
    operand(test.comparison.operand, type: test.fact.type, currency: currency)
  }
}

// MARK: Conditions

extension Words {
  /// A comparison as it follows its subject: `is one of new, repeat`; `is at least 15.00`.
  package static func comparison(
    _ comparison: Comparison, type: FactType, currency: Currency
  ) -> String {
    let values = operand(comparison.operand, type: type, currency: currency)
    let unit = unit(of: type)
    let list = values.joined(separator: ", ")
    let joined = values.joined(separator: " and ")
    switch comparison.comparator {
    case .equals: return "is \(list)\(unit)"
    case .differs: return "is not \(list)\(unit)"
    case .exactly: return "is exactly \(list)\(unit)"
    case .moreThan, .atLeast, .lessThan, .atMost:
      return "is \(comparison.comparator.rawValue) \(list)\(unit)"
    case .between: return "is between \(joined)\(unit)"
    case .oneOf where values.count == 1: return "is \(list)"
    case .noneOf where values.count == 1: return "is not \(list)"
    case .oneOf, .noneOf: return "is \(comparison.comparator.rawValue) \(list)"
    case .hasAnyOf, .hasAllOf, .hasNoneOf: return "\(comparison.comparator.rawValue) \(list)"
    case .before, .onOrAfter: return "is \(comparison.comparator.rawValue) \(list)"
    case .withinLast: return "is within the last \(list)"
    case .notWithinLast: return "is not within the last \(list)"
    case .isKnown, .isUnknown, .yes, .no: return "is \(comparison.comparator.rawValue)"
    }
  }

  private static func unit(of type: FactType) -> String {
    switch type {
    case .count(let unit) where unit == "days" || unit == "years": " \(unit)"
    default: ""
    }
  }

  /// One comparison as a sentence without its end: `lifecycle stage is one of new, repeat`.
  package static func leaf(_ condition: Condition, currency: Currency) -> String {
    switch condition {
    case .fact(let test):
      return
        "\(test.fact.label) \(comparison(test.comparison, type: test.fact.type, currency: currency))"
    case .list(let test): return list(test, currency)
    case .search(let text): return "number, name or e-mail contains “\(text)”"
    case .all, .any, .noneOf: return sentence(condition, currency: currency)
    }
  }

  private static func list(_ test: ListTest, _ currency: Currency) -> String {
    let entries = test.filter.map { "\(test.list) where \(sentence($0, currency: currency))" }
    let what = entries ?? test.list
    let tail =
      test.comparison.map { " " + comparison($0, type: test.type, currency: currency) } ?? ""
    switch test.measure {
    case .count: return "the number of \(what)\(tail)"
    case .sum(let field): return "the total \(field.label) of \(what)\(tail)"
    case .least(let field): return "the least \(field.label) of \(what)\(tail)"
    case .most(let field): return "the greatest \(field.label) of \(what)\(tail)"
    case .distinct(let field):
      return "the number of different \(field.label) values in \(what)\(tail)"
    case .some: return "at least one of \(what)"
    case .every: return "every one of \(whatEvery(test, currency))"
    }
  }

  private static func whatEvery(_ test: ListTest, _ currency: Currency) -> String {
    guard let filter = test.filter else { return test.list }
    return "\(test.list) fits: \(sentence(filter, currency: currency))"
  }

  /// A whole condition as one sentence without its end.
  package static func sentence(_ condition: Condition, currency: Currency) -> String {
    func joined(_ parts: [Condition], _ word: String) -> String {
      parts.map { part in
        let text = sentence(part, currency: currency)
        return part.parts.count > 1 && !part.isLeaf ? "(\(text))" : text
      }.joined(separator: " \(word) ")
    }
    switch condition {
    case .all(let parts): return parts.isEmpty ? "always" : joined(parts, "and")
    case .any(let parts): return parts.isEmpty ? "never" : joined(parts, "or")
    case .noneOf(let parts): return "not (\(joined(parts, "or")))"
    case .fact, .list, .search: return leaf(condition, currency: currency)
    }
  }
}

extension Condition {
  /// Whether this is a comparison and not a group of them.
  package var isLeaf: Bool {
    switch self {
    case .fact, .list, .search: true
    case .all, .any, .noneOf: false
    }
  }
}
