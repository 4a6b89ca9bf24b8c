import LoyaltyModel
import TextFormats

/// Reads the lines of offers as this program writes them; every other line is left to
/// ``OfferLineReader``.
struct CompactOfferReader {
  private let digits: Int
  private var offer = CompactOffer()
  private var texts = SharedTexts()
  private var states = ChoiceMemo<OfferState>()
  private var channels = ChoiceMemo<ContactChannel>()
  private var stages = ChoiceMemo<LifecycleStage>()
  private var cohorts = ChoiceMemo<ValueCohort>()
  private var kinds = ChoiceMemo<OfferKind>()
  private var gates = ChoiceMemo<Gate>()
  /// The number of the empty text, once it is known.
  private var empty: Int?
  private let key = Keys()

  /// What stands before the values.
  private struct Keys {
    let id: ByteLiteral = #"{"id":"#
    let customer: ByteLiteral = #","customer":""#
    let rule: ByteLiteral = #","rule":{"id":""#
    let version: ByteLiteral = #","version":"#
    let hash: ByteLiteral = #","hash":""#
    let title: ByteLiteral = #","title":""#
    let campaign: ByteLiteral = #","campaign":""#
    let asOf: ByteLiteral = #"},"as_of":""#
    let state: ByteLiteral = #","state":""#
    let terms: ByteLiteral = #","terms":{"template":""#
    let kind: ByteLiteral = #","kind":""#
    let percent: ByteLiteral = #","percent":"#
    let amount: ByteLiteral = #","amount":""#
    let threshold: ByteLiteral = #","threshold":""#
    let category: ByteLiteral = #","category":""#
    let product: ByteLiteral = #","product":""#
    let text: ByteLiteral = #","text":""#
    let channel: ByteLiteral = #"},"channel":""#
    let validUntil: ByteLiteral = #","valid_until":""#
    let expectedCost: ByteLiteral = #","expected_cost":""#
    let expectedValue: ByteLiteral = #","expected_value":""#
    let stage: ByteLiteral = #","stage":""#
    let cohort: ByteLiteral = #","cohort":""#
    let target: ByteLiteral = #","target":""#
    let evidence: ByteLiteral = #","evidence":{"#
    let facts: ByteLiteral = #""facts":["#
    let fact: ByteLiteral = #"{"fact":""#
    let seen: ByteLiteral = #","seen":""#
    let pointer: ByteLiteral = #","at":""#
    let purchases: ByteLiteral = #""purchases":["#
    let counted: ByteLiteral = #""purchases_counted":"#
    let lost: ByteLiteral = #""lost":["#
    let lostRule: ByteLiteral = #"{"rule":""#
    let gate: ByteLiteral = #","gate":""#
    let reason: ByteLiteral = #","reason":""#
    let snoozed: ByteLiteral = #","snoozed_until":""#
    let exported: ByteLiteral = #","exported":""#
    let redeemed: ByteLiteral = #","redeemed":""#
    let spent: ByteLiteral = #","spent":""#
    let editedBy: ByteLiteral = #","edited_by":""#
  }

  /// A reader of offers whose amounts are in a currency.
  init(_ currency: Currency) { digits = currency.digits }

  /// Adds the offer of the line at an offset.
  ///
  /// - Parameters:
  ///   - bytes: What the line stands in.
  ///   - offset: Where it begins.
  ///   - offers: Takes the offer.
  /// - Returns: The place of its line feed; nil, and nothing is added, where another reader has to
  ///   look.
  mutating func read(_ bytes: RawSpan, at offset: Int, into offers: inout PackedOffers) -> Int? {
    var cursor = LineCursor(offset)
    guard readRule(bytes, &cursor, &offers), readTerms(bytes, &cursor, &offers),
      readClasses(bytes, &cursor), readEvidence(bytes, &cursor, &offers),
      readFate(bytes, &cursor, &offers), let end = cursor.lineEnd(bytes)
    else { return nil }
    offers.append(offer)
    return end
  }

