package import LoyaltyModel
package import TextFormats

/// Runs the tests that a rule carries.
package enum RuleTester {
  /// Runs all tests of a rule.
  ///
  /// - Parameters:
  ///   - rule: The rule.
  ///   - catalogue: The facts that customers in files may have.
  ///   - file: Gives the bytes of a file named in a test, by its path beside the rule; nil when
  ///     there is none.
  /// - Returns: A result for each test, in their order.
  package static func run(
    _ rule: Rule, catalogue: FactCatalogue = .customers,
    file: (String) -> [UInt8]? = { _ in nil }
  ) -> [RuleTestResult] {
    rule.tests.map { test in
      switch customer(test, rule, catalogue, file) {
      case .success(let customer): judge(test, rule, customer)
      case .failure(let failure): RuleTestResult(name: test.name, failure: failure)
      }
    }
  }

  private static func customer(
    _ test: RuleTest, _ rule: Rule, _ catalogue: FactCatalogue, _ file: (String) -> [UInt8]?
  ) -> Result<FixtureCustomer, RuleTestResult.Failure> {
    switch test.customer {
    case .inline(let customer): return .success(customer)
    case .file(let path):
      guard let bytes = file(path) else { return .failure(.noFile(path)) }
      let (customer, issues) = RuleReader.readFixture(
        bytes, file: path, catalogue: catalogue, currency: rule.currency)
      guard let customer else { return .failure(.badFile(issues)) }
      return .success(customer)
    }
  }

  private static func judge(
    _ test: RuleTest, _ rule: Rule, _ customer: FixtureCustomer
  ) -> RuleTestResult {
    let explainer = Explainer(facts: FactTable(customer, asOf: test.asOf))
    let explanation = explainer.explain(rule, row: 0)
    let outcome = explanation.outcome
    let places = explanation.deciding.map(\.pointer)
    guard outcome == test.expect else {
      let failure = RuleTestResult.Failure.outcome(
        expected: test.expect, because: test.because, got: outcome, decidedBy: places)
      return RuleTestResult(name: test.name, failure: failure)
    }
    guard let because = test.because, !explanation.isSettled(by: because) else {
      return RuleTestResult(name: test.name, failure: nil)
    }
    let failure = RuleTestResult.Failure.reason(
      outcome, expected: because, decidedBy: places)
    return RuleTestResult(name: test.name, failure: failure)
  }
}

/// What came of one test of a rule.
package struct RuleTestResult: Sendable, Hashable {
  /// Why a test failed; the words are made by ``RuleTestResult/message``.
  package enum Failure: Error, Sendable, Hashable {
    /// The rule says something else.
    case outcome(
      expected: RuleOutcome, because: JSONPointer?, got: RuleOutcome, decidedBy: [JSONPointer])
    /// The rule says that, but for another reason.
    case reason(RuleOutcome, expected: JSONPointer, decidedBy: [JSONPointer])
    /// The customer's file is missing.
    case noFile(String)
    /// The customer's file cannot be used.
    case badFile([RuleIssue])
  }

  /// The name of the test.
  package var name: String
  /// Why it failed; nil when it passed.
  package var failure: Failure?

  /// Whether it passed.
  package var passed: Bool { failure == nil }
}

extension RuleExplanation {
  /// Whether the condition at a pointer has the answer that leads to the outcome.
  func isSettled(by pointer: JSONPointer) -> Bool {
    if pointer.tokens.first == "window" { return !isWithinWindow }
    let root = pointer.tokens.first == "unless" ? unless?.root : when.root
    guard let root, let node = root.find(pointer) else { return false }
    switch outcome {
    case .match: return node.verdict == .yes
    case .noMatch: return isWithinWindow && node.verdict == .no
    case .unknown: return node.verdict == .unknown
    case .excluded: return pointer.tokens.first == "unless" && node.verdict != .no
    }
  }
}

extension Explanation.Node {
  /// The node of a pointer, or the comparison that a pointer leads into.
  func find(_ pointer: JSONPointer) -> Explanation.Node? {
    if self.pointer == pointer { return self }
    for part in parts { if let found = part.find(pointer) { return found } }
    let leads = !self.pointer.tokens.isEmpty && pointer.tokens.starts(with: self.pointer.tokens)
    return leads && (finding != nil || isGroupKey(pointer)) ? self : nil
  }

  /// Whether a pointer names this group by its key: `/unless/any` for the group at `/unless`.
  private func isGroupKey(_ pointer: JSONPointer) -> Bool {
    pointer.tokens.count == self.pointer.tokens.count + 1
  }
}
