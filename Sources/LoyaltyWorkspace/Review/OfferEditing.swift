package import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

/// New terms for an offer, as somebody writes them; nil leaves one as it is.
package struct OfferDraft: Sendable, Hashable {
  /// The discount in percent.
  package var percent: String?
  /// The discount or voucher as decimal text.
  package var amount: String?
  /// The basket from which it holds, as decimal text.
  package var threshold: String?
  /// The last day of validity, `YYYY-MM-DD`.
  package var validUntil: String?
  /// What the customer reads; empty for the template of the rule.
  package var text: String?

  /// Nothing changed.
  package init() {}

  /// What is written of a part; nil leaves it as it is.
  package subscript(field: OfferField) -> String? {
    switch field {
    case .percent: percent
    case .amount: amount
    case .threshold: threshold
    case .validUntil: validUntil
    case .text: text
    }
  }
}

/// A part of an offer's terms that can be changed by hand.
package enum OfferField: String, Sendable, CaseIterable {
  case percent, amount, threshold, validUntil, text
}

/// What is wrong with new terms.
package struct OfferEditProblem: Error, Sendable, Hashable {
  /// What kind of mistake it is.
  package enum Kind: Sendable, Hashable {
    /// It is not written as its kind is.
    case unreadable(String)
    /// It is no whole number; what the rule allows: from, to.
    case notWhole(String, from: String, to: String)
    /// The offer has no such part.
    case notOffered
    /// It is outside what the rule allows, in words of the programme's language: from, to.
    case outside(from: String, to: String)
    /// The text has a place for a value that no offer has, as it is written there, or one that is
    /// not written as places are; what may be written.
    case unknownPlace(String, allowed: String)
    /// The text is longer than this.
    case tooLong(Int)
  }

  /// The part.
  package var field: OfferField
  /// What is wrong with it.
  package var kind: Kind
}

