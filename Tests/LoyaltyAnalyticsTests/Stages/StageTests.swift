import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyWorkspace
import TestSupport
import Testing

/// Purchase days of one customer, and the stage on a day.
struct StageCase: CustomTestStringConvertible {
  let days: [Int32]
  let asOf: Int32
  let stage: LifecycleStage
  let since: Int32
  let words: String

  var testDescription: String { "\(stage.rawValue) on \(asOf)" }

  /// The common rhythm is the default 90 days: nobody else has one.
  static let all = [
    StageCase(
      days: [100], asOf: 100, stage: .new, since: 100,
      words: "First bought today, and not again yet."),
    StageCase(
      days: [100], asOf: 160, stage: .new, since: 100,
      words: "First bought 60 days ago, and not again yet."),
    StageCase(
      days: [100], asOf: 161, stage: .atRisk, since: 161,
      words: "Bought only once, 61 days ago. Slipping away after 60."),
    StageCase(
      days: [100], asOf: 460, stage: .atRisk, since: 161,
      words: "Bought only once, 360 days ago. Slipping away after 60."),
    StageCase(
      days: [100], asOf: 461, stage: .lapsed, since: 461,
      words: "Last bought 361 days ago; customers usually buy every 90 days. "
        + "Counted as lost after 360."),
    StageCase(
      days: [100, 170], asOf: 171, stage: .repeat, since: 170,
      words: "Bought on 2 days, last 1 day ago."),
    StageCase(
      days: [100, 170, 180], asOf: 180, stage: .repeat, since: 170,
      words: "Bought on 3 days, last today."),
    // Own rhythm 14 from the fourth day on: loyal since then, at risk after 30.
    StageCase(
      days: [100, 114, 128, 142], asOf: 172, stage: .loyal, since: 142,
      words: "Bought on 4 days, last 30 days ago; usually every 14 days."),
    StageCase(
      days: [100, 114, 128, 142], asOf: 187, stage: .atRisk, since: 173,
      words: "Last bought 45 days ago; usually every 14 days. Slipping away after 30."),
    StageCase(
      days: [100, 114, 128, 142], asOf: 203, stage: .lapsed, since: 203,
      words: "Last bought 61 days ago; usually every 14 days. Counted as lost after 60."),
    StageCase(
      days: [100, 114, 128, 142, 203], asOf: 210, stage: .wonBack, since: 203,
      words: "Came back on 1970-07-23 after 61 days; counted as lost after 60."),
    // Won back until 90 days after the return, whatever was bought meanwhile.
    StageCase(
      days: [100, 114, 128, 142, 203, 220, 235, 250, 265, 280], asOf: 292, stage: .wonBack,
      since: 203, words: "Came back on 1970-07-23 after 61 days; counted as lost after 60."),
    StageCase(
      days: [100, 114, 128, 142, 203, 220, 235, 250, 265, 280], asOf: 293, stage: .loyal,
      since: 293, words: "Bought on 10 days, last 13 days ago; usually every 15 days."),
    // A gap of 60 days is none that was counted as lost.
    StageCase(
      days: [100, 114, 128, 142, 202], asOf: 202, stage: .loyal, since: 202,
      words: "Bought on 5 days, last today; usually every 14 days."),
  ]
}

/// The stages of one customer with purchase days.
private func stages(
  _ days: [Int32], asOf: Int32, settings: StageSettings = StageSettings(),
  _ fill: (inout Customer) -> Void = { _ in }
) -> StageFigures {
  let customers = CustomerTable.of(1) { fill(&$1) }
  let table = PurchaseTable.of(days.map { Sale($0, 100) }, customers: 1)
  let history = PurchaseHistory(table, customers: 1, asOf: Day(number: asOf))
  return StageFigures(
    history, figures: CustomerFigures(history, settings: settings), customers: customers,
    settings: settings)
}

@Suite struct StageTests {
  @Test(arguments: StageCase.all)
  func byHand(_ scene: StageCase) {
    let result = stages(scene.days, asOf: scene.asOf)
    let figure = result.figure(0)
    #expect(result.stages == [scene.stage])
    #expect(result.since == [scene.since])
    #expect(figure.stage == scene.stage)
    #expect(figure.since == Day(number: scene.since))
    #expect(figure.reason.words(.english) == scene.words)
    #expect(figure.words(.english) == "\(scene.words) Since \(Day(number: scene.since)).")
  }

