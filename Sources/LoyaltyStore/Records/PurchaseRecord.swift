import LoyaltyModel
import TextFormats

/// The line of a purchase; reading is done in bulk by ``PurchaseLoader``.
enum PurchaseRecord {
  /// The keys in canonical order, by the place that ``Key`` names.
  static let keys: [StaticString] = [
    "customer", "date", "amount", "units", "receipt", "product", "branch", "channel", "refunds",
    "row",
  ]

  /// The places of the keys.
  enum Key {
    static let customer = 0
    static let date = 1
    static let amount = 2
    static let units = 3
    static let receipt = 4
    static let product = 5
    static let branch = 6
    static let channel = 7
    static let refunds = 8
    static let row = 9
  }

  /// Writes a purchase as an object; what is empty, and one unit, is left out.
  static func write(
    _ purchase: Purchase, row: Int, _ currency: Currency, to writer: inout JSONWriter
  ) {
    writer.beginObject()
    writer.member("customer", purchase.customer)
    writer.key("date")
    writer.dateString(days: purchase.day.number)
    writer.member("amount", money: purchase.amount, currency)
    if purchase.units != 1 { writer.member("units", Int(purchase.units)) }
    writer.member("receipt", purchase.receipt)
    writer.member("product", purchase.product)
    writer.member("branch", purchase.branch)
    writer.member("channel", purchase.channel)
    writer.member("refunds", purchase.refunds)
    writer.member("row", row)
    writer.endObject()
  }
}
