import LoyaltyModel
import LoyaltyStore

extension LoyaltyWorkspace {
  /// Decides offers; on disk when it returns.
  ///
  /// One call is one action: it is undone as a whole. An offer that stands as asked already is left
  /// as it is, and so is one that a colleague decided while somebody was asked about it.
  ///
  /// - Parameters:
  ///   - ids: The numbers of the offers.
  ///   - verdict: What is decided of all of them.
  ///   - scope: The list in which they were seen: those that do not belong to it any more are left
  ///     as they are.
  /// - Returns: What was done.
  /// - Throws: An error when an offer is put off to a day that is over, does not exist, has left the
  ///   house already, or when all were decided by somebody else meanwhile; nothing is changed then.
  package func decide(
    _ ids: [Int], _ verdict: Verdict, listedIn scope: OfferScope = .all
  ) throws(WorkspaceError) -> Receipt {
    let (decided, changes, overtaken) = try decisions(ids, verdict, listedIn: scope)
    guard !changes.isEmpty else {
      if let first = overtaken.first {
        throw .decidedMeanwhile(first.id, state: first.state, count: overtaken.count)
      }
      return Receipt(text: texts["receipt.nothing"], events: [], offers: [])
    }
    let events = try commit(changes)
    return Receipt(
      text: receipt(verdict, decided, overtaken: overtaken.count),
      events: events.map(\.sequence), offers: decided.map(\.id))
  }

  /// - Throws: An error where nothing can be decided so, whatever the offer.
  func check(_ verdict: Verdict) throws(WorkspaceError) {
    if case .reject(let reason) = verdict, reason.allSatisfy(\.isWhitespace) {
      throw WorkspaceError.reasonMissing
    }
    if case .snooze(let until) = verdict, until <= asOf {
      throw WorkspaceError.snoozeOver(until, asOf: asOf)
    }
  }

  /// The offers that a decision changes with the changes, and those that have left their list.
  func decisions(
    _ ids: [Int], _ verdict: Verdict, listedIn scope: OfferScope
  ) throws(WorkspaceError) -> (decided: [Offer], changes: [Change], overtaken: [Offer]) {
    try check(verdict)
    try checkNotTaken(ids)
    let book = state.offers
    var changes: [Change] = []
    var decided: [Offer] = []
    var overtaken: [Offer] = []
    var seen: Set<Int> = []
    let day = asOf
    for id in ids where seen.insert(id).inserted {
      guard let offer = book[id] else { throw WorkspaceError.noSuchOffer(id) }
      guard
        scope == .all || scope.contains(offer.state, snoozedUntil: offer.snoozedUntil, on: day)
      else {
        overtaken.append(offer)
        continue
      }
      let standing = try offer.standing(after: verdict)
      guard standing != offer.standing else { continue }
      changes.append(
        .decision(OfferDecision(offer: id, from: offer.standing, to: standing)))
      decided.append(offer)
    }
    return (decided, changes, overtaken)
  }

  private func receipt(_ verdict: Verdict, _ decided: [Offer], overtaken: Int) -> String {
    let text = receiptWords.decision(verdict, decided)
    guard overtaken > 0 else { return text }
    return texts(
      "receipt.but-decided", count: overtaken, ["what": text, "n": display.number(overtaken)])
  }

  /// The words for what was done just now, which name the customer.
  var receiptWords: LogWords {
    let (book, customers) = (state.offers, state.customers)
    return LogWords(texts: texts, display: display, currency: currency) { number in
      guard let row = book[number].flatMap({ customers.row(of: $0.customer) }),
        !customers.names[row].isEmpty
      else { return nil }
      return customers.names[row]
    }
  }

  /// The reasons for declining that one key picks.
  package static let rejectionReasons = [
    "wrong offer for this customer", "customer was contacted personally", "too expensive",
    "bad timing", "data is wrong",
  ]
}

extension Offer {
  /// The standing that a verdict leads to.
  ///
  /// - Throws: ``WorkspaceError/offerNotOpen(_:state:)`` when the offer can no longer be decided.
  func standing(after verdict: Verdict) throws(WorkspaceError) -> OfferDecision.Standing {
    switch state {
    case .suggested, .approved, .rejected, .snoozed: break
    default: throw WorkspaceError.offerNotOpen(id, state: state)
    }
    return switch verdict {
    case .approve: OfferDecision.Standing(state: .approved)
    case .reject(let reason): OfferDecision.Standing(state: .rejected, reason: reason)
    case .snooze(let until): OfferDecision.Standing(state: .snoozed, snoozedUntil: until)
    case .reopen: OfferDecision.Standing(state: .suggested)
    }
  }
}
