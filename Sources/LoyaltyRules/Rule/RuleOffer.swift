package import LoyaltyModel

/// What a rule offers, before it is made personal.
package struct RuleOffer: Sendable, Hashable {
  /// The text template.
  package var template: String
  /// What kind of offer it is.
  package var kind: OfferKind
  /// The discount in percent, from 1 to 100.
  package var percent: Int?
  /// The discount or voucher in minor units.
  package var amount: Int64?
  /// The product role that the offer draws on.
  package var role: ProductRole?
  /// The category that it is about.
  package var category: Subject?
  /// The product that it is about, by its number.
  package var product: String?
  /// The basket from which it holds.
  package var threshold: Threshold?
  /// What one contact costs, in minor units.
  package var contactCost: Int64
  /// What one redemption costs, in minor units; nil when it follows from the terms, see
  /// ``Rule/expectedCost(terms:averageBasket:probability:)``.
  package var redeemedCost: Int64?
  /// How long the customer may use it, counted from the as-of date.
  package var valid: TimeSpan

  /// The category that an offer is about.
  package enum Subject: Sendable, Hashable {
    /// This category, for everybody.
    case named(String)
    /// A category chosen for each customer.
    case picked(CategoryPick)
  }

  /// The basket from which an offer holds: a multiple of one of the customer's own amounts.
  package struct Threshold: Sendable, Hashable {
    /// The factor.
    package var times: Double
    /// The fact that is multiplied: one of type money.
    package var of: Fact
    /// Rounded up to a multiple of this many minor units.
    package var round: Int64

    /// A threshold.
    package init(times: Double, of fact: Fact, round: Int64) {
      (self.times, self.of, self.round) = (times, fact, round)
    }

    /// The threshold for an amount: `times` it, rounded up to a whole multiple of `round`.
    package func amount(for own: Int64) -> Int64 {
      let exact = (Double(own) * times).rounded(.up)
      let step = max(1, round)
      let units = exact.magnitude < 9e18 ? Int64(exact) : Int64.max / 2
      return max(step, (units + step - 1) / step * step)
    }
  }
}

/// How a category is chosen for a customer.
package enum CategoryPick: String, Sendable, CaseIterable {
  /// The category that the customer's cohort buys most and the customer has not bought yet.
  case nextBest = "next-best-category"
  /// The customer's favourite category.
  case favourite = "favourite-category"
}

/// How the worth of a rule's offers is estimated.
package struct RuleScore: Sendable, Hashable {
  /// The share of people who are expected to respond before anything was measured, 0 to 1.
  package var prior: Double
  /// How many people the prior is worth against measured outcomes.
  package var weight: Double
  /// What a response is worth.
  package var value: ValueOfResponse
  /// What the rule's own offer adds or takes away; 1 is neutral.
  package var lever: Double

  /// A score.
  package init(prior: Double, weight: Double, value: ValueOfResponse, lever: Double) {
    (self.prior, self.weight, self.value, self.lever) = (prior, weight, value, lever)
  }
}

/// What a response is worth to the business, before the margin is applied.
///
/// Only `clv-gain` is about a move between cohorts; the others measure what rules without a move are
/// for, so that all can be weighed against each other in one budget.
package enum ValueOfResponse: Sendable, Hashable {
  /// What the median customer of the target cohort brings more than this one, at least 0.
  case clvGain
  /// A share of what the customer brought in the last twelve months: the year that may be lost.
  case yearAtRisk(share: Double)
  /// One more basket of the customer's usual size.
  case nextBasket
  /// An amount of margin that the rule states, in minor units.
  case stated(Int64)
  /// Nothing that is counted in money: a thank-you.
  case nothing

  /// The words of rule files, in order.
  static let words = ["clv-gain", "year-at-risk", "next-basket", "stated", "nothing"]
}
