package import LoyaltyModel

/// Values as they stand in files and fields, the same in every language.
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

extension Condition {
  /// Whether this is a comparison and not a group of them.
  package var isLeaf: Bool {
    switch self {
    case .fact, .list, .search: true
    case .all, .any, .noneOf: false
    }
  }
}