/// What can be changed of an offer, within what its rule allows: nothing may become more generous
/// than the rule is, since budget and margin were reckoned with that.
///
/// A value, so that a form can tell cost and gain while somebody types.
package struct OfferEditing: Sendable {
  /// The offer as it stands.
  package let offer: Offer
  /// What the customer reads now, with places such as `{{percent}}` for what stands in other parts.
  package let text: String
  /// The parts that this offer has.
  package let fields: [OfferField]
  /// The percentages that are allowed.
  package let percents: ClosedRange<Int>
  /// The amounts that are allowed, in minor units.
  package let amounts: ClosedRange<Int64>
  /// The thresholds that are allowed, in minor units.
  package let thresholds: ClosedRange<Int64>
  /// The last days of validity that are allowed.
  package let days: ClosedRange<Day>

  private let rule: Rule
  private let averageBasket: Int64
  private let probability: Double
  private let margin: Double?
  private let currency: Currency
  private let display: DisplayFormat

  /// The longest text, in characters.
  package static let longestText = 600
  /// How far a threshold may be raised: many times the customer's own basket.
  private static let highestFactor: Int64 = 20

  init(
    _ offer: Offer, rule: Rule, campaign: Campaign?, text: String, threshold: Int64?,
    averageBasket: Int64, probability: Double, margin: Double?, asOf: Day, display: DisplayFormat
  ) {
    (self.offer, self.rule, self.averageBasket) = (offer, rule, averageBasket)
    (self.probability, self.margin, self.display) = (probability, margin, display)
    currency = rule.currency
    self.text = text
    percents = 1...max(1, rule.offer.percent ?? offer.terms.percent ?? 1)
    amounts = 1...max(1, rule.offer.amount ?? offer.terms.amount ?? 1)
    let present = offer.terms.threshold ?? 0
    let least = max(1, min(threshold ?? present, present))
    thresholds = least...max(least, max(least, averageBasket) * Self.highestFactor)
    let own = max(offer.validUntil, rule.window.until ?? asOf + 365)
    let last = campaign?.until.map { min(own, $0) } ?? own
    days = min(asOf, last)...last
    let terms = offer.terms
    fields = OfferField.allCases.filter { field in
      switch field {
      case .percent: terms.percent != nil
      case .amount: terms.amount != nil
      case .threshold: terms.threshold != nil
      case .validUntil, .text: true
      }
    }
  }

  /// What stands in a part now, as it is written.
  package func written(_ field: OfferField) -> String {
    let terms = offer.terms
    return switch field {
    case .percent: terms.percent.map(String.init) ?? ""
    case .amount: terms.amount.map { display.plainAmount($0, currency) } ?? ""
    case .threshold: terms.threshold.map { display.plainAmount($0, currency) } ?? ""
    case .validUntil: display.day(offer.validUntil)
    case .text: text
    }
  }

  /// What the rule allows of a part, as it is written for people; nil of a text.
  package func allowed(_ field: OfferField) -> (from: String, to: String)? {
    switch field {
    case .percent: ("\(percents.lowerBound) %", "\(percents.upperBound) %")
    case .amount:
      (display.amount(amounts.lowerBound, currency), display.amount(amounts.upperBound, currency))
    case .threshold:
      (
        display.amount(thresholds.lowerBound, currency),
        display.amount(thresholds.upperBound, currency)
      )
    case .validUntil: (display.day(days.lowerBound), display.day(days.upperBound))
    case .text: nil
    }
  }

  /// The offer as new terms would make it, with cost and gain reckoned anew.
  ///
  /// - Throws: The first thing that is wrong.
  package func offer(with draft: OfferDraft) throws(OfferEditProblem) -> Offer {
    for field in OfferField.allCases where draft[field] != nil && !fields.contains(field) {
      throw OfferEditProblem(field: field, kind: .notOffered)
    }
    var edited = offer
    if let text = draft.percent { edited.terms.percent = try percent(text) }
    if let text = draft.amount { edited.terms.amount = try money(text, .amount, amounts) }
    if let text = draft.threshold {
      edited.terms.threshold = try money(text, .threshold, thresholds)
    }
    if let text = draft.validUntil { edited.validUntil = try day(text) }
    if let text = draft.text { edited.terms.text = try message(text) }
    guard edited.terms != offer.terms || edited.validUntil != offer.validUntil else {
      return offer
    }
    // What a response brings does not change by what is offered; what it costs does.
    let gross = offer.expectedValue + offer.expectedCost
    if !hasSamePrice(edited) {
      edited.expectedCost = rule.expectedCost(
        terms: edited.terms, averageBasket: averageBasket, probability: probability)
      edited.expectedValue = gross - edited.expectedCost
    }
    return edited
  }

  private func hasSamePrice(_ edited: Offer) -> Bool {
    edited.terms.percent == offer.terms.percent && edited.terms.amount == offer.terms.amount
      && edited.terms.threshold == offer.terms.threshold
  }

  /// What is left of the margin of one redeemed basket, in minor units; nil where the programme has
  /// no margin set.
  ///
  /// The basket is the threshold, or the customer's average one; what redemption costs is taken off.
  package func marginLeft(_ edited: Offer) -> Int64? {
    guard let margin else { return nil }
    let basket = edited.terms.threshold ?? averageBasket
    let redeemed = rule.expectedCost(
      terms: edited.terms, averageBasket: averageBasket, probability: 1)
    return Int64((Double(basket) * margin).rounded()) - redeemed
  }

  // MARK: Reading

  private func percent(_ text: String) throws(OfferEditProblem) -> Int {
    let plain = text.filter { $0 != "%" && !$0.isWhitespace }
    guard let number = Int(plain) else {
      let (from, to) = allowed(.percent) ?? ("", "")
      throw OfferEditProblem(field: .percent, kind: .notWhole(text, from: from, to: to))
    }
    guard percents.contains(number) else { throw outside(.percent) }
    return number
  }

  private func outside(_ field: OfferField) -> OfferEditProblem {
    let (from, to) = allowed(field) ?? ("", "")
    return OfferEditProblem(field: field, kind: .outside(from: from, to: to))
  }

  private func money(
    _ text: String, _ field: OfferField, _ range: ClosedRange<Int64>
  ) throws(OfferEditProblem) -> Int64 {
    guard let amount = display.amount(anyhow: text.trimmingBlanks, currency) else {
      throw OfferEditProblem(field: field, kind: .unreadable(text))
    }
    guard range.contains(amount) else { throw outside(field) }
    return amount
  }

  private func day(_ text: String) throws(OfferEditProblem) -> Day {
    guard let day = display.day(written: text.trimmingBlanks) else {
      throw OfferEditProblem(field: .validUntil, kind: .unreadable(text))
    }
    guard days.contains(day) else { throw outside(.validUntil) }
    return day
  }

  private func message(_ text: String) throws(OfferEditProblem) -> String {
    let text = text.trimmingBlanks
    guard text.count <= Self.longestText else {
      throw OfferEditProblem(field: .text, kind: .tooLong(Self.longestText))
    }
    guard let unknown = try? OfferMessage.unknownNames(in: text) else {
      throw OfferEditProblem(field: .text, kind: .unreadable(text))
    }
    let places = OfferMessage.singleBraces(in: text) + unknown.map { "{{\($0)}}" }
    if let place = places.first {
      throw OfferEditProblem(
        field: .text, kind: .unknownPlace(place, allowed: OfferMessage.places))
    }
    return text
  }
}

