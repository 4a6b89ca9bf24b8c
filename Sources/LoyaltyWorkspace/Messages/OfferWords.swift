import LoyaltyModel
import LoyaltyRules

/// Says in words what an offer rests on, costs and brings.
struct OfferWords {
  private let offer: Offer
  private let rule: Rule?
  private let currency: Currency
  private let display: DisplayFormat

  /// The words of an offer; its rule where its version is still known.
  init(_ offer: Offer, rule: Rule?, _ currency: Currency, _ display: DisplayFormat) {
    (self.offer, self.rule, self.currency, self.display) = (offer, rule, currency, display)
  }

  /// The conditions that decided, each with the value seen then, and the purchases counted.
  var evidence: [String] {
    var lines = offer.evidence.facts.map { fact in
      "\(label(fact.fact)): \(shown(fact))"
    }
    if offer.evidence.purchasesCounted > 0 {
      let ids = offer.evidence.purchases.map(\.description).joined(separator: ", ")
      let more = offer.evidence.purchasesCounted - offer.evidence.purchases.count
      lines.append("purchases counted: \(ids)" + (more > 0 ? " and \(more) more" : ""))
    }
    return lines
  }

  /// What the offer costs and is worth, each with how it was computed.
  var money: [Figure] {
    let score = rule.map { rule in
      """
      About \(Words.percent(rule.score.prior)) of people are expected to respond, an assumption \
      until results are measured.
      """
    }
    return [
      Figure(
        "Expected cost", display.money(offer.expectedCost, currency),
        why: "The contact, and the redemption by its chance. \(score ?? "")"),
      Figure(
        "Expected gain", display.money(offer.expectedValue, currency),
        why: "Chance of a response times what it is worth, less the cost. \(score ?? "")"),
    ]
  }

  /// What both sides have from it.
  var benefits: [Figure] {
    guard let rule else { return [] }
    return [
      Figure("For the customer", rule.customerBenefit, why: "Stated by the rule \(rule.id)."),
      Figure("For us", rule.businessBenefit, why: "Stated by the rule \(rule.id)."),
    ]
  }

  /// What else was possible, and why it was not chosen.
  func alternatives(titles: [String: String]) -> [String] {
    offer.evidence.lost.map { "\(titles[$0.rule] ?? $0.rule): \($0.gate.lostWords)" }
  }

  /// Why this customer: the rule's sentence with the values that were seen; it names the units of
  /// counts itself.
  var why: String {
    guard let rule else { return offer.rule.title }
    var evidence = offer.evidence
    for index in evidence.facts.indices {
      evidence.facts[index].seen = shown(evidence.facts[index], unit: false)
    }
    return rule.why(evidence)
  }

  private func shown(_ fact: EvidenceFact, unit: Bool = true) -> String {
    switch FactCatalogue.customers.fact(fact.fact)?.type {
    case .money?:
      currency.minorUnits(decimalText: fact.seen).map { display.money($0, currency) } ?? fact.seen
    case .count(let name)? where unit: "\(fact.seen) \(name)"
    case .probability?: Double(fact.seen).map(display.percent) ?? fact.seen
    default: fact.seen
    }
  }

  private func label(_ name: String) -> String {
    FactCatalogue.customers.fact(name)?.label ?? name
  }
}
