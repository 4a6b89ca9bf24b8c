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
  ///   - templates: The names of the texts that offers are written with; nil leaves that out.
  ///   - pace: May end it.
  /// - Returns: Warnings, in the order of the rules; an error for a rule that is there twice.
  /// - Throws: What `pace` does.
  package static func check<Failure: Error>(
    _ rules: [(file: String, rule: Rule)], facts: FactTable? = nil, margin: Double? = nil,
    bulkLimit: Double = 0.5, templates: [String]? = nil, pace: Pace<Failure> = Pace<Never>.free
  ) throws(Failure) -> [RuleIssue] {
    let matches = try facts.map { facts throws(Failure) in
      try rules.enumerated().map { index, rule throws(Failure) in
        try matched(rule.rule, facts, pace: pace.part(index, of: rules.count))
      }
    }
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
      if let templates, let cause = unknownTemplate(rule.offer, among: templates) {
        tell(.warning, ["offer", "template"], cause)
      }
      if let percent = rule.offer.percent, let margin, Double(percent) / 100 > margin {
        let cause = RuleIssue.Cause.discountAboveMargin(
          percent: percent, margin: Words.percent(margin))
        tell(.warning, ["offer", "percent"], cause)
      }
      if let facts, let matches, let margin,
        let cause = amountAboveMargin(rule, matches[index], facts, margin: margin)
      {
        tell(.warning, ["offer", "amount"], cause)
      }
      if let matches, let cause = overtaken(index, rules.map(\.rule), matches) {
        tell(.warning, ["group"], cause)
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
      guard rule.status == .active else { continue }
      if let until = rule.window.until, let facts, until < facts.asOf {
        tell(.warning, ["window", "until"], .windowOver(until: until))
      }
      if matches[index].population == 0 { tell(.warning, ["when"], .matchesNobody(rule.id)) }
    }
    return issues
  }

  private static func unknownTemplate(
    _ offer: RuleOffer, among known: [String]
  ) -> RuleIssue.Cause? {
    guard !known.contains(offer.template) else { return nil }
    return .unknownTemplate(
      offer.template, nearest: Nearest.word(to: offer.template, among: known), offer.kind,
      known: known)
  }

  private static func highCohort(_ facts: FactTable) -> RowSet {
    let people = People(facts)
    var high = RowSet(count: facts.count)
    for row in 0..<facts.count where people.cohort(row) == .high { high[row] = true }
    return high
  }

  /// The rows that a rule matches, exceptions taken off.
  ///
  /// - Throws: What `pace` does.
  package static func matched<Failure: Error>(
    _ rule: Rule, _ facts: FactTable, pace: Pace<Failure> = Pace<Never>.free
  ) throws(Failure) -> RowSet {
    let evaluator = Evaluator(facts: facts)
    let condition = Condition.all(rule.matching.map(\.condition))
    var rows = try evaluator.answer(condition, among: facts.known, pace: pace.part(0, 0.7)).holds
    if let unless = rule.unless {
      let answer = try evaluator.answer(unless, among: rows, pace: pace.part(0.7, 1))
      rows.subtract(answer.holds)
      rows.subtract(answer.unknown)
    }
    return rows
  }

  /// Rules of the same group that go first wherever this one matches, or nearly everywhere.
  private static func overtaken(
    _ index: Int, _ rules: [Rule], _ matches: [RowSet]
  ) -> RuleIssue.Cause? {
    let rule = rules[index]
    let count = matches[index].population
    guard rule.status == .active, !rule.group.isEmpty, count > 0 else { return nil }
    let rivals = rules.indices.filter {
      rules[$0].status == .active && rules[$0].group == rule.group
        && rules[$0].priority > rule.priority
    }
    var left = matches[index]
    var takers: [(id: String, taken: Int)] = []
    for rival in rivals {
      var rest = matches[index]
      rest.subtract(matches[rival])
      takers.append((rules[rival].id, count - rest.population))
      left.subtract(matches[rival])
    }
    takers = takers.filter { $0.taken > 0 }.sorted { ($1.taken, $0.id) < ($0.taken, $1.id) }
    if left.population == 0 {
      // One that takes all says it alone.
      let names = takers.first?.taken == count ? [takers[0].id] : takers.map(\.id)
      return .alwaysOvertaken(count: count, by: names)
    }
    let taken = count - left.population
    guard Double(taken) >= overlapLimit * Double(count) else { return nil }
    return .mostlyOvertaken(
      count: count, share: Words.percent(Double(taken) / Double(count)), by: takers.map(\.id),
      left: left.population)
  }

  /// The share of a rule's people, taken by rules that go first, from which it is a warning.
  static let overlapLimit = 0.8
}
