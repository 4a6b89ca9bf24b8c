/// An offer as ``PackedOffers`` packs it.
///
/// Texts that come again stand as their numbers, other texts as bytes. One value serves for many
/// offers.
package struct CompactOffer: Sendable {
  package var id = 0
  package var state = OfferState.suggested
  /// The rule: the numbers of its texts, and its version.
  package var rule = (id: 0, version: Int64(0), hash: 0, title: 0, campaign: 0)
  package var asOf: Int32 = 0
  package var channel = ContactChannel.email
  package var validUntil: Int32 = 0
  package var expectedCost: Int64 = 0
  package var expectedValue: Int64 = 0
  package var stage = LifecycleStage.contact
  package var cohort = ValueCohort.none
  package var target: ValueCohort?
  package var reason: Int?
  package var snoozedUntil: Int32?
  package var exported: Int32?
  package var editedBy: Int?
  package var redeemed: Int32?
  package var spent: Int64?
  /// What is offered: the number of its template, and its kind.
  package var terms = (template: 0, kind: OfferKind.discount)
  package var percent: Int64?
  package var amount: Int64?
  package var threshold: Int64?
  package var category: Int?
  package var product: Int?
  package var text: Int?
  /// The purchases that are evidence.
  package var purchases: [PurchaseID] = []
  package var purchasesCounted: Int64 = 0
  /// The rules that this one's was chosen over, by the numbers of their texts.
  package var lost: [(rule: Int, gate: Gate)] = []

  private var facts: [(fact: Int, pointer: Int, seen: Range<Int>)] = []
  private var customer = 0..<0
  /// The customer's identifier and what was seen of facts.
  private var own: [UInt8] = []

  /// No offer yet.
  package init() {}

  /// Makes ready for another offer of a customer, whose identifier stands in bytes.
  package mutating func begin(_ id: Int, customer utf8: RawSpan, _ range: Range<Int>) {
    self.id = id
    (target, reason, snoozedUntil, exported, editedBy) = (nil, nil, nil, nil, nil)
    (redeemed, spent, percent, amount, threshold) = (nil, nil, nil, nil, nil)
    (category, product, text, purchasesCounted) = (nil, nil, nil, 0)
    purchases.removeAll(keepingCapacity: true)
    lost.removeAll(keepingCapacity: true)
    facts.removeAll(keepingCapacity: true)
    own.removeAll(keepingCapacity: true)
    own.append(utf8, range)
    customer = 0..<own.count
  }

  /// Adds a fact that is evidence, by the numbers of its texts, and what was seen of it.
  package mutating func addFact(
    _ fact: Int, pointer: Int, seen utf8: RawSpan, _ range: Range<Int>
  ) {
    let start = own.count
    own.append(utf8, range)
    facts.append((fact, pointer, start..<own.count))
  }

  private var parts: OfferParts {
    var parts = OfferParts()
    if percent != nil { parts.insert(.percent) }
    if amount != nil { parts.insert(.amount) }
    if threshold != nil { parts.insert(.threshold) }
    if category != nil { parts.insert(.category) }
    if product != nil { parts.insert(.product) }
    if text != nil { parts.insert(.text) }
    if target != nil { parts.insert(.target) }
    if reason != nil { parts.insert(.reason) }
    if snoozedUntil != nil { parts.insert(.snoozed) }
    if exported != nil { parts.insert(.exported) }
    if editedBy != nil { parts.insert(.edited) }
    if redeemed != nil { parts.insert(.redeemed) }
    if spent != nil { parts.insert(.spent) }
    return parts
  }

  /// Writes all but the number; first what is asked of many, last the evidence.
  func write(to packed: inout PackedBytes) {
    packed.choice(state, of: OfferState.all)
    packed.own(own.span.bytes, customer)
    packed.unsigned(parts.rawValue)
    packed.size(rule.id)
    packed.number(rule.version)
    packed.size(rule.hash)
    packed.size(rule.title)
    packed.size(rule.campaign)
    packed.number(Int64(asOf))
    packed.choice(channel, of: ContactChannel.all)
    packed.number(Int64(validUntil))
    packed.number(expectedCost)
    packed.number(expectedValue)
    packed.choice(stage, of: LifecycleStage.all)
    packed.choice(cohort, of: ValueCohort.all)
    if let target { packed.choice(target, of: ValueCohort.all) }
    if let reason { packed.size(reason) }
    if let snoozedUntil { packed.number(Int64(snoozedUntil)) }
    if let exported { packed.number(Int64(exported)) }
    if let editedBy { packed.size(editedBy) }
    if let redeemed { packed.number(Int64(redeemed)) }
    if let spent { packed.number(spent) }
    writeTerms(to: &packed)
    writeEvidence(to: &packed)
  }

  private func writeTerms(to packed: inout PackedBytes) {
    packed.size(terms.template)
    packed.choice(terms.kind, of: OfferKind.all)
    if let percent { packed.number(percent) }
    if let amount { packed.number(amount) }
    if let threshold { packed.number(threshold) }
    if let category { packed.size(category) }
    if let product { packed.size(product) }
    if let text { packed.size(text) }
  }

  private func writeEvidence(to packed: inout PackedBytes) {
    packed.size(facts.count)
    for fact in facts {
      packed.size(fact.fact)
      packed.size(fact.pointer)
      packed.own(own.span.bytes, fact.seen)
    }
    packed.size(purchases.count)
    for purchase in purchases {
      packed.unsigned(UInt64(purchase.batch))
      packed.unsigned(UInt64(purchase.row))
    }
    packed.number(purchasesCounted)
    packed.size(lost.count)
    for lost in lost {
      packed.size(lost.rule)
      packed.choice(lost.gate, of: Gate.all)
    }
  }
}

