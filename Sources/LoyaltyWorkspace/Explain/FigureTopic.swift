package import LoyaltyModel

/// A figure that can be asked how it was computed.
package enum FigureTopic: Sendable, Hashable {
  /// How many customers are at each lifecycle stage.
  case stages
  /// Who came into and went out of each stage in a time.
  case flows(Period)
  /// The value cohorts with people and value.
  case cohorts
  /// The measured curve of value.
  case curve
  /// Who moved from which cohort to which in a time.
  case migration(Period)
  /// How many of those won in a month bought again.
  case retention
  /// Valuable customers who slip away.
  case attrition(ValueCohort)
  /// Offers by state, and the balance of giving and asking.
  case offers
  /// A column of the list of customers.
  case column(CustomerSortKey)
  /// The chance of still being a customer, and its course.
  case alive
  /// The degree of loyalty.
  case loyalty
  /// What rules match, and what a run of them chose.
  case rules
  /// Whom a rule in the form reaches.
  case reach
  /// What other numbers of a rule would do.
  case whatIf
  /// The rules tried on an earlier day.
  case backtest
  /// Who is nearest to the next cohort or to a rule.
  case closest
}

/// How a figure came about: what it means, of what it was made, by which settings, as of when.
package struct FigureExplanation: Sendable, Hashable {
  /// The figure's name.
  package var title: String
  /// What it means and how it is computed.
  package var definition: String
  /// The data that went in, a line each.
  package var inputs: [String]
  /// The settings and fitted parameters that decided, a line each.
  package var parameters: [String]
  /// What to keep in mind, such as what cannot be estimated; a sentence each.
  package var notes: [String]
  /// The date that nothing later influenced.
  package var asOf: Day
}