  private mutating func readRule(
    _ bytes: RawSpan, _ cursor: inout LineCursor, _ offers: inout PackedOffers
  ) -> Bool {
    guard cursor.take(key.id, bytes), let id = cursor.integer(bytes),
      (1...OfferRecord.maximumOfferNumber).contains(Int(id)), cursor.take(key.customer, bytes),
      let customer = cursor.text(bytes), cursor.take(key.rule, bytes),
      let rule = texts.number(&cursor, bytes, in: &offers), cursor.take(key.version, bytes),
      let version = cursor.integer(bytes),
      let hash = optional(key.hash, bytes, &cursor, &offers, emptyText(&offers)),
      let title = optional(key.title, bytes, &cursor, &offers, emptyText(&offers)),
      let campaign = optional(key.campaign, bytes, &cursor, &offers, emptyText(&offers)),
      cursor.take(key.asOf, bytes), let asOf = cursor.day(bytes),
      cursor.take(key.state, bytes), let state = states.choice(&cursor, bytes)
    else { return false }
    offer.begin(Int(id), customer: bytes, customer)
    offer.rule = (rule, version, hash, title, campaign)
    (offer.asOf, offer.state) = (asOf, state)
    return true
  }

  private mutating func readTerms(
    _ bytes: RawSpan, _ cursor: inout LineCursor, _ offers: inout PackedOffers
  ) -> Bool {
    guard cursor.take(key.terms, bytes),
      let template = texts.number(&cursor, bytes, in: &offers), cursor.take(key.kind, bytes),
      let kind = kinds.choice(&cursor, bytes)
    else { return false }
    offer.terms = (template, kind)
    if cursor.take(key.percent, bytes) {
      guard let percent = cursor.integer(bytes) else { return false }
      offer.percent = percent
    }
    return amount(key.amount, bytes, &cursor, \.amount)
      && amount(key.threshold, bytes, &cursor, \.threshold)
      && text(key.category, bytes, &cursor, &offers, \.category)
      && text(key.product, bytes, &cursor, &offers, \.product)
      && text(key.text, bytes, &cursor, &offers, \.text)
  }

  private mutating func readClasses(_ bytes: RawSpan, _ cursor: inout LineCursor) -> Bool {
    guard cursor.take(key.channel, bytes), let channel = channels.choice(&cursor, bytes),
      cursor.take(key.validUntil, bytes), let validUntil = cursor.day(bytes),
      cursor.take(key.expectedCost, bytes),
      let cost = cursor.amount(bytes, digits: digits), cursor.take(key.expectedValue, bytes),
      let value = cursor.amount(bytes, digits: digits), cursor.take(key.stage, bytes),
      let stage = stages.choice(&cursor, bytes), cursor.take(key.cohort, bytes),
      let cohort = cohorts.choice(&cursor, bytes)
    else { return false }
    (offer.channel, offer.validUntil) = (channel, validUntil)
    (offer.expectedCost, offer.expectedValue) = (cost, value)
    (offer.stage, offer.cohort) = (stage, cohort)
    if cursor.take(key.target, bytes) {
      guard let target = cohorts.choice(&cursor, bytes) else { return false }
      offer.target = target
    }
    return true
  }

  private mutating func readEvidence(
    _ bytes: RawSpan, _ cursor: inout LineCursor, _ offers: inout PackedOffers
  ) -> Bool {
    guard cursor.take(key.evidence, bytes) else { return true }
    var goesOn = true
    if cursor.take(key.facts, bytes) {
      guard readFacts(bytes, &cursor, &offers) else { return false }
      goesOn = cursor.take(UInt8(ascii: ","), bytes)
    }
    if goesOn, cursor.take(key.purchases, bytes) {
      guard readPurchases(bytes, &cursor) else { return false }
      goesOn = cursor.take(UInt8(ascii: ","), bytes)
    }
    if goesOn, cursor.take(key.counted, bytes) {
      guard let counted = cursor.integer(bytes) else { return false }
      offer.purchasesCounted = counted
      goesOn = cursor.take(UInt8(ascii: ","), bytes)
    }
    if goesOn, cursor.take(key.lost, bytes) {
      guard readLost(bytes, &cursor, &offers) else { return false }
      goesOn = false
    }
    return !goesOn && cursor.take(UInt8(ascii: "}"), bytes)
  }

