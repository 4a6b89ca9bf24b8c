import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

/// The changes that bring the review queue in line with a run of the rules.
struct QueueRefresh {
  /// Offers that are new in the queue.
  private(set) var new = 0
  /// Offers that stay in the queue, refreshed or as they were.
  private(set) var kept = 0
  /// Offers that leave the queue.
  private(set) var withdrawn = 0

  private let book: OfferBook
  private let run: SuggestionRun
  private let customers: CustomerTable
  /// In the order of the customers, then of the offers that leave.
  private var steps: [Step] = []

  /// What is to be done; the offers themselves are made one at a time.
  private enum Step {
    /// The suggestion at a place becomes the offer of a number, where one may stand.
    case put(place: Int, id: Int)
    /// The offer of a number gives way to a newer one.
    case replaced(Int, by: Int)
    /// The offer of a number does not hold any more.
    case outlived(Int)
  }

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
    (self.book, self.run, self.customers) = (book, run, customers)
    var open = openOffers(holds)
    var nextID = book.lastID + 1
    for (place, suggestion) in run.suggestions.enumerated() {
      let key = Key(customer: customers.ids[suggestion.row], rule: suggestion.rule.id)
      guard let before = open.removeValue(forKey: key).flatMap({ book[$0] }) else {
        steps.append(.put(place: place, id: nextID))
        nextID += 1
        if !suggestion.isWithheld { new += 1 }
        continue
      }
      if before.state == .suggested, !before.editedBy.isEmpty {
        // What staff changed by hand stays as they made it.
        kept += 1
        continue
      }
      if !suggestion.isWithheld {
        if before.state == .suggested { kept += 1 } else { new += 1 }
      }
      if !isSame(before, place, suggestion) { steps.append(.put(place: place, id: before.id)) }
    }
    for id in open.values.sorted() { withdraw(id, .outlived(id)) }
  }

  /// The numbers of the offers that may be refreshed or withdrawn.
  private mutating func openOffers(_ holds: (Offer) -> Bool) -> [Key: Int] {
    var open: [Key: Int] = [:]
    for id in 1..<(book.lastID + 1) {
      guard let offer = book.summary(id), holds(offer) else { continue }
      let key = Key(customer: offer.customer, rule: offer.rule.id)
      // Two wait where one that was decided has been put back: the newer one stands.
      if let older = open.updateValue(id, forKey: key) {
        withdraw(older, .replaced(older, by: id))
      }
    }
    return open
  }

  /// Takes an offer out of the queue; one that was kept back never was in it, and stays as it is.
  private mutating func withdraw(_ id: Int, _ step: Step) {
    guard book.summary(id)?.state == .suggested else { return }
    withdrawn += 1
    steps.append(step)
  }

  /// Whether the suggestion at a place is an offer as it stands; what it rests on takes longest to
  /// find out.
  private func isSame(_ before: Offer, _ place: Int, _ suggestion: Suggestion) -> Bool {
    let after = Offer(
      id: before.id, customer: before.customer, asOf: run.asOf, suggestion, before.evidence)
    return before == after && before.evidence == run.suggestions.evidence(at: place)
  }

  /// What changes; each change is made when it is asked for.
  var changes: some RandomAccessCollection<OfferChange> { steps.lazy.map { change($0) } }

  private func change(_ step: Step) -> OfferChange {
    switch step {
    case .put(let place, let id):
      let suggestion = run.suggestions[place]
      let after = Offer(
        id: id, customer: customers.ids[suggestion.row], asOf: run.asOf, suggestion,
        run.suggestions.evidence(at: place))
      return (book[id], after)
    case .replaced(let id, let newer): return leaving(id, because: "replaced by offer \(newer)")
    case .outlived(let id): return leaving(id, because: Offer.outlived + "\(run.asOf)")
    }
  }

  private func leaving(_ id: Int, because reason: String) -> OfferChange {
    var gone = book[id]
    gone?.state = .withdrawn
    gone?.reason = reason
    return (book[id], gone)
  }
}

extension Offer {
  /// How the record says of an offer that its rule does not suggest it any more, before the day.
  static let outlived = "no longer holds as of "
}

extension Offer {
  /// The offer of a suggestion.
  fileprivate init(
    id: Int, customer: String, asOf: Day, _ suggestion: Suggestion, _ evidence: Evidence
  ) {
    self.init(
      id: id, customer: customer, rule: suggestion.rule, asOf: asOf,
      state: suggestion.isWithheld ? .withheld : .suggested, terms: suggestion.terms,
      channel: suggestion.channel, validUntil: suggestion.validUntil,
      expectedCost: suggestion.expectedCost, expectedValue: suggestion.expectedValue,
      stage: suggestion.stage, cohort: suggestion.cohort, target: suggestion.target,
      evidence: evidence)
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
