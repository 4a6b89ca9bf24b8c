import LoyaltyModel
import TextFormats

extension ContentHash {
  /// Adds a text given as a span.
  mutating func combine(_ text: RawSpan) {
    text.withUnsafeBytes { bytes in combine(bytes) }
  }
}

extension PurchaseIdentity {
  /// The identity of a line with a receipt, its texts given as spans.
  init(
    customer: RawSpan, day: Day, amount: Int64, units: Int32, receipt: RawSpan, product: RawSpan
  ) {
    var hash = ContentHash(seed: receipt.byteCount == 0 ? 1 : 2)
    hash.combine(customer)
    hash.combineSale(day: day, amount: amount, units: units)
    if receipt.byteCount > 0 {
      hash.combine(receipt)
      hash.combine(product)
    }
    self.init(hash)
  }

  /// The identity of a line without a receipt.
  init(customer: RawSpan, day: Day, amount: Int64, units: Int32) {
    var hash = ContentHash(seed: 1)
    hash.combine(customer)
    hash.combineSale(day: day, amount: amount, units: units)
    self.init(hash)
  }
}