  private mutating func readFacts(
    _ bytes: RawSpan, _ cursor: inout LineCursor, _ offers: inout PackedOffers
  ) -> Bool {
    repeat {
      guard cursor.take(key.fact, bytes), let fact = texts.number(&cursor, bytes, in: &offers),
        cursor.take(key.seen, bytes), let seen = cursor.text(bytes),
        let pointer = optional(key.pointer, bytes, &cursor, &offers, emptyText(&offers)),
        cursor.take(UInt8(ascii: "}"), bytes)
      else { return false }
      offer.addFact(fact, pointer: pointer, seen: bytes, seen)
    } while cursor.take(UInt8(ascii: ","), bytes)
    return cursor.take(UInt8(ascii: "]"), bytes)
  }

  private mutating func readPurchases(_ bytes: RawSpan, _ cursor: inout LineCursor) -> Bool {
    repeat {
      guard cursor.take(UInt8(ascii: "\""), bytes),
        let batch = cursor.integer(bytes).flatMap({ UInt16(exactly: $0) }),
        cursor.take(UInt8(ascii: "-"), bytes),
        let row = cursor.integer(bytes).flatMap({ UInt32(exactly: $0) }),
        cursor.take(UInt8(ascii: "\""), bytes)
      else { return false }
      offer.purchases.append(PurchaseID(batch: batch, row: row))
    } while cursor.take(UInt8(ascii: ","), bytes)
    return cursor.take(UInt8(ascii: "]"), bytes)
  }

  private mutating func readLost(
    _ bytes: RawSpan, _ cursor: inout LineCursor, _ offers: inout PackedOffers
  ) -> Bool {
    repeat {
      guard cursor.take(key.lostRule, bytes),
        let rule = texts.number(&cursor, bytes, in: &offers), cursor.take(key.gate, bytes),
        let gate = gates.choice(&cursor, bytes), cursor.take(UInt8(ascii: "}"), bytes)
      else { return false }
      offer.lost.append((rule, gate))
    } while cursor.take(UInt8(ascii: ","), bytes)
    return cursor.take(UInt8(ascii: "]"), bytes)
  }

  /// Reads what became of the offer.
  private mutating func readFate(
    _ bytes: RawSpan, _ cursor: inout LineCursor, _ offers: inout PackedOffers
  ) -> Bool {
    text(key.reason, bytes, &cursor, &offers, \.reason)
      && day(key.snoozed, bytes, &cursor, \.snoozedUntil)
      && day(key.exported, bytes, &cursor, \.exported)
      && day(key.redeemed, bytes, &cursor, \.redeemed)
      && amount(key.spent, bytes, &cursor, \.spent)
      && text(key.editedBy, bytes, &cursor, &offers, \.editedBy)
  }

  // MARK: Members that may be absent; false where one is there and makes no sense

  private mutating func text(
    _ key: ByteLiteral, _ bytes: RawSpan, _ cursor: inout LineCursor,
    _ offers: inout PackedOffers, _ member: WritableKeyPath<CompactOffer, Int?>
  ) -> Bool {
    guard cursor.take(key, bytes) else { return true }
    guard let number = texts.number(&cursor, bytes, in: &offers) else { return false }
    offer[keyPath: member] = number
    return true
  }

  private mutating func amount(
    _ key: ByteLiteral, _ bytes: RawSpan, _ cursor: inout LineCursor,
    _ member: WritableKeyPath<CompactOffer, Int64?>
  ) -> Bool {
    guard cursor.take(key, bytes) else { return true }
    guard let amount = cursor.amount(bytes, digits: digits) else { return false }
    offer[keyPath: member] = amount
    return true
  }

  private mutating func day(
    _ key: ByteLiteral, _ bytes: RawSpan, _ cursor: inout LineCursor,
    _ member: WritableKeyPath<CompactOffer, Int32?>
  ) -> Bool {
    guard cursor.take(key, bytes) else { return true }
    guard let day = cursor.day(bytes) else { return false }
    offer[keyPath: member] = day
    return true
  }

  /// The number of a text, or another one where it is absent; nil where it makes no sense.
  @inline(__always)
  private mutating func optional(
    _ key: ByteLiteral, _ bytes: RawSpan, _ cursor: inout LineCursor,
    _ offers: inout PackedOffers, _ otherwise: Int
  ) -> Int? {
    cursor.take(key, bytes) ? texts.number(&cursor, bytes, in: &offers) : otherwise
  }

  private mutating func emptyText(_ offers: inout PackedOffers) -> Int {
    if let empty { return empty }
    let number = offers.number(sharing: "")
    empty = number
    return number
  }
}
