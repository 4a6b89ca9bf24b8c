import LoyaltyAnalytics
import Testing

// Anchors: the maxima of the published CDNOW tables, found with 40 digits; the published parameters are
// 0.243, 4.414, 0.793, 2.426 at −9582.4 (Fader, Hardie & Lee 2005, table 2).
@Suite struct PurchaseModelTests {
  static let truth = BGNBDModel(
    r: 0.2425929072, alpha: 4.4135315612, a: 0.7928861481, b: 2.4257534365)
  static let spending = GammaGammaModel(p: 6.2488024897, q: 3.7445884533, v: 15.4477480095)

  @Test func fitsTheBGNBDModel() throws {
    let fit = try BGNBDModel.fit(BuyingSample(CDNOW.summaries()))
    #expect(abs(fit.logLikelihood - -9582.425560567) < 1e-5)
    #expect(agree(fit.model.r, Self.truth.r, within: 1e-5))
    #expect(agree(fit.model.alpha, Self.truth.alpha, within: 1e-5))
    #expect(agree(fit.model.a, Self.truth.a, within: 1e-5))
    #expect(agree(fit.model.b, Self.truth.b, within: 1e-5))
    #expect(fit.customers == 2_357)
    #expect(fit.repeatCustomers == 946)
  }

  @Test func fitsTheMBGNBDModel() throws {
    let fit = try MBGNBDModel.fit(BuyingSample(CDNOW.summaries()))
    #expect(abs(fit.logLikelihood - -9582.13268) < 1e-5)
    #expect(agree(fit.model.r, 0.5248377, within: 1e-5))
    #expect(agree(fit.model.alpha, 6.1829885, within: 1e-5))
    #expect(agree(fit.model.a, 0.8913563, within: 1e-5))
    #expect(agree(fit.model.b, 1.6140000, within: 1e-5))
  }

  @Test func fitsTheGammaGammaModel() throws {
    let fit = try GammaGammaModel.fit(SpendSample(CDNOW.spending()))
    #expect(abs(fit.logLikelihood - -4055.923243503) < 1e-5)
    #expect(agree(fit.model.p, Self.spending.p, within: 1e-5))
    #expect(agree(fit.model.q, Self.spending.q, within: 1e-5))
    #expect(agree(fit.model.v, Self.spending.v, within: 1e-5))
    #expect(fit.customers == 946)
  }

  struct Anchor: Sendable, CustomTestStringConvertible {
    let id: Int
    let summary: BuyingSummary
    let mean, alive, purchases, expectedMean, value: Double
    var testDescription: String { "customer \(id)" }

    init(
      _ id: Int, _ x: Int, _ last: Double, _ observed: Double, _ mean: Double, alive: Double,
      purchases: Double, expectedMean: Double, value: Double
    ) {
      self.id = id
      summary = BuyingSummary(repeats: x, lastRepeat: last, observed: observed)
      (self.mean, self.alive, self.purchases) = (mean, alive, purchases)
      (self.expectedMean, self.value) = (expectedMean, value)
    }
  }

  static let anchors = [
    Anchor(
      1, 2, 30.43, 38.86, 22.35, alive: 0.726609151550888, purchases: 1.22591045212101,
      expectedMean: 24.6586161743149, value: 36.2784964928075),
    Anchor(
      2, 1, 1.71, 38.86, 11.77, alive: 0.212227408787809, purchases: 0.203250644942321,
      expectedMean: 18.9114798415576, value: 4.63746679415927),
    Anchor(
      3, 0, 0, 38.86, 0, alive: 1, purchases: 0.194780847002846, expectedMean: 35.1710020881118,
      value: 8.34409266042237),
    Anchor(
      157, 29, 37.71, 38.0, 26.26, alive: 0.969133588091331, purchases: 20.0536644529174,
      expectedMean: 26.3929476623397, value: 625.349999381997),
    Anchor(
      1901, 21, 4.71, 29.29, 299.63, alive: 2.48943428084933e-11, purchases: 4.49906057876097e-10,
      expectedMean: 294.212114338559, value: 1.55272145331256e-7),
  ]

  // Expected values: the papers' ₂F₁ forms at the parameters above, by mpmath with 40 digits.
  @Test(arguments: anchors)
  func predicts(anchor: Anchor) throws {
    let alive = Self.truth.probabilityAlive(anchor.summary)
    #expect(agree(alive, anchor.alive, within: 1e-11))
    let purchases = Self.truth.expectedPurchases(within: 39, anchor.summary)
    #expect(agree(purchases, anchor.purchases, within: 1e-11))
    let mean = Self.spending.expectedMean(repeats: anchor.summary.repeats, mean: anchor.mean)
    #expect(agree(try #require(mean), anchor.expectedMean, within: 1e-11))
    let value = Self.truth.lifetimeValue(
      anchor.summary, mean: anchor.mean, spending: Self.spending,
      over: LifetimeValueTerms(monthLength: 4.345))
    #expect(agree(try #require(value).value, anchor.value, within: 1e-11))
  }

  @Test func predictsTheHoldOut() throws {
    let predicted = try CDNOW.summaries().map { Self.truth.expectedPurchases(within: 39, $0) }
    // 1,882 purchases were made: the right model predicts 12 % too few.
    #expect(predicted.reduce(0, +).rounded() == 1_653)
  }

  @Test func followsTheRecurrenceOfTheLiterature() {
    // The published worked example: x = 2, t_x = 30.43, T = 38.86 gives 1.226 purchases in 39 weeks.
    let published = BGNBDModel(r: 0.243, alpha: 4.414, a: 0.793, b: 2.426)
    let customer = BuyingSummary(repeats: 2, lastRepeat: 30.43, observed: 38.86)
    let expected = published.expectedPurchases(within: 39, customer)
    #expect((expected * 1000).rounded() == 1_226)
  }

  @Test func knowsOneTimeBuyersApart() {
    let once = BuyingSummary(repeats: 0, lastRepeat: 0, observed: 38.86)
    #expect(Self.truth.probabilityAlive(once) == 1)
    let modified = MBGNBDModel(r: 0.5248377, alpha: 6.1829885, a: 0.8913563, b: 1.614)
    // 1/(1 + (a/b)·((α+T)/α)^r), by mpmath.
    #expect(agree(modified.probabilityAlive(once), 0.389716445618144, within: 1e-12))
    let today = BuyingSummary(repeats: 0, lastRepeat: 0, observed: 0)
    #expect(agree(modified.probabilityAlive(today), 1.614 / (1.614 + 0.8913563), within: 1e-15))
  }

  @Test func splitsTheValueByRisk() throws {
    let customer = BuyingSummary(repeats: 2, lastRepeat: 30.43, observed: 38.86)
    let terms = LifetimeValueTerms(monthLength: 4.345, margin: 0.4)
    let value = try #require(
      Self.truth.lifetimeValue(customer, mean: 22.35, spending: Self.spending, over: terms))
    #expect(agree(value.value, 0.4 * 36.2784964928075, within: 1e-11))
    #expect(agree(value.value + value.valueAtRisk, value.valueGivenAlive, within: 1e-15))
    #expect(LifetimeValueTerms(months: 500).months == 120)
    #expect(LifetimeValueTerms(months: 0).months == 1)
  }

  @Test func hasNoMeanSpendWhereItIsInfinite() {
    let wide = GammaGammaModel(p: 1, q: 0.5, v: 10)
    #expect(wide.expectedMean(repeats: 0, mean: 0) == nil)
    #expect(wide.expectedMean(repeats: 2, mean: 20) == 50 / 1.5)
  }
}
