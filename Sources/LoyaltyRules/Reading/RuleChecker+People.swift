import LoyaltyModel
import TextFormats

// Warnings that need the people: benefits by cohort, bulk offers, prices by channel.

extension RuleChecker {
  /// Active rules that give a price advantage, best benefit to the lowest cohort: where the benefit
  /// falls as the cohort rises.
  ///
  /// Compared are discounts in percent of rules with a move, by the cohort that they start from.
  static func fallingBenefits(_ rules: [Rule]) -> [(index: Int, RuleIssue.Cause)] {
    var found: [(index: Int, RuleIssue.Cause)] = []
    for (index, rule) in rules.enumerated() where rule.status == .active {
      guard let percent = rule.offer.percent, let from = rule.move?.from.max() else { continue }
      let lower = rules.filter { other in
        other.status == .active && (other.move?.from.max()).map { $0 < from } == true
      }
      guard let best = lower.max(by: { ($0.offer.percent ?? 0) < ($1.offer.percent ?? 0) }),
        let more = best.offer.percent, more > percent
      else { continue }
      found.append(
        (
          index,
          .benefitFalls(
            percent: percent, cohort: from.rawValue, other: best.id, more: more,
            lower: (best.move?.from.max() ?? .none).rawValue)
        ))
    }
    return found
  }

  /// How many who match would be given an amount that is more than the margin of the basket from
  /// which it holds; without a threshold, of their average basket.
  static func amountAboveMargin(
    _ rule: Rule, _ matched: RowSet, _ facts: FactTable, margin: Double
  ) -> RuleIssue.Cause? {
    guard let amount = rule.offer.amount else { return nil }
    let threshold = rule.offer.threshold
    guard case .int64(let values)? = facts.columns[threshold?.of.id ?? "average_basket"] else {
      return nil
    }
    var count = 0
    matched.forEach { row in
      guard let own = Int64(known: values[row]) else { return }
      let basket = threshold?.amount(for: own) ?? own
      // Divided, because the quotient is rounded as the margin was when it was read.
      if basket <= 0 || Double(amount) / Double(basket) > margin { count += 1 }
    }
    guard count > 0 else { return nil }
    return .amountAboveMargin(
      amount: rule.currency.decimalText(minorUnits: amount), margin: Words.percent(margin),
      count: count)
  }

  /// The share of the high cohort that one offer with a price would reach, where it is more than
  /// the limit.
  static func bulk(
    _ rule: Rule, _ matched: RowSet, high: RowSet, limit: Double
  ) -> RuleIssue.Cause? {
    guard rule.status == .active, rule.offer.kind.isDiscount, high.population > 0 else {
      return nil
    }
    var reached = matched
    reached.formIntersection(high)
    let share = Double(reached.population) / Double(high.population)
    guard share > limit else { return nil }
    return .bulkOffer(
      count: reached.population, share: Words.percent(share), limit: Words.percent(limit))
  }

  /// Another active rule with the same text and subject, of which the same people would get another
  /// price through another channel.
  static func otherPrice(
    _ index: Int, _ rules: [Rule], _ matches: [RowSet]
  ) -> RuleIssue.Cause? {
    let rule = rules[index]
    guard rule.status == .active, rule.offer.kind.isDiscount else { return nil }
    for other in rules[..<index] where other.status == .active {
      guard other.offer.template == rule.offer.template, other.offer.kind == rule.offer.kind,
        other.offer.category == rule.offer.category, other.offer.product == rule.offer.product,
        other.offer.percent != rule.offer.percent || other.offer.amount != rule.offer.amount,
        Set(other.channels) != Set(rule.channels),
        let place = rules[..<index].firstIndex(of: other)
      else { continue }
      var both = matches[index]
      both.formIntersection(matches[place])
      if both.population > 0 { return .otherPrice(other: other.id, count: both.population) }
    }
    return nil
  }
}
