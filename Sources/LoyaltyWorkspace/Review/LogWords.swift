import LoyaltyModel

/// Says in words what was done.
struct LogWords {
  let texts: Texts
  let display: DisplayFormat
  let currency: Currency
  /// The name of the customer whom an offer of a number is for, to be read at once by whoever did
  /// something; what is kept for later, as the log, names nobody.
  var customerName: (Int) -> String? = { _ in nil }

  /// What an action did, told by its first event.
  func text(_ event: Event, size: Int) -> String {
    let what = action(of: event, size: size)
    guard let undone = event.undoes else { return what }
    if case .batch(let batch, present: false) = event.change {
      return texts(
        "log.import-back.event", ["event": String(undone), "source": batch.source])
    }
    return texts("log.took-back", ["event": String(undone), "what": what])
  }

  /// What an action of several events did, told by its first.
  func action(of event: Event, size: Int) -> String {
    guard size > 1 else { return text(event.change) }
    let count = display.number(size)
    switch event.change {
    case .offer: return texts("log.ran-rules", count: size, ["n": count])
    case .rule(_, nil, _): return texts("log.added-rules", count: size, ["n": count])
    case .rule: return texts("log.changed-rules", count: size, ["n": count])
    case .decision(let decision)
    where decision.to.state == .redeemed || decision.to.state == .expired:
      return decision.to.reason.isEmpty
        ? texts("log.outcomes", count: size, ["n": count])
        : texts(
          "log.outcomes.file", count: size, ["n": count, "file": decision.to.reason])
    case .decision(let decision) where decision.to.state == .suggested:
      return texts("log.decided-offers.waiting", count: size, ["n": count])
    case .decision(let decision):
      return texts(
        "log.decided-offers", count: size, ["n": count, "state": state(decision.to.state)])
    case .export(let export):
      return texts(
        "log.export-of", count: export.offers.count,
        ["n": display.number(export.offers.count), "file": export.file])
    default: return text(event.change)
    }
  }

  /// What a decision did.
  func decision(_ verdict: Verdict, _ offers: [Offer]) -> String {
    let what =
      switch verdict {
      case .approve: texts["receipt.approved"]
      case .reject(let reason): texts("receipt.rejected", ["reason": texts.reason(reason)])
      case .snooze(let until): texts("receipt.put-off", ["day": display.day(until)])
      case .reopen: texts["receipt.put-back"]
      }
    guard offers.count == 1, let offer = offers.first else {
      return texts(
        "receipt.offers", count: offers.count,
        ["what": what, "n": display.number(offers.count)])
    }
    guard let name = customerName(offer.id) else {
      return texts(
        "receipt.offer",
        [
          "what": what, "n": String(offer.id), "customer": offer.customer,
          "rule": texts.ruleText(offer.rule.title),
        ])
    }
    return texts(
      "receipt.offer.named",
      [
        "what": what, "n": String(offer.id), "name": name, "customer": offer.customer,
        "rule": texts.ruleText(offer.rule.title),
      ])
  }

  /// The number of an offer, with whom it is for where that is to be said.
  func number(_ offer: Int) -> String {
    guard let name = customerName(offer) else { return String(offer) }
    return "\(offer) (\(name))"
  }

  /// What was taken back or done again.
  func receipt(_ isAgain: Bool, _ what: String, fileStays: Bool) -> String {
    let text = texts(isAgain ? "receipt.did-again" : "receipt.took-back", ["what": what])
    return fileStays ? texts("receipt.file-stays", ["what": text]) : text
  }

  func state(_ state: OfferState) -> String { texts.title(state) }
}
