import LoyaltyModel
import LoyaltyRules

/// Says in words what an offer rests on, costs and brings.
struct OfferWords {
  private let offer: Offer
  private let rule: Rule?
  private let outcome: RuleResponses?
  private let worth: ResponseWorth.Worth?
  private let currency: Currency
  private let wording: Wording

  private var display: DisplayFormat { wording.display }
  private var texts: Texts { wording.texts }

  /// The words of an offer; its rule where its version is still known, and what came of the rule's
  /// offers where that was recorded, and what a response is worth now.
  init(
    _ offer: Offer, rule: Rule?, outcome: RuleResponses? = nil,
    worth: ResponseWorth.Worth? = nil, _ currency: Currency, _ wording: Wording
  ) {
    (self.offer, self.rule, self.outcome, self.worth) = (offer, rule, outcome, worth)
    (self.currency, self.wording) = (currency, wording)
  }

  /// The conditions that decided, each with the value seen then, and the purchases counted.
  ///
  /// - Parameter purchase: Says a purchase in words; nil where it is gone.
  /// - Returns: A line each.
  func evidence(_ purchase: (PurchaseID) -> String?) -> [String] {
    var lines = offer.evidence.facts.map { fact in
      "\(label(fact.fact)): \(shown(fact))"
    }
    if offer.evidence.purchasesCounted > 0 {
      let ids = offer.evidence.purchases.map { purchase($0) ?? $0.description }
        .joined(separator: ", ")
      let more = offer.evidence.purchasesCounted - offer.evidence.purchases.count
      let all = more > 0 ? texts("offer.ids-and-more", ["ids": ids, "n": String(more)]) : ids
      lines.append(texts("offer.purchases-counted", ["ids": all]))
    }
    return lines
  }

  /// The chance that somebody uses an offer of a rule, and what it rests on.
  private func score(_ rule: Rule) -> String {
    let share = display.pointed(Words.percent(rule.score.probability(outcome)))
    guard let outcome else { return texts("offer.score", ["share": share]) }
    return texts(
      "offer.score.measured",
      [
        "share": share, "used": display.number(outcome.responded),
        "sent": display.number(outcome.sent),
      ])
  }

  /// What the offer costs and is worth, each with how it was computed.
  var money: [Figure] {
    let score = rule.map(score) ?? ""
    return [
      Figure(
        texts["offer.cost"], display.money(offer.expectedCost, currency),
        why: texts("offer.cost.why", ["score": score])),
      Figure(
        texts["offer.gain"], display.money(offer.expectedValue, currency),
        why: [gain, score, loss].compactMap(\.self).joined(separator: " ")),
    ]
  }

  /// How the expected gain came about: with the numbers, where they are still those of the offer.
  private var gain: String {
    guard let rule, let worth, rule.hash == offer.rule.hash,
      rule.score.gross(worth, rule.score.probability(outcome))
        == offer.expectedValue + offer.expectedCost
    else { return texts["offer.gain.why"] }
    return texts(
      "offer.gain.sum",
      [
        "share": display.pointed(Words.percent(rule.score.probability(outcome))),
        "worth": display.money(Int64((worth.amount * rule.score.lever).rounded()), currency),
        "cost": display.money(offer.expectedCost, currency),
        "basis": basis(rule, worth) + (worth.margin < 1 ? margin(worth.margin) : "")
          + (rule.score.lever == 1 ? "" : lever(rule.score.lever)),
      ])
  }

  /// What the worth of a response follows from.
  private func basis(_ rule: Rule, _ worth: ResponseWorth.Worth) -> String {
    let own = display.money(worth.own, currency)
    return switch rule.score.value {
    case .clvGain:
      texts(
        "offer.worth.move",
        [
          "cohort": (rule.move?.to).map { texts.title($0) } ?? "", "own": own,
          "median": display.money(worth.median ?? 0, currency),
        ])
    case .yearAtRisk(let share):
      texts("offer.worth.year", ["share": display.percent(share), "own": own])
    case .nextBasket: texts("offer.worth.basket", ["own": own])
    case .stated: texts["offer.worth.stated"]
    case .nothing: texts["offer.worth.nothing"]
    }
  }

  private func margin(_ share: Double) -> String {
    texts("offer.worth.margin", ["share": display.percent(share)])
  }

  private func lever(_ factor: Double) -> String {
    texts("offer.worth.lever", ["n": display.pointed("\(factor)")])
  }

  /// Why it was suggested although it costs more than it brings; nil where it does not.
  private var loss: String? {
    guard offer.expectedValue < 0 else { return nil }
    let brings = display.money(offer.expectedValue + offer.expectedCost, currency)
    return texts("offer.loss", ["brings": brings])
  }

  /// What both sides have from it.
  var benefits: [Figure] {
    guard let rule else { return [] }
    let why = texts("offer.stated", ["rule": rule.id])
    return [
      Figure(texts["offer.for-customer"], texts.ruleText(rule.customerBenefit), why: why),
      Figure(texts["offer.for-us"], texts.ruleText(rule.businessBenefit), why: why),
    ]
  }

  /// What else was possible, and why it was not chosen.
  func alternatives(titles: [String: String]) -> [String] {
    offer.evidence.lost.map {
      wording(
        "rules.rival", ["rule": titles[$0.rule] ?? $0.rule, "why": $0.gate.lost(wording)])
    }
  }

  /// Why this customer: the rule's sentence with the values that were seen; it names the units of
  /// counts itself.
  var why: String {
    guard let rule else { return texts.ruleText(offer.rule.title) }
    var evidence = offer.evidence
    for index in evidence.facts.indices {
      evidence.facts[index].seen = shown(evidence.facts[index], unit: false)
    }
    return rule.why(evidence, wording)
  }

  private func shown(_ fact: EvidenceFact, unit: Bool = true) -> String {
    switch FactCatalogue.customers.fact(fact.fact)?.type {
    case .money?:
      currency.minorUnits(decimalText: fact.seen).map { display.money($0, currency) } ?? fact.seen
    case .count(let name)? where unit: "\(fact.seen) \(texts.unit(name))"
    case .probability?: Double(fact.seen).map(display.percent) ?? fact.seen
    case .date?: Day(fact.seen).map(display.day) ?? fact.seen
    case .yesNo?: texts.answer(fact.seen)
    case .choice(let known)? where !known.isEmpty: texts.value(fact.seen)
    default: fact.seen
    }
  }

  private func label(_ name: String) -> String {
    FactCatalogue.customers.fact(name).map { texts.label($0) } ?? name
  }
}

extension Texts {
  /// An answer as evidence keeps it: `yes`, `no`, `unknown`.
  fileprivate func answer(_ seen: String) -> String {
    switch seen {
    case "yes": self["word.yes"]
    case "no": self["word.no"]
    case "unknown": self["word.unknown"]
    default: seen
    }
  }
}
