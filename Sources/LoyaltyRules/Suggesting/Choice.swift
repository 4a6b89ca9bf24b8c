import LoyaltyModel

/// The gates at which rules compete: group, places, caps, budget; and the comparison group.
struct Choice {
  let rules: [Rule]
  let gates: [RuleGates]
  let context: SuggestionContext
  let history: History
  /// All candidates by row, then in the order in which they go first.
  private var candidates: [Candidate] = []
  /// The gate at which each candidate was dropped; nil while it is in.
  private var fate: [Gate?] = []
  /// Where each row with candidates begins in ``candidates``.
  private var starts: [Int] = []
  /// What each floor of the context got.
  private(set) var floors: [FloorReport] = []
  /// Whom each rule matched and lost at a gate of its own.
  private let lostAlone: [(rule: Int, gate: Gate, rows: RowSet)]

  /// The gates at which rules compete, in order.
  static let gates: [Gate] = [
    .group, .perCustomer, .cap, .campaignBudget, .budget, .holdOut,
  ]

  /// The gates at which a rule loses a customer whom it matches.
  private static let gatesOfLosers: Set<Gate> = [
    .unless, .campaignBranches, .consent, .contacts, .repeated,
  ]
  /// The gates at which it turns out that a rule is not for a customer.
  private static let gatesOfMatching: Set<Gate> = [
    .window, .campaignDates, .when, .unknown, .unless, .campaignBranches,
  ]

  init(rules: [Rule], gates: [RuleGates], context: SuggestionContext, history: History) {
    (self.rules, self.gates, self.context, self.history) = (rules, gates, context, history)
    lostAlone = gates.enumerated().flatMap { number, gates in
      zip(RuleGates.gates, gates.dropped)
        .filter { Self.gatesOfLosers.contains($0) && $1.population > 0 }
        .map { (number, $0, $1) }
    }
    (candidates, starts) = Choice.ordered(gates, rules)
    fate = Array(repeating: nil, count: candidates.count)
  }

  /// The candidates by row, and within a row by priority, value and rule; and where rows begin.
  private static func ordered(
    _ gates: [RuleGates], _ rules: [Rule]
  ) -> (candidates: [Candidate], starts: [Int]) {
    // By counting: each rule's candidates come by row already.
    var places = [Int](repeating: 0, count: (gates.first?.rows ?? 0) + 1)
    for gates in gates { for candidate in gates.candidates { places[candidate.row + 1] += 1 } }
    for row in places.indices.dropFirst() { places[row] += places[row - 1] }
    let starts = places.indices.dropLast().filter { places[$0] < places[$0 + 1] }
      .map { places[$0] }
    guard let any = gates.lazy.compactMap(\.candidates.first).first, let count = places.last else {
      return ([], [0])
    }
    let priorities = rules.map(\.priority)
    var ordered = Array(repeating: any, count: count)
    for gates in gates {
      for candidate in gates.candidates {
        ordered[places[candidate.row]] = candidate
        places[candidate.row] += 1
      }
    }
    // Rules come by priority; among equal ones the greater value goes first.
    for place in ordered.indices.dropFirst() {
      var later = place
      while later > 0, ordered[later - 1].row == ordered[later].row,
        priorities[ordered[later - 1].rule] == priorities[ordered[later].rule],
        ordered[later - 1].value < ordered[later].value
      {
        ordered.swapAt(later - 1, later)
        later -= 1
      }
    }
    return (ordered, starts + [count])
  }

  /// Passes all candidates through the gates, and says how good the choice is.
  mutating func choose() -> ChoiceQuality {
    let result = ChoiceProblem(
      candidates: candidates, starts: starts, rules: rules, context: context, history: history
    ).solve()
    (fate, floors) = (result.fates, result.floors)
    var (value, cost) = (Int64(0), Int64(0))
    for (candidate, fate) in zip(candidates, fate) where fate == nil {
      value += candidate.value
      cost += candidate.cost
    }
    passHoldOuts()
    return ChoiceQuality(value: value, cost: cost, bound: max(result.bound, value))
  }

