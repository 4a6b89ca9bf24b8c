import LoyaltyExchange
import LoyaltyModel
import LoyaltyStore

extension LogWords {
  /// What one change did.
  func text(_ change: Change) -> String {
    switch change {
    case .offer(let from?, let to?) where from.editedBy != to.editedBy || from.terms != to.terms:
      texts("log.edited", ["n": number(to.id), "changes": changes(from, to)])
    case .settings(let from, let to): text(from, to)
    case .offer(nil, let to?):
      texts(
        "log.suggested",
        ["n": String(to.id), "customer": name(to), "rule": texts.ruleText(to.rule.title)])
    case .offer(let from?, nil):
      texts("log.withdrew", ["n": String(from.id), "customer": name(from)])
    case .offer(_, let to): texts("log.changed-offer", ["n": String(to?.id ?? 0)])
    case .decision(let decision): text(decision)
    case .rule(let file, nil, _): texts("log.added-rule", ["file": file])
    case .rule(let file, _, nil): texts("log.removed-rule", ["file": file])
    case .rule(let file, _, _): texts("log.changed-rule", ["file": file])
    case .batch(let batch, let present): text(batch, present: present)
    case .export(let export):
      texts(
        "log.exported", count: export.offers.count,
        ["n": display.number(export.offers.count), "file": export.file])
    case .erasure(let erasure): text(erasure)
    case .backup(let folder): texts("log.backed-up", ["folder": folder])
    }
  }

  /// What an edit by hand changed.
  func edit(_ before: Offer, _ after: Offer) -> String {
    texts("receipt.edited", ["n": number(after.id), "changes": changes(before, after)])
  }

  private func changes(_ before: Offer, _ after: Offer) -> String {
    func change(_ text: String, _ old: String?, _ new: String?) -> String? {
      old == new ? nil : texts(text, ["old": old ?? "-", "new": new ?? "-"])
    }
    func money(_ amount: Int64?) -> String? { amount.map { display.money($0, currency) } }
    func percent(_ offer: Offer) -> String? { offer.terms.percent.map { "\($0) %" } }
    let parts = [
      change("log.edit.discount", percent(before), percent(after)),
      change("log.edit.amount", money(before.terms.amount), money(after.terms.amount)),
      change("log.edit.basket", money(before.terms.threshold), money(after.terms.threshold)),
      change("log.edit.until", display.day(before.validUntil), display.day(after.validUntil)),
      before.terms.text == after.terms.text ? nil : texts["log.edit.text"],
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  private func text(_ before: Programme, _ after: Programme) -> String {
    func users(_ programme: Programme) -> [String: Int] {
      Dictionary(
        programme.reviewing.map { ($0.user, $0.offers.count) }, uniquingKeysWith: { $1 })
    }
    if before.reviewing != after.reviewing {
      let (old, new) = (users(before), users(after))
      let grown = new.keys.sorted().first { new[$0] ?? 0 > old[$0] ?? 0 }
      return grown.map { user in
        let count = new[user] ?? 0
        return texts("log.batch", count: count, ["n": display.number(count)])
      } ?? texts["log.batch.back"]
    }
    if before.segments != after.segments {
      let names = Set(before.segments.map(\.name))
      guard let new = after.segments.first(where: { !before.segments.contains($0) }) else {
        return texts["log.filter.removed"]
      }
      let text = names.contains(new.name) ? "log.filter.changed" : "log.filter.saved"
      return texts(text, ["name": new.name])
    }
    if before.language != after.language {
      return texts("log.language", ["language": texts.title(after.language)])
    }
    return campaigns(before, after) ?? texts["log.settings"]
  }

  private func campaigns(_ before: Programme, _ after: Programme) -> String? {
    if let new = after.campaigns.first(where: { !before.campaigns.contains($0) }) {
      let text = before.campaign(new.name) == nil ? "log.campaign.made" : "log.campaign.changed"
      return texts(text, ["name": new.name])
    }
    return before.campaigns.first { after.campaign($0.name) == nil }
      .map { texts("log.campaign.removed", ["name": $0.name]) }
  }

  private func text(_ erasure: Erasure) -> String {
    texts(
      "log.erased", count: erasure.people,
      [
        "n": display.number(erasure.people), "purchases": display.number(erasure.purchases),
        "offers": display.number(erasure.offers),
      ])
  }

  /// Whom an offer is for; who was erased has no number any more.
  private func name(_ offer: Offer) -> String {
    offer.customer.isEmpty ? texts["log.erased-person"] : offer.customer
  }

  private func text(_ decision: OfferDecision) -> String {
    let (from, to) = (state(decision.from.state), state(decision.to.state))
    let offer = number(decision.offer)
    if decision.to.state == .redeemed, let day = decision.to.redeemed {
      return texts(
        "log.redeemed",
        [
          "n": offer, "from": from, "day": display.day(day),
          "amount": decision.to.spent.map { display.money($0, currency) } ?? "-",
        ])
    }
    switch (decision.to.state, decision.to.snoozedUntil) {
    case (.rejected, _):
      return texts(
        "log.rejected",
        ["n": offer, "from": from, "to": to, "reason": texts.reason(decision.to.reason)])
    case (.snoozed, let day?):
      return texts(
        "log.put-off", ["n": offer, "from": from, "to": to, "day": display.day(day)])
    default: return texts("log.decided", ["n": offer, "from": from, "to": to])
    }
  }

  private func text(_ batch: ImportBatch, present: Bool) -> String {
    guard present else { return texts("log.import-back", ["source": batch.source]) }
    let counts = batch.counts
    if batch.profile == JSONStore.handProfile {
      return texts("log.by-hand", count: counts.changed, ["n": display.number(counts.changed)])
    }
    let records = ImportProfile(rawValue: batch.profile)?.records ?? .purchases
    let new = display.number(counts.new)
    let rows =
      records == .purchases
      ? texts("log.new-purchases", count: counts.new, ["n": new])
      : texts(
        "log.new-and-changed.\(records.rawValue)",
        ["n": new, "changed": display.number(counts.changed)])
    // A file of customers has told them.
    guard records != .customers else {
      return texts("log.imported.rows", ["source": batch.source, "rows": rows])
    }
    return texts(
      "log.imported",
      [
        "source": batch.source, "rows": rows,
        "customers": texts(
          "log.new-customers", count: counts.newCustomers,
          ["n": display.number(counts.newCustomers)]),
      ])
  }
}
