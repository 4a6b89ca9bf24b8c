package import LoyaltyModel
package import TextFormats

/// Answers one customer's conditions again, every comparison of them, and keeps what each saw.
package struct Explainer: Sendable {
  /// The facts.
  package let facts: FactTable

  /// An explainer over facts.
  package init(facts: FactTable) { self.facts = facts }

  /// Explains a condition for a row.
  ///
  /// - Parameters:
  ///   - condition: The condition.
  ///   - row: The customer.
  ///   - pointer: Where the condition stands in its rule.
  /// - Returns: The verdict of each comparison, with what it saw.
  package func explain(
    _ condition: Condition, row: Int, pointer: JSONPointer = JSONPointer()
  ) -> Explanation {
    Explanation(root: node(condition, row, pointer))
  }

  /// Explains a rule for a row: window, conditions and exceptions.
  package func explain(_ rule: Rule, row: Int) -> RuleExplanation {
    let matching = rule.matching
    let when = matching.map { explain($0.condition, row: row, pointer: $0.pointer).root }
    let unless = rule.unless.map {
      explain($0, row: row, pointer: JSONPointer(["unless"]))
    }
    let all = Explanation.Node(
      condition: .all(matching.map(\.condition)), pointer: JSONPointer(),
      verdict: when.reduce(.yes) { $0 && $1.verdict }, finding: nil, parts: when)
    return RuleExplanation(
      isWithinWindow: rule.window.contains(facts.asOf), when: Explanation(root: all),
      unless: unless)
  }

  private func node(_ condition: Condition, _ row: Int, _ pointer: JSONPointer) -> Explanation.Node
  {
    switch condition {
    case .all(let parts):
      let nodes = nodes(parts, row, pointer.appending("all"))
      let verdict = nodes.reduce(Truth.yes) { $0 && $1.verdict }
      return Explanation.Node(
        condition: condition, pointer: pointer, verdict: verdict, finding: nil, parts: nodes)
    case .any(let parts):
      let nodes = nodes(parts, row, pointer.appending("any"))
      let verdict = nodes.reduce(Truth.no) { $0 || $1.verdict }
      return Explanation.Node(
        condition: condition, pointer: pointer, verdict: verdict, finding: nil, parts: nodes)
    case .noneOf(let parts):
      let nodes = nodes(parts, row, pointer.appending("none"))
      let verdict = nodes.reduce(Truth.no) { $0 || $1.verdict }.negated
      return Explanation.Node(
        condition: condition, pointer: pointer, verdict: verdict, finding: nil, parts: nodes)
    case .fact, .search, .list:
      let finding = finding(condition, row)
      return Explanation.Node(
        condition: condition, pointer: pointer,
        verdict: Evaluator(facts: facts).answer(condition, row: row), finding: finding, parts: [])
    }
  }

  private func nodes(
    _ parts: [Condition], _ row: Int, _ pointer: JSONPointer
  ) -> [Explanation.Node] {
    parts.enumerated().map { node($0.element, row, pointer.appending($0.offset)) }
  }

  private func finding(_ condition: Condition, _ row: Int) -> Explanation.Finding {
    switch condition {
    case .fact(let test):
      return Explanation.Finding(
        name: test.fact.id, type: test.fact.type,
        seen: facts.columns[test.fact.id]?.value(row) ?? .unknown, entries: 0, purchases: [])
    case .list(let test): return finding(test, row)
    case .search(let text):
      return Explanation.Finding(
        name: "search", type: .text, seen: .label(text), entries: 0, purchases: [])
    case .all, .any, .noneOf:
      return Explanation.Finding(
        name: "", type: .yesNo, seen: .unknown, entries: 0, purchases: [])
    }
  }

  private func finding(_ test: ListTest, _ row: Int) -> Explanation.Finding {
    let compiler = Compiler(asOf: facts.asOf, columns: facts.columns, facts: facts)
    let kernel = ListKernel(test, compiler: compiler)
    let range = kernel.offsets.map { Int($0[row])..<Int($0[row + 1]) } ?? 0..<0
    let ids = facts.lists[test.list]?.ids ?? []
    return kernel.withEntryBits(range) { bits in
      var purchases: [PurchaseID] = []
      if !ids.isEmpty { bits.forEachCounted(range) { purchases.append(ids[$0]) } }
      return Explanation.Finding(
        name: test.name, type: test.type, seen: kernel.measured(entries: range, bits).value,
        entries: bits.countedCount(range), purchases: purchases)
    }
  }
}

/// Why a rule matches one customer, or does not.
package struct RuleExplanation: Sendable, Hashable {
  /// Whether the rule applies on the as-of date.
  package var isWithinWindow: Bool
  /// The conditions: the cohorts of the move first, then `when`.
  package var when: Explanation
  /// The exceptions, where there are any.
  package var unless: Explanation?

  /// What the rule says of the customer.
  package var outcome: RuleOutcome {
    guard isWithinWindow, when.verdict != .no else { return .noMatch }
    guard when.verdict == .yes else { return .unknown }
    return (unless?.verdict ?? .no) == .no ? .match : .excluded
  }

  /// The comparisons that settled it.
  package var deciding: [Explanation.Node] {
    switch outcome {
    case .match: when.deciding
    case .noMatch, .unknown: when.failing
    case .excluded: unless?.deciding ?? []
    }
  }
}

extension Rule {
  /// The conditions that must hold, with their places: the cohorts of the move, and `when`.
  package var matching: [(pointer: JSONPointer, condition: Condition)] {
    var conditions: [(pointer: JSONPointer, condition: Condition)] = []
    if let move, let cohort = FactCatalogue.customers.fact("cohort") {
      let labels = Operand.labels(move.from.map(\.rawValue))
      let test = FactTest(fact: cohort, comparison: Comparison(.oneOf, labels))
      conditions.append((JSONPointer(["move", "from"]), .fact(test)))
    }
    if let when { conditions.append((JSONPointer(["when"]), when)) }
    return conditions
  }
}
