import LoyaltyModel
import RulesWorkload
import Testing
import TextFormats

@testable import LoyaltyRules

/// The fixed workload: what a plain reference in another language matches, matches here.
struct WorkloadTests {
  @Test(arguments: ["scalar", "full"])
  func theExpectedMatchesComeOut(form: String) throws {
    let workload = Workload(customers: 5_000)
    let evaluator = Evaluator(facts: workload.facts)
    let document = try JSONDocument(parsing: Workload.rules(form))
    let rules = try #require(document.root.elements)
    let counts = try rules.map { node in
      let when = try #require(node["when"])
      let condition = try Self.condition(when)
      return evaluator.answer(condition).holds.population
    }
    #expect(counts == Workload.expectedOfFew[form])
  }

  private static func condition(_ node: JSONNode) throws -> Condition {
    var writer = JSONWriter()
    writer.node(node)
    let reading = RuleReader.readCondition(
      writer.bytes, catalogue: Workload.catalogue, currency: Fixtures.euro)
    return try #require(reading.condition, "\(reading.issues)")
  }
}
