package import LoyaltyModel

/// What makes two lines of sale the same purchase, as a 64-bit hash of its content.
///
/// With a receipt's number it is the receipt, customer, day, product, amount and units; without,
/// it is the customer, day, amount and units. Equal lines of one file are told apart by counting
/// them: see ``IdentityIndex``. Hashes are for comparing in memory; no file holds them.
package struct PurchaseIdentity: Hashable, Sendable {
  /// The hash; never zero.
  package let key: UInt64

  /// The identity of a line given by its parts; texts as UTF-8.
  ///
  /// - Parameters:
  ///   - customer: The customer's identifier; empty for an anonymous sale.
  ///   - day: The day of the sale.
  ///   - amount: The net amount in minor units.
  ///   - units: The number of units.
  ///   - receipt: The receipt's number; empty when unknown.
  ///   - product: The product's number; counts only beside a receipt.
  package init(
    customer: some Collection<UInt8>, day: Day, amount: Int64, units: Int32,
    receipt: some Collection<UInt8>, product: some Collection<UInt8>
  ) {
    var hash = ContentHash(seed: receipt.isEmpty ? 1 : 2)
    hash.combine(customer)
    hash.combineSale(day: day, amount: amount, units: units)
    if !receipt.isEmpty {
      hash.combine(receipt)
      hash.combine(product)
    }
    self.init(hash)
  }

  /// The identity whose parts were hashed.
  init(_ hash: ContentHash) { key = hash.value }

  /// The identity of a stored purchase.
  package init(_ purchase: Purchase) {
    self.init(
      customer: purchase.customer.utf8, day: purchase.day, amount: purchase.amount,
      units: purchase.units, receipt: purchase.receipt.utf8, product: purchase.product.utf8)
  }
}

extension ContentHash {
  /// Adds the numbers of a sale.
  mutating func combineSale(day: Day, amount: Int64, units: Int32) {
    combine(UInt64(UInt32(bitPattern: day.number)) << 32 | UInt64(UInt32(bitPattern: units)))
    combine(amount)
  }
}
