import LoyaltyModel
import LoyaltyWorkspace
import Testing
import TextFormats

@testable import LoyaltyRules

struct DefaultRulesTests {
  @Test func areWithoutFaultAndPassTheirTests() throws {
    let all = try Fixtures.defaultRules()
    #expect(all.count >= 9)
    for (file, reading) in all {
      #expect(reading.issues.map { $0.description(.english) } == [])
      let rule = try #require(reading.rule)
      #expect(file == rule.id + ".json")
      #expect(rule.tests.count >= 2)
      #expect(Set(rule.tests.map(\.expect)).contains(.match))
      #expect(Set(rule.tests.map(\.expect)).count > 1)
      let results = RuleTester.run(rule)
      #expect(results.filter { !$0.passed }.map { $0.message(.english) } == [])
    }
  }

  @Test(arguments: ["EUR", "JPY", "KWD"])
  func areWrittenForEveryCurrency(code: String) throws {
    for (file, _) in try Fixtures.defaultRules() where file.isEmpty == false {
      let bytes = try Fixtures.defaultRuleBytes(file)
      let reading = RuleReader.read(
        bytes, file: file, catalogue: .customers, currency: Fixtures.currency(code))
      #expect(reading.issues.map { $0.description(.english) } == [])
      let results = RuleTester.run(try #require(reading.rule))
      #expect(results.filter { !$0.passed }.map { $0.message(.english) } == [])
    }
  }

  @Test func keepATenthBackAndMayGoThroughTheTill() throws {
    for (file, reading) in try Fixtures.defaultRules() {
      let rule = try #require(reading.rule)
      #expect(rule.holdOut.share == 1_000, "\(file)")
      #expect(rule.channels.contains(.till), "\(file)")
      #expect(rule.channels.first != .till, "\(file): a consented channel goes first")
    }
  }

  @Test func reachEveryStageAndCohortFromPurchasesAlone() throws {
    let rules = try Fixtures.defaultRules().compactMap(\.reading.rule)
    let people = Self.everyStageAndCohort
    var context = SuggestionContext(customers: people.ids)
    context.perCustomer = 1
    context.medians = [.low: 2_000, .mid: 9_000, .high: 30_000]
    let run = try Suggester.run(rules: rules, facts: people.facts, context: context)
    let stages = Set(run.suggestions.map(\.stage))
    let cohorts = Set(run.suggestions.map(\.cohort))
    #expect(
      stages == [.prospect, .new, .repeat, .loyal, .advocate, .wonBack, .atRisk, .lapsed])
    #expect(cohorts == [.none, .low, .mid, .high])
    // Nobody who bought is left without a next step, and everybody is reached at the till.
    #expect(run.suggestions.count == people.facts.count)
    #expect(run.suggestions.allSatisfy { $0.channel == .till })
  }

  /// One customer of each stage in each cohort that it can be in, with what purchases tell.
  static var everyStageAndCohort: (ids: TextColumn, facts: FactTable) {
    var pairs: [(LifecycleStage, ValueCohort)] = [(.prospect, .none)]
    for stage: LifecycleStage in [.new, .repeat, .loyal, .advocate, .wonBack, .atRisk, .lapsed] {
      for cohort: ValueCohort in [.low, .mid, .high] { pairs.append((stage, cohort)) }
    }
    var ids = TextColumn()
    for index in pairs.indices { ids.append("c\(100 + index)") }
    var facts = FactTable(asOf: Fixtures.day("1998-06-30"), count: pairs.count)
    facts.columns["stage"] = .choices(pairs.map(\.0.rawValue))
    facts.columns["cohort"] = .choices(pairs.map(\.1.rawValue))
    facts.columns["complaint_open"] = .yesNo(pairs.map { _ in 0 })
    let bought = pairs.map { $0.0 != .prospect }
    facts.columns["recency_days"] = .int32(bought.map { $0 ? 20 : FactColumn.unknownInt32 })
    facts.columns["purchase_days"] = .int32(bought.map { $0 ? 4 : 0 })
    facts.columns["average_basket"] = .int64(
      bought.map { $0 ? 3_250 : FactColumn.unknownInt64 })
    facts.columns["value_12m"] = .int64(bought.map { $0 ? 9_900 : 0 })
    return (ids, facts)
  }
}

extension FactColumn {
  /// A column of labels; an empty one is unknown.
  static func choices(_ values: [String]) -> FactColumn {
    var labels = LabelList()
    let numbers = values.map { $0.isEmpty ? unknownChoice : UInt16(labels.number(adding: $0)) }
    return .choice(numbers, labels: labels)
  }
}