  @Test func whoHasNotBought() {
    #expect(stages([], asOf: 50).figure(0).reason == .contact)
    let interested = stages([60], asOf: 50) { customer in
      customer.interests = [
        Interest(what: "later", day: Day(number: 51)),
        Interest(what: "trial lesson", day: Day(number: 45)),
        Interest(what: "newsletter", day: Day(number: 40)),
      ]
    }.figure(0)
    #expect(interested.stage == .prospect)
    #expect(interested.since == Day(number: 40))
    #expect(
      interested.reason.words(.english)
        == "Showed interest (newsletter) on 1970-02-10; has not bought yet.")
    let missing = stages([], asOf: 50) { customer in
      customer.statedOrders = 12
      customer.interests = [Interest(what: "newsletter", day: Day(number: 40))]
    }.figure(0)
    #expect(missing.stage == .historyMissing)
    #expect(missing.since == nil)
    #expect(
      missing.words(.english)
        == "The customer file states 12 orders, but none of them is known here.")
    // Their orders are known, only later.
    let later = stages([60], asOf: 50) { $0.statedOrders = 1 }
    #expect(later.stages == [.contact] && later.figure(0).reason == .nothingStands)
    #expect(stages([], asOf: 50) { $0.statedOrders = 0 }.stages == [.contact])
  }

  @Test func praiseMakesAdvocatesForAYear() {
    // 700 is 1971-12-02; twelve months on is 1972-12-02, day 1066.
    let days = (0..<40).map { Int32(640 + $0 * 14) }
    func advocate(asOf: Int32, score: Int = 9, kind: Feedback.Kind = .rating) -> StageFigure {
      stages(days, asOf: asOf) {
        $0.feedback = [Feedback(kind: kind, day: Day(number: 700), score: score)]
      }.figure(0)
    }
    #expect(advocate(asOf: 699).stage == .loyal)
    #expect(advocate(asOf: 700).stage == .advocate)
    #expect(advocate(asOf: 1065).stage == .advocate)
    #expect(advocate(asOf: 1065).since == Day(number: 700))
    #expect(
      advocate(asOf: 1065).reason.words(.english)
        == "Bought on 31 days and rated 9 of 10 on 1971-12-02.")
    #expect(advocate(asOf: 1066).stage == .loyal)
    #expect(advocate(asOf: 1066).since == Day(number: 1066))
    #expect(advocate(asOf: 800, score: 8).stage == .loyal)
    #expect(advocate(asOf: 800, kind: .wish).stage == .loyal)
  }

  @Test func thresholdsAreSettings() {
    var settings = StageSettings()
    settings.atRiskDays = 5
    settings.leastGap = 3
    settings.loyalDays = 2
    let result = stages([0, 4], asOf: 13, settings: settings)
    #expect(result.figure(0).stage == .atRisk)
    #expect(
      result.figure(0).reason
        == .atRisk(daysSince: 9, gap: StageGap(days: 4, isOwn: true), after: 8))
    #expect(stages([0, 4], asOf: 12, settings: settings).stages == [.loyal])
  }

  @Test func halfGapsDecideExactly() {
    // Median gap 17.5: overdue after 35 days, lost after 70.
    let days: [Int32] = [0, 17, 35, 52, 70]
    #expect(stages(days, asOf: 105).stages == [.loyal])
    #expect(stages(days, asOf: 106).stages == [.atRisk])
    #expect(stages(days, asOf: 140).stages == [.atRisk])
    #expect(stages(days, asOf: 141).stages == [.lapsed])
  }

  /// Random histories: each day's stage, and the day on which it began, as the plain reading says.
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
    let praise = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      Int32.random(in: 0...900, using: &random)
    }
    let plain = PlainStages(commonGap: 90)
    let end = (days.last ?? 0) + 500
    for asOf in stride(from: days[0], through: end, by: 7) {
      let result = stages(days, asOf: asOf) { customer in
        customer.feedback = praise.map {
          Feedback(kind: .rating, day: Day(number: $0), score: 10)
        }
      }
      #expect(result.stages.first == plain.stage(days, praise: praise, on: asOf), "\(days) \(asOf)")
      #expect(
        result.since.first == plain.since(days, praise: praise, on: asOf), "\(days) \(asOf)")
      #expect(result.figure(0).stage == result.stages[0])
    }
  }

  /// Every person has exactly one stage, refunds, interests and all.
  @Test(arguments: 1...10)
  func isTotal(seed: Int) {
    var random = TestGenerator(seed: UInt64(seed))
    let customers = CustomerTable.of(40) { _, customer in
      if Bool.random(using: &random) {
        customer.interests = [
          Interest(
            what: "trial", day: Day(number: Int32.random(in: 0..<600, using: &random)))
        ]
      }
      if Int.random(in: 0..<5, using: &random) == 0 { customer.statedOrders = 3 }
    }
    let table = PurchaseTable.of(
      randomSales(300, customers: 30, days: 600, seed: UInt64(seed)), customers: 40)
    let history = PurchaseHistory(table, customers: 40, asOf: Day(number: 500))
    let figures = CustomerFigures(history)
    let stages = StageFigures(history, figures: figures, customers: customers)
    let plain = PlainStages(commonGap: figures.commonGap.days)
    #expect(stages.counts.reduce(0) { $0 + $1.customers } == 40)
    for row in 0..<40 {
      let days = Array(history.purchaseDays.days(ofCustomer: row))
      let expected = plain.stage(days, praise: [], on: 500)
      if let expected {
        #expect(stages.stages[row] == expected)
        #expect(stages.since[row] == plain.since(days, praise: [], on: 500))
      } else {
        #expect([.contact, .prospect, .historyMissing].contains(stages.stages[row]))
      }
      #expect(stages.since[row] <= 500)
    }
  }

  @Test(.enabled(if: SharedData.isPresent, "\(SharedData.reason)"))
  func stagesOfCDNOW() {
    // From a plain Python pass over the file by the definitions, with statistics.median.
    let stages = StageFigures(
      CDNOWMaster.history, figures: CDNOWMaster.figures, customers: CDNOWMaster.tables.customers)
    let expected: [LifecycleStage: Int] = [
      .lapsed: 18_313, .atRisk: 1702, .wonBack: 1278, .loyal: 2179, .repeat: 98,
    ]
    for (stage, customers) in stages.counts { #expect(customers == expected[stage, default: 0]) }
  }
}
