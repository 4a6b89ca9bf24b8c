import Statistics
import Testing

@testable import LoyaltyAnalytics

@Suite struct FitInvarianceTests {
  static func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var generator = SeededGenerator(seed: 42)
    var elements = elements
    generator.shuffle(&elements)
    return elements
  }

  @Test func orderDoesNotMatter() throws {
    let summaries = try CDNOW.summaries()
    let sample = try BuyingSample(Self.shuffled(summaries))
    #expect(try BGNBDModel.fit(sample) == BGNBDModel.fit(BuyingSample(summaries)))
    #expect(try MBGNBDModel.fit(sample) == MBGNBDModel.fit(BuyingSample(summaries)))
    let spending = try CDNOW.spending()
    #expect(
      try GammaGammaModel.fit(SpendSample(Self.shuffled(spending)))
        == GammaGammaModel.fit(SpendSample(spending)))
  }

  @Test(arguments: [1.0 / 52, 7, 168, 604_800, 1e-9])
  func unitOfTimeDoesNotMatter(unit: Double) throws {
    let weeks = try CDNOW.summaries()
    let others = weeks.map {
      BuyingSummary(
        repeats: $0.repeats, lastRepeat: $0.lastRepeat * unit, observed: $0.observed * unit)
    }
    let expected = try MBGNBDModel.fit(BuyingSample(weeks)).model
    let model = try MBGNBDModel.fit(BuyingSample(others)).model
    #expect(agree(model.r, expected.r, within: 1e-7))
    #expect(agree(model.alpha, expected.alpha * unit, within: 1e-7))
    #expect(agree(model.a, expected.a, within: 1e-7))
    #expect(agree(model.b, expected.b, within: 1e-7))
  }

  @Test(arguments: [0.01, 100, 1e9])
  func unitOfMoneyDoesNotMatter(unit: Double) throws {
    let dollars = try CDNOW.spending()
    let expected = try GammaGammaModel.fit(SpendSample(dollars)).model
    let others = dollars.map { (repeats: $0.repeats, mean: $0.mean * unit) }
    let model = try GammaGammaModel.fit(SpendSample(others)).model
    #expect(agree(model.p, expected.p, within: 1e-7))
    #expect(agree(model.q, expected.q, within: 1e-7))
    #expect(agree(model.v, expected.v * unit, within: 1e-7))
  }

  @Test func customersCanBeCountedTogether() throws {
    let summaries = try CDNOW.summaries()
    let sample = try BuyingSample(summaries + summaries)
    #expect(sample.customers == 2 * 2_357)
    let once = try BGNBDModel.fit(BuyingSample(summaries))
    let twice = try BGNBDModel.fit(sample)
    #expect(agree(twice.logLikelihood, 2 * once.logLikelihood, within: 1e-12))
    #expect(agree(twice.model.r, once.model.r, within: 1e-7))
  }

  // The analytic gradient against the difference quotient of the likelihood.
  @Test(arguments: [0.0, 1.0])
  func gradientIsTheDerivative(extraChances: Double) throws {
    let sample = try BuyingSample(CDNOW.summaries())
    let likelihood = BetaGeometricLikelihood(sample: sample, extraChances: extraChances)
    let point = [0.4, 5.5, 0.6, 3.1]
    var gradient: [Double] = []
    _ = likelihood.value(parameters: point, gradient: &gradient)
    for index in point.indices {
      let step = 1e-4 * point[index]
      var (left, right, unused) = (point, point, gradient)
      left[index] -= step
      right[index] += step
      let difference =
        likelihood.value(parameters: right, gradient: &unused)
        - likelihood.value(parameters: left, gradient: &unused)
      #expect(abs(difference / (2 * step) - gradient[index]) < 1e-5 * (1 + abs(gradient[index])))
    }
  }

  struct Population: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let r, alpha, a, b: Double
  }

  // Simulated by the model's own story; the parameters found must be more likely than the true ones, and
  // not far from them.
  @Test(arguments: [
    Population(testDescription: "grocer", r: 2.5, alpha: 20, a: 0.8, b: 12),
    Population(testDescription: "rare", r: 0.4, alpha: 60, a: 1.2, b: 1.8),
  ])
  func recoversWhatWasSimulated(population: Population) throws {
    let summaries = (0..<20_000).map { index in
      Self.simulate(population, stream: UInt64(index))
    }
    let sample = try BuyingSample(summaries)
    let truth = MBGNBDModel(
      r: population.r, alpha: population.alpha, a: population.a, b: population.b)
    let fit = try MBGNBDModel.fit(sample)
    let gain = fit.logLikelihood - truth.logLikelihood(sample)
    // Twice the gain is χ² with four degrees of freedom: above 20 once in 2,000.
    #expect(gain >= 0)
    #expect(2 * gain < 20)
  }

  static func simulate(_ population: Population, stream: UInt64) -> BuyingSummary {
    var generator = SeededGenerator(seed: 11, stream: stream)
    let rate = generator.gamma(shape: population.r, rate: population.alpha)
    let dropout = generator.beta(population.a, population.b)
    let observed = Double(50 + generator.uniform(below: 300))
    var (repeats, last, now) = (0, 0.0, 0.0)
    while !generator.happens(withChance: dropout) {
      now += generator.exponential(rate: rate)
      guard now <= observed else { break }
      repeats += 1
      last = now
    }
    return BuyingSummary(repeats: repeats, lastRepeat: last, observed: observed)
  }
}
