import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyWorkspace
import TestSupport
import Testing

/// Models of given parameters, as if fitted.
func fits(_ model: MBGNBDModel?) -> ModelFits {
  func fit<Model>(_ model: Model) -> ModelFit<Model> {
    ModelFit(model: model, logLikelihood: 0, customers: 1, repeatCustomers: 1, iterations: 1)
  }
  return ModelFits(
    customers: 1, repeatCustomers: 1, withoutAmounts: 0,
    bgNBD: .success(fit(BGNBDModel(r: 0.2426, alpha: 4.4135, a: 0.7929, b: 2.4258))),
    mbgNBD: model.map { .success(fit($0)) } ?? .failure(.noCustomers),
    gammaGamma: .failure(.noPositiveAmounts))
}

@Suite struct FadingTests {
  /// The maximum for the CDNOW sample, in weeks.
  static let model = MBGNBDModel(r: 0.5248377, alpha: 6.1829885, a: 0.8913563, b: 1.614)

  static func stages(
    _ days: [Int32], asOf: Int32, model: MBGNBDModel? = model,
    settings: StageSettings = StageSettings(), _ fill: (inout Customer) -> Void = { _ in }
  ) -> StageFigures {
    let customers = CustomerTable.of(1) { fill(&$1) }
    let table = PurchaseTable.of(days.map { Sale(0, $0, 100) }, customers: 1)
    let history = PurchaseHistory(table, customers: 1, asOf: Day(number: asOf))
    return StageFigures(
      history, figures: CustomerFigures(history), customers: customers, settings: settings,
      fits: fits(model))
  }

  /// Bought on days 0 and 7; odds against 0.8914/2.614·((6.183+T)/7.183)^1.5248 reach 1 at
  /// T = 8.384 weeks, day 58.69, and 4 at T = 29.97 weeks, day 209.8.
  @Test(
    arguments: [
      (58, LifecycleStage.repeat, 7), (59, .atRisk, 59), (187, .atRisk, 59), (209, .atRisk, 59),
      (210, .lapsed, 210), (800, .lapsed, 210),
    ] as [(Int32, LifecycleStage, Int32)])
  func theChanceMakesTheStageWorse(asOf: Int32, stage: LifecycleStage, since: Int32) {
    let result = Self.stages([0, 7], asOf: asOf)
    #expect(result.usesModel)
    #expect(result.stages == [stage])
    #expect(result.since == [since])
    #expect(result.figure(0).stage == stage)
    #expect(result.figure(0).since == Day(number: since))
  }