  private mutating func passHoldOuts() {
    for place in candidates.indices where fate[place] == nil {
      let id = context.customers.utf8(candidates[place].row)
      if context.holdOut.contains(id) || rules[candidates[place].rule].holdOut.contains(id) {
        fate[place] = .holdOut
      }
    }
  }
}

// MARK: What came out

extension Choice {
  /// The candidates that got through, withheld ones included, by row and then in order.
  var chosen: [Candidate] {
    zip(candidates, fate).filter { $1 == nil || $1 == .holdOut }.map(\.0)
  }

  func isWithheld(_ candidate: Candidate) -> Bool { fate(of: candidate) == .holdOut }

  private func fate(of candidate: Candidate) -> Gate? {
    places(ofRow: candidate.row).first { candidates[$0].rule == candidate.rule }
      .flatMap { fate[$0] }
  }

  private func places(ofRow row: Int) -> Range<Int> {
    var (low, high) = (0, starts.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if candidates[starts[middle]].row <= row { low = middle } else { high = middle }
    }
    return starts[low]..<starts[low + 1]
  }

  /// The rules that matched the same customer and lost, in the order of rules.
  func lost(to winner: Candidate) -> [LostRule] {
    var lost: [(rule: Int, gate: Gate)] = []
    for place in places(ofRow: winner.row) where candidates[place].rule != winner.rule {
      if let gate = fate[place], gate != .holdOut { lost.append((candidates[place].rule, gate)) }
    }
    for (rule, gate, rows) in lostAlone where rows[winner.row] { lost.append((rule, gate)) }
    return lost.sorted { $0.rule < $1.rule }
      .map { LostRule(rule: rules[$0.rule].id, gate: $0.gate) }
  }

  /// How many customers match at least one rule: conditions hold, no exception applies, and its
  /// campaign is for them.
  var customersMatched: Int {
    guard let count = gates.first?.rows else { return 0 }
    var matched = RowSet(count: count)
    for gates in gates {
      var left = RowSet(count: count, all: true)
      for (gate, rows) in zip(RuleGates.gates, gates.dropped)
      where Self.gatesOfMatching.contains(gate) {
        left.subtract(rows)
      }
      matched.formUnion(left)
    }
    return matched.population
  }

  /// How many customers are suggested an offer that is not withheld.
  var customersReached: Int {
    starts.indices.dropLast().reduce(0) { count, index in
      count + ((starts[index]..<starts[index + 1]).contains { fate[$0] == nil } ? 1 : 0)
    }
  }

  /// For each rule and each gate at which rules compete, the rows that were dropped.
  private var droppedRows: [[RowSet]] {
    let none = RowSet(count: gates.first?.rows ?? 0)
    var dropped = Array(
      repeating: Array(repeating: none, count: Choice.gates.count), count: rules.count)
    for (candidate, fate) in zip(candidates, fate) {
      guard let fate, let gate = Choice.gates.firstIndex(of: fate) else { continue }
      dropped[candidate.rule][gate][candidate.row] = true
    }
    return dropped
  }

  func funnel(keepsRows: Bool) -> Funnel {
    let competed = droppedRows
    var funnels: [RuleFunnel] = []
    for (number, rule) in rules.enumerated() {
      let dropped = gates[number].dropped + competed[number]
      var left = gates[number].entering
      let steps = zip(Gate.allCases, dropped).map { gate, rows in
        let step = FunnelStep(gate: gate, entering: left, dropped: rows.population)
        left = step.leaving
        return step
      }
      funnels.append(
        RuleFunnel(
          rule: rule.reference, steps: steps, droppedRows: keepsRows ? dropped : [],
          campaign: context.campaign(of: rule)))
    }
    let total = Gate.allCases.enumerated().map { index, gate in
      FunnelStep(
        gate: gate, entering: funnels.reduce(0) { $0 + $1.steps[index].entering },
        dropped: funnels.reduce(0) { $0 + $1.steps[index].dropped })
    }
    let numbers = FunnelNumbers(
      contacts: context.contactSettings, perCustomer: context.perCustomer,
      budget: context.budget, currency: rules.first?.currency)
    return Funnel(rules: funnels, total: total, numbers: numbers)
  }
}
