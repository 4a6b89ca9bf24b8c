import LoyaltyAnalytics
package import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

extension LoyaltyWorkspace {
  /// The active rules that a customer nearly matches, the nearest first; each confirmed by replay.
  package func nearMisses(
    ofCustomer id: String, limit: Int = 5
  ) throws(WorkspaceError) -> [NearMiss] {
    let analysis = analysis()
    guard let row = analysis.customers.row(of: id) else { throw .noSuchCustomer(id) }
    return nearMisses(row, in: analysis, limit: limit)
  }

  private func nearMisses(_ row: Int, in analysis: Analysis, limit: Int) -> [NearMiss] {
    let found = NearMissFinder(self, analysis).find(activeRules.map(narrowed), row: row)
    return found.enumerated()
      .sorted { ($0.element.effort, $0.offset) < ($1.element.effort, $1.offset) }
      .prefix(limit).map(\.element.miss)
  }

  /// The customers who nearly match a rule, the nearest first; each confirmed by replay.
  ///
  /// - Parameters:
  ///   - rule: The rule's identifier.
  ///   - limit: The most customers.
  ///   - progress: Is told how far it is; false stops it.
  /// - Returns: The near-misses; those who match already are not among them.
  /// - Throws: An error when there is no such rule.
  package func nearMisses(
    ofRule rule: String, limit: Int = 20, progress: @escaping ProgressHandler = { _ in true }
  ) throws(WorkspaceError) -> [NearMiss] {
    let rule = narrowed(try self.rule(rule))
    let stop = StopCheck(progress)
    try stop.check(texts["job.near"])
    let finder = NearMissFinder(self, try prepared(stop, stop.pace.part(0, 0.1)))
    return try finder.nearest(rule, limit: limit, stop.pace.part(0.1, 1)).map(\.miss)
  }

  /// The customers who need least to reach the next value cohort; each confirmed by replay.
  ///
  /// - Parameters:
  ///   - limit: The most customers.
  ///   - progress: Is told how far it is; false stops it.
  /// - Returns: The customers, the least amount first.
  /// - Throws: An error when there are no purchases, or the cohorts go by a measure to which a
  ///   purchase adds something else than its amount.
  package func closestToNextCohort(
    limit: Int = 20, progress: @escaping ProgressHandler = { _ in true }
  ) throws(WorkspaceError) -> [CohortStep] {
    let stop = StopCheck(progress)
    try stop.check(texts["job.near"])
    let analysis = try prepared(stop, stop.pace.part(0, 0.2))
    guard let sweep = CohortSweep(analysis) else {
      let measure = analysis.figures.cohorts.measure
      throw analysis.figures.cohorts.cut == nil
        ? .noData(analysis.asOf, first: nil) : .notByAmount(measure)
    }
    // Of those who lack as little, who bought last goes first.
    let lastDays = analysis.figures.figures.lastDay
    let sweeping = stop.pace.part(0.2, 0.8)
    var nearest: [(amount: Int64, row: Int)] = []
    for row in 0..<analysis.customers.count {
      try sweeping.look(row: row, of: analysis.customers.count)
      if let amount = sweep.amount(row) { nearest.append((amount, row)) }
    }
    nearest.sort {
      ($0.amount, -lastDays[$0.row], $0.row) < ($1.amount, -lastDays[$1.row], $1.row)
    }
    try stop.pace.look(0.8)
    let ground = analysis.lists.ground(analysis.programme)
    var steps: [CohortStep] = []
    for (_, row) in nearest where steps.count < limit {
      try stop.check()
      if let step = cohortStep(row, analysis, sweep, ground) { steps.append(step) }
    }
    return steps
  }

  /// What leads a customer into the next cohort, confirmed by replay; nil in the high one.
  private func nextCohortStep(_ row: Int, in analysis: Analysis) -> CohortStep? {
    guard let sweep = CohortSweep(analysis) else { return nil }
    let ground = analysis.lists.ground(analysis.programme)
    return cohortStep(row, analysis, sweep, ground)
  }

  private func cohortStep(
    _ row: Int, _ analysis: Analysis, _ sweep: CohortSweep, _ ground: ReplayGround
  ) -> CohortStep? {
    guard let found = sweep.find(row) else { return nil }
    let replay = Replay(row: row, analysis: analysis, ground: ground, offers: [])
    let step = NextStep(purchases: 1, amount: found.amount)
    let lastDay = found.deadline.map { $0 - analysis.asOf - 1 } ?? 0
    guard replay.cohort(step) >= found.target, replay.cohort(step, late: lastDay) >= found.target
    else { return nil }
    let summary = analysis.summary(row)
    let text = wording(
      found.deadline == nil ? "near.cohort" : "near.cohort-by",
      [
        "amount": display.money(found.amount, currency), "cohort": texts.title(found.target),
        "day": found.deadline.map(wording.day) ?? "",
      ])
    return CohortStep(
      row: row, customer: summary.id, name: summary.shownName, stage: summary.stage,
      cohort: summary.cohort, target: found.target, amount: found.amount,
      deadline: found.deadline, amountLater: found.amountLater, text: text)
  }