  @Test func theReasonIsTheOneThatCameFirst() {
    #expect(
      Self.stages([0, 7], asOf: 59).figure(0).words(.english)
        == """
        Last bought 52 days ago; by the fitted MBG/NBD model the chance that they still buy here \
        is 49.8 %. Slipping away below 50 %. Since 1970-03-01.
        """)
    #expect(
      Self.stages([0, 7], asOf: 210).figure(0).reason.words(.english).hasSuffix(
        "is 19.9 %. Counted as lost below 20 %."))
    // The own rhythm of 14 days says so on day 31, long before the model.
    let steady = (0..<10).map { Int32($0 * 14) }
    #expect(
      Self.stages(steady, asOf: 126 + 31).figure(0).reason
        == .atRisk(daysSince: 31, gap: StageGap(days: 14, isOwn: true), after: 30))
  }

  @Test func oneTimeBuyersAreKnownTooLittle() {
    // P(alive) of (0, 0, 8.57 weeks) is 0.48.
    #expect(Self.stages([0], asOf: 60).stages == [.new])
    #expect(Self.stages([0], asOf: 61).stages == [.atRisk])
  }

  @Test func theChanceNeverDecidesWonBack() {
    // P(alive) is below 20 % on day 210, but the gap of 250 days is not above 4·90.
    #expect(Self.stages([0, 7], asOf: 256).stages == [.lapsed])
    #expect(Self.stages([0, 7, 257], asOf: 260).stages == [.repeat])
    #expect(Self.stages([0, 7, 368], asOf: 370).stages == [.wonBack])
  }

  @Test func withoutATrustedModelTheRhythmDecides() {
    let result = Self.stages([0, 7], asOf: 187, model: nil)
    #expect(!result.usesModel)
    #expect(result.stages == [.repeat])
  }

  @Test func theLimitsAreSettings() {
    var settings = StageSettings()
    (settings.atRiskChance, settings.lapsedChance) = (0, 0)
    #expect(Self.stages([0, 7], asOf: 187, settings: settings).stages == [.repeat])
    (settings.atRiskChance, settings.lapsedChance) = (100, 0)
    #expect(Self.stages([0, 7], asOf: 7, settings: settings).stages == [.atRisk])
    (settings.atRiskChance, settings.lapsedChance) = (10, 60)
    #expect(Self.stages([0, 7], asOf: 59, settings: settings).stages == [.lapsed])
  }

  /// Random histories and models: each day's stage, and the day on which it began, as the plain
  /// reading of the definitions says.
  @Test(arguments: 1...40)
  func agreesWithReplayDayByDay(seed: Int) {
    var random = TestGenerator(seed: UInt64(seed))
    let typical = Int32.random(in: 2...90, using: &random)
    var days: [Int32] = [Int32.random(in: 0...30, using: &random)]
    for _ in 0..<Int.random(in: 0...14, using: &random) {
      let long = Int.random(in: 0..<5, using: &random) == 0
      days.append(
        (days.last ?? 0) + Int32.random(in: 1...(long ? typical * 9 : typical * 2), using: &random))
    }
    let model = MBGNBDModel(
      r: .random(in: 0.1...3, using: &random), alpha: .random(in: 0.5...30, using: &random),
      a: .random(in: 0.1...4, using: &random), b: .random(in: 0.1...6, using: &random))
    let praise = [Int32.random(in: 0...900, using: &random)]
    let plain = PlainStages(commonGap: 90, model: model)
    for asOf in stride(from: days[0], through: (days.last ?? 0) + 500, by: 7) {
      let result = Self.stages(days, asOf: asOf, model: model) { customer in
        customer.feedback = praise.map { Feedback(kind: .rating, day: Day(number: $0), score: 10) }
      }
      #expect(result.stages.first == plain.stage(days, praise: praise, on: asOf), "\(days) \(asOf)")
      #expect(
        result.since.first == plain.since(days, praise: praise, on: asOf), "\(days) \(asOf)")
      #expect(result.figure(0).stage == result.stages[0])
    }
  }

  /// Every person has exactly one stage, and a model makes none better.
  @Test(arguments: 1...10)
  func isTotalAndOnlyWorse(seed: Int) {
    let worse: [LifecycleStage: Int] = [.atRisk: 1, .lapsed: 2]
    let customers = CustomerTable.of(40)
    let table = PurchaseTable.of(
      randomSales(300, customers: 30, days: 600, seed: UInt64(seed)), customers: 40)
    let history = PurchaseHistory(table, customers: 40, asOf: Day(number: 500))
    let figures = CustomerFigures(history)
    let without = StageFigures(history, figures: figures, customers: customers)
    let with = StageFigures(
      history, figures: figures, customers: customers, fits: fits(Self.model))
    #expect(with.counts.reduce(0) { $0 + $1.customers } == 40)
    for row in 0..<40 {
      let (before, after) = (without.stages[row], with.stages[row])
      #expect(worse[after, default: 0] >= worse[before, default: 0])
      if before != after { #expect(worse[after] != nil && figures.purchaseDays[row] > 1) }
    }
  }

  @Test(.enabled(if: SharedData.isPresent, "\(SharedData.reason)"))
  func stagesOfCDNOW() {
    // From a plain Python pass over the file by the definitions, at these very parameters.
    let stages = StageFigures(
      CDNOWMaster.history, figures: CDNOWMaster.figures, customers: CDNOWMaster.tables.customers,
      fits: fits(Self.model))
    let expected: [LifecycleStage: Int] = [
      .lapsed: 18_313, .atRisk: 1711, .wonBack: 1278, .loyal: 2170, .repeat: 98,
    ]
    for (stage, customers) in stages.counts { #expect(customers == expected[stage, default: 0]) }
  }
}
