import Foundation
import LoyaltyAnalytics
import LoyaltyModel
import TestSupport

/// The CDNOW master file as tables: 23,570 customers, 69,659 purchases, 1997-01-01 to 1998-06-30.
enum CDNOWMaster {
  static let asOf = Day.of("1998-06-30")

  /// The customers and their purchases.
  static let tables: (customers: CustomerTable, purchases: PurchaseTable) = {
    let bytes = (try? Data(contentsOf: SharedData.url("cdnow/CDNOW_master.txt"))) ?? Data()
    var (customers, sales) = (CustomerTable(), [Sale]())
    for line in [UInt8](bytes).split(separator: UInt8(ascii: "\n")).dropFirst() {
      let fields = numbers(line)
      guard fields.count == 4,
        let day = Day(year: fields[1] / 10_000, month: fields[1] / 100 % 100, day: fields[1] % 100)
      else { continue }
      // Customers are numbered from 00001 without gaps.
      if fields[0] > customers.count {
        customers.append(Customer(id: String(String(100_000 + fields[0]).dropFirst())))
      }
      sales.append(
        Sale(fields[0] - 1, day.number, Int64(fields[3]), units: Int32(fields[2])))
    }
    return (customers, PurchaseTable.of(sales, customers: customers.count))
  }()

  /// The numbers of a line, points left out: dollars always have two decimals and become cents.
  private static func numbers(_ line: ArraySlice<UInt8>) -> [Int] {
    line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }.map { field in
      field.reduce(0) { (48...57).contains($1) ? $0 * 10 + Int($1) - 48 : $0 }
    }
  }

  static let history = PurchaseHistory(
    tables.purchases, customers: tables.customers.count, asOf: asOf)
  static let figures = CustomerFigures(history)
}
