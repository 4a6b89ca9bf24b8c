/// The lasting identifiers of purchases, looked up in the table where they stand.
package struct PurchaseIDs: Sendable {
  private let rows: Column<UInt32>
  private let batch: Column<UInt16>
  private let batchRow: Column<UInt32>

  /// No identifiers.
  package init() { self.init([], of: PurchaseTable()) }

  /// The identifiers of some rows of a table, in their order.
  package init(_ rows: Column<UInt32>, of table: PurchaseTable) {
    (self.rows, batch, batchRow) = (rows, table.batch, table.batchRow)
  }

  /// Some identifiers.
  package init(_ ids: [PurchaseID]) {
    rows = Column((0..<ids.count).map { UInt32($0) })
    (batch, batchRow) = (Column(ids.map(\.batch)), Column(ids.map(\.row)))
  }
}

extension PurchaseIDs: RandomAccessCollection {
  package typealias Indices = Range<Int>

  /// 0.
  package var startIndex: Int { 0 }
  /// The number of purchases.
  package var endIndex: Int { rows.count }
  /// The identifier of a purchase.
  package subscript(place: Int) -> PurchaseID {
    let row = Int(rows[place])
    return PurchaseID(batch: batch[row], row: batchRow[row])
  }
}
