import LoyaltyAnalytics
import LoyaltyModel

// How the figures of one customer come about, column by column.
extension FigureExplainer {
  var alive: FigureExplanation {
    make(
      "figure.alive",
      wording("figure.alive.meaning", ["model": analysis.figures.predictions.kind.name]),
      parameters: modelParameters, notes: findings)
  }

  var loyalty: FigureExplanation {
    let weights = LoyaltyScore.PartKind.allCases.map { kind in
      wording["outlook.part.\(kind.rawValue)"] + " \(kind.weight)"
    }
    return make(
      "figure.loyalty", wording["figure.loyalty.meaning"],
      parameters: [
        wording("figure.loyalty.weights", ["weights": weights.joined(separator: ", ")])
      ])
  }

  func column(_ key: CustomerSortKey) -> FigureExplanation {
    switch key {
    case .stage, .stageSince: explanation(of: .stages)
    case .cohort: explanation(of: .cohorts)
    case .alive: alive
    case .loyaltyScore: loyalty
    case .valueAtRisk: explanation(of: .attrition(.high))
    case .id, .name: make("figure.customer", wording["figure.customer.meaning"])
    case .segment, .recencyScore, .frequencyScore, .monetaryScore: scores
    case .purchaseDays, .repeats, .lastRepeat, .observed, .recencyDays: counted(key)
    case .value12Months, .valueTotal: valued(key)
    case .expectedPurchases, .expectedValue, .lifetimeValue: expected(key)
    }
  }

  private var scores: FigureExplanation {
    make(
      "figure.scores", wording["figure.scores.meaning"],
      parameters: [
        wording["figure.scores.\(analysis.figures.rfm.convention.rawValue)"],
        wording["figure.scores.window"],
      ])
  }

  private func counted(_ key: CustomerSortKey) -> FigureExplanation {
    switch key {
    case .recencyDays: make("figure.days-ago", wording["figure.days-ago.meaning"])
    case .repeats: make("figure.repeats", wording["figure.repeats.meaning"])
    case .lastRepeat: make("figure.last-repeat", wording["figure.last-repeat.meaning"])
    case .observed: make("figure.observed", wording["figure.observed.meaning"])
    default: make("figure.visits", wording["figure.visits.meaning"])
    }
  }

  private func valued(_ key: CustomerSortKey) -> FigureExplanation {
    key == .valueTotal
      ? make("figure.value-total", wording["figure.value-total.meaning"])
      : make(
        "figure.value-12",
        wording(
          "figure.value-12.meaning",
          [
            "from": wording.day(analysis.asOf.adding(months: -12)),
            "to": wording.day(analysis.asOf),
          ]))
  }

  private func expected(_ key: CustomerSortKey) -> FigureExplanation {
    switch key {
    case .expectedPurchases:
      make(
        "figure.expected", wording["figure.expected.meaning"], parameters: modelParameters,
        notes: findings)
    case .expectedValue:
      make(
        "figure.day-value", wording["figure.day-value.meaning"], parameters: valueParameters,
        notes: findings)
    default:
      make(
        "figure.lifetime", wording["figure.lifetime.meaning"],
        parameters: modelParameters + valueParameters, notes: findings)
    }
  }
}
