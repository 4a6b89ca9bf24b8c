package import LoyaltyModel
package import TextFormats

/// A test that a rule carries: a customer as of a date, and what the rule must say of them.
package struct RuleTest: Sendable, Hashable {
  /// What the test shows.
  package var name: String
  /// The date that the facts are as of.
  package var asOf: Day
  /// The customer.
  package var customer: Source
  /// What the rule must say.
  package var expect: RuleOutcome
  /// The condition that must have decided, where the test says so.
  package var because: JSONPointer?

  /// Where the customer comes from.
  package enum Source: Sendable, Hashable {
    /// Written in the test.
    case inline(FixtureCustomer)
    /// A file, by its path beside the rule.
    case file(String)
  }
}

/// What a rule says of a customer, before anything is weighed against other rules.
package enum RuleOutcome: String, Sendable, CaseIterable {
  /// The conditions hold and no exception applies.
  case match
  /// The conditions do not hold.
  case noMatch = "no match"
  /// An exception applies, or cannot be ruled out.
  case excluded
  /// A condition is unknown.
  case unknown
}

/// A customer made up for a test: the facts that are known, and the lists.
package struct FixtureCustomer: Sendable, Hashable {
  /// Known facts by identifier, in the order of the file; all others are unknown.
  package var facts: [FixtureFact] = []
  /// The lists that have entries.
  package var lists: [FixtureList] = []

  /// A customer of whom nothing is known.
  package init() {}
}

/// One known fact of a made-up customer or of an entry of their lists.
package struct FixtureFact: Sendable, Hashable {
  /// The fact.
  package var fact: Fact
  /// Its value.
  package var value: FactValue

  /// A known fact.
  package init(fact: Fact, value: FactValue) { (self.fact, self.value) = (fact, value) }
}

/// A list of a made-up customer.
package struct FixtureList: Sendable, Hashable {
  /// The name of the list.
  package var name: String
  /// The entries, each with its known fields.
  package var entries: [[FixtureFact]]

  /// A list.
  package init(name: String, entries: [[FixtureFact]]) {
    (self.name, self.entries) = (name, entries)
  }
}

/// A value of a fact.
package enum FactValue: Sendable, Hashable {
  /// A count, minor units of money, or a day number, by the fact's type.
  case integer(Int64)
  /// A number or probability.
  case decimal(Double)
  /// Yes or no.
  case answer(Bool)
  /// A label of a choice, or a text.
  case label(String)
  /// The labels of a set.
  case labels([String])
  /// Not known.
  case unknown
}
