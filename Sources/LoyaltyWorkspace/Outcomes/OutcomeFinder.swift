import LoyaltyAnalytics
import LoyaltyModel

/// Tells from the purchases what came of an offer that went out.
///
/// An offer is used on the first day, from the day on which it went out to its last, whose purchases
/// meet its terms: something of its category or product among them where it names one, and a total
/// from its basket on where it has one. That the customer would have bought anyway is possible; only
/// a comparison group tells.
struct OutcomeFinder {
  private let analysis: Analysis
  /// The last day whose purchases are known.
  let lastDay: Day

  /// - Parameters:
  ///   - analysis: The figures, for the purchases that stand as of their date.
  ///   - dataUntil: The last day that the data cover.
  init(_ analysis: Analysis, dataUntil: Day) {
    self.analysis = analysis
    lastDay = min(analysis.asOf, dataUntil)
  }

  /// Where an offer stands by the purchases, beside where it stands now.
  ///
  /// - Parameter offer: One that went out.
  /// - Returns: Redeemed with its day and amount, expired where its last day is over, else exported.
  func standing(of offer: Offer) -> OfferDecision.Standing {
    var standing = OfferDecision.Standing(state: .exported, exported: offer.exported)
    if let use = firstUse(of: offer) {
      (standing.state, standing.redeemed, standing.spent) = (.redeemed, use.day, use.amount)
    } else if offer.validUntil < lastDay {
      standing.state = .expired
    }
    return standing
  }

  private func firstUse(of offer: Offer) -> (day: Day, amount: Int64)? {
    guard let row = analysis.customers.row(of: offer.customer) else { return nil }
    let lines = analysis.figures.history.lines
    let range = lines.range(ofCustomer: row)
    let days = offer.firstDay.number...max(offer.firstDay, min(offer.validUntil, lastDay)).number
    var start = range.lowerBound
    while start < range.upperBound {
      let day = lines.days[start]
      var (end, amount, isAbout) = (start, Int64(0), false)
      while end < range.upperBound, lines.days[end] == day {
        amount += lines.amounts[end]
        isAbout = isAbout || self.isAbout(offer.terms, Int(lines.rows[end]))
        end += 1
      }
      if days.contains(day), isAbout, amount >= offer.terms.threshold ?? .min {
        return (Day(number: day), amount)
      }
      start = end
    }
    return nil
  }

  /// Whether a line of sale is of what the offer names; any is where it names nothing.
  private func isAbout(_ terms: OfferTerms, _ row: Int) -> Bool {
    guard !terms.product.isEmpty || !terms.category.isEmpty else { return true }
    guard let product = analysis.purchases.product(row) else { return false }
    return terms.product.isEmpty
      ? product.category == terms.category : product.sku == terms.product
  }
}

extension Offer {
  /// The first day on which it can have been used: that on which it went out; where it had run out
  /// by then, as in a demo, the day after the figures that it rests on.
  var firstDay: Day {
    guard let exported, exported <= validUntil else { return asOf + 1 }
    return exported
  }

  /// Whether it went out, whatever came of it since.
  var wentOut: Bool {
    switch state {
    case .exported, .redeemed, .expired: true
    default: false
    }
  }
}
