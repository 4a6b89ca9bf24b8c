import LoyaltyModel
import TextFormats

/// Reads the lines of offers in bulk: its scanners are made once and used for every line.
///
/// A line that is not as this program writes it is left to the general reader, which knows what to
/// say about it and what to keep of it.
struct OfferLineReader {
  private let digits: Int
  private var line = NDJSONScanner(keys: OfferRecord.keys)
  private var rule = NDJSONScanner(keys: OfferRecord.ruleKeys)
  private var terms = NDJSONScanner(keys: OfferRecord.termsKeys)
  private var evidence = NDJSONScanner(keys: OfferRecord.evidenceKeys)
  private var fact = NDJSONScanner(keys: OfferRecord.factKeys)
  private var lost = NDJSONScanner(keys: OfferRecord.lostKeys)

  /// A reader of offers whose amounts are in a currency.
  init(_ currency: Currency) { digits = currency.digits }

  /// The offer of a line, without its line feed; nil where the general reader has to look.
  mutating func read(_ bytes: RawSpan) -> Offer? {
    do throws(NDJSONError) {
      line.move(to: 0)
      guard try line.next(in: bytes), line.others.isEmpty else { return nil }
      return try offer(bytes)
    } catch {
      return nil
    }
  }

  private mutating func offer(_ bytes: RawSpan) throws(NDJSONError) -> Offer? {
    let id = Int(try line.int64(0, in: bytes))
    guard (1...OfferRecord.maximumOfferNumber).contains(id), let rule = try readRule(bytes),
      let terms = try readTerms(bytes), let evidence = try readEvidence(bytes),
      let state: OfferState = try line.choice(4, bytes),
      let channel: ContactChannel = try line.choice(6, bytes),
      let stage: LifecycleStage = try line.choice(10, bytes),
      let cohort: ValueCohort = try line.choice(11, bytes)
    else { return nil }
    var offer = Offer(
      id: id, customer: try line.textIfPresent(1, bytes), rule: rule,
      asOf: Day(number: try line.days(3, in: bytes)), state: state, terms: terms,
      channel: channel, validUntil: Day(number: try line.days(7, in: bytes)),
      expectedCost: try line.minorUnits(8, in: bytes, digits: digits),
      expectedValue: try line.minorUnits(9, in: bytes, digits: digits), stage: stage,
      cohort: cohort, target: nil, evidence: evidence)
    if line.has(12) {
      guard let target: ValueCohort = try line.choice(12, bytes) else { return nil }
      offer.target = target
    }
    offer.reason = try line.textIfPresent(14, bytes)
    offer.snoozedUntil = line.has(15) ? Day(number: try line.days(15, in: bytes)) : nil
    offer.exported = line.has(16) ? Day(number: try line.days(16, in: bytes)) : nil
    offer.redeemed = line.has(17) ? Day(number: try line.days(17, in: bytes)) : nil
    offer.spent = line.has(18) ? try line.minorUnits(18, in: bytes, digits: digits) : nil
    offer.editedBy = try line.textIfPresent(19, bytes)
    return offer
  }

  private mutating func readRule(_ bytes: RawSpan) throws(NDJSONError) -> RuleReference? {
    guard try rule.enter(line.values[2], bytes) else { return nil }
    let bytes = bytes.extracting(line.values[2].range)
    return RuleReference(
      id: try rule.textIfPresent(0, bytes), version: Int(try rule.int64(1, in: bytes)),
      hash: try rule.textIfPresent(2, bytes), title: try rule.textIfPresent(3, bytes),
      campaign: try rule.textIfPresent(4, bytes))
  }

  private mutating func readTerms(_ bytes: RawSpan) throws(NDJSONError) -> OfferTerms? {
    guard try terms.enter(line.values[5], bytes) else { return nil }
    let bytes = bytes.extracting(line.values[5].range)
    guard let kind: OfferKind = try terms.choice(1, bytes) else { return nil }
    var found = OfferTerms(template: try terms.textIfPresent(0, bytes), kind: kind)
    found.percent = terms.has(2) ? Int(try terms.int64(2, in: bytes)) : nil
    found.amount = terms.has(3) ? try terms.minorUnits(3, in: bytes, digits: digits) : nil
    found.threshold = terms.has(4) ? try terms.minorUnits(4, in: bytes, digits: digits) : nil
    found.category = try terms.textIfPresent(5, bytes)
    found.product = try terms.textIfPresent(6, bytes)
    found.text = try terms.textIfPresent(7, bytes)
    return found
  }

  private mutating func readEvidence(_ bytes: RawSpan) throws(NDJSONError) -> Evidence? {
    guard line.has(13) else { return Evidence() }
    guard try evidence.enter(line.values[13], bytes) else { return nil }
    let bytes = bytes.extracting(line.values[13].range)
    var found = Evidence()
    let areFacts = try evidence.values[0].forEachObject(bytes, &fact) {
      (scanner, bytes) throws(NDJSONError) in
      found.facts.append(
        EvidenceFact(
          fact: try scanner.textIfPresent(0, bytes), seen: try scanner.textIfPresent(1, bytes),
          pointer: try scanner.textIfPresent(2, bytes)))
      return scanner.others.isEmpty
    }
    guard areFacts, let purchases = evidence.values[1].texts(bytes) else { return nil }
    for text in purchases {
      guard let id = PurchaseID(text) else { return nil }
      found.purchases.append(id)
    }
    found.purchasesCounted = evidence.has(2) ? Int(try evidence.int64(2, in: bytes)) : 0
    let areLost = try evidence.values[3].forEachObject(bytes, &lost) {
      (scanner, bytes) throws(NDJSONError) in
      guard let gate: Gate = try scanner.choice(1, bytes) else { return false }
      found.lost.append(LostRule(rule: try scanner.textIfPresent(0, bytes), gate: gate))
      return scanner.others.isEmpty
    }
    return areLost ? found : nil
  }
}

extension NDJSONScanner {
  /// A text; empty when absent.
  fileprivate func textIfPresent(
    _ index: Int, _ bytes: RawSpan
  ) throws(NDJSONError) -> String {
    has(index) ? try string(index, in: bytes) : ""
  }

  /// One of a closed list; nil where it is none of them.
  fileprivate func choice<Choice: RawRepresentable<String>>(
    _ index: Int, _ bytes: RawSpan
  ) throws(NDJSONError) -> Choice? {
    Choice(rawValue: try string(index, in: bytes))
  }

  /// Reads an object within a line; false where it is none, or holds what is not known here.
  fileprivate mutating func enter(
    _ value: NDJSONValue, _ bytes: RawSpan
  ) throws(NDJSONError) -> Bool {
    guard value.kind == .object else { return false }
    move(to: 0)
    return try next(in: bytes.extracting(value.range)) && others.isEmpty
  }
}
