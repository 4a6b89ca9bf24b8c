import Foundation
import LoyaltyAnalytics
import LoyaltyModel
import TestSupport

/// A CDNOW file as tables, customers numbered from 1 without gaps.
struct CDNOWFile {
  let customers: CustomerTable
  let purchases: PurchaseTable

  /// Reads a file whose rows end with customer, date, units and dollars.
  init(_ name: String) {
    let bytes = (try? Data(contentsOf: SharedData.url("cdnow/\(name)"))) ?? Data()
    var (customers, sales) = (CustomerTable(), [Sale]())
    for line in [UInt8](bytes).split(separator: UInt8(ascii: "\n")) {
      let fields = Array(CDNOWFile.numbers(line).suffix(4))
      // The header of the master file has no date.
      guard fields.count == 4,
        let day = Day(year: fields[1] / 10_000, month: fields[1] / 100 % 100, day: fields[1] % 100)
      else { continue }
      if fields[0] > customers.count {
        customers.append(Customer(id: String(String(100_000 + fields[0]).dropFirst())))
      }
      sales.append(Sale(fields[0] - 1, day.number, Int64(fields[3]), units: Int32(fields[2])))
    }
    self.customers = customers
    purchases = PurchaseTable.of(sales, customers: customers.count)
  }

  /// The numbers of a line, points left out: dollars always have two decimals and become cents.
  private static func numbers(_ line: ArraySlice<UInt8>) -> [Int] {
    line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }.map { field in
      field.reduce(0) { (48...57).contains($1) ? $0 * 10 + Int($1) - 48 : $0 }
    }
  }

  /// The purchases as known on a day.
  func history(_ day: String) -> PurchaseHistory {
    PurchaseHistory(purchases, customers: customers.count, asOf: Day.of(day))
  }
}

/// The CDNOW master file: 23,570 customers, 69,659 purchases, 1997-01-01 to 1998-06-30.
enum CDNOWMaster {
  static let asOf = Day.of("1998-06-30")
  static let tables = CDNOWFile("CDNOW_master.txt")
  static let history = tables.history("1998-06-30")
  static let figures = CustomerFigures(history)
}

/// The 1/10 sample that the papers use: 2,357 customers, 6,919 purchases.
enum CDNOWSample {
  static let tables = CDNOWFile("CDNOW_sample.txt")
}
