import Foundation
import LoyaltyModel
import TestSupport
import TextFormats

@testable import LoyaltyRules

/// What the tests of this target share.
enum Fixtures {
  static let euro = currency("EUR")

  static func currency(_ code: String) -> Currency {
    guard let currency = Currency(code: code) else { preconditionFailure("no currency \(code)") }
    return currency
  }

  static func day(_ text: String) -> Day {
    guard let day = Day(text) else { preconditionFailure("no day \(text)") }
    return day
  }

  static func read(_ text: String, file: String = "rule.json") -> RuleReading {
    RuleReader.read(Array(text.utf8), file: file, catalogue: .customers, currency: euro)
  }

  /// A rule without mistakes whose parts can be replaced; each argument is JSON.
  static func text(
    id: String = "test.rule", when: String = #"{ "fact": "stage", "is": "is", "value": "new" }"#,
    unless: String? = nil,
    offer: String = #"{ "template": "t", "kind": "content", "valid": "14 days" }"#,
    score: String = #"{ "propensity": { "prior": 0.1 }, "value": "nothing" }"#,
    move: String? = nil, extra: String = "", priority: Int = 50, tests: String = "[]"
  ) -> String {
    """
    { "format": "ladder.rule/1", "id": "\(id)", "version": 1, "title": "A test",
      "audience": "customer",
      "when": \(when),
      \(unless.map { "\"unless\": \($0)," } ?? "")
      \(move.map { "\"move\": \($0)," } ?? "")
      "offer": \(offer),
      "score": \(score),
      "priority": \(priority), \(extra)
      "why": "Because.", "benefit": { "customer": "joy", "business": "sales" },
      "tests": \(tests) }
    """
  }

  /// The rule of a text that has no mistakes.
  static func rule(_ text: String) throws -> Rule {
    let reading = read(text)
    guard let rule = reading.rule else { throw Unreadable(issues: reading.issues) }
    return rule
  }

  struct Unreadable: Error { let issues: [RuleIssue] }

  /// The condition of a JSON text.
  static func condition(_ json: String) throws -> Condition {
    guard let condition = try rule(text(when: json)).when else { throw Unreadable(issues: []) }
    return condition
  }

  /// Every default rule, by file name.
  static func defaultRules() throws -> [(file: String, reading: RuleReading)] {
    let folder = SharedData.packageRoot.appendingPathComponent("Resources/rules")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".json") }
      .map { name in
        let bytes = try Data(contentsOf: folder.appendingPathComponent(name))
        let reading = RuleReader.read(
          Array(bytes), file: name, catalogue: .customers, currency: euro)
        return (name, reading)
      }
  }
}

extension Fixtures {
  /// The bytes of a default rule.
  static func defaultRuleBytes(_ file: String) throws -> [UInt8] {
    let folder = SharedData.packageRoot.appendingPathComponent("Resources/rules")
    return try Array(Data(contentsOf: folder.appendingPathComponent(file)))
  }
}

extension FactTable {
  /// A table of made-up customers: what is not given is unknown; lists are left out.
  init(_ customers: [FixtureCustomer], asOf: Day) {
    self.init(asOf: asOf, count: customers.count)
    for fact in FactCatalogue.customers.facts {
      let values = customers.map { customer in
        customer.facts.first { $0.fact == fact }?.value ?? .unknown
      }
      if values.contains(where: { $0 != .unknown }) {
        columns[fact.id] = FactColumn(fact.type, values)
      }
    }
  }
}
