package import LoyaltyModel

/// The offers that a run suggests, withheld ones included: by customer, then in the order of the
/// rules.
///
/// Each is made when it is asked for. At a million customers the offers themselves would take most
/// of the memory of the whole run, and most of its time goes into what they rest on, for which only
/// those ask who write them down.
package struct Suggestions: RandomAccessCollection, Sendable {
  private let rules: [Rule]
  private let lastDays: [Day]
  private let choice: Choice
  private let chosen: [UInt32]
  private let terms: TermsMaker
  private let evidence: EvidenceMaker

  init(
    _ rules: [Rule], _ choice: Choice, _ terms: TermsMaker, _ facts: FactTable,
    _ context: SuggestionContext
  ) {
    (self.rules, self.choice, self.terms) = (rules, choice, terms)
    chosen = choice.chosen
    evidence = EvidenceMaker(rules: rules, facts: facts)
    lastDays = rules.map { rule in
      let end = rule.offer.valid.end(after: facts.asOf)
      return context.campaign(of: rule)?.until.map { Swift.min(end, $0) } ?? end
    }
  }

  /// The first place.
  package var startIndex: Int { 0 }
  /// The number of offers.
  package var endIndex: Int { chosen.count }

  /// The offer at a place.
  package subscript(place: Int) -> Suggestion {
    let candidate = choice.candidates[Int(chosen[place])]
    let rule = rules[candidate.rule]
    return Suggestion(
      row: candidate.row, rule: rule.reference,
      terms: terms.terms(rule, row: candidate.row).terms, channel: candidate.channel,
      validUntil: lastDays[candidate.rule], expectedCost: candidate.cost,
      expectedValue: candidate.value, stage: candidate.stage, cohort: candidate.cohort,
      target: rule.move?.to, isWithheld: choice.fate[Int(chosen[place])] == .holdOut)
  }

  /// What the offer at a place rests on.
  package func evidence(at place: Int) -> Evidence {
    let candidate = choice.candidates[Int(chosen[place])]
    return evidence.evidence(
      rules[candidate.rule], row: candidate.row, lost: choice.lost(to: candidate))
  }
}
