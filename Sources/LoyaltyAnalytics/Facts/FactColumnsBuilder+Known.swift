package import LoyaltyModel

extension FactColumnsBuilder {
  /// The customers who were known on the as-of date.
  ///
  /// A record does not say since when it is kept, so that the dated traces in it tell: purchases and
  /// refunds, interest, feedback, consents, the wish not to be contacted. Who has traces, but all of
  /// them later, was not known yet; who has none at all may always have been and counts as known.
  package var known: RowSet {
    var known = RowSet(count: customers.count, all: true)
    let contact = LifecycleStage.allCases.firstIndex(of: .contact)
    analysis.stages.stages.places.withElements { places in
      // Any other stage rests on a purchase, on interest, or on orders that a source states.
      for row in places.indices where contact == Int(places[row]) {
        let first = firstTrace(row)
        if let first, first > analysis.asOf { known[row] = false }
      }
    }
    return known
  }

  /// The first day of which anything is recorded of a customer; nil where nothing has a day.
  private func firstTrace(_ row: Int) -> Day? {
    var days = customers.consents(row).map(\.day)
    if row + 1 < purchases.offsets.count, let first = purchases.rows(ofCustomer: row).first {
      days.append(Day(number: purchases.days[first]))
    }
    if let details = customers.details[row] {
      days += details.interests.map(\.day) + details.feedback.map(\.day)
      if let since = details.doNotContactSince { days.append(since) }
    }
    return days.min()
  }
}
