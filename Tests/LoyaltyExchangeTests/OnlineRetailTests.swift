import Foundation
import LoyaltyExchange
import LoyaltyModel
import TestSupport
import Testing

@Suite struct OnlineRetailTests {
  static let header =
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"

  @Test func linesBecomePurchases() throws {
    let file = try importFile(
      Self.header + """
        536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850,United Kingdom
        536366,85123A,white hanging heart?,2,2010-12-02 08:26:00,2.55,17850,United Kingdom
        C536367,85123A,WHITE HANGING HEART,-2,2010-12-03 09:00:00,2.55,17850,United Kingdom
        C536368,85123A,WHITE HANGING HEART,-5,2010-12-04 09:00:00,2.55,17850,United Kingdom
        C536369,85123A,WHITE HANGING HEART,-5,2010-12-05 09:00:00,2.55,17850,United Kingdom
        536370,71053,LANTERN,3,2010-12-05 10:00:00,0.001,,France
        536371,22139,,-7,2010-12-05 10:00:00,0,,France
        """)
    #expect(file.probe.profile == .onlineRetail)
    #expect(file.tally.rejected == 0)
    #expect(file.tally.anonymous == 2)
    #expect(file.read.purchases.map(\.amount) == [1530, 510, -510, -1275, -1275, 0, 0])
    #expect(file.read.purchases.map(\.units) == [6, 2, -2, -5, -5, 3, -7])
    // The newest receipt with enough units left; the last cancellation finds only one unit left.
    #expect(file.read.purchases.map(\.refunds) == ["", "", "536366", "536365", "", "", ""])
    #expect(file.read.purchases[0].receipt == "536365")
    #expect(file.read.products.map(\.name) == ["WHITE HANGING HEART"])
    #expect(file.read.customers.map(\.country) == ["United Kingdom"])
  }

  @Test func secondEditionAndLatin1() throws {
    let text =
      "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n"
      + "489434,85048,CAF~ 50#,12,12/31/2009 7:45,6.95,13085,United Kingdom\n"
    let bytes = text.utf8.map { $0 == 0x7E ? 0xC9 : $0 == 0x23 ? 0xA3 : $0 }
    let file = try importFile(bytes)
    #expect(file.probe.profile == .onlineRetail)
    #expect(file.probe.notes.contains(.encoding(.windows1252)))
    #expect(file.read.products.map(\.name) == ["CAFÉ 50£"])
    #expect(file.read.purchases.map(\.amount) == [8340])
    #expect(file.read.purchases.map(\.day) == [day("2009-12-31")])
  }

  @Test(.enabled(if: SharedData.isPresent, "\(SharedData.reason)"))
  func wholeFile() throws {
    let file = try importFile(unpacked("online_retail/online_retail.csv.gz"), currency: "GBP")
    #expect(file.tally.read == 541_909)
    #expect(file.tally.rejected == 0)
    #expect(file.tally.anonymous == 135_080)
    #expect(file.tally.firstDay == day("2010-12-01"))
    #expect(file.tally.lastDay == day("2011-12-09"))
    // The sum and the matches were made by a plain program in another language.
    #expect(file.read.total == 974_774_793)
    #expect(file.read.purchases.count { !$0.refunds.isEmpty } == 7_136)
    #expect(Set(file.read.purchases.map(\.customer)).subtracting([""]).count == 4_372)
    #expect(file.read.products.count == 3_921)
    var index = IdentityIndex()
    #expect(file.read.new(to: &index) == 541_909)
    #expect(file.read.new(to: &index) == 0)
  }

  private func unpacked(_ path: String) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", SharedData.url(path).path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return [UInt8](data)
  }
}
