import LoyaltyModel
import LoyaltyWorkspace
import TestSupport
import Testing
import TextFormats

@testable import LoyaltyRules

/// The manual's examples are read by the very reader that reads rules.
struct ManualTests {
  /// A rule with an example in the place of its own part.
  static func rule(_ sample: RuleSample) throws -> RuleReading {
    let move = #""move": { "from": ["low"], "to": "mid" },"#
    var parts = [
      "when": #""when": { "fact": "stage", "is": "known" }"#,
      "offer": #""offer": { "template": "t", "kind": "content", "valid": "14 days" }"#,
      "score": #""score": { "propensity": { "prior": 0.1 }, "value": "nothing" }"#,
      "audience": #""audience": "customer""#,
    ]
    if sample.key.isEmpty {
      parts["when"] = "\"when\": " + sample.json
    } else {
      parts[sample.key] = sample.json
    }
    let text = """
      { "format": "ladder.rule/1", "id": "manual", "version": 1, "title": "Of the manual",
        \(sample.key == "move" ? "" : move)
        \(parts.keys.sorted().compactMap { parts[$0] }.joined(separator: ",\n  ")),
        "why": "Because.", "benefit": { "customer": "joy", "business": "sales" },
        "tests": [ { "name": "none", "as_of": "2026-07-15", "expect": "no match",
          "customer": { "cohort": "none" } } ] }
      """
    return Fixtures.read(text)
  }

  @Test(arguments: RuleSample.all.map(\.json))
  func everyExampleIsAPartOfARule(json: String) throws {
    let sample = try #require(RuleSample.all.first { $0.json == json })
    let reading = try Self.rule(sample)
    #expect(reading.issues.map { $0.description(.english) } == [], "\(sample.says)")
    // Each says something in plain words, so that a reader can compare.
    let rule = try #require(reading.rule)
    #expect(RuleWords(.english, rule.currency).lines(rule).allSatisfy { !$0.isEmpty })
  }

  @Test func everyConstructHasAnExample() throws {
    let conditions = RuleSample.all.filter { $0.key.isEmpty }.map(\.json)
    let all = conditions.joined(separator: "\n")
    for comparator in Comparator.allCases {
      #expect(all.contains("\"is\": \"\(comparator.rawValue)\""), "\(comparator.rawValue)")
    }
    for shape in ["fact", "all", "any", "none", "count", "sum", "min", "max", "distinct", "some"]
      + ["every", "of", "where"]
    {
      #expect(all.contains("\"\(shape)\": "), "\(shape)")
    }
    for list in FactCatalogue.customers.lists {
      #expect(all.contains("\"\(list.name)"), "\(list.name)")
    }
    let parts = RuleSample.all.filter { !$0.key.isEmpty }.map(\.json).joined(separator: "\n")
    for value in ValueOfResponse.words { #expect(parts.contains("\"\(value)\""), "\(value)") }
    let keys = [
      "window", "move", "audience", "unless", "params", "threshold", "cost", "needs", "limits",
      "per customer", "total", "budget", "holdout", "priority", "group", "campaign", "role",
      "percent", "amount", "category", "product", "salt", "lever", "weight", "share",
    ]
    for key in keys { #expect(parts.contains("\"\(key)\": "), "\(key)") }
  }

  @Test func theManualNamesEveryKeyThatTheReaderKnows() {
    let text = RuleManual.lines(.customers, example: "").joined(separator: "\n")
    for key in RuleReader.keys {
      #expect(text.contains("\n  \(key) "), "\(key)")
    }
    for sample in RuleSample.all {
      #expect(text.contains(sample.says))
      for line in sample.json.split(separator: "\n") { #expect(text.contains(line)) }
    }
    for line in text.split(separator: "\n") { #expect(line.count <= 200, "\(line)") }
  }
}
