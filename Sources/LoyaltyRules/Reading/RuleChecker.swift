package import LoyaltyModel
import TextFormats

/// Warns of what only shows when rules are seen together, or beside the data.
package enum RuleChecker {
  /// Checks rules that were read without errors.
  ///
  /// - Parameters:
  ///   - rules: The rules with the names of their files.
  ///   - facts: The facts to find rules that are never chosen; nil leaves that out.
  ///   - margin: The programme's margin as a share of net value; nil leaves that out.
  ///   - bulkLimit: The share of the high cohort that one offer with a price may reach.
  /// - Returns: Warnings, in the order of the rules; an error for a rule that is there twice.
  package static func check(
    _ rules: [(file: String, rule: Rule)], facts: FactTable? = nil, margin: Double? = nil,
    bulkLimit: Double = 0.5
  ) -> [RuleIssue] {
    let matches = facts.map { facts in rules.map { matched($0.rule, facts) } }
    let falling = fallingBenefits(rules.map(\.rule))
    let high = facts.map(highCohort)
    var issues: [RuleIssue] = []
    for (index, (file, rule)) in rules.enumerated() {
      func tell(_ severity: RuleIssue.Severity, _ path: [String], _ cause: RuleIssue.Cause) {
        issues.append(
          RuleIssue(
            severity, file: file, position: nil, pointer: JSONPointer(path), cause: cause))
      }
      if let twin = rules[..<index].first(where: { $0.rule.id == rule.id }) {
        tell(.error, ["id"], .duplicateRule(rule.id, otherFile: twin.file))
      }
      if let percent = rule.offer.percent, let margin, Double(percent) > margin * 100 {
        let cause = RuleIssue.Cause.discountAboveMargin(
          percent: percent, margin: Int((margin * 100).rounded(.down)))
        tell(.warning, ["offer", "percent"], cause)
      }
      if let matches, let other = overtaker(of: index, rules.map(\.rule), matches) {
        let count = matches[index].population
        tell(.warning, ["group"], .alwaysOvertaken(count: count, by: rules[other].rule.id))
      }
      for (place, cause) in falling where place == index {
        tell(.warning, ["offer", "percent"], cause)
      }
      guard let matches, let high else { continue }
      if let cause = bulk(rule, matches[index], high: high, limit: bulkLimit) {
        tell(.warning, ["when"], cause)
      }
      if let cause = otherPrice(index, rules.map(\.rule), matches) {
        tell(.warning, ["offer"], cause)
      }
      if rule.status == .active, matches[index].population == 0 {
        tell(.warning, ["when"], .matchesNobody)
      }
    }
    return issues
  }

  private static func highCohort(_ facts: FactTable) -> RowSet {
    let people = People(facts)
    var high = RowSet(count: facts.count)
    for row in 0..<facts.count where people.cohort(row) == .high { high[row] = true }
    return high
  }

  /// The rows that a rule matches, exceptions taken off.
  package static func matched(_ rule: Rule, _ facts: FactTable) -> RowSet {
    let evaluator = Evaluator(facts: facts)
    var rows = evaluator.answer(.all(rule.matching.map(\.condition))).holds
    if let unless = rule.unless {
      let answer = evaluator.answer(unless, among: rows)
      rows.subtract(answer.holds)
      rows.subtract(answer.unknown)
    }
    return rows
  }

  /// A rule of the same group that goes first wherever this one matches.
  private static func overtaker(of index: Int, _ rules: [Rule], _ matches: [RowSet]) -> Int? {
    let rule = rules[index]
    guard rule.status == .active, !rule.group.isEmpty, matches[index].population > 0 else {
      return nil
    }
    return rules.indices.first { other in
      let rival = rules[other]
      guard rival.status == .active, rival.group == rule.group, rival.priority > rule.priority
      else { return false }
      var left = matches[index]
      left.subtract(matches[other])
      return left.population == 0
    }
  }
}
