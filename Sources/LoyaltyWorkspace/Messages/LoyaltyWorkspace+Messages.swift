import LoyaltyModel
import LoyaltyStore

extension LoyaltyWorkspace {
  /// What the customer of an offer reads, line by line.
  func message(of offer: Offer) -> [String] { message(about: offer).lines }

  /// What the customer of an offer reads.
  func message(about offer: Offer) -> OfferMessage {
    let row = state.customers.row(of: offer.customer)
    let product = state.product(offer.terms.product)
    return OfferMessage(
      offer, customerName: row.map { state.customers.names[$0] } ?? "",
      productName: product?.name ?? offer.terms.product, currency: currency, customerWords)
  }

  /// Why an offer was suggested, in one sentence.
  func why(of offer: Offer, _ wording: Wording) -> String {
    OfferWords(offer, rule: rule(of: offer), currency, wording).why
  }
}