extension CompactOffer {
  /// The compact form of an offer, whose texts get numbers.
  init(_ offer: Offer, _ texts: inout PackedOffers) {
    self.init()
    func optional(_ text: String) -> Int? { text.isEmpty ? nil : texts.number(sharing: text) }
    let customer = Array(offer.customer.utf8)
    begin(offer.id, customer: customer.span.bytes, customer.indices)
    (state, channel, stage, cohort) = (offer.state, offer.channel, offer.stage, offer.cohort)
    rule = (
      texts.number(sharing: offer.rule.id), Int64(offer.rule.version),
      texts.number(sharing: offer.rule.hash), texts.number(sharing: offer.rule.title),
      texts.number(sharing: offer.rule.campaign)
    )
    (asOf, validUntil) = (offer.asOf.number, offer.validUntil.number)
    (expectedCost, expectedValue) = (offer.expectedCost, offer.expectedValue)
    (target, reason, editedBy) = (offer.target, optional(offer.reason), optional(offer.editedBy))
    (snoozedUntil, exported) = (offer.snoozedUntil?.number, offer.exported?.number)
    (redeemed, spent) = (offer.redeemed?.number, offer.spent)
    terms = (texts.number(sharing: offer.terms.template), offer.terms.kind)
    percent = offer.terms.percent.map { Int64($0) }
    (amount, threshold) = (offer.terms.amount, offer.terms.threshold)
    (category, product) = (optional(offer.terms.category), optional(offer.terms.product))
    text = optional(offer.terms.text)
    for fact in offer.evidence.facts {
      let seen = Array(fact.seen.utf8)
      addFact(
        texts.number(sharing: fact.fact), pointer: texts.number(sharing: fact.pointer),
        seen: seen.span.bytes, seen.indices)
    }
    purchases = offer.evidence.purchases
    purchasesCounted = Int64(offer.evidence.purchasesCounted)
    lost = offer.evidence.lost.map { (texts.number(sharing: $0.rule), $0.gate) }
  }
}
