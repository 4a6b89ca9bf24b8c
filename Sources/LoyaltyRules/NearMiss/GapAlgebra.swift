package import LoyaltyModel

/// Finds what would have to happen for a rule to match a customer, from the comparisons that failed.
///
/// A failed comparison gives a step (buy, spend, wait, get consent, settle) or is fixed; `all` adds
/// steps up, `any` takes the cheapest first. What comes out is a proposal: facts hang together in ways
/// that the tree does not show, so that only what ``StepFinder`` confirms may be shown.
package struct GapAlgebra {
  private let rule: Rule
  private let prepared: PreparedRule
  private let facts: FactTable
  private let cut: CohortCut?
  private let stages: StageSettings

  /// An algebra of a rule over facts.
  ///
  /// - Parameters:
  ///   - rule: The rule.
  ///   - facts: The facts.
  ///   - cut: The amounts that divide the cohorts.
  ///   - stages: The thresholds that tell stages apart.
  package init(
    _ rule: Rule, facts: FactTable, cut: CohortCut?, stages: StageSettings = StageSettings()
  ) {
    (self.rule, self.facts, self.cut, self.stages) = (rule, facts, cut, stages)
    prepared = Explainer(facts: facts).prepare(rule)
  }

  /// Steps that may make the rule match a customer, the cheapest first; none when something is fixed.
  package func steps(row: Int) -> [NextStep] {
    gaps(row).steps(prepared.explain(row), rule.window)
  }

  /// How much a step asks of a customer, in days: a purchase is as far away as the customer's usual
  /// gap and counts more where it must be larger than usual; what staff have to get counts a month.
  package func effort(_ step: NextStep, row: Int) -> Double { gaps(row).effort(step) }

  private func gaps(_ row: Int) -> CustomerGaps {
    CustomerGaps(facts: facts, row: row, cut: cut, settings: stages)
  }
}

/// The gaps of one customer.
private struct CustomerGaps {
  /// The most alternatives that are followed up.
  static let mostAlternatives = 4

  let facts: FactTable
  let row: Int
  let cut: CohortCut?
  let settings: StageSettings

  func steps(_ explanation: RuleExplanation, _ window: RuleWindow) -> [NextStep] {
    var alternatives = steps(explanation.when.root, wanted: .yes)
    if let unless = explanation.unless {
      alternatives = all([alternatives, steps(unless.root, wanted: .no)])
    }
    if let until = window.until, until < facts.asOf { return [] }
    if let from = window.from, from > facts.asOf {
      alternatives = all([alternatives, [NextStep(wait: from - facts.asOf)]])
    }
    return alternatives
  }

  // MARK: Groups

  private func steps(_ node: Explanation.Node, wanted: Truth) -> [NextStep] {
    if node.verdict == wanted { return [NextStep()] }
    guard let finding = node.finding else {
      let isNegated = if case .noneOf = node.condition { true } else { false }
      let partsWanted = isNegated ? wanted.negated : wanted
      let parts = node.parts.map { steps($0, wanted: partsWanted) }
      let needsAll =
        if case .all = node.condition { wanted == .yes } else { partsWanted == .no }
      return needsAll ? all(parts) : cheapest(parts.flatMap { $0 })
    }
    switch node.condition {
    case .fact(let test): return cheapest(fact(test, finding.seen, wanted))
    case .list(let test): return cheapest(list(test, finding.seen, wanted))
    default: return []
    }
  }

  /// Every part's step at once; nothing where a part has none.
  private func all(_ parts: [[NextStep]]) -> [NextStep] {
    parts.reduce([NextStep()]) { sums, part in
      cheapest(sums.flatMap { sum in part.compactMap { sum.combined(with: $0) } })
    }
  }

  private func cheapest(_ steps: [NextStep]) -> [NextStep] {
    var distinct: [NextStep] = []
    for step in steps where !distinct.contains(step) { distinct.append(step) }
    let ordered = distinct.enumerated().sorted {
      (effort($0.element), $0.offset) < (effort($1.element), $1.offset)
    }
    return ordered.prefix(Self.mostAlternatives).map(\.element)
  }

  func effort(_ step: NextStep) -> Double {
    let gap = number("gap_days").map(Double.init) ?? 90
    let basket = max(1, number("average_basket").map(Double.init) ?? 1)
    let size = step.amount > 0 ? max(1, Double(step.amount) / basket) : 1
    let asked = step.consents.count + (step.settlesComplaint ? 1 : 0)
    return max(Double(step.purchases) * gap * size, Double(step.wait)) + Double(asked) * 30
  }

  func number(_ fact: String) -> Int64? {
    if case .integer(let value)? = facts.columns[fact]?.value(row) { return value }
    return nil
  }
}

// MARK: One fact

extension CustomerGaps {
  /// Which way a number has to go, and how far.
  private enum Gap {
    case raise(Int64)
    case lower(Int64)
  }

