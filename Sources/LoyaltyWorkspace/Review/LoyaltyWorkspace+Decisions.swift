import LoyaltyModel
import LoyaltyStore

extension LoyaltyWorkspace {
  /// Decides offers; on disk when it returns.
  ///
  /// One call is one action: it is undone as a whole. An offer that stands as asked already is left
  /// as it is.
  ///
  /// - Parameters:
  ///   - ids: The numbers of the offers.
  ///   - verdict: What is decided of all of them.
  /// - Returns: What was done.
  /// - Throws: An error when an offer is put off to a day that is over, does not exist, has left the house already, or was decided by
  ///   a colleague meanwhile; nothing is changed then.
  package func decide(_ ids: [Int], _ verdict: Verdict) throws(WorkspaceError) -> Receipt {
    if case .reject(let reason) = verdict, reason.allSatisfy(\.isWhitespace) {
      throw WorkspaceError.reasonMissing
    }
    if case .snooze(let until) = verdict, until <= asOf {
      throw WorkspaceError.snoozeOver(until, asOf: asOf)
    }
    try checkNotTaken(ids)
    let book = state.offers
    var changes: [Change] = []
    var decided: [Offer] = []
    var seen: Set<Int> = []
    for id in ids where seen.insert(id).inserted {
      guard let offer = book[id] else { throw WorkspaceError.noSuchOffer(id) }
      let standing = try offer.standing(after: verdict)
      guard standing != offer.standing else { continue }
      changes.append(
        .decision(OfferDecision(offer: id, from: offer.standing, to: standing)))
      decided.append(offer)
    }
    guard !changes.isEmpty else {
      return Receipt(text: texts["receipt.nothing"], events: [], offers: [])
    }
    let events = try commit(changes)
    return Receipt(
      text: LogWords(texts: texts, display: display, currency: currency).decision(verdict, decided),
      events: events.map(\.sequence), offers: decided.map(\.id))
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
