import Foundation
import LoyaltyExchange
import LoyaltyModel
import TestSupport
import Testing

@Suite struct CDNOWTests {
  @Test func excerptIsReadWhole() throws {
    let file = try importFile(Fixture.bytes("cdnow_excerpt.txt"))
    #expect(file.probe.profile == .cdnow)
    #expect(file.tally.read == 38)
    #expect(file.tally.rejected == 0)
    #expect(file.tally.firstDay == day("1997-01-01"))
    #expect(file.tally.lastDay == day("1998-05-28"))
    #expect(file.read.total == 97_091)
    #expect(Set(file.read.purchases.map(\.customer)).count == 12)
    var second = Purchase(customer: "00002", day: day("1997-01-12"), amount: 7700)
    second.units = 5
    #expect(file.read.purchases[2] == second)
    #expect(file.read.lines == Array(2...39))
    #expect(file.read.purchases.count { $0.amount == 0 } == 3)
    #expect(file.read.customers.isEmpty)
  }

  @Test(arguments: [1, 2, 3, 7, 64, 1000])
  func howTheFileIsCutMakesNoDifference(chunk: Int) throws {
    let bytes = try Fixture.bytes("cdnow_excerpt.txt")
    let whole = try importFile(bytes)
    let cut = try importFile(bytes, chunk: chunk)
    #expect(cut.read.purchases == whole.read.purchases)
    #expect(cut.read.lines == whole.read.lines)
    #expect(cut.read.progress.last == bytes.count)
  }

  @Test func withoutHeaderAndAsSample() throws {
    let master = try importFile("00001 19970101  1   11.77\r\n00002 19970112  5   77.00\r\n")
    #expect(master.probe.profile == .cdnow)
    #expect(!master.probe.look.hasHeader)
    let sample = try importFile("00001 0001 19970101  1   11.77\n 00002 0002 19970112 5 77.00\n")
    #expect(sample.probe.look.header[1] == "sample_id")
    // The sample's customers are those of the master file, so that both can be imported.
    #expect(sample.read.purchases == master.read.purchases)
  }

  @Test(arguments: ["\t", ",", ";"])
  func otherDelimitersAreTold(delimiter: String) throws {
    let rows = [
      ["customer_id", "date", "number_of_cds", "dollar_value"],
      ["00001", "19970101", "1", "11.77"],
    ]
    let text = rows.map { $0.joined(separator: delimiter) }.joined(separator: "\n")
    let file = try importFile(text)
    #expect(file.probe.profile == .cdnow)
    #expect(
      file.read.purchases == [Purchase(customer: "00001", day: day("1997-01-01"), amount: 1177)])
  }

  @Test func badLinesAreRejectedWithReasons() throws {
    let file = try importFile(
      """
      customer_id date number_of_cds dollar_value
      00001 19971301 1 11.77
      00002 19970112 1 12.005
      00003 19970112 1
      00004 19970112 1 12.00 7
      00005 19970229 1 12.00
      00006 20990101 1 12.00
      00007 19970112 x 12.00
      00008 19970112 1 12,00
      00009 19970112 1 99999999999999999999
      00010 19970112 1 12.000
      """)
    #expect(
      file.read.reasons == [
        "2: date: no month 13 in 19971301; write the date as YYYY-MM-DD",
        "3: amount: \"12.005\" has more than 2 decimals.",
        "4: 3 fields where the header has 4.",
        "5: 5 fields where the header has 4; is a quote missing?",
        "6: date: month 2 of 1997 has no day 29 in 19970229; write the date as YYYY-MM-DD",
        "7: date: 2099-01-01 lies after today, 2026-06-30",
        "8: quantity: \"x\" is no amount.",
        "9: amount: \"12,00\" is not written with a decimal point.",
        "10: amount: \"99999999999999999999\" is larger than an amount may be.",
      ])
    #expect(
      file.read.purchases == [Purchase(customer: "00010", day: day("1997-01-12"), amount: 1200)])
    #expect(file.tally.read == 10)
    #expect(file.tally.rejected == 9)
    #expect(!file.tally.isUseless)
  }

  @Test(.enabled(if: SharedData.isPresent, "\(SharedData.reason)"))
  func wholeFileAndSample() throws {
    let bytes = [UInt8](try Data(contentsOf: SharedData.url("cdnow/CDNOW_master.txt")))
    let file = try importFile(bytes)
    #expect(file.tally.read == 69_659)
    #expect(file.tally.rejected == 0)
    #expect(Set(file.read.purchases.map(\.customer)).count == 23_570)
    #expect(file.read.total == 250_031_563)
    #expect(file.tally.firstDay == day("1997-01-01"))
    #expect(file.tally.lastDay == day("1998-06-30"))
    var index = IdentityIndex()
    #expect(file.read.new(to: &index) == 69_659)
    // 255 lines equal another one.
    #expect(index.count == 69_404)
    #expect(file.read.new(to: &index) == 0)
    let other = [UInt8](try Data(contentsOf: SharedData.url("cdnow/CDNOW_sample.txt")))
    let sample = try importFile(other)
    #expect(sample.tally.read == 6_919)
    #expect(sample.read.total == 24_409_194)
    #expect(sample.read.new(to: &index) == 0)
  }
}
