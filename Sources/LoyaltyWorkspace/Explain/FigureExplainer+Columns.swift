import LoyaltyAnalytics
import LoyaltyModel

// How the figures of one customer come about, column by column.
extension FigureExplainer {
  var alive: FigureExplanation {
    let name = analysis.figures.predictions.kind.name
    return make(
      "Chance of still being a customer",
      """
      P(alive) by the \(name) model: of 100 customers with the same history, how many still buy \
      here. It falls the longer somebody stays away against their own rhythm, and jumps back with \
      a purchase. Its course shows what the model, as fitted today, would have said at the end of \
      each month by the purchases up to then. 1/(1 + a/(b+x)·((α+T)/(α+t_x))^(r+x)).
      """,
      parameters: modelParameters, notes: findings)
  }

  var loyalty: FigureExplanation {
    make(
      "Degree of loyalty",
      """
      100 times the weighted mean of up to four parts, each between 0 and 1. Rhythm: 1 within the \
      usual gap, falling to 0 where one counts as lost. Frequency: 1 − 1/n for n days with a \
      purchase. Tenure: days since the first purchase as a share of two years. Breadth: categories \
      bought as a share of all; left out where they are not known.
      """,
      parameters: [
        "Weights: "
          + LoyaltyScore.PartKind.allCases.map { "\($0.rawValue) \($0.weight)" }
          .joined(separator: ", ") + "."
      ])
  }

  func column(_ key: CustomerSortKey) -> FigureExplanation {
    switch key {
    case .stage, .stageSince: explanation(of: .stages)
    case .cohort: explanation(of: .cohorts)
    case .alive: alive
    case .loyaltyScore: loyalty
    case .valueAtRisk: explanation(of: .attrition(.high))
    case .id, .name:
      make("Customer", "The number and the name as the imported sources give them.")
    case .segment, .recencyScore, .frequencyScore, .monetaryScore: scores
    case .purchaseDays, .repeats, .lastRepeat, .observed, .recencyDays: counted(key)
    case .value12Months, .valueTotal: valued(key)
    case .expectedPurchases, .expectedValue, .lifetimeValue: expected(key)
    }
  }

  private var scores: FigureExplanation {
    make(
      "RFM scores and segment",
      """
      Recency (days since the last purchase), frequency (days with a purchase) and money (net \
      value of all time), each from 1 to 5, 5 best. The segment follows from recency and \
      frequency. RFM segments and lifecycle stages share some words but are different things.
      """,
      parameters: [analysis.figures.rfm.convention.words, "Window: all history."])
  }

  private func counted(_ key: CustomerSortKey) -> FigureExplanation {
    switch key {
    case .recencyDays:
      make("Days ago", "Days from the last day with a purchase to the as-of date.")
    case .repeats: make("Repeat days", "x: days with a purchase after the first one.")
    case .lastRepeat:
      make(
        "Time of the last purchase", "t_x: weeks from the first day with a purchase to the last.")
    case .observed:
      make("Time known", "T: weeks from the first day with a purchase to the as-of date.")
    default:
      make("Visits", "Days with a purchase. Wholly refunded purchases do not count.")
    }
  }

  private func valued(_ key: CustomerSortKey) -> FigureExplanation {
    key == .valueTotal
      ? make("Value, all time", "All purchases less refunds.")
      : make(
        "Value, 12 months",
        """
        Purchases less refunds after \(analysis.asOf.adding(months: -12)) and up to \
        \(analysis.asOf).
        """)
  }

  private func expected(_ key: CustomerSortKey) -> FigureExplanation {
    switch key {
    case .expectedPurchases:
      make(
        "Purchases expected, 12 months",
        """
        Days with a purchase expected in the next 365.25 days, the chance to have left included.
        """, parameters: modelParameters, notes: findings)
    case .expectedValue:
      make(
        "Value of a purchase day, expected",
        """
        What a day with a purchase will bring: the own mean of the repeat days, leaning on what \
        others spend the fewer there are. p(v + x·m)/(p·x + q − 1).
        """, parameters: valueParameters, notes: findings)
    default:
      make(
        "Predicted value, 12 months",
        """
        CLV: the expected value of a purchase day times the purchases expected in each of the \
        coming months, discounted and added up.
        """, parameters: modelParameters + valueParameters, notes: findings)
    }
  }
}
