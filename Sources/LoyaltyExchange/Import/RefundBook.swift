/// What was sold so far in a file, to find the receipt that a refund takes back: the newest one
/// of the same customer, product and price that has as many units left.
///
/// Only the newest ``Generation/most`` to twice as many lines are remembered, so that memory is
/// bounded; a refund of an older one stays without its receipt.
struct RefundBook {
  private struct Sale {
    let receipt: UInt32
    var left: Int32
    /// The place of the sale before it with the same key, or -1.
    let previous: Int32
  }

  private struct Generation {
    static let most = 1 << 20
    /// How many sales are looked through, so that a file of one customer takes no square time.
    static let longestSearch = 1000
    var newest: [UInt64: Int32] = [:]
    var sales: [Sale] = []
    var receipts: [String] = []

    mutating func sell(_ key: UInt64, units: Int32, receipt: String) {
      if receipts.last != receipt { receipts.append(receipt) }
      let previous = newest.updateValue(Int32(sales.count), forKey: key) ?? -1
      sales.append(
        Sale(receipt: UInt32(receipts.count - 1), left: units, previous: previous))
    }

    mutating func refund(_ key: UInt64, units: Int32) -> String? {
      var place = newest[key] ?? -1
      var steps = 0
      while place >= 0, steps < Self.longestSearch {
        steps += 1
        let sale = sales[Int(place)]
        if sale.left >= units {
          sales[Int(place)].left -= units
          return receipts[Int(sale.receipt)]
        }
        place = sale.previous
      }
      return nil
    }
  }

  private var present = Generation()
  private var past = Generation()

  /// Remembers units that were sold; the key stands for customer, product and price.
  mutating func sell(_ key: UInt64, units: Int32, receipt: String) {
    if present.sales.count == Generation.most { (past, present) = (present, Generation()) }
    present.sell(key, units: units, receipt: receipt)
  }

  /// The receipt of units that come back; empty when none fits.
  mutating func refund(_ key: UInt64, units: Int32) -> String {
    present.refund(key, units: units) ?? past.refund(key, units: units) ?? ""
  }
}
