import LoyaltyModel
import LoyaltyRules

/// The changes that bring the review queue in line with a run of the rules.
struct QueueRefresh {
  /// What changes, in the order of the customers, then of the offers that leave.
  private(set) var changes: [Change] = []
  /// Offers that are new in the queue.
  private(set) var new = 0
  /// Offers that stay in the queue, refreshed or as they were.
  private(set) var kept = 0
  /// Offers that leave the queue.
  private(set) var withdrawn = 0

  private struct Key: Hashable {
    let customer: String
    let rule: String
  }

  /// Compares the book with a run.
  ///
  /// - Parameters:
  ///   - book: All offers.
  ///   - run: What the rules suggest now.
  ///   - customers: The customers of the run's rows.
  ///   - holds: Whether an offer may still be refreshed or withdrawn: it was not decided.
  init(
    _ book: OfferBook, _ run: SuggestionRun, customers: CustomerTable, holds: (Offer) -> Bool
  ) {
    var open: [Key: Offer] = [:]
    book.forEach { offer in
      guard holds(offer) else { return }
      let key = Key(customer: offer.customer, rule: offer.rule.id)
      // Two wait where one that was decided has been put back: the newer one stands.
      if let older = open.updateValue(offer, forKey: key) {
        withdraw(older, because: "replaced by offer \(offer.id)")
      }
    }
    var nextID = book.lastID + 1
    for suggestion in run.suggestions {
      let customer = customers.ids[suggestion.row]
      let key = Key(customer: customer, rule: suggestion.rule.id)
      let before = open.removeValue(forKey: key)
      if let before, before.state == .suggested, !before.editedBy.isEmpty {
        // What staff changed by hand stays as they made it.
        kept += 1
        continue
      }
      let after = Offer(id: before?.id ?? nextID, customer: customer, asOf: run.asOf, suggestion)
      if before == nil { nextID += 1 }
      count(before, after)
      if before != after { changes.append(.offer(from: before, to: after)) }
    }
    for offer in open.values.sorted(by: { $0.id < $1.id }) {
      withdraw(offer, because: Offer.outlived + "\(run.asOf)")
    }
  }

  /// Takes an offer out of the queue; one that was kept back never was in it, and stays as it is.
  private mutating func withdraw(_ offer: Offer, because reason: String) {
    guard offer.state == .suggested else { return }
    var gone = offer
    gone.state = .withdrawn
    gone.reason = reason
    withdrawn += 1
    changes.append(.offer(from: offer, to: gone))
  }

  private mutating func count(_ before: Offer?, _ after: Offer) {
    guard after.state == .suggested else { return }
    if before?.state == .suggested { kept += 1 } else { new += 1 }
  }
}

extension Offer {
  /// How the record says of an offer that its rule does not suggest it any more, before the day.
  static let outlived = "no longer holds as of "
}

extension Offer {
  /// The offer of a suggestion.
  fileprivate init(id: Int, customer: String, asOf: Day, _ suggestion: Suggestion) {
    self.init(
      id: id, customer: customer, rule: suggestion.rule, asOf: asOf,
      state: suggestion.isWithheld ? .withheld : .suggested, terms: suggestion.terms,
      channel: suggestion.channel, validUntil: suggestion.validUntil,
      expectedCost: suggestion.expectedCost, expectedValue: suggestion.expectedValue,
      stage: suggestion.stage, cohort: suggestion.cohort, target: suggestion.target,
      evidence: suggestion.evidence)
  }
}

extension SuggestionRun {
  /// What the offers to review are expected to cost and to bring after it, in minor units.
  fileprivate var offered: (cost: Int64, value: Int64) {
    suggestions.reduce((0, 0)) { sum, suggestion in
      suggestion.isWithheld
        ? sum : (sum.0 + suggestion.expectedCost, sum.1 + suggestion.expectedValue)
    }
  }
}

extension FunnelReport {
  /// The funnel of a run, with the sentences of its gates.
  init(_ run: SuggestionRun, _ wording: Wording) {
    let funnel = run.funnel
    func line(
      _ id: String, _ title: String, _ steps: [FunnelStep], _ rule: RuleFunnel? = nil
    ) -> FunnelLine {
      FunnelLine(
        rule: id, title: wording.texts.ruleText(title), entered: steps.first?.entering ?? 0,
        dropped: steps.filter { $0.gate != .holdOut }.map {
          GateCount(
            gate: $0.gate, count: $0.dropped, reason: funnel.reason($0.gate, wording, of: rule))
        },
        suggested: steps.last?.leaving ?? 0,
        withheld: steps.first { $0.gate == .holdOut }?.dropped ?? 0)
    }
    self.init(
      total: line("", "", funnel.total),
      rules: funnel.rules.map { line($0.rule.id, $0.rule.title, $0.steps, $0) },
      offered: run.offered, chosen: (run.quality.cost, run.quality.value),
      bound: run.quality.bound, floors: run.floors)
  }
}
