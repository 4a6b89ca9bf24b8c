package import LoyaltyModel

/// Confirms a proposed step by trying it, and makes it as small as it can be.
package struct StepFinder {
  /// How far ahead is looked, in days.
  package static let horizon = 180
  /// How far ahead a deadline is looked for, in days.
  package static let deadlineHorizon = 90
  /// The most purchases that are still called near.
  package static let mostPurchases = 5

  /// Whether the wanted holds once a step is done; the second argument is by how many days the
  /// first purchase is late.
  private let holds: (NextStep, Int) -> Bool
  /// What the customer usually spends at a time, in minor units.
  private let usualAmount: Int64

  /// A finder that tries steps by a function.
  package init(usualAmount: Int64, holds: @escaping (NextStep, Int) -> Bool) {
    (self.usualAmount, self.holds) = (usualAmount, holds)
  }

  /// The step made as small as it can be, with its deadline; nil when it does not lead there.
  ///
  /// Of what comes out, one purchase less, one minor unit less, or one day less does not do.
  package func confirmed(_ proposal: NextStep, asOf: Day) -> NextStep? {
    guard !proposal.isNothing, proposal.purchases <= Self.mostPurchases,
      proposal.wait <= Self.horizon, var step = reaching(proposal)
    else { return nil }
    step = withoutNeedlessPermissions(step)
    while step.purchases > 0 {
      var fewer = step
      fewer.purchases -= 1
      if fewer.purchases == 0 { (fewer.amount, fewer.category) = (0, "") }
      guard !fewer.isNothing, holds(fewer, 0) else { break }
      step = fewer
    }
    step = withShortestWait(step)
    step = withLeastAmount(step)
    guard !step.isNothing else { return nil }
    step.deadline = deadline(step, asOf: asOf)
    return step
  }

  /// The step, with more days or more money where the proposal falls short.
  private func reaching(_ proposal: NextStep) -> NextStep? {
    if holds(proposal, 0) { return proposal }
    var step = proposal
    if step.purchases > 0, step.amount == 0, usualAmount > 0 {
      step.amount = usualAmount
      if holds(step, 0) { return step }
      step.amount = 0
    }
    if step.amount > 0 {
      // Something may run out of the window meanwhile.
      for _ in 0..<3 {
        step.amount = step.amount > Int64.max / 4 ? step.amount : step.amount * 2
        if holds(step, 0) { return step }
      }
      step.amount = proposal.amount
    }
    guard step.wait > 0 else { return nil }
    while step.wait < Self.horizon {
      step.wait += 1
      if holds(step, 0) { return step }
    }
    return nil
  }

  private func withoutNeedlessPermissions(_ step: NextStep) -> NextStep {
    var step = step
    for channel in step.consents {
      var fewer = step
      fewer.consents.removeAll { $0 == channel }
      if !fewer.isNothing, holds(fewer, 0) { step = fewer }
    }
    return step
  }

  private func withShortestWait(_ step: NextStep) -> NextStep {
    var step = step
    while step.wait > 0 {
      var shorter = step
      shorter.wait -= 1
      guard !shorter.isNothing, holds(shorter, 0) else { break }
      step = shorter
    }
    return step
  }

  /// The least amount below the one that is known to do; halving keeps one that does not.
  private func withLeastAmount(_ step: NextStep) -> NextStep {
    guard step.purchases > 0, step.amount > 0 else { return step }
    var least = step
    least.amount = 0
    if holds(least, 0) { return least }
    var low: Int64 = 0
    least.amount = step.amount
    while least.amount - low > 1 {
      var middle = step
      middle.amount = low + (least.amount - low) / 2
      if holds(middle, 0) { least = middle } else { low = middle.amount }
    }
    return least
  }

  /// The last day, without a break, on which the last purchase still does it.
  private func deadline(_ step: NextStep, asOf: Day) -> Day? {
    guard step.purchases > 0 else { return nil }
    for late in 1...Self.deadlineHorizon where !holds(step, late) {
      return asOf + (step.purchases + late - 1)
    }
    return nil
  }
}

extension Rule {
  /// What the rule says of one row, the window included.
  package func outcome(_ facts: FactTable, row: Int) -> RuleOutcome {
    guard window.contains(facts.asOf) else { return .noMatch }
    let evaluator = Evaluator(facts: facts)
    switch evaluator.answer(.all(matching.map(\.condition)), row: row) {
    case .no: return .noMatch
    case .unknown: return .unknown
    case .yes: break
    }
    guard let unless else { return .match }
    return evaluator.answer(unless, row: row) == .no ? .match : .excluded
  }
}

extension Rule {
  /// What the rule says of a made-up customer.
  package func outcome(_ customer: FixtureCustomer, asOf: Day) -> RuleOutcome {
    outcome(FactTable(customer, asOf: asOf), row: 0)
  }
}
