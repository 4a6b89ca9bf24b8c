import Foundation
import TestSupport
import Testing

@testable import TextFormats

/// The formats on real files; the expected figures are those published with the data.
@Suite(.enabled(if: SharedData.isPresent, "needs the data sets beside the checkout"))
struct SharedDataTests {
  @Test func cdnowIsReadWhole() throws {
    let bytes = Array(try Data(contentsOf: SharedData.url("cdnow/CDNOW_master.txt")))
    let reader = try TableReader(bytes, layout: .blanks)
    #expect(reader.header?.strings == ["customer_id", "date", "number_of_cds", "dollar_value"])
    var customers: Set<String> = []
    var days: [Int32] = []
    var total: Int64 = 0
    while let row = try reader.next() {
      #expect(row.issue == nil)
      customers.insert(row[0] ?? "")
      days.append(try DateParser().parse(row[1] ?? "").date.daysSinceEpoch)
      total += try AmountParser(digits: 2).minorUnits(row[3] ?? "")
    }
    #expect(reader.rowCount == 69_659)
    #expect(customers.count == 23_570)
    #expect(total == 250_031_563)
    #expect(days.min() == CivilDate(year: 1997, month: 1, day: 1)?.daysSinceEpoch)
    #expect(days.max() == CivilDate(year: 1998, month: 6, day: 30)?.daysSinceEpoch)
  }

  @Test func aCompressedFileIsKnown() throws {
    let bytes = Array(try Data(contentsOf: SharedData.url("online_retail/online_retail.csv.gz")))
    #expect(readTable(bytes).failure == .foreign(.gzip))
  }
}