  private func fact(_ test: FactTest, _ seen: FactValue, _ wanted: Truth) -> [NextStep] {
    switch test.fact.type {
    case .yesNo: return answer(test, wanted)
    case .choice: return choice(test, wanted)
    default: break
    }
    if seen == .unknown {
      // Before the first purchase nothing is known about purchases.
      let known = Self.knownFromFirstPurchase.contains(test.fact.id)
      return known && number("purchase_days") == 0 ? [NextStep(purchases: 1)] : []
    }
    guard case .integer(let value) = seen else { return [] }
    let isDated = if case .span = test.comparison.operand { true } else { false }
    return gaps(test.comparison, value, wanted).flatMap {
      step(test.fact.id, $0, value, isDated: isDated)
    }
  }

  private static let knownFromFirstPurchase = [
    "recency_days", "tenure_days", "first_purchase", "last_purchase", "gap_days",
    "average_basket", "to_next_cohort",
  ]

  /// How far a value is from where the comparison answers as wanted.
  private func gaps(_ comparison: Comparison, _ value: Int64, _ wanted: Truth) -> [Gap] {
    let wantsNo = wanted == .no
    if case .integerList(let list) = comparison.operand {
      guard comparison.isNegated == wantsNo else { return [.raise(1)] }
      let above = list.filter { $0 > value }.min().map { Gap.raise($0 - value) }
      return above.map { [$0] } ?? []
    }
    guard let range = WholeRange(comparison, asOf: facts.asOf) else { return [] }
    if range.isNegated == wantsNo {
      if value < range.low { return [.raise(range.low - value)] }
      return value > range.high ? [.lower(value - range.high)] : []
    }
    guard range.low <= value, value <= range.high else { return [] }
    var gaps: [Gap] = []
    if range.high < .max { gaps.append(.raise(range.high - value + 1)) }
    if range.low > .min { gaps.append(.lower(value - range.low + 1)) }
    return gaps
  }

  private func step(_ fact: String, _ gap: Gap, _ value: Int64, isDated: Bool) -> [NextStep] {
    switch (fact, gap) {
    case ("purchase_days", .raise(let count)): [NextStep(purchases: Int(clamping: count))]
    case ("repeat", .raise(let count)):
      [NextStep(purchases: Int(clamping: count) + (number("purchase_days") == 0 ? 1 : 0))]
    case ("recency_days", .raise(let days)), ("tenure_days", .raise(let days)):
      [NextStep(wait: Int(clamping: days))]
    case ("recency_days", .lower), ("last_purchase", .raise): [NextStep(purchases: 1)]
    case ("last_purchase", .lower(let days)), ("first_purchase", .lower(let days)),
      ("stage_since", .lower(let days)):
      isDated ? [NextStep(wait: Int(clamping: days))] : []
    case ("value_total", .raise(let amount)), ("value_12m", .raise(let amount)),
      ("to_next_cohort", .lower(let amount)):
      [NextStep(purchases: 1, amount: amount)]
    case ("value_12m", .lower): [NextStep(wait: 1)]
    case ("average_basket", .raise(let amount)):
      basket(reaching: value &+ amount)
    default: []
    }
  }

  /// One purchase that lifts the mean: (total + x) / (days + 1) must reach it.
  private func basket(reaching mean: Int64) -> [NextStep] {
    let days = (number("purchase_days") ?? 0) + 1
    let (total, overflow) = mean.multipliedReportingOverflow(by: days)
    guard !overflow else { return [] }
    return [NextStep(purchases: 1, amount: max(0, total &- (number("value_total") ?? 0)))]
  }

  private func answer(_ test: FactTest, _ wanted: Truth) -> [NextStep] {
    guard let asked = test.comparison.wantedAnswer else { return [] }
    let wantsYes = asked == (wanted == .yes)
    if test.fact.id == "complaint_open", !wantsYes { return [NextStep(settlesComplaint: true)] }
    let channel = test.fact.id.split(separator: "_").last.flatMap {
      ContactChannel(rawValue: String($0))
    }
    guard test.fact.id.hasPrefix("consent_"), wantsYes, let channel else { return [] }
    return [NextStep(consents: [channel])]
  }

  private func choice(_ test: FactTest, _ wanted: Truth) -> [NextStep] {
    guard case .labels(let labels) = test.comparison.operand else { return [] }
    let wantsThese = test.comparison.isNegated == (wanted == .no)
    func isWanted(_ label: String) -> Bool { labels.contains(label) == wantsThese }
    switch test.fact.id {
    case "cohort": return cohort(isWanted)
    case "stage": return stage(isWanted)
    default: return []
    }
  }

