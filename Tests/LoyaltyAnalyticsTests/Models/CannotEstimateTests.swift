import LoyaltyAnalytics
import Statistics
import Testing

/// Data that do not determine a model: each must be told, none may give a number.
@Suite struct CannotEstimateTests {
  struct Degenerate: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let summaries: [BuyingSummary]
    let finding: CannotEstimate
  }

  static func many(_ repeats: Int, _ last: Double, _ observed: Double, _ count: Int = 100)
    -> [BuyingSummary]
  {
    [BuyingSummary](
      repeating: BuyingSummary(repeats: repeats, lastRepeat: last, observed: observed),
      count: count)
  }

  static let degenerate = [
    Degenerate(testDescription: "nobody", summaries: [], finding: .noCustomers),
    Degenerate(
      testDescription: "all one-time buyers", summaries: many(0, 0, 10) + many(0, 0, 20),
      finding: .noRepeatPurchases),
    Degenerate(
      testDescription: "everybody on the last day", summaries: many(0, 0, 0),
      finding: .nobodyObserved),
    Degenerate(
      testDescription: "one customer", summaries: many(3, 20, 30, 1),
      finding: .tooFewRepeatCustomers(found: 1, needed: 30)),
    Degenerate(
      testDescription: "29 repeat customers", summaries: many(2, 20, 30, 29) + many(0, 0, 30),
      finding: .tooFewRepeatCustomers(found: 29, needed: 30)),
    Degenerate(
      testDescription: "identical customers", summaries: many(3, 20, 30),
      finding: .identicalCustomers),
    Degenerate(
      testDescription: "a purchase after the as-of date",
      summaries: many(3, 20, 30) + many(3, 31, 30, 1),
      finding: .invalidSummary(index: 100, problem: .lastRepeatAfterEnd)),
    Degenerate(
      testDescription: "a first purchase after the as-of date",
      summaries: many(0, 0, -5, 1), finding: .invalidSummary(index: 0, problem: .notANumber)),
    Degenerate(
      testDescription: "not a number", summaries: many(1, .nan, 30, 1),
      finding: .invalidSummary(index: 0, problem: .notANumber)),
    Degenerate(
      testDescription: "infinite", summaries: many(1, 3, .infinity, 1),
      finding: .invalidSummary(index: 0, problem: .notANumber)),
    Degenerate(
      testDescription: "a repeat purchase on the first day", summaries: many(1, 0, 30, 1),
      finding: .invalidSummary(index: 0, problem: .repeatsAndTimeDisagree)),
    Degenerate(
      testDescription: "a time without a repeat purchase", summaries: many(0, 3, 30, 1),
      finding: .invalidSummary(index: 0, problem: .repeatsAndTimeDisagree)),
  ]

  @Test(arguments: degenerate)
  func isTold(degenerate: Degenerate) {
    #expect(throws: degenerate.finding) {
      try BGNBDModel.fit(BuyingSample(degenerate.summaries))
    }
    #expect(throws: degenerate.finding) {
      try MBGNBDModel.fit(BuyingSample(degenerate.summaries))
    }
  }

  /// Customers who buy at their own rates for ever.
  static func faithful(_ shape: Double?) -> [BuyingSummary] {
    (0..<3_000).map { index in
      var generator = SeededGenerator(seed: 4, stream: UInt64(index))
      let rate = shape.map { generator.gamma(shape: $0, rate: $0 * 20) } ?? 0.05
      let observed = Double(60 + index % 300)
      var (repeats, last, now) = (0, 0.0, generator.exponential(rate: rate))
      while now <= observed {
        (repeats, last) = (repeats + 1, now)
        now += generator.exponential(rate: rate)
      }
      return BuyingSummary(repeats: repeats, lastRepeat: last, observed: observed)
    }
  }

  @Test(arguments: [0.7, 2, nil])
  func dropoutIsNotSeenWhereNobodyDropsOut(shape: Double?) throws {
    let sample = try BuyingSample(Self.faithful(shape))
    for fit in [Self.finding(BGNBDModel.self, sample), Self.finding(MBGNBDModel.self, sample)] {
      guard case .dropoutNotIdentified(let with, let without) = fit else {
        Issue.record("found \(String(describing: fit))")
        continue
      }
      #expect(with.isFinite && without.isFinite)
      #expect(with >= without - 1e-6 && with < without + 1.36)
    }
  }

  /// Customers who all buy at the same rate and drop out with the same chance.
  @Test func equalCustomersHaveNoSpread() throws {
    let summaries = (0..<5_000).map { index in
      var generator = SeededGenerator(seed: 6, stream: UInt64(index))
      var (repeats, last, now) = (0, 0.0, 0.0)
      while true {
        now += generator.exponential(rate: 0.1)
        guard now <= 200 else { break }
        (repeats, last) = (repeats + 1, now)
        if generator.happens(withChance: 0.2) { break }
      }
      return BuyingSummary(repeats: repeats, lastRepeat: last, observed: 200)
    }
    let sample = try BuyingSample(summaries)
    let finding = Self.finding(BGNBDModel.self, sample)
    // Equal rates are the limit of ever greater r, which has no best value.
    #expect(finding == .parameterNotIdentified(.r))
  }

  /// Any small data at all: a model of finite parameters or a finding, never NaN.
  @Test func neverGivesWhatIsNoNumber() throws {
    for seed in 0..<200 {
      var generator = SeededGenerator(seed: 8, stream: UInt64(seed))
      let sizes = [1 + generator.uniform(below: 3), 1 + generator.uniform(below: 60)]
      let summaries = (0..<(30 + generator.uniform(below: 60))).map { _ in
        let observed = Double(generator.uniform(below: sizes[1] + 1))
        let repeats = observed > 0 ? generator.uniform(below: sizes[0] + 1) : 0
        let last = repeats > 0 ? 1 + Double(generator.uniform(below: Int(observed))) : 0
        return BuyingSummary(repeats: repeats, lastRepeat: last, observed: observed)
      }
      let sample = try BuyingSample(summaries)
      guard let fit = try? MBGNBDModel.fit(sample) else { continue }
      let model = fit.model
      #expect((model.r + model.alpha + model.a + model.b).isFinite, "seed \(seed)")
      #expect(fit.logLikelihood.isFinite, "seed \(seed)")
      for summary in summaries {
        #expect((0...1).contains(model.probabilityAlive(summary)), "seed \(seed)")
        #expect(model.expectedPurchases(within: 40, summary) >= 0, "seed \(seed)")
      }
    }
  }

  static func finding<Model: PurchaseModel>(
    _ model: Model.Type, _ sample: BuyingSample
  ) -> CannotEstimate? {
    do throws(CannotEstimate) {
      _ = try Model.fit(sample)
      return nil
    } catch {
      return error
    }
  }

  @Test func amountsThatTellNothing() throws {
    func fit(_ spending: [(repeats: Int, mean: Double)]) throws -> GammaGammaModel {
      try GammaGammaModel.fit(SpendSample(spending)).model
    }
    let equal = (0..<100).map { (repeats: 1 + $0 % 5, mean: 20.0) }
    #expect(throws: CannotEstimate.amountsAllEqual) { try fit(equal) }
    let unpaid = (0..<100).map { (repeats: 1 + $0 % 5, mean: Double(-($0 % 2))) }
    #expect(throws: CannotEstimate.noPositiveAmounts) { try fit(unpaid) }
    #expect(throws: CannotEstimate.noPositiveAmounts) { try fit([]) }
    #expect(throws: CannotEstimate.noPositiveAmounts) { try fit([(repeats: 0, mean: 12)]) }
    #expect(throws: CannotEstimate.tooFewRepeatCustomers(found: 1, needed: 30)) {
      try fit([(repeats: 2, mean: 12)])
    }
    #expect(throws: CannotEstimate.invalidSummary(index: 0, problem: .notANumber)) {
      try fit([(repeats: 2, mean: .nan)])
    }
  }

  @Test func spreadOfAmountsMayHaveNoMean() throws {
    // The model's own story with q = ½.
    let wild = (0..<2_000).map { index in
      var generator = SeededGenerator(seed: 12, stream: UInt64(index))
      let rate = generator.gamma(shape: 0.5, rate: 15)
      return (repeats: 3, mean: generator.gamma(shape: 3 * 6, rate: rate) / 3)
    }
    let sample = try SpendSample(wild)
    let error = #expect(throws: CannotEstimate.self) { try GammaGammaModel.fit(sample) }
    guard case .meanSpendInfinite(let q) = error else {
      Issue.record("found \(String(describing: error))")
      return
    }
    #expect(agree(q, 0.5, within: 0.1))
  }

  @Test func leftOutCustomersAreCounted() throws {
    let sample = try SpendSample([(0, 0), (2, 10), (1, -3), (1, 0), (4, 12)])
    #expect(sample.customers == 2)
    #expect(sample.leftOut == 3)
  }
}
