import LoyaltyModel
import TextFormats

/// The line of an offer.
enum OfferRecord {
  static let keys: [StaticString] = [
    "id", "customer", "rule", "as_of", "state", "terms", "channel", "valid_until",
    "expected_cost", "expected_value", "stage", "cohort", "target", "evidence", "reason",
    "snoozed_until", "exported", "redeemed", "spent", "edited_by",
  ]

  static let ruleKeys: [StaticString] = ["id", "version", "hash", "title", "campaign"]
  static let termsKeys: [StaticString] = [
    "template", "kind", "percent", "amount", "threshold", "category", "product", "text",
  ]
  static let evidenceKeys: [StaticString] = ["facts", "purchases", "purchases_counted", "lost"]
  static let factKeys: [StaticString] = ["fact", "seen", "at"]
  static let lostKeys: [StaticString] = ["rule", "gate"]

  /// The same with the keys of the objects in it.
  static let known = KnownKeys(
    keys,
    [
      "rule": KnownKeys(ruleKeys), "terms": KnownKeys(termsKeys),
      "evidence": KnownKeys(
        evidenceKeys, ["facts": KnownKeys(factKeys), "lost": KnownKeys(lostKeys)]),
    ])

  /// Reads an offer from an object.
  static func read(_ reader: RecordReader, _ currency: Currency) throws(RecordFlaw) -> Offer {
    let id = try reader.int("id")
    guard (1...maximumOfferNumber).contains(id) else { throw reader.flaw("id") }
    var offer = Offer(
      id: id, customer: try reader.text("customer"),
      rule: try rule(try reader.object("rule")), asOf: try reader.day("as_of"),
      state: try reader.choice("state"), terms: try terms(try reader.object("terms"), currency),
      channel: try reader.choice("channel"), validUntil: try reader.day("valid_until"),
      expectedCost: try reader.money("expected_cost", currency),
      expectedValue: try reader.money("expected_value", currency),
      stage: try reader.choice("stage"), cohort: try reader.choice("cohort"),
      target: try reader.optionalChoice("target"),
      evidence: try reader.optionalObject("evidence").map(evidence) ?? Evidence())
    offer.reason = try reader.text("reason")
    offer.snoozedUntil = try reader.optionalDay("snoozed_until")
    offer.exported = try reader.optionalDay("exported")
    offer.redeemed = try reader.optionalDay("redeemed")
    offer.spent = try reader.optionalMoney("spent", currency)
    offer.editedBy = try reader.text("edited_by")
    return offer
  }

  /// Numbers beyond this are taken as damage: a book has a place for each number below its last.
  static let maximumOfferNumber = 1 << 32

  private static func rule(_ reader: RecordReader) throws(RecordFlaw) -> RuleReference {
    RuleReference(
      id: try reader.text("id"), version: try reader.int("version"),
      hash: try reader.text("hash"), title: try reader.text("title"),
      campaign: try reader.text("campaign"))
  }

  private static func terms(
    _ reader: RecordReader, _ currency: Currency
  ) throws(RecordFlaw) -> OfferTerms {
    var terms = OfferTerms(
      template: try reader.text("template"), kind: try reader.choice("kind"))
    terms.percent = try reader.optionalInt("percent")
    terms.amount = try reader.optionalMoney("amount", currency)
    terms.threshold = try reader.optionalMoney("threshold", currency)
    terms.category = try reader.text("category")
    terms.product = try reader.text("product")
    terms.text = try reader.text("text")
    return terms
  }

  private static func evidence(_ reader: RecordReader) throws(RecordFlaw) -> Evidence {
    var purchases: [PurchaseID] = []
    for text in try reader.texts("purchases") {
      guard let id = PurchaseID(text) else { throw reader.flaw("purchases") }
      purchases.append(id)
    }
    return Evidence(
      facts: try reader.list("facts") { (reader) throws(RecordFlaw) in
        EvidenceFact(
          fact: try reader.text("fact"), seen: try reader.text("seen"),
          pointer: try reader.text("at"))
      },
      purchases: purchases,
      purchasesCounted: try reader.optionalInt("purchases_counted") ?? 0,
      lost: try reader.list("lost") { (reader) throws(RecordFlaw) in
        LostRule(rule: try reader.text("rule"), gate: try reader.choice("gate"))
      })
  }

  /// Writes an offer as an object.
  ///
  /// - Parameters:
  ///   - offer: The offer.
  ///   - currency: The currency of its amounts.
  ///   - others: Members that are not known here.
  ///   - writer: Takes the object.
  static func write(
    _ offer: Offer, _ currency: Currency, others: [JSONMember] = [], to writer: inout JSONWriter
  ) {
    writer.object(with: others, of: known) { write(offer, currency, &$0) }
  }

  private static func write(_ offer: Offer, _ currency: Currency, _ writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("id", offer.id)
    writer.member("customer", offer.customer)
    writer.object("rule") { write(offer.rule, to: &$0) }
    writer.member("as_of", offer.asOf)
    writer.member("state", offer.state.rawValue)
    writer.object("terms") { write(offer.terms, currency, to: &$0) }
    writer.member("channel", offer.channel.rawValue)
    writer.member("valid_until", offer.validUntil)
    writer.member("expected_cost", money: offer.expectedCost, currency)
    writer.member("expected_value", money: offer.expectedValue, currency)
    writer.member("stage", offer.stage.rawValue)
    writer.member("cohort", offer.cohort.rawValue)
    writer.member("target", offer.target?.rawValue ?? "")
    if offer.evidence != Evidence() {
      writer.object("evidence") { write(offer.evidence, to: &$0) }
    }
    writer.member("reason", offer.reason)
    writer.member("snoozed_until", offer.snoozedUntil)
    writer.member("exported", offer.exported)
    writer.member("redeemed", offer.redeemed)
    writer.member("spent", money: offer.spent, currency)
    writer.member("edited_by", offer.editedBy)
    writer.endObject()
  }

  private static func write(_ rule: RuleReference, to writer: inout JSONWriter) {
    writer.member("id", rule.id)
    writer.member("version", rule.version)
    writer.member("hash", rule.hash)
    writer.member("title", rule.title)
    writer.member("campaign", rule.campaign)
  }

  private static func write(
    _ terms: OfferTerms, _ currency: Currency, to writer: inout JSONWriter
  ) {
    writer.member("template", terms.template)
    writer.member("kind", terms.kind.rawValue)
    writer.member("percent", terms.percent)
    writer.member("amount", money: terms.amount, currency)
    writer.member("threshold", money: terms.threshold, currency)
    writer.member("category", terms.category)
    writer.member("product", terms.product)
    writer.member("text", terms.text)
  }

  private static func write(_ evidence: Evidence, to writer: inout JSONWriter) {
    writer.list("facts", evidence.facts) { writer, fact in
      writer.object {
        $0.member("fact", fact.fact)
        $0.member("seen", fact.seen)
        $0.member("at", fact.pointer)
      }
    }
    writer.member("purchases", evidence.purchases.map(\.description))
    if evidence.purchasesCounted != 0 {
      writer.member("purchases_counted", evidence.purchasesCounted)
    }
    writer.list("lost", evidence.lost) { writer, lost in
      writer.object {
        $0.member("rule", lost.rule)
        $0.member("gate", lost.gate.rawValue)
      }
    }
  }
}
