/// Offers as they were read, packed: some hundred bytes each, made to ``Offer`` when somebody asks.
package struct PackedOffers: Sendable {
  /// The offers, one after the other in any order.
  package private(set) var packed = PackedBytes()
  /// Where each begins, plus one, by its number less one; 0 where there is none.
  package private(set) var places: [UInt64] = []

  /// No offers.
  package init() {}

  /// Offers from their parts; nil where they do not fit together.
  package init?(_ packed: PackedBytes, places: [UInt64]) {
    guard places.allSatisfy({ $0 <= UInt64(packed.count) }) else { return nil }
    (self.packed, self.places) = (packed, places)
  }

  /// The highest number.
  package var lastID: Int { places.count }

  /// Whether there is an offer of a number.
  func has(_ id: Int) -> Bool { id <= places.count && places[id - 1] != 0 }

  /// Adds an offer, or replaces the one of its number.
  package mutating func append(_ offer: Offer) { append(CompactOffer(offer, &self)) }

  /// Adds an offer, or replaces the one of its number.
  package mutating func append(_ offer: CompactOffer) {
    reserve(through: offer.id)
    places[offer.id - 1] = UInt64(packed.count) + 1
    offer.write(to: &packed)
  }

  /// Removes the offer of a number, where there is one.
  mutating func remove(_ id: Int) { if has(id) { places[id - 1] = 0 } }

  /// The number that stands for a text in ``CompactOffer``.
  package mutating func number(sharing text: String) -> Int { packed.number(sharing: text) }

  /// Makes room for numbers up to one, which are given even when their offers are gone.
  package mutating func reserve(through id: Int) {
    while places.count < id { places.append(0) }
  }

  /// The offer of a number, or nil.
  func offer(_ id: Int) -> Offer? { reader(id).map { Offer(id: id, $0, hasEvidence: true) } }

  /// The same without evidence; quicker where all are read.
  func summary(_ id: Int) -> Offer? { reader(id).map { Offer(id: id, $0, hasEvidence: false) } }

  /// The customer of an offer.
  func customer(of id: Int) -> String? {
    guard var reader = reader(id) else { return nil }
    _ = reader.byte()
    return reader.own()
  }

  /// The state of an offer.
  func state(_ id: Int) -> OfferState? {
    guard var reader = reader(id) else { return nil }
    return reader.choice(of: OfferState.all)
  }

  /// The state of an offer, and the place of its rule's identifier among the texts.
  func standing(_ id: Int) -> (state: OfferState, rule: Int)? {
    guard var reader = reader(id) else { return nil }
    let state = reader.choice(of: OfferState.all)
    reader.skipOwn()
    _ = reader.unsigned()
    let rule = reader.unsigned()
    return rule < UInt64(packed.texts.count) ? (state, Int(rule)) : nil
  }

  private func reader(_ id: Int) -> PackedReader? {
    has(id) ? PackedReader(packed, at: Int(places[id - 1] - 1)) : nil
  }
}

/// Which members an offer has that most have not.
struct OfferParts: OptionSet {
  let rawValue: UInt64

  static let percent = OfferParts(rawValue: 1)
  static let amount = OfferParts(rawValue: 2)
  static let threshold = OfferParts(rawValue: 4)
  static let category = OfferParts(rawValue: 8)
  static let product = OfferParts(rawValue: 16)
  static let text = OfferParts(rawValue: 32)
  static let target = OfferParts(rawValue: 64)
  static let reason = OfferParts(rawValue: 128)
  static let snoozed = OfferParts(rawValue: 256)
  static let exported = OfferParts(rawValue: 512)
  static let edited = OfferParts(rawValue: 1_024)
  static let redeemed = OfferParts(rawValue: 2_048)
  static let spent = OfferParts(rawValue: 4_096)
}

extension Offer {
  /// Reads what ``CompactOffer/write(to:)`` wrote.
  fileprivate init(id: Int, _ start: PackedReader, hasEvidence: Bool) {
    var reader = start
    let state = reader.choice(of: OfferState.all)
    let customer = reader.own()
    let parts = OfferParts(rawValue: reader.unsigned())
    let rule = RuleReference(
      id: reader.shared(), version: Int(reader.number()), hash: reader.shared(),
      title: reader.shared(), campaign: reader.shared())
    let (asOf, channel) = (reader.day(), reader.choice(of: ContactChannel.all))
    let (validUntil, cost, value) = (reader.day(), reader.number(), reader.number())
    let (stage, cohort) = (
      reader.choice(of: LifecycleStage.all), reader.choice(of: ValueCohort.all)
    )
    let target = parts.contains(.target) ? reader.choice(of: ValueCohort.all) : nil
    let reason = parts.contains(.reason) ? reader.shared() : ""
    let snoozed = parts.contains(.snoozed) ? reader.day() : nil
    let exported = parts.contains(.exported) ? reader.day() : nil
    let editedBy = parts.contains(.edited) ? reader.shared() : ""
    let redeemed = parts.contains(.redeemed) ? reader.day() : nil
    let spent = parts.contains(.spent) ? reader.number() : nil
    let terms = OfferTerms(&reader, parts)
    self.init(
      id: id, customer: customer, rule: rule, asOf: asOf, state: state, terms: terms,
      channel: channel, validUntil: validUntil, expectedCost: cost, expectedValue: value,
      stage: stage, cohort: cohort, target: target,
      evidence: hasEvidence ? Evidence(&reader) : Evidence())
    (self.reason, snoozedUntil, self.exported) = (reason, snoozed, exported)
    (self.editedBy, self.redeemed, self.spent) = (editedBy, redeemed, spent)
  }
}

extension OfferTerms {
  fileprivate init(_ reader: inout PackedReader, _ parts: OfferParts) {
    self.init(template: reader.shared(), kind: reader.choice(of: OfferKind.all))
    percent = parts.contains(.percent) ? Int(reader.number()) : nil
    amount = parts.contains(.amount) ? reader.number() : nil
    threshold = parts.contains(.threshold) ? reader.number() : nil
    if parts.contains(.category) { category = reader.shared() }
    if parts.contains(.product) { product = reader.shared() }
    if parts.contains(.text) { text = reader.shared() }
  }
}

extension Evidence {
  fileprivate init(_ reader: inout PackedReader) {
    let facts = reader.list { reader in
      let (fact, pointer) = (reader.shared(), reader.shared())
      return EvidenceFact(fact: fact, seen: reader.own(), pointer: pointer)
    }
    let purchases = reader.list { reader in
      PurchaseID(
        batch: UInt16(truncatingIfNeeded: reader.unsigned()),
        row: UInt32(truncatingIfNeeded: reader.unsigned()))
    }
    let counted = Int(reader.number())
    let lost = reader.list { LostRule(rule: $0.shared(), gate: $0.choice(of: Gate.all)) }
    self.init(facts: facts, purchases: purchases, purchasesCounted: counted, lost: lost)
  }
}

// All cases, made once: they are read a million times.
extension OfferState { static let all = allCases }
extension ContactChannel { static let all = allCases }
extension LifecycleStage { static let all = allCases }
extension ValueCohort { static let all = allCases }
extension OfferKind { static let all = allCases }
extension Gate { static let all = allCases }
