package import LoyaltyModel

/// What a response of a customer is worth, in minor units of margin; the lever of the rule is not
/// applied.
package struct ResponseWorth: Sendable {
  private let facts: FactTable
  /// The fact that holds a customer's value by the programme's measure.
  private let valueFact: String
  /// Each row's value by the programme's measure; empty where ``valueFact`` tells.
  private let values: Column<Int64>
  /// The median value of each cohort, in minor units, by the same measure.
  private let medians: [ValueCohort: Int64]
  /// The margin as a share of net value, from 0 to 1.
  private let margin: Double
  /// Whether medians and values are margin already, so that the margin is not applied.
  private let valuesAreMargin: Bool

  /// What responses are worth in a run of the rules.
  init(_ facts: FactTable, _ context: SuggestionContext) {
    (self.facts, valueFact) = (facts, context.valueFact)
    (values, medians) = (Column(context.values), context.medians)
    (margin, valuesAreMargin) = (context.margin, context.valuesAreMargin)
  }

  /// What responses are worth.
  ///
  /// - Parameters:
  ///   - facts: The facts of everybody.
  ///   - values: Each row's value by the programme's measure, in minor units.
  ///   - medians: The median of these values of each cohort, in minor units.
  ///   - margin: The margin as a share of net value, from 0 to 1; 1 counts sales instead of margin.
  ///   - valuesAreMargin: Whether values and medians are margin already.
  package init(
    _ facts: FactTable, values: Column<Int64>, medians: [ValueCohort: Int64], margin: Double,
    valuesAreMargin: Bool
  ) {
    (self.facts, valueFact) = (facts, SuggestionContext.valueFact)
    (self.values, self.medians) = (values, medians)
    (self.margin, self.valuesAreMargin) = (margin, valuesAreMargin)
  }

  /// What a response is worth, and the amounts that it follows from.
  package struct Worth: Sendable, Hashable {
    /// What a response is worth, in minor units of margin.
    package var amount: Double
    /// The customer's own amount that it follows from, in minor units: of ``ValueOfResponse/clvGain``
    /// their value, of ``ValueOfResponse/yearAtRisk(share:)`` that of twelve months, of
    /// ``ValueOfResponse/nextBasket`` the usual basket.
    package var own: Int64 = 0
    /// The median value of the cohort that the rule leads to, in minor units, where that counts.
    package var median: Int64?
    /// The share of the amount that is margin, from 0 to 1.
    package var margin = 1.0
  }

  /// What a response of a row to a rule is worth.
  package func worth(_ rule: Rule, _ row: Int) -> Worth {
    switch rule.score.value {
    case .clvGain:
      guard let target = rule.move?.to, let median = medians[target] else {
        return Worth(amount: 0)
      }
      let own = values.isEmpty ? money(valueFact, row) ?? 0 : values[row]
      let share = valuesAreMargin ? 1 : margin
      return Worth(
        amount: Double(max(0, median - own)) * share, own: own, median: median, margin: share)
    case .yearAtRisk(let share):
      let own = max(0, money("value_12m", row) ?? 0)
      return Worth(amount: Double(own) * share * margin, own: own, margin: margin)
    case .nextBasket:
      let own = max(0, money("average_basket", row) ?? 0)
      return Worth(amount: Double(own) * margin, own: own, margin: margin)
    case .stated(let amount): return Worth(amount: Double(amount))
    case .nothing: return Worth(amount: 0)
    }
  }

  private func money(_ fact: String, _ row: Int) -> Int64? {
    guard case .int64(let values)? = facts.columns[fact],
      values[row] != FactColumn.unknownInt64
    else { return nil }
    return values[row]
  }
}
