package import LoyaltyModel
import TextFormats

/// Runs the rules over all customers: finds who may be offered what, weighs the offers against each
/// other, and keeps for each what it rests on.
///
/// The gates are those of ``Gate``, in their order. Up to `repeated` each rule is judged for itself;
/// from `group` on, rules compete; see ``Knapsack``. Within a group the higher priority goes first, and
/// another of the group has its chance only where that falls at a cap or the budget. Between groups
/// the expected net value decides, and for its cost where money is short; equal ones go by priority,
/// then by the rule's identifier, then by the customer's. Money and places are shared out over everybody, and only then is the comparison
/// group left out, so that it consists of those who would have got the offer.
package struct Suggester: Sendable {
  /// Suggests offers.
  ///
  /// - Parameters:
  ///   - rules: The rules; only active ones take part, in whatever order they are given.
  ///   - facts: The facts as of a date.
  ///   - context: Budget, contacts, history and what else is needed.
  /// - Returns: The offers, the funnel and the quality of the choice.
  /// - Throws: When the run is cancelled, or facts and context do not fit.
  package static func run(
    rules: [Rule], facts: FactTable, context: SuggestionContext
  ) throws(SuggestionError) -> SuggestionRun {
    guard facts.count == context.customers.count else {
      throw .rowsDiffer(facts: facts.count, customers: context.customers.count)
    }
    let active = rules.filter { $0.status == .active }
      .sorted { ($1.priority, $0.id, $0.version) < ($0.priority, $1.id, $1.version) }
    var gates: [RuleGates] = []
    let terms = TermsMaker(facts: facts, context: context)
    let history = History(rules: active, facts: facts, context: context)
    let pace = context.pace
    let judging = pace.part(0, 0.8)
    for (index, rule) in active.enumerated() {
      let own = judging.part(index, of: active.count)
      gates.append(try RuleGates(rule, index: index, facts, context, history, terms, own))
    }
    try pace.look(0.8)
    // The candidates of the gates are the choice's alone from here on.
    var choice = Choice(rules: active, gates: consume gates, context: context, history: history)
    let quality = choice.choose()
    try pace.look(1)
    return SuggestionRun(
      asOf: facts.asOf, suggestions: Suggestions(active, choice, terms, facts, context),
      funnel: choice.funnel(keepsRows: context.keepsRows), quality: quality,
      offered: choice.offered, floors: choice.floors, customersMatched: choice.customersMatched,
      customersReached: choice.customersReached)
  }
}

/// Stage and cohort by row.
struct People {
  private let stages: (values: Column<UInt16>, cases: [LifecycleStage?])?
  private let cohorts: (values: Column<UInt16>, cases: [ValueCohort?])?

  init(_ facts: FactTable) {
    if case .choice(let values, let labels)? = facts.columns["stage"] {
      stages = (values, labels.labels.map(LifecycleStage.init))
    } else {
      stages = nil
    }
    if case .choice(let values, let labels)? = facts.columns["cohort"] {
      cohorts = (values, labels.labels.map(ValueCohort.init))
    } else {
      cohorts = nil
    }
  }

  /// The stage of a row; a bare contact when it is not known.
  func stage(_ row: Int) -> LifecycleStage {
    guard let stages, stages.values[row] != FactColumn.unknownChoice else { return .contact }
    return stages.cases[Int(stages.values[row])] ?? .contact
  }

  /// The cohort of a row; none when it is not known.
  func cohort(_ row: Int) -> ValueCohort {
    guard let cohorts, cohorts.values[row] != FactColumn.unknownChoice else { return .none }
    return cohorts.cases[Int(cohorts.values[row])] ?? .none
  }
}

/// What one rule could offer to one customer; small, as there are millions.
struct Candidate {
  private let row32: UInt32
  private let rule16: UInt16
  let channel: ContactChannel
  let cohort: ValueCohort
  let stage: LifecycleStage
  let cost: Int64
  let value: Int64

  init(
    row: Int, rule: Int, channel: ContactChannel, cost: Int64, value: Int64, cohort: ValueCohort,
    stage: LifecycleStage
  ) {
    (row32, rule16) = (UInt32(row), UInt16(rule))
    (self.channel, self.cost, self.value) = (channel, cost, value)
    (self.cohort, self.stage) = (cohort, stage)
  }

  var row: Int { Int(row32) }
  /// The place of the rule in the order of rules.
  var rule: Int { Int(rule16) }
}
