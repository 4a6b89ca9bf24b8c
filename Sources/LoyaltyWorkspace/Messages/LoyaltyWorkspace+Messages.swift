import LoyaltyModel
import LoyaltyStore

extension LoyaltyWorkspace {
  /// What the customer of an offer reads, line by line.
  func message(of offer: Offer) -> [String] {
    let row = state.customers.row(of: offer.customer)
    // The templates' own language, whatever the language in which the list is looked through.
    let display = DisplayFormat(.english)
    let product = state.product(offer.terms.product)
    return OfferMessage(
      offer, customerName: row.map { state.customers.names[$0] } ?? "",
      productName: product?.name ?? offer.terms.product, currency: currency, display: display
    ).lines
  }

  /// Why an offer was suggested, in one sentence.
  func why(of offer: Offer, _ wording: Wording) -> String {
    OfferWords(offer, rule: rule(of: offer), currency, wording).why
  }
}
