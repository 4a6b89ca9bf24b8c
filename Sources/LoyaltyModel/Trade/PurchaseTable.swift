/// All purchases as columns, sorted by customer row, then day, then ``PurchaseID``.
///
/// The purchases of customer row `c` are the rows `offsets[c]..<offsets[c + 1]`.
package struct PurchaseTable: Sendable {
  /// Where each customer's purchases begin; one more than there are customers.
  package var offsets: Column<UInt32> = [0]
  /// Day numbers (see ``Day/number``), ascending within a customer.
  package var days: Column<Int32> = []
  /// Net amounts in minor units; negative for a refund.
  package var amounts: Column<Int64> = []
  /// Units; negative for a refund.
  package var units: Column<Int32> = []
  /// Numbers into ``products``; -1 when unknown.
  package var product: Column<Int32> = []
  /// Numbers into ``branches``; `UInt16.max` when unknown.
  package var branch: Column<UInt16> = []
  /// Numbers into ``channels``; `UInt8.max` when unknown.
  package var channel: Column<UInt8> = []
  /// The import of each row.
  package var batch: Column<UInt16> = []
  /// The row of each row within its import.
  package var batchRow: Column<UInt32> = []
  /// The table row of the purchase that a refund refunds, where it is known.
  package var refundedRow: [Int: Int] = [:]
  /// The products that are named by any purchase, by number: known ones and bare identifiers.
  package var products: [Product] = []
  /// Branch names by number.
  package var branches = LabelList()
  /// Channel names by number.
  package var channels = LabelList()
  /// Sales without a customer: how many lines, and their net amount in minor units.
  package var anonymous = (lines: 0, amount: Int64(0))

  /// An empty table.
  package init() {}

  /// The number of purchases that belong to customers.
  package var count: Int { days.count }

  /// The rows of a customer's purchases.
  package func rows(ofCustomer row: Int) -> Range<Int> { Int(offsets[row])..<Int(offsets[row + 1]) }

  /// The lasting identifier of a row.
  package func id(_ row: Int) -> PurchaseID { PurchaseID(batch: batch[row], row: batchRow[row]) }

  /// The product of a row, or nil when unknown.
  package func product(_ row: Int) -> Product? {
    product[row] < 0 ? nil : products[Int(product[row])]
  }
}
