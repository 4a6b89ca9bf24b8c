import LoyaltyExchange
import LoyaltyModel

/// Brings what a file says came of offers together with the offers themselves.
struct ResultBook {
  private let book: OfferBook
  private let source: String
  private let replacesKnown: Bool
  private let today: Day
  /// The latest offer of a rule that went out to a customer; made when first asked for.
  private var sent: [Key: Int]?
  /// What each offer was said to have come to, by its number.
  private var said: [Int: OfferDecision.Standing] = [:]
  /// What changes, in the order of the file.
  private(set) var decisions: [OfferDecision] = []
  /// How many lines said what was known.
  private(set) var unchanged = 0

  private struct Key: Hashable {
    let customer: String
    let rule: String
  }

  /// - Parameters:
  ///   - book: All offers.
  ///   - source: The name of the file, which is kept with what it says.
  ///   - replacesKnown: Whether the file counts where something else is known already.
  ///   - today: Offers that still hold today cannot have run out.
  init(_ book: OfferBook, source: String, replacesKnown: Bool, today: Day) {
    (self.book, self.source) = (book, source)
    (self.replacesKnown, self.today) = (replacesKnown, today)
  }

  /// What staff should know; nil where nothing was said of any offer.
  func note(_ wording: Wording) -> String? {
    guard !decisions.isEmpty else { return nil }
    let used = decisions.count { $0.to.state == .redeemed }
    let number = wording.display.number(_:) as (Int) -> String
    return wording(
      "import-note.results", count: decisions.count,
      [
        "n": number(decisions.count), "used": number(used),
        "unused": number(decisions.count - used),
      ])
  }

  /// Takes what a line says.
  ///
  /// - Returns: Why it cannot be used; nil where it can.
  mutating func take(_ result: OfferResult) -> Rejection? {
    do throws(Rejection) {
      let offer = try offer(of: result)
      let standing = try standing(of: offer, result)
      if let before = said[offer.id] {
        guard before == standing else { throw .saidOtherwise(offer.id) }
        unchanged += 1
        return nil
      }
      said[offer.id] = standing
      if isKnown(standing, of: offer) {
        unchanged += 1
      } else {
        decisions.append(OfferDecision(offer: offer.id, from: offer.standing, to: standing))
      }
      return nil
    } catch {
      return error
    }
  }

  /// Whether there is nothing to change; which file said it first does not matter.
  private func isKnown(_ standing: OfferDecision.Standing, of offer: Offer) -> Bool {
    if !replacesKnown, offer.state != .exported { return true }
    var known = offer.standing
    // That nobody used it is said by the purchases until a file says it.
    if known.state == .redeemed || !known.reason.isEmpty { known.reason = standing.reason }
    return known == standing
  }

  private mutating func offer(of result: OfferResult) throws(Rejection) -> Offer {
    guard let number = result.offer else {
      let key = Key(customer: result.customer, rule: result.rule)
      guard let offer = latestSent[key].flatMap({ book[$0] }) else {
        throw .noneSent(customer: result.customer, rule: result.rule)
      }
      return offer
    }
    guard let offer = book[number] else {
      throw result.code.map { .wrongCode($0.text) } ?? .noSuchOffer(number)
    }
    if let code = result.code, code != OfferCode(offer) { throw .wrongCode(code.text) }
    guard result.customer.isEmpty || result.customer == offer.customer else {
      throw .otherCustomer(number, customer: result.customer)
    }
    guard offer.wentOut else { throw .notSent(number, offer.state) }
    return offer
  }

  private var latestSent: [Key: Int] {
    mutating get {
      if let sent { return sent }
      var latest: [Key: Int] = [:]
      book.forEach { offer in
        guard offer.wentOut else { return }
        latest[Key(customer: offer.customer, rule: offer.rule.id)] = offer.id
      }
      sent = latest
      return latest
    }
  }

  private func standing(
    of offer: Offer, _ result: OfferResult
  ) throws(Rejection) -> OfferDecision.Standing {
    var standing = OfferDecision.Standing(
      state: .expired, reason: source, exported: offer.exported)
    guard result.isRedeemed, let day = result.day else {
      guard offer.validUntil < today else { throw .stillHolds(offer.id, until: offer.validUntil) }
      return standing
    }
    guard day >= offer.firstDay else { throw .beforeSent(day, sent: offer.firstDay) }
    (standing.state, standing.redeemed) = (.redeemed, day)
    standing.spent = result.amount ?? (offer.redeemed == day ? offer.spent : nil)
    return standing
  }
}