  /// What would lead a customer further, in sentences: the next cohort first, then the rules that
  /// they nearly match; each confirmed by replay, which takes longer than a key may wait.
  ///
  /// - Throws: An error when there is no such customer.
  package func nextSteps(ofCustomer id: String) throws(WorkspaceError) -> [String] {
    let analysis = analysis()
    guard let row = analysis.customers.row(of: id) else { throw .noSuchCustomer(id) }
    let cohort = nextCohortStep(row, in: analysis).map { [$0.text] } ?? []
    let misses = nearMisses(row, in: analysis, limit: 3)
    return cohort
      + misses.map { wording("near.step", ["rule": $0.title, "step": $0.text]) }
  }

  /// The rules that take part.
  var activeRules: [Rule] {
    readRules().compactMap(\.reading.rule).filter { $0.status == .active }
      .sorted { ($1.priority, $0.id) < ($0.priority, $1.id) }
  }
}

/// Finds and confirms near-misses over one analysis.
struct NearMissFinder {
  private let workspace: LoyaltyWorkspace
  private let analysis: Analysis
  private let ground: ReplayGround

  /// How many customers are tried for each that is asked for: not every proposal stands.
  private static let trials = 20

  init(_ workspace: LoyaltyWorkspace, _ analysis: Analysis) {
    (self.workspace, self.analysis) = (workspace, analysis)
    ground = analysis.lists.ground(analysis.programme)
  }

  /// A confirmed near-miss, and how far away it is.
  struct Found {
    let miss: NearMiss
    let effort: Double
  }

  /// For each rule what is least needed for a customer to match it; those that match already, and
  /// those where nothing near leads there, are left out.
  func find(_ rules: [Rule], row: Int) -> [Found] {
    let replay = replay(row, offers: workspace.offers(ofRow: row, in: analysis))
    let facts = replay.facts(NextStep())
    return rules.compactMap { rule in
      let algebra = algebra(rule, facts)
      for proposal in algebra.steps(row: 0) {
        guard let step = confirmed(proposal, rule, row, replay) else { continue }
        return found(step, rule, row, effort: algebra.effort(step, row: 0))
      }
      return nil
    }
  }

  /// The customers nearest to a rule.
  func nearest(
    _ rule: Rule, limit: Int, _ pace: Pace<WorkspaceError>
  ) throws(WorkspaceError) -> [Found] {
    let facts = workspace.factsWithOffers(analysis)
    try pace.look()
    let algebra = algebra(rule, facts)
    var proposals: [(effort: Double, row: Int, step: NextStep)] = []
    let (first, second) = (pace.part(0, 0.9), pace.part(0.9, 1))
    for row in 0..<facts.count {
      // What each asks for takes much longer than a comparison.
      if row & 255 == 0 { try first.look(Double(row) / Double(facts.count)) }
      guard let step = algebra.steps(row: row).first, !step.isNothing else { continue }
      proposals.append((algebra.effort(step, row: row), row, step))
    }
    proposals.sort { ($0.effort, $0.row) < ($1.effort, $1.row) }
    let tried = proposals.prefix(min(limit, proposals.count) * Self.trials)
    let offers = workspace.state.offers.offers(
      of: Set(tried.map { analysis.customers.ids[$0.row] }))
    var nearest: [Found] = []
    for (_, row, proposal) in tried where nearest.count < limit {
      try second.look(Double(nearest.count) / Double(limit))
      let replay = replay(row, offers: offers[analysis.customers.ids[row]] ?? [])
      guard let step = confirmed(proposal, rule, row, replay) else { continue }
      nearest.append(found(step, rule, row, effort: algebra.effort(step, row: row)))
    }
    return nearest.enumerated()
      .sorted { ($0.element.effort, $0.offset) < ($1.element.effort, $1.offset) }
      .map(\.element)
  }

  private func replay(_ row: Int, offers: [Offer]) -> Replay {
    Replay(row: row, analysis: analysis, ground: ground, offers: offers)
  }

  private func algebra(_ rule: Rule, _ facts: FactTable) -> GapAlgebra {
    GapAlgebra(
      rule, facts: facts, cut: analysis.figures.cohorts.cut, stages: analysis.programme.stages)
  }

  private func confirmed(
    _ proposal: NextStep, _ rule: Rule, _ row: Int, _ replay: Replay
  ) -> NextStep? {
    let usual = analysis.figures.figures.averageBasket(row) ?? 0
    return StepFinder(usualAmount: usual) { step, late in
      rule.outcome(replay.facts(step, late: late), row: 0) == .match
    }.confirmed(proposal, asOf: analysis.asOf)
  }

  private func found(_ step: NextStep, _ rule: Rule, _ row: Int, effort: Double) -> Found {
    let currency = analysis.programme.currency
    let words = workspace.wording.step(step, asOf: analysis.asOf) {
      workspace.display.money($0, currency)
    }
    return Found(
      miss: NearMiss(
        rule: rule.id, title: workspace.texts.ruleText(rule.title),
        customer: analysis.customers.ids[row],
        name: analysis.summary(row).shownName, step: step, text: words),
      effort: effort)
  }
}