extension LoyaltyWorkspace {
  /// What can be changed of an offer.
  ///
  /// - Throws: An error when there is no such offer, it can no longer be decided, a colleague has it,
  ///   or the version of its rule is not kept.
  package func editing(_ id: Int) throws(WorkspaceError) -> OfferEditing {
    let offer = try offer(id)
    _ = try offer.standing(after: .approve)
    try checkNotTaken([id])
    guard let rule = rule(of: offer) else { throw .ruleGone(id, rule: offer.rule.id) }
    let analysis = analysis()
    guard let row = analysis.customers.row(of: offer.customer) else {
      throw .noSuchCustomer(offer.customer)
    }
    func money(_ fact: String) -> Int64? {
      guard case .int64(let values)? = analysis.facts.columns[fact] else { return nil }
      return Int64(known: values[row])
    }
    let threshold = rule.offer.threshold.flatMap { threshold in
      money(threshold.of.id).map { threshold.amount(for: $0) }
    }
    return OfferEditing(
      offer, rule: rule, campaign: state.programme.campaign(self.campaign(of: offer)),
      text: message(about: offer).text, threshold: threshold,
      averageBasket: money("average_basket") ?? 0,
      probability: rule.score.probability(offerLines { $0.responses[rule.id] }),
      margin: state.programme.margin, asOf: analysis.asOf, display: display)
  }

  /// Changes the terms of an offer that waits or is approved; on disk when it returns.
  ///
  /// - Returns: What was done; it can be undone like any change.
  /// - Throws: An error that says what is wrong with the new terms, or that the offer changed
  ///   meanwhile.
  package func edit(_ id: Int, _ draft: OfferDraft) throws(WorkspaceError) -> Receipt {
    let editing = try editing(id)
    var edited: Offer
    do throws(OfferEditProblem) {
      edited = try editing.offer(with: draft)
    } catch {
      throw .badEdit([error])
    }
    guard edited != editing.offer else {
      return Receipt(text: wording["receipt.unchanged"], events: [], offers: [])
    }
    edited.editedBy = environment.user
    let events = try commit([.offer(from: editing.offer, to: edited)])
    return Receipt(
      text: receiptWords.edit(editing.offer, edited),
      events: events.map(\.sequence), offers: [id])
  }
}

extension OfferEditProblem {
  /// What is wrong, and what may be written.
  func message(_ wording: Wording) -> String {
    let name =
      switch field {
      case .percent: wording["edit.percent"]
      case .amount: wording["edit.amount"]
      case .threshold: wording["edit.threshold"]
      case .validUntil: wording["edit.valid-until"]
      case .text: wording["edit.text"]
      }
    return switch kind {
    case .unreadable(let text): wording("edit.unreadable", ["name": name, "text": text])
    case .notWhole(let text, let from, let to):
      wording("edit.not-whole", ["name": name, "text": text, "from": from, "to": to])
    case .notOffered: wording("edit.not-offered", ["name": name])
    case .outside(let from, let to):
      wording("edit.outside", ["name": name, "from": from, "to": to])
    case .unknownPlace(let unknown, let allowed):
      wording("edit.unknown-name", ["name": name, "unknown": unknown, "known": allowed])
    case .tooLong(let most): wording("edit.too-long", ["name": name, "n": String(most)])
    }
  }
}
