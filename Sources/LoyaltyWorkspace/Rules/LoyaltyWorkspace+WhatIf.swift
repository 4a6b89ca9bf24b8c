package import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

extension LoyaltyWorkspace {
  /// What a change of a rule's values would do: who enters and leaves, cost and gain; nothing is
  /// saved.
  ///
  /// - Parameters:
  ///   - id: The rule's identifier.
  ///   - changes: Paths such as `/when/all/1/value` or `offer.percent`, with their new values.
  ///   - options: Budget and other limits, as for ``suggest(_:progress:)``.
  ///   - progress: Is told how far it is; false stops it.
  /// - Returns: The rule before and after.
  /// - Throws: An error when there is no such rule or value, or the changed rule has mistakes.
  package func whatIf(
    rule id: String, set changes: [(path: String, value: String)],
    _ options: SuggestOptions = SuggestOptions(),
    progress: @escaping ProgressHandler = { _ in true }
  ) throws(WorkspaceError) -> WhatIfReport {
    let present = try rule(id)
    let changed = try changedRule(id, changes)
    let stop = StopCheck(progress)
    try stop.check(texts["job.what-if"])
    let analysis = try prepared(stop, stop.pace.part(0, 0.2))
    let facts = factsWithOffers(analysis)
    let others = activeRules.filter { $0.id != id }
    var taken = RowSet(count: facts.count)
    let othersPace = stop.pace.part(0.2, 0.4)
    for (index, other) in others.enumerated() {
      let part = othersPace.part(index, of: others.count)
      taken.formUnion(try matches(other, facts, pace: part))
    }
    func side(
      _ rule: Rule, _ pace: Pace<WorkspaceError>
    ) throws(WorkspaceError) -> (WhatIfReport.Side, RowSet) {
      var active = rule
      active.status = .active
      let matched = try matches(active, facts, pace: pace.part(0, 0.1))
      var overlap = matched
      overlap.formIntersection(taken)
      let run = try run(
        others + [active], facts, analysis, options, pace: pace.part(0.1, 1), stop)
      // Who is kept back for comparison gets nothing, and so neither costs nor brings anything.
      let given = run.suggestions.filter { !$0.isWithheld }
      let own = given.filter { $0.rule.id == id }
      let side = WhatIfReport.Side(
        matched: matched.population, overlap: overlap.population, suggested: own.count,
        cost: own.reduce(0) { $0 + $1.expectedCost },
        value: own.reduce(0) { $0 + $1.expectedValue },
        totalValue: given.reduce(0) { $0 + $1.expectedValue })
      return (side, matched)
    }
    let before = try side(present, stop.pace.part(0.4, 0.7))
    let after = try side(changed, stop.pace.part(0.7, 1))
    var (entering, leaving) = (after.1, before.1)
    entering.subtract(before.1)
    leaving.subtract(after.1)
    return WhatIfReport(
      rule: id, asOf: analysis.asOf, before: before.0, after: after.0,
      entering: entering.rows.map { analysis.customers.ids[$0] },
      leaving: leaving.rows.map { analysis.customers.ids[$0] }, sentences: ruleWords.lines(changed))
  }

  /// The rule with other values, read as if it stood in its file.
  private func changedRule(
    _ id: String, _ changes: [(path: String, value: String)]
  ) throws(WorkspaceError) -> Rule {
    // A file that is not in the store can be read, but not be changed here.
    guard let file = readRules().first(where: { $0.reading.rule?.id == id })?.file else {
      throw .noSuchRule(id, nearest: [])
    }
    var edit = RuleEdit(state.rules.first { $0.file == file }?.text ?? "")
    for (path, value) in changes where !edit.set(path, to: value) {
      throw .noSuchValue(rule: id, path: path)
    }
    let reading = RuleReader.read(
      Array(edit.text.utf8), file: "rules/" + file, catalogue: .customers, currency: currency)
    guard let rule = reading.rule else {
      let errors = reading.issues.filter { $0.severity == .error }
      throw .badChange(errors.map { $0.description(wording) })
    }
    return rule
  }

  /// The customers whom a rule matches, exceptions taken off.
  func matches<Failure: Error>(
    _ rule: Rule, _ facts: FactTable, pace: Pace<Failure> = Pace<Never>.free
  ) throws(Failure) -> RowSet {
    let rule = narrowed(rule)
    guard rule.window.contains(facts.asOf) else { return RowSet(count: facts.count) }
    return try RuleChecker.matched(rule, facts, pace: pace)
  }
}
