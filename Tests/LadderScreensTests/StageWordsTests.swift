import LoyaltyModel
import Testing

@testable import LadderScreens
@testable import LoyaltyWorkspace

/// What the screen of stages says of the selected one.
@Suite struct StageWordsTests {
  private let programme: ProgrammeFacts
  /// Repeat had 100: 40 stayed, and more went than are named one by one; 9 came.
  private let report: FlowReport

  init() throws {
    let stages = LifecycleStage.allCases.map(\.rawValue)
    let place = try #require(stages.firstIndex(of: LifecycleStage.repeat.rawValue))
    var counts = stages.map { _ in stages.map { _ in 0 } }
    counts[place][place] = 40
    let others = stages.indices.filter { $0 != place }
    for (index, count) in [25, 12, 10, 8, 3, 2].enumerated() {
      counts[place][others[index]] = count
    }
    counts[others[0]][place] = 9
    let period = Period(from: Day(number: 20_268), to: Day(number: 20_633))
    let none = MigrationReport(rows: [], columns: [], counts: [])
    report = FlowReport(
      period: period, stages: MigrationReport(rows: stages, columns: stages, counts: counts),
      cohorts: none)
    programme = ProgrammeFacts(try SmallProgramme().open())
  }

  @Test("who has not bought has a stage, and no value")
  func standing() throws {
    let workspace = try SmallProgramme().open()
    func words(_ filter: String) throws -> String {
      let row = try #require(try workspace.customers(matching: filter).first)
      return programme.texts.standing(try workspace.summary(ofRow: row))
    }
    #expect(try words("cohort = none and stage = prospect") == "Prospect")
    #expect(try words("cohort = high and stage = loyal") == "Loyal, high value")
  }

  @Test func flowsAddUpToWhatWentOut() {
    let texts = programme.texts
    let words = texts.wentTo(.repeat, report, programme)
    #expect(words.contains("25 to ") && words.contains("8 to ") && words.hasSuffix("and 5 others."))
    let numbers = words.matches(of: /\d+/).compactMap { Int($0.0) }
    #expect(numbers.reduce(0, +) == report.stages.left("repeat"))
  }

  @Test func peopleAddUp() {
    #expect(
      programme.texts.sum(.repeat, report, programme)
        == "29 Jun 2025: 100; 9 came in, 60 went out; 29 Jun 2026: 49.")
    #expect(programme.texts.cameFrom(.repeat, report, programme).contains("9 from Contact"))
  }
}
