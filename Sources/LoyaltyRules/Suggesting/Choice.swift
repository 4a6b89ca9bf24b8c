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
  /// Whom each rule matched and lost at a gate of its own.
  private let lostAlone: [(rule: Int, gate: Gate, rows: RowSet)]

  /// The gates at which rules compete, in order.
  static let gates: [Gate] = [.group, .perCustomer, .cap, .budget, .holdOut]

  init(rules: [Rule], gates: [RuleGates], context: SuggestionContext, history: History) {
    (self.rules, self.gates, self.context, self.history) = (rules, gates, context, history)
    lostAlone = gates.enumerated().flatMap { number, gates in
      zip(RuleGates.gates, gates.dropped)
        .filter { [.unless, .consent, .contacts, .repeated].contains($0) && $1.population > 0 }
        .map { (number, $0, $1) }
    }
    candidates = gates.flatMap(\.candidates)
    candidates.sort { left, right in
      guard left.row == right.row else { return left.row < right.row }
      let (first, second) = (rules[left.rule].priority, rules[right.rule].priority)
      // The order of rules is by priority, then identifier.
      return (second, right.value, left.rule) < (first, left.value, right.rule)
    }
    fate = Array(repeating: nil, count: candidates.count)
    starts = candidates.indices.filter { $0 == 0 || candidates[$0].row != candidates[$0 - 1].row }
    starts.append(candidates.count)
  }

  /// Passes all candidates through the gates, and says how good the choice is.
  mutating func choose() -> ChoiceQuality {
    let left = context.budget.map { max(0, $0 - history.openCost) }
    let bound = ChoiceBound(
      rows: (0..<(starts.count - 1)).map { index in
        let range = starts[index]..<starts[index + 1]
        let row = candidates[range.lowerBound].row
        let taken = history.openGroups[row] ?? []
        let free = candidates[range].filter { !taken.contains(rules[$0.rule].group) }
        return ChoiceBound.Row(
          offers: free.map { .init(group: group(of: $0), cost: $0.cost, value: $0.value) },
          places: history.places(row))
      }, budget: left)
    passGroups()
    passPlaces()
    passCaps()
    passBudget(left)
    var (value, cost) = (Int64(0), Int64(0))
    for (candidate, fate) in zip(candidates, fate) where fate == nil {
      value += candidate.value
      cost += candidate.cost
    }
    passHoldOuts()
    return ChoiceQuality(value: value, cost: cost, bound: max(bound.best, value))
  }

  /// A number for the group of a candidate; rules without a group are groups of their own.
  private func group(of candidate: Candidate) -> Int {
    let group = rules[candidate.rule].group
    if group.isEmpty { return candidate.rule }
    return rules.firstIndex { $0.group == group } ?? candidate.rule
  }

  private mutating func passGroups() {
    for index in starts.indices.dropLast() {
      var taken = history.openGroups[candidates[starts[index]].row] ?? []
      for place in starts[index]..<starts[index + 1] {
        let group = rules[candidates[place].rule].group
        if !group.isEmpty, !taken.insert(group).inserted { fate[place] = .group }
      }
    }
  }

  private mutating func passPlaces() {
    for index in starts.indices.dropLast() {
      var places = history.places(candidates[starts[index]].row)
      for place in starts[index]..<starts[index + 1] where fate[place] == nil {
        if places > 0 { places -= 1 } else { fate[place] = .perCustomer }
      }
    }
  }

  private mutating func passCaps() {
    for (number, rule) in rules.enumerated() {
      guard rule.limits.total != nil || rule.limits.budget != nil else { continue }
      var offers = (rule.limits.total ?? .max) - history.used[number].offers
      var money = (rule.limits.budget ?? .max) - history.used[number].cost
      for place in best({ $0.rule == number }) {
        let cost = candidates[place].cost
        if offers > 0, cost <= money {
          offers -= 1
          money -= cost
        } else {
          fate[place] = .cap
        }
      }
    }
  }

  private mutating func passBudget(_ budget: Int64?) {
    guard var left = budget else { return }
    for place in best({ _ in true }) {
      if candidates[place].cost <= left {
        left -= candidates[place].cost
      } else {
        fate[place] = .budget
      }
    }
  }

  /// The candidates that are still in, from those that bring most for their cost.
  private func best(_ isIncluded: (Candidate) -> Bool) -> [Int] {
    candidates.indices.filter { fate[$0] == nil && isIncluded(candidates[$0]) }
      .sorted { left, right in
        let (first, second) = (candidates[left], candidates[right])
        if first.density != second.density { return first.density > second.density }
        let (high, low) = (rules[first.rule].priority, rules[second.rule].priority)
        return (low, second.value, first.rule, first.row) < (
          high, first.value, second.rule, second.row
        )
      }
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

  /// How many customers match at least one rule: conditions hold, no exception applies.
  var customersMatched: Int {
    guard let count = gates.first?.entering else { return 0 }
    var matched = RowSet(count: count)
    for gates in gates {
      var left = RowSet(count: count, all: true)
      for (gate, rows) in zip(RuleGates.gates, gates.dropped)
      where [.window, .when, .unknown, .unless].contains(gate) {
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
    let none = RowSet(count: gates.first?.entering ?? 0)
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
          rule: rule.reference, steps: steps, droppedRows: keepsRows ? dropped : []))
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
