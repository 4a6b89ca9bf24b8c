package import LoyaltyModel

/// A condition on one customer's facts: what the `when` and `unless` of a rule and every filter are
/// made of.
package indirect enum Condition: Sendable, Hashable {
  /// Holds when every part holds; an empty one always does.
  case all([Condition])
  /// Holds when at least one part holds; an empty one never does.
  case any([Condition])
  /// Holds when no part holds.
  case noneOf([Condition])
  /// A comparison of one fact.
  case fact(FactTest)
  /// A comparison of what is counted over one of the customer's lists.
  case list(ListTest)
  /// Whether the customer's number, name or e-mail address contains a text; filters only.
  case search(String)
}

/// A comparison of one fact with a value.
package struct FactTest: Sendable, Hashable {
  /// The fact, or the field of a list's entries.
  package let fact: Fact
  /// What its value is compared with, and how.
  package let comparison: Comparison

  /// A comparison of a fact.
  package init(fact: Fact, comparison: Comparison) {
    (self.fact, self.comparison) = (fact, comparison)
  }
}

/// A comparison of what is counted over the entries of one list.
package struct ListTest: Sendable, Hashable {
  /// The list: `purchases`, `consumers`, `offers` or `feedback`.
  package let list: String
  /// What is counted over the entries.
  package let measure: ListMeasure
  /// Which entries count; nil when all do.
  package let filter: Condition?
  /// What the measure is compared with; nil for `some` and `every`, which are answers themselves.
  package let comparison: Comparison?

  /// A comparison over a list.
  package init(
    list: String, measure: ListMeasure, filter: Condition? = nil, comparison: Comparison? = nil
  ) {
    (self.list, self.measure, self.filter, self.comparison) = (list, measure, filter, comparison)
  }

  /// The name in evidence and placeholders: `count purchases`, `sum purchases.amount`.
  package var name: String {
    switch measure {
    case .count, .some, .every: "\(measure.word) \(list)"
    case .sum(let field), .least(let field), .most(let field), .distinct(let field):
      "\(measure.word) \(list).\(field.id)"
    }
  }

  /// The type of the measured value.
  package var type: FactType { measure.type(ofList: list) }
}

/// What is counted over the entries of a list.
package enum ListMeasure: Sendable, Hashable {
  /// The number of entries.
  case count
  /// The sum of a field; 0 without entries, unknown where a counted entry lacks the field.
  case sum(Fact)
  /// The least value of a field; unknown without entries.
  case least(Fact)
  /// The greatest value of a field; unknown without entries.
  case most(Fact)
  /// The number of different values of a field.
  case distinct(Fact)
  /// Whether at least one entry fits.
  case some
  /// Whether every entry fits; yes without entries.
  case every

  /// The key in a rule file.
  package var word: String {
    switch self {
    case .count: "count"
    case .sum: "sum"
    case .least: "min"
    case .most: "max"
    case .distinct: "distinct"
    case .some: "some"
    case .every: "every"
    }
  }

  /// The field that is measured, where there is one.
  package var field: Fact? {
    switch self {
    case .sum(let field), .least(let field), .most(let field), .distinct(let field): field
    case .count, .some, .every: nil
    }
  }

  /// The type of the measured value.
  func type(ofList list: String) -> FactType {
    switch self {
    case .count: .count(unit: list)
    case .distinct: .count(unit: "different")
    case .sum(let field), .least(let field), .most(let field): field.type
    case .some, .every: .yesNo
    }
  }
}

extension Condition {
  /// The parts directly below.
  package var parts: [Condition] {
    switch self {
    case .all(let parts), .any(let parts), .noneOf(let parts): parts
    case .list(let test): test.filter.map { [$0] } ?? []
    case .fact, .search: []
    }
  }

  /// How many comparisons there are, those within lists included.
  package var leafCount: Int {
    switch self {
    case .all, .any, .noneOf: parts.reduce(0) { $0 + $1.leafCount }
    case .list(let test): 1 + (test.filter?.leafCount ?? 0)
    case .fact, .search: 1
    }
  }

  /// The condition that an offer's own `all` adds to, without needless nesting.
  package static func allOf(_ conditions: [Condition]) -> Condition {
    conditions.count == 1 ? conditions[0] : .all(conditions)
  }
}
