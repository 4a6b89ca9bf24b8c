import LoyaltyExchange
import LoyaltyModel
import LoyaltyStore

/// Says in words what was done.
struct LogWords {
  let display: DisplayFormat
  let currency: Currency

  /// What an action did, told by its first event.
  func text(_ event: Event, size: Int) -> String {
    let what = action(of: event, size: size)
    return event.undoes == nil ? what : "took back \(event.undoes ?? 0): \(what)"
  }

  /// What an action of several events did, told by its first.
  func action(of event: Event, size: Int) -> String {
    guard size > 1 else { return text(event.change) }
    switch event.change {
    case .offer: return "ran the rules: \(display.number(size)) suggestions new or changed"
    case .rule(_, nil, _): return "added \(display.number(size)) rules"
    case .rule: return "changed \(display.number(size)) rules"
    case .decision(let decision):
      return "\(display.number(size)) offers \(decision.to.state.rawValue)"
    case .export(let export):
      return "export of \(display.number(export.offers.count)) offers to \(export.file)"
    default: return text(event.change)
    }
  }

  /// What a decision did.
  func decision(_ verdict: Verdict, _ offers: [Offer]) -> String {
    let verb =
      switch verdict {
      case .approve: "Approved"
      case .reject(let reason): "Rejected (\(reason))"
      case .snooze(let until): "Put off until \(until)"
      case .reopen: "Put back into the queue"
      }
    guard offers.count == 1, let offer = offers.first else {
      return "\(verb): \(display.number(offers.count)) offers"
    }
    return "\(verb): offer \(offer.id), customer \(offer.customer), \(offer.rule.title)"
  }

  /// What an edit by hand changed.
  func edit(_ before: Offer, _ after: Offer) -> String {
    func change(_ name: String, _ old: String?, _ new: String?) -> String? {
      old == new ? nil : "\(name) \(old ?? "-") → \(new ?? "-")"
    }
    func money(_ amount: Int64?) -> String? { amount.map { display.money($0, currency) } }
    let parts = [
      change(
        "discount", before.terms.percent.map { "\($0) %" }, after.terms.percent.map { "\($0) %" }),
      change("amount", money(before.terms.amount), money(after.terms.amount)),
      change("basket", money(before.terms.threshold), money(after.terms.threshold)),
      change("until", before.validUntil.description, after.validUntil.description),
      before.terms.text == after.terms.text ? nil : "text",
    ].compactMap(\.self)
    return "Edited offer \(after.id): " + parts.joined(separator: ", ")
  }

  private func text(_ before: Programme, _ after: Programme) -> String {
    func users(_ programme: Programme) -> [String: Int] {
      Dictionary(
        programme.reviewing.map { ($0.user, $0.offers.count) }, uniquingKeysWith: { $1 })
    }
    if before.reviewing != after.reviewing {
      let (old, new) = (users(before), users(after))
      let grown = new.keys.sorted().first { new[$0] ?? 0 > old[$0] ?? 0 }
      return grown.map { "took \(display.number(new[$0] ?? 0)) offers to decide on" }
        ?? "gave offers back to everybody"
    }
    if before.segments != after.segments {
      let names = Set(before.segments.map(\.name))
      let new = after.segments.first { !before.segments.contains($0) }
      return new.map { (names.contains($0.name) ? "changed" : "saved") + " filter \($0.name)" }
        ?? "removed a saved filter"
    }
    return "changed the programme's settings"
  }

  private func text(_ change: Change) -> String {
    switch change {
    case .offer(let from?, let to?) where from.editedBy != to.editedBy || from.terms != to.terms:
      edit(from, to).lowercasedFirst
    case .settings(let from, let to): text(from, to)
    case .offer(nil, let to?):
      "suggested offer \(to.id) to \(name(to)): \(to.rule.title)"
    case .offer(let from?, nil): "withdrew offer \(from.id) to \(name(from))"
    case .offer(_, let to): "changed offer \(to?.id ?? 0)"
    case .decision(let decision): text(decision)
    case .rule(let file, nil, _): "added rule \(file)"
    case .rule(let file, _, nil): "removed rule \(file)"
    case .rule(let file, _, _): "changed rule \(file)"
    case .batch(let batch, let present): text(batch, present: present)
    case .export(let export):
      "exported \(display.number(export.offers.count)) offers to \(export.file)"
    case .erasure(let erasure): text(erasure)
    case .backup(let folder): "backed up to \(folder)"
    }
  }

  private func text(_ erasure: Erasure) -> String {
    let people = erasure.people == 1 ? "a person" : "\(display.number(erasure.people)) people"
    return
      "erased \(people): \(display.number(erasure.purchases)) purchases without a customer now, "
      + "\(display.number(erasure.offers)) offers removed"
  }

  /// Whom an offer is for; who was erased has no number any more.
  private func name(_ offer: Offer) -> String {
    offer.customer.isEmpty ? "an erased person" : offer.customer
  }

  private func text(_ decision: OfferDecision) -> String {
    let detail =
      switch decision.to.state {
      case .rejected: " (\(decision.to.reason))"
      case .snoozed: decision.to.snoozedUntil.map { " until \($0)" } ?? ""
      default: ""
      }
    return "offer \(decision.offer): \(decision.from.state.rawValue) → "
      + "\(decision.to.state.rawValue)\(detail)"
  }

  private func text(_ batch: ImportBatch, present: Bool) -> String {
    guard present else { return "took back the import of \(batch.source)" }
    let counts = batch.counts
    if batch.profile == JSONStore.handProfile {
      return "took over \(display.number(counts.changed)) records that were changed by hand"
    }
    let records = ImportProfile(rawValue: batch.profile)?.records ?? .purchases
    let rows =
      records == .purchases
      ? "\(display.number(counts.new)) new purchases"
      : "\(display.number(counts.new)) new and \(display.number(counts.changed)) changed "
        + records.rawValue
    return "imported \(batch.source): \(rows), \(display.number(counts.newCustomers)) new customers"
  }
}

extension String {
  /// The text with a small first letter.
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