  private func cohort(_ isWanted: (String) -> Bool) -> [NextStep] {
    let own = People(facts).cohort(row)
    // What a purchase adds to other measures is not its amount.
    guard let cut, cut.measure == .lifetime || cut.measure == .twelveMonths else { return [] }
    let fact = cut.measure == .lifetime ? "value_total" : "value_12m"
    let value = number(fact) ?? 0
    return ValueCohort.allCases.filter { $0 > own && isWanted($0.rawValue) }.map { cohort in
      let least = cohort == .high ? cut.high : cohort == .mid ? cut.mid : 0
      return NextStep(purchases: 1, amount: max(0, least == .max ? 0 : least - value))
    }
  }

  private func stage(_ isWanted: (String) -> Bool) -> [NextStep] {
    let buying: [LifecycleStage] = [.new, .repeat, .loyal, .advocate, .wonBack]
    var steps: [NextStep] = []
    if buying.contains(where: { isWanted($0.rawValue) }) {
      steps += (1...3).map { NextStep(purchases: $0) }
    }
    // Time leads to the late stages, and from won back to the others.
    if isWanted(LifecycleStage.atRisk.rawValue) {
      steps.append(NextStep(wait: days(until: settings.atRiskGaps, settings.atRiskDays)))
    }
    if isWanted(LifecycleStage.lapsed.rawValue) {
      steps.append(NextStep(wait: days(until: settings.lapsedGaps, settings.lapsedDays)))
    }
    if isWanted(LifecycleStage.loyal.rawValue) || isWanted(LifecycleStage.repeat.rawValue) {
      steps.append(NextStep(wait: 1))
    }
    return steps
  }

  /// About how many days from now a customer is silent for so many usual gaps, and days; a few less,
  /// since the fact is rounded and a finder goes on from here.
  private func days(until gaps: Int, _ least: Int) -> Int {
    let silence = max(Int(clamping: number("gap_days") ?? 0) * gaps, least)
    return max(1, silence - Int(clamping: number("recency_days") ?? 0) - gaps)
  }
}

// MARK: Lists

extension CustomerGaps {
  private func list(_ test: ListTest, _ seen: FactValue, _ wanted: Truth) -> [NextStep] {
    // Time alone takes entries out of a window that moves with the date.
    let fading = test.filter?.isDated == true ? [NextStep(wait: 1)] : []
    guard test.list == "purchases" else { return test.list == "consumers" ? [] : fading }
    let wish = EntryWish(test.filter)
    switch test.measure {
    case .some:
      return wanted == .yes ? [wish.step(purchases: 1)] : fading
    case .count:
      guard case .integer(let count) = seen, let comparison = test.comparison else { return [] }
      return gaps(comparison, count, wanted).flatMap { gap -> [NextStep] in
        switch gap {
        case .raise(let missing): [wish.step(purchases: Int(clamping: missing))]
        case .lower: fading
        }
      }
    case .sum(let field) where field.id == "amount", .most(let field) where field.id == "amount":
      return amount(test, seen, wanted, wish, fading)
    default: return fading
    }
  }

  private func amount(
    _ test: ListTest, _ seen: FactValue, _ wanted: Truth, _ wish: EntryWish, _ fading: [NextStep]
  ) -> [NextStep] {
    let isSum = if case .sum = test.measure { true } else { false }
    let value = if case .integer(let value) = seen { value } else { Int64(0) }
    guard let comparison = test.comparison else { return [] }
    return gaps(comparison, value, wanted).flatMap { gap -> [NextStep] in
      switch gap {
      case .raise(let missing): [wish.step(purchases: 1, amount: isSum ? missing : value + missing)]
      case .lower: fading
      }
    }
  }
}

/// What an entry must be like to be counted, as far as a step can say it.
private struct EntryWish {
  var amount: Int64 = 0
  var category = ""

  init(_ filter: Condition?) {
    guard let filter else { return }
    switch filter {
    case .all(let parts): for part in parts { take(part) }
    default: take(filter)
    }
  }

  private mutating func take(_ condition: Condition) {
    guard case .fact(let test) = condition else { return }
    switch (test.fact.id, test.comparison.comparator, test.comparison.operand) {
    case ("amount", .atLeast, .integer(let least)): amount = max(amount, least)
    case ("amount", .moreThan, .integer(let least)): amount = max(amount, least + 1)
    case ("amount", .between, .integers(let least, _)): amount = max(amount, least)
    case ("category", .equals, .labels(let labels)), ("category", .oneOf, .labels(let labels)):
      category = labels.first ?? ""
    default: break
    }
  }

  func step(purchases: Int, amount least: Int64 = 0) -> NextStep {
    NextStep(purchases: purchases, amount: max(amount, least), category: category)
  }
}

extension Condition {
  /// Whether any comparison is about a stretch of time that ends with the as-of date.
  fileprivate var isDated: Bool {
    if case .fact(let test) = self, case .span = test.comparison.operand { return true }
    return parts.contains(where: \.isDated)
  }
}
