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
    Explanation(root: Prepared(condition, pointer, facts).node(row))
  }

  /// Explains a rule for a row: window, conditions and exceptions.
  package func explain(_ rule: Rule, row: Int) -> RuleExplanation { prepare(rule).explain(row) }

  /// Makes a rule ready to be explained for many rows.
  func prepare(_ rule: Rule) -> PreparedRule { PreparedRule(rule, facts) }
}

/// A rule made ready to be explained for many rows.
struct PreparedRule: Sendable {
  private let isWithinWindow: Bool
  private let when: [Prepared]
  private let condition: Condition
  private let unless: Prepared?

  init(_ rule: Rule, _ facts: FactTable) {
    let matching = rule.matching
    isWithinWindow = rule.window.contains(facts.asOf)
    when = matching.map { Prepared($0.condition, $0.pointer, facts) }
    condition = .all(matching.map(\.condition))
    unless = rule.unless.map { Prepared($0, JSONPointer(["unless"]), facts) }
  }

  func explain(_ row: Int) -> RuleExplanation {
    let parts = when.map { $0.node(row) }
    let root = Explanation.Node(
      condition: condition, pointer: JSONPointer(),
      verdict: parts.reduce(.yes) { $0 && $1.verdict }, finding: nil, parts: parts)
    return RuleExplanation(
      isWithinWindow: isWithinWindow, when: Explanation(root: root),
      unless: unless.map { Explanation(root: $0.node(row)) })
  }
}

/// A condition made ready to be explained: each comparison compiled, each place named.
private struct Prepared: Sendable {
  private let condition: Condition
  private let pointer: JSONPointer
  private let content: Content

  private enum Content: Sendable {
    case group([Prepared])
    case fact(FactTest, FactColumn?, Kernel)
    case list(ListTest, ListKernel, PurchaseIDs)
    case search(String, Kernel)
  }

  init(_ condition: Condition, _ pointer: JSONPointer, _ facts: FactTable) {
    (self.condition, self.pointer) = (condition, pointer)
    func group(_ parts: [Condition], _ key: String) -> Content {
      .group(
        parts.enumerated().map { index, part in
          Prepared(part, pointer.appending(key).appending(index), facts)
        })
    }
    let compiler = Compiler(asOf: facts.asOf, columns: facts.columns, facts: facts)
    switch condition {
    case .all(let parts): content = group(parts, "all")
    case .any(let parts): content = group(parts, "any")
    case .noneOf(let parts): content = group(parts, "none")
    case .fact(let test):
      content = .fact(test, facts.columns[test.fact.id], compiler.kernel(test))
    case .list(let test):
      let ids = facts.lists[test.list]?.ids ?? PurchaseIDs()
      content = .list(test, ListKernel(test, compiler: compiler), ids)
    case .search(let text): content = .search(text, compiler.search(text))
    }
  }

  /// The answer for a row, without any short cut.
  func node(_ row: Int) -> Explanation.Node {
    switch content {
    case .group(let parts):
      let nodes = parts.map { $0.node(row) }
      return node(verdict(nodes.map(\.verdict)), nil, nodes)
    case .fact(let test, let column, let kernel):
      let finding = Explanation.Finding(
        name: test.fact.id, type: test.fact.type, seen: column?.value(row) ?? .unknown, entries: 0,
        purchases: [])
      return node(kernel.answer(row), finding)
    case .list(let test, let kernel, let ids): return node(test, kernel, ids, row)
    case .search(let text, let kernel):
      let finding = Explanation.Finding(
        name: "search", type: .text, seen: .label(text), entries: 0, purchases: [])
      return node(kernel.answer(row), finding)
    }
  }

  private func node(
    _ verdict: Truth, _ finding: Explanation.Finding?, _ parts: [Explanation.Node] = []
  ) -> Explanation.Node {
    Explanation.Node(
      condition: condition, pointer: pointer, verdict: verdict, finding: finding, parts: parts)
  }

  private func node(
    _ test: ListTest, _ kernel: ListKernel, _ ids: PurchaseIDs, _ row: Int
  ) -> Explanation.Node {
    let range = kernel.offsets.map { Int($0[row])..<Int($0[row + 1]) } ?? 0..<0
    return kernel.withEntryBits(range) { bits in
      var purchases: [PurchaseID] = []
      if !ids.isEmpty { bits.forEachCounted(range) { purchases.append(ids[$0]) } }
      let measured = kernel.measured(entries: range, bits)
      let finding = Explanation.Finding(
        name: test.name, type: test.type, seen: measured.value,
        entries: bits.countedCount(range), purchases: purchases)
      return node(kernel.judge(measured), finding)
    }
  }

  private func verdict(_ parts: [Truth]) -> Truth {
    switch condition {
    case .all: parts.reduce(.yes) { $0 && $1 }
    case .any: parts.reduce(.no) { $0 || $1 }
    default: parts.reduce(Truth.no) { $0 || $1 }.negated
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
  /// The conditions that must hold, with their places: the cohorts of the move, somebody to use it
  /// where it is for consumers, and `when`.
  package var matching: [(pointer: JSONPointer, condition: Condition)] {
    var conditions: [(pointer: JSONPointer, condition: Condition)] = []
    if let move, let cohort = FactCatalogue.customers.fact("cohort") {
      let labels = Operand.labels(move.from.map(\.rawValue))
      let test = FactTest(fact: cohort, comparison: Comparison(.oneOf, labels))
      conditions.append((JSONPointer(["move", "from"]), .fact(test)))
    }
    if audience == .consumer {
      // Whoever buys for nobody that is known cannot be written to about them.
      let test = ListTest(list: "consumers", measure: .some)
      conditions.append((JSONPointer(["audience"]), .list(test)))
    }
    if let when { conditions.append((JSONPointer(["when"]), when)) }
    return conditions
  }
}
