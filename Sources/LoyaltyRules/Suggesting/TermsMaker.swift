package import LoyaltyModel

/// Makes a rule's offer personal: threshold, category, cost and worth for one customer.
struct TermsMaker {
  /// A personal offer.
  struct Made {
    var terms: OfferTerms
    var cost: Int64
    var value: Int64
  }

  private let facts: FactTable
  private let context: SuggestionContext
  private let picker: CategoryPicker
  private let worth: ResponseWorth
  let people: People

  init(facts: FactTable, context: SuggestionContext) {
    (self.facts, self.context) = (facts, context)
    picker = CategoryPicker(facts: facts, rankings: context.rankings)
    worth = ResponseWorth(facts, context)
    people = People(facts)
  }

  /// The rows for which something that the offer needs is unknown.
  func unknown(_ rule: Rule, among rows: RowSet) -> RowSet {
    var unknown = RowSet(count: rows.count)
    let threshold = rule.offer.threshold.map { facts.columns[$0.of.id] }
    if case .some(let column) = threshold {
      rows.forEach { if column?.isKnown($0) != true { unknown[$0] = true } }
    }
    if case .picked(let pick)? = rule.offer.category {
      rows.forEach { if picker.pick(pick, row: $0) == nil { unknown[$0] = true } }
    }
    return unknown
  }

  /// The offer of a rule for a row.
  func terms(_ rule: Rule, row: Int) -> Made {
    let offer = rule.offer
    var terms = OfferTerms(template: offer.template, kind: offer.kind)
    terms.percent = offer.percent
    terms.amount = offer.amount
    terms.product = offer.product ?? ""
    switch offer.category {
    case .named(let name)?: terms.category = name
    case .picked(let pick)?: terms.category = picker.pick(pick, row: row) ?? ""
    case nil: break
    }
    if let threshold = offer.threshold, let own = money(threshold.of.id, row) {
      terms.threshold = threshold.amount(for: own)
    }
    let probability = rule.score.probability(context.outcomes[rule.id])
    let cost = rule.expectedCost(
      terms: terms, averageBasket: money("average_basket", row) ?? 0, probability: probability)
    let gross = rule.score.gross(worth.worth(rule, row), probability)
    return Made(terms: terms, cost: cost, value: gross - cost)
  }

  private func money(_ fact: String, _ row: Int) -> Int64? {
    guard case .int64(let values)? = facts.columns[fact],
      values[row] != FactColumn.unknownInt64
    else { return nil }
    return values[row]
  }
}

extension RuleScore {
  /// The probability that a customer responds: the mean of the beta-binomial posterior,
  /// `(prior · weight + responded) / (weight + sent)`; the prior itself before anything was measured.
  package func probability(_ outcome: RuleResponses?) -> Double {
    guard let outcome else { return prior }
    return (prior * weight + Double(outcome.responded)) / (weight + Double(outcome.sent))
  }

  /// What an offer is expected to bring before its cost, in minor units: the probability of a
  /// response times what it is worth, times the lever.
  package func gross(_ worth: ResponseWorth.Worth, _ probability: Double) -> Int64 {
    Int64((probability * worth.amount * lever).rounded())
  }
}

extension Rule {
  /// What an offer is expected to cost, in minor units: one contact, and redemption by its
  /// probability.
  ///
  /// Where the rule states no cost of redemption it follows from the terms: the amount of a voucher,
  /// the percentage of the threshold, or of the average basket where there is no threshold; 0 for
  /// what lowers no price.
  package func expectedCost(
    terms: OfferTerms, averageBasket: Int64, probability: Double
  ) -> Int64 {
    let redeemed: Double
    if let stated = offer.redeemedCost {
      redeemed = Double(stated)
    } else if let percent = terms.percent {
      redeemed = Double(terms.threshold ?? max(0, averageBasket)) * Double(percent) / 100
    } else {
      redeemed = Double(terms.amount ?? 0)
    }
    return offer.contactCost + Int64((probability * redeemed).rounded())
  }
}
