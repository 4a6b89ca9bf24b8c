extension PurchaseTable {
  /// What all amounts together, and a thousand times that, must not go beyond.
  private static let mostTogether = UInt64(Int64.max / 1_024)

  /// The purchases with amounts of which any sum can be told.
  ///
  /// Imports refuse amounts beyond all reason, but files may hold such already. Where their sum
  /// could overflow, each amount counts at most so much that it cannot.
  package var summable: PurchaseTable {
    var (total, isTooLarge) = (UInt64(0), false)
    for amount in amounts {
      let (sum, overflow) = total.addingReportingOverflow(amount.magnitude)
      (total, isTooLarge) = (sum, isTooLarge || overflow)
    }
    guard isTooLarge || total > Self.mostTogether else { return self }
    let most = Int64(Self.mostTogether / UInt64(count))
    var table = self
    for row in amounts.indices { table.amounts[row] = min(max(amounts[row], -most), most) }
    return table
  }
}
