import LoyaltyModel
import LoyaltyRules
import TextFormats

// Conditions in the form: what has a field stands in it, all else stays as the file has it.

extension RuleDraft {
  /// Cohort, stages, facts and purchases out of what must hold.
  static func readGroup(
    _ rule: Rule, _ source: RuleParts, _ display: DisplayFormat, _ values: inout [Field: String],
    _ kept: inout Kept
  ) {
    if let move = rule.move {
      values[.from] = display.words(move.from.map(\.rawValue))
      values[.to] = move.to.rawValue
    }
    let writer = ConditionWriter(rule.currency)
    var (facts, counts): ([Condition], [PurchaseCount]) = ([], [])
    for (part, json) in source.parts(of: rule.when, at: "when", group: "all") {
      if takeLabels(part, of: rule, display, &values) { continue }
      if let count = PurchaseCount(part) {
        counts.append(count)
      } else if writer.filter(part) != nil {
        facts.append(part)
      } else {
        kept.when.append(json)
        kept.conditions.when.append(part)
      }
    }
    values[.facts] = facts.isEmpty ? nil : writer.filter(.allOf(facts))
    values[.purchases] =
      counts.isEmpty ? nil : counts.map { $0.text(rule.currency) }.joined(separator: "; ")
  }

  /// Takes the first condition on stages, and without a move that on cohorts, into its field.
  private static func takeLabels(
    _ part: Condition, of rule: Rule, _ display: DisplayFormat, _ values: inout [Field: String]
  ) -> Bool {
    guard case .fact(let test) = part, case .labels(let labels) = test.comparison.operand,
      [.equals, .oneOf].contains(test.comparison.comparator)
    else { return false }
    let field: Field
    switch test.fact.id {
    case "stage": field = .stages
    case "cohort" where rule.move == nil: field = .from
    default: return false
    }
    guard values[field] == nil else { return false }
    values[field] = display.words(labels)
    return true
  }

  /// The exceptions that the filter language can say.
  static func readExceptions(
    _ rule: Rule, _ source: RuleParts, _ values: inout [Field: String], _ kept: inout Kept
  ) {
    let writer = ConditionWriter(rule.currency)
    var filters: [Condition] = []
    for (part, json) in source.parts(of: rule.unless, at: "unless", group: "any") {
      if writer.filter(part) != nil {
        filters.append(part)
      } else {
        kept.unless.append(json)
        kept.conditions.unless.append(part)
      }
    }
    guard !filters.isEmpty else { return }
    values[.except] = writer.filter(filters.count == 1 ? filters[0] : .any(filters))
  }
}

/// The parts of a rule's conditions beside the bytes that they stand in.
struct RuleParts {
  private let text: String
  private let document: JSONDocument?

  init(_ text: String) {
    self.text = text
    document = try? JSONDocument(parsing: Array(text.utf8))
  }

  /// The parts of a condition that is a group of a kind, else the condition itself, with their JSON.
  func parts(
    of condition: Condition?, at key: String, group: String
  ) -> [(part: Condition, json: String)] {
    switch (condition, group) {
    case (.all(let parts)?, "all"), (.any(let parts)?, "any"):
      return parts.enumerated().map { ($1, json([key, group, String($0)])) }
    case (.some(let one), _): return [(one, json([key]))]
    case (nil, _): return []
    }
  }

  private func json(_ path: [String]) -> String {
    guard let range = document?.node(at: JSONPointer(path))?.range else { return "" }
    return String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }
}
