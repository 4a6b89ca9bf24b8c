/// A fact about a customer, or about an entry of one of a customer's lists, that rules and filters
/// may use: its type and what people need to know to read it.
package struct Fact: Sendable, Hashable {
  /// The name in rules and filters, such as `recency_days`.
  package let id: String
  /// The type of its values.
  package let type: FactType
  /// The name on screen, such as `days since last purchase`.
  package let label: String
  /// One sentence that defines it.
  package let definition: String
  /// Who or what can change it.
  package let change: FactChange

  /// A fact of the catalogue.
  package init(
    _ id: String, _ type: FactType, _ label: String, _ change: FactChange, _ definition: String
  ) {
    (self.id, self.type, self.label, self.change, self.definition) =
      (id, type, label, change, definition)
  }
}

/// The type of a fact's values, and with it the comparisons that make sense.
package enum FactType: Sendable, Hashable {
  /// A number with a unit, such as `per month`; compared as given.
  case number(unit: String)
  /// A whole number with a unit, such as `days`.
  case count(unit: String)
  /// From 0 to 1.
  case probability
  /// Minor units of the programme's currency; written as decimal text in quotes.
  case money
  /// A civil day.
  case date
  /// Yes or no.
  case yesNo
  /// One of a closed list; an empty list is open (branches, categories).
  case choice([String])
  /// Any number of labels, such as tags.
  case set
  /// Free text, such as a name; filters search it, rules do not.
  case text
}

/// Who or what can change a fact.
package enum FactChange: String, Sendable {
  /// Staff can influence it.
  case actionable
  /// It changes as days pass.
  case passingTime
  /// Nobody can.
  case fixed
}
