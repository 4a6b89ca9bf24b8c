import Foundation
import LoyaltyAnalytics
import LoyaltyModel
import TestSupport

/// The CDNOW master file as tables: 23,570 customers, 69,659 purchases, 1997-01-01 to 1998-06-30.
enum CDNOW {
  static let asOf = Day.of("1998-06-30")

  /// The customers and their purchases.
  static let tables: (customers: CustomerTable, purchases: PurchaseTable) = {
    let url = SharedData.url("cdnow/CDNOW_master.txt")
    let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    var (customers, sales) = (CustomerTable(), [Sale]())
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      let fields = line.split(separator: " ")
      guard fields.count == 4, let row = Int(fields[0]), let date = Int(fields[1]),
        let day = Day(year: date / 10_000, month: date / 100 % 100, day: date % 100),
        let units = Int32(fields[2]), let dollars = Double(fields[3])
      else { continue }
      // Customers are numbered from 00001 without gaps.
      if row > customers.count { customers.append(Customer(id: String(fields[0]))) }
      sales.append(
        Sale(row - 1, day.number, Int64((dollars * 100).rounded()), units: units))
    }
    return (customers, PurchaseTable.of(sales, customers: customers.count))
  }()

  static let history = PurchaseHistory(
    tables.purchases, customers: tables.customers.count, asOf: asOf)
  static let figures = CustomerFigures(history)
}
