/// One line of a sale, as it is stored: an amount that a customer paid, or got back, on a day.
package struct Purchase: Hashable, Sendable {
  /// The customer's identifier; empty for an anonymous sale.
  package var customer: String
  /// The day of the sale in the programme's time zone.
  package var day: Day
  /// The net amount in minor units; negative for a refund.
  package var amount: Int64
  /// The number of units; negative for a refund.
  package var units: Int32 = 1
  /// The receipt's number, verbatim; empty when unknown.
  package var receipt = ""
  /// The stock-keeping unit; empty when unknown.
  package var product = ""
  /// The branch; empty when unknown.
  package var branch = ""
  /// The sales channel, such as `web` or `shop`; empty when unknown.
  package var channel = ""
  /// The receipt that a refund refunds; empty when it is not known.
  package var refunds = ""

  /// The largest amount in minor units that one line may hold, in either direction.
  ///
  /// Nine million lines of it still add up within 64 bits, and no sale comes near it: whatever is
  /// larger is a slip, such as a barcode in the column of the amount.
  package static let largestAmount: Int64 = 1_000_000_000_000

  /// A sale to a customer on a day.
  package init(customer: String, day: Day, amount: Int64) {
    (self.customer, self.day, self.amount) = (customer, day, amount)
  }
}

/// Names one stored purchase for ever: the import that brought it and its row there.
package struct PurchaseID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The number of the import.
  package let batch: UInt16
  /// The row within the import, from 1.
  package let row: UInt32

  /// The purchase of a row of an import.
  package init(batch: UInt16, row: UInt32) { (self.batch, self.row) = (batch, row) }

  /// The identifier written as `3-1207`.
  package var description: String { "\(batch)-\(row)" }

  /// The identifier of a text such as `3-1207`, or nil.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let batch = UInt16(parts[0]), let row = UInt32(parts[1]) else {
      return nil
    }
    self.init(batch: batch, row: row)
  }

  package static func < (left: PurchaseID, right: PurchaseID) -> Bool {
    (left.batch, left.row) < (right.batch, right.row)
  }
}
