import LoyaltyModel
import Testing

@testable import LoyaltyRules

struct ConditionWriterTests {
  /// What is written and read again is the same condition.
  @Test(arguments: 0..<20)
  func whatIsWrittenIsReadAgain(seed: Int) throws {
    var random = RandomFacts(seed: 5_000 + UInt64(seed))
    let writer = ConditionWriter(Fixtures.euro)
    for _ in 0..<40 {
      let condition = random.condition(depth: 3)
      let json = writer.json(condition)
      let reading = RuleReader.readCondition(
        Array(json.utf8), catalogue: .customers, currency: Fixtures.euro)
      // Labels that a fact never has are refused by the reader.
      if reading.issues.contains(where: { if case .unknownLabel = $0.cause { true } else { false } }
      ) {
        continue
      }
      #expect(reading.condition == condition, "\(json) \(reading.issues)")
    }
  }

  /// A filter means the same as the condition that it was written from.
  @Test(arguments: 0..<20)
  func aFilterMeansTheSame(seed: Int) throws {
    var random = RandomFacts(seed: 6_000 + UInt64(seed))
    let table = random.table(rows: 130)
    let evaluator = Evaluator(facts: table)
    let writer = ConditionWriter(Fixtures.euro)
    var written = 0
    for _ in 0..<60 {
      let condition = random.condition(depth: 3)
      guard let text = writer.filter(condition) else { continue }
      let again = try Filter.read(text, catalogue: .customers, currency: Fixtures.euro)
      #expect(again.map { evaluator.answer($0) } == evaluator.answer(condition), "\(text)")
      written += 1
    }
    #expect(written > 5)
  }

  @Test func countsOverListsAreNoFilter() throws {
    let condition = try Fixtures.condition(
      #"{ "count": "purchases", "is": "at least", "value": 2 }"#)
    #expect(ConditionWriter(Fixtures.euro).filter(condition) == nil)
  }
}
