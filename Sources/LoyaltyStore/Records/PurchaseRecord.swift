import LoyaltyModel
import TextFormats

/// The line of a purchase; reading is done in bulk by ``PurchaseLoader``.
enum PurchaseRecord {
  /// The keys in canonical order, by the place that ``Key`` names.
  static let keys: [StaticString] = [
    "customer", "date", "amount", "units", "receipt", "product", "branch", "channel", "refunds",
    "row", "erased",
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
    static let erased = 10
  }

  /// Writes a purchase as an object; what is empty, and one unit, is left out.
  static func write(
    _ purchase: Purchase, row: Int, _ currency: Currency, isErased: Bool = false,
    to writer: inout JSONWriter
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
    if isErased {
      writer.key("erased")
      writer.bool(true)
    }
    writer.endObject()
  }

  /// Reads the line that a scanner for ``keys`` has found.
  static func read(
    _ scanner: NDJSONScanner, in bytes: RawSpan, digits: Int
  ) throws(NDJSONError) -> Purchase {
    func text(_ key: Int) throws(NDJSONError) -> String {
      scanner.has(key) ? try scanner.string(key, in: bytes) : ""
    }
    var purchase = Purchase(
      customer: try text(Key.customer), day: Day(number: try scanner.days(Key.date, in: bytes)),
      amount: try scanner.minorUnits(Key.amount, in: bytes, digits: digits))
    if scanner.has(Key.units) {
      purchase.units = Int32(truncatingIfNeeded: try scanner.int64(Key.units, in: bytes))
    }
    purchase.receipt = try text(Key.receipt)
    purchase.product = try text(Key.product)
    purchase.branch = try text(Key.branch)
    purchase.channel = try text(Key.channel)
    purchase.refunds = try text(Key.refunds)
    return purchase
  }
}
