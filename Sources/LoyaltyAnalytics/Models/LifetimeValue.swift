/// Over which time and at which rates a customer's future value is counted; shown beside each figure.
package struct LifetimeValueTerms: Sendable, Equatable {
  /// The longest horizon, in months: ten years.
  package static let longestHorizon = 120

  /// The number of months ahead, in 1…120.
  package let months: Int
  /// The length of a month in the model's unit of time: 30.4375 for days.
  package let monthLength: Double
  /// The discount a month, such as 0.01.
  package let monthlyDiscount: Double
  /// The share of the amount that is earned, 1 where no margin is set.
  package let margin: Double

  /// Terms; the defaults are twelve months of days at 1 % a month without a margin.
  ///
  /// Months outside 1…120 are brought to the nearer end.
  package init(
    months: Int = 12, monthLength: Double = 30.4375, monthlyDiscount: Double = 0.01,
    margin: Double = 1
  ) {
    self.months = min(max(months, 1), Self.longestHorizon)
    self.monthLength = monthLength
    self.monthlyDiscount = monthlyDiscount
    self.margin = margin
  }
}

/// What one customer is expected to bring over the horizon, and what of it is at risk.
package struct LifetimeValue: Sendable, Equatable {
  /// P(alive), in 0…1.
  package let probabilityAlive: Double
  /// The expected mean amount of a purchase day, before the margin.
  package let expectedMean: Double
  /// The discounted value over the horizon, were the customer known to be alive.
  package let valueGivenAlive: Double

  /// The discounted value over the horizon: the CLV.
  package var value: Double { probabilityAlive * valueGivenAlive }

  /// The part of the value given alive that is probably lost already.
  package var valueAtRisk: Double { (1 - probabilityAlive) * valueGivenAlive }
}

extension PurchaseModel {
  /// The expected purchases of each coming month, discounted and summed, were the customer alive.
  ///
  /// Σᵢ (E[Y(i months)] − E[Y(i−1 months)]) / (1 + d)ⁱ over the months i = 1, 2, ….
  package func discountedPurchasesGivenAlive(
    _ summary: BuyingSummary, over terms: LifetimeValueTerms
  ) -> Double {
    comingPurchasesGivenAlive(summary, over: terms).discounted
  }

  /// The expected purchases over all months, as they are and discounted, were the customer alive.
  func comingPurchasesGivenAlive(
    _ summary: BuyingSummary, over terms: LifetimeValueTerms
  ) -> (purchases: Double, discounted: Double) {
    var sum = 0.0
    var before = 0.0
    var discount = 1.0
    for month in 1...terms.months {
      let until = expectedPurchasesGivenAlive(
        within: terms.monthLength * Double(month), summary)
      discount /= 1 + terms.monthlyDiscount
      sum += (until - before) * discount
      before = until
    }
    return (before, sum)
  }

  /// A customer's lifetime value by this model of purchases and a model of amounts.
  /// - Parameters:
  ///   - summary: What is known of the customer's purchases.
  ///   - mean: The mean amount of the repeat purchase days; of no account without any.
  ///   - spending: The model of amounts.
  ///   - terms: Horizon, discount and margin.
  /// - Returns: The value in the unit of the amounts; nothing where no mean amount can be expected.
  package func lifetimeValue(
    _ summary: BuyingSummary, mean: Double, spending: GammaGammaModel,
    over terms: LifetimeValueTerms
  ) -> LifetimeValue? {
    guard let expected = spending.expectedMean(repeats: summary.repeats, mean: mean) else {
      return nil
    }
    let purchases = discountedPurchasesGivenAlive(summary, over: terms)
    return LifetimeValue(
      probabilityAlive: probabilityAlive(summary), expectedMean: expected,
      valueGivenAlive: terms.margin * expected * purchases)
  }
}
