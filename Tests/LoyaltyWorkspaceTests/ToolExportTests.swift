import LoyaltyExchange
import LoyaltyModel
import LoyaltyStore
import Mustache
import Testing

@testable import LoyaltyWorkspace

@Suite("Lists for services, letters, and codes that come back")
struct ToolExportTests {
  let shop: ExportTests
  var workspace: LoyaltyWorkspace { shop.workspace }
  var disk: MemoryDisk { shop.disk }

  /// The four offers of ``ExportTests``: only B's goes by e-mail, only C's is a discount.
  init() throws { shop = try ExportTests() }

  private func export(
    _ format: ExportFormat
  ) throws -> (lines: [String], report: ExportReport) {
    let report = try workspace.exportOffers(ExportOptions(file: "/disk/list", format: format))
    let text = try disk.text("/disk/list").replacing("\r\n", with: "\n")
    return (text.split(separator: "\n").map(String.init), report)
  }

  @Test(
    "a service that sends e-mail gets those who agreed to it, and nobody else is sent",
    arguments: [ExportFormat.klaviyo, .mailchimp, .hubspot])
  func mail(format: ExportFormat) throws {
    let preview = try workspace.previewExport(
      ExportOptions(file: "", format: format), rows: 10)
    let (lines, report) = try export(format)
    let tool = try #require(CampaignTool(rawValue: format.rawValue))
    #expect(lines.first == tool.columns.joined(separator: ","))
    let code = try shop.code(2)
    #expect(lines[1].hasPrefix("bo@example.com,") && lines[1].contains(",2,\(code),"))
    #expect((report.written, report.moved) == (1, 1))
    #expect(
      report.keptBack
        == ["A", "C", "D"].map { customer in
          KeptBack(
            offer: customer == "A" ? 1 : customer == "C" ? 3 : 4, customer: customer,
            reason: "it goes by till, and this list is for e-mail")
        })
    #expect(preview.columns == tool.columns && preview.rows.first?.first == "bo@example.com")
    #expect((preview.total, preview.keptBack) == (1, report.keptBack))
    // Who was kept back is not marked as sent.
    #expect(try workspace.ids("state = approved").sorted() == [1, 3, 4])
  }

  @Test("one address is on such a list once; the other offer waits")
  func sameAddress() throws {
    // C shares B's address and may be e-mailed too.
    let disk = try Shop.small()
    let workspace = try ExportTests.open(disk)
    try workspace.take(
      "customer,name,email\nB,Bo,bo@example.com\nC,Cy,BO@example.com\n", as: "n.csv", on: disk)
    try workspace.take(
      "customer,channel,given,date\nB,email,yes,2026-01-31\nC,email,yes,2026-01-31\n",
      as: "c.csv", on: disk)
    try workspace.suggest()
    _ = try workspace.decide(try workspace.ids("customer in (B, C)"), .approve)
    let report = try workspace.exportOffers(
      ExportOptions(file: "/disk/k.csv", format: .mailchimp))
    #expect((report.written, report.moved, report.keptBack.count) == (1, 1, 1))
    let kept = try #require(report.keptBack.first)
    let sent = try #require(try workspace.offers(matching: "state = exported").first)
    #expect(
      kept.reason == "offer \(sent.id) goes to the same address, and such a list has each once")
    #expect(kept.offer > sent.id)
  }

  @Test("a voucher service gets discounts with their codes")
  func vouchers() throws {
    let (lines, report) = try export(.voucherify)
    #expect(
      lines[1] == "\(try shop.code(3)),DISCOUNT_VOUCHER,10,PERCENT,,new.second-purchase,"
        + "2026-07-10T00:00:00.000Z,2026-07-21T23:59:59.000Z,1,0,TRUE,,C")
    #expect(report.written == 1 && lines.count == 2)
    #expect(
      report.keptBack.map(\.reason) == [
        "early-access is no discount, so there is no voucher to use",
        "gift is no discount, so there is no voucher to use",
        "content is no discount, so there is no voucher to use",
      ])
  }

  @Test("offers by post become letters, each on a page of its own; others stay")
  func letters() throws {
    let disk = try Shop.small()
    let workspace = try ExportTests.open(disk)
    try workspace.take(
      "customer,name,city,country\nC,Cy\u{1B}[31m,Köln,DE\nD,Dee,,\n", as: "n.csv", on: disk)
    try workspace.take(
      "customer,channel,given,date\nC,post,yes,2026-01-31\n", as: "c.csv", on: disk)
    try workspace.suggest()
    _ = try workspace.decide(try workspace.ids("customer in (C, D)"), .approve)
    let offer = try #require(try workspace.offers(matching: "customer = C").first)
    try #require(offer.channel == .post)
    let report = try workspace.exportOffers(
      ExportOptions(file: "/disk/letters.txt", format: .letters))
    #expect(report.keptBack.map(\.reason) == ["it goes by till, neither by post nor by telephone"])
    #expect(
      try disk.text("/disk/letters.txt") == """
        Cy\u{FFFD}[31m
        Köln
        DE

        2026-07-10

        Dear Cy\u{FFFD}[31m,

        Thank you for your first purchase. Come back by 21 Jul 2026 and take 10 % off from 40.00 EUR.

        We look forward to seeing you again.

        Your code: \(OfferCode(offer).text)

        """)
  }

  @Test("who is called has a sheet for the caller; pages are parted")
  func callSheets() {
    var row = ExportRow(
      offer: 7, customer: "C7", channel: .phone, kind: .content, validUntil: day("2026-08-01"),
      stage: .loyal, cohort: .high)
    (row.phone, row.text, row.why) = ("+49 30 1", "We miss you.", "98 days without a purchase.")
    let letters = Letters(day: day("2026-07-10"), words: CustomerWords(language: .english))
    #expect(
      letters.page(row) == """
        CALL: C7, +49 30 1

        Customer C7, offer 7, until 2026-08-01
        Why: 98 days without a purchase.

        We miss you.

        [ ] wants it  [ ] does not want it  [ ] not reached  [ ] does not want to be called
        Note:

        """)
    row.code = "C7-0000"
    #expect(letters.page(row).contains("offer 7, until 2026-08-01, code C7-0000\n"))
    #expect(letters.text([row, row]).split(separator: "\u{C}").count == 2)
    row.why = "98 hari tanpa pembelian."
    #expect(
      Letters(day: day("2026-07-10"), words: CustomerWords(language: .indonesian)).page(row) == """
        TELEPON: C7, +49 30 1

        Pelanggan C7, penawaran 7, sampai 1 Agu 2026, kode C7-0000
        Alasan: 98 hari tanpa pembelian.

        We miss you.

        [ ] berminat  [ ] tidak berminat  [ ] tidak tersambung  [ ] tidak ingin ditelepon
        Catatan:

        """)
  }

  @Test("the texts of letters use no name that nobody knows")
  func names() throws {
    let files = Resources.paths(under: "letters")
    #expect(files.count == 2 * Language.allCases.count)
    for file in files {
      let text = try #require(Resources.text(file))
      #expect(try OfferMessage.unknownNames(in: text, known: Letters.names) == [], "\(file)")
    }
  }

  @Test("a till that knows codes alone can say what was used")
  func codesComeBack() throws {
    _ = try workspace.exportOffers(ExportOptions(file: "/disk/o.csv", format: .csv))
    let code = try shop.code(3)
    let slip = code.dropLast() + (code.hasSuffix("7") ? "8" : "7")
    let later = try Shop.open(disk)
    let report = try later.take(
      """
      offer,redeemed,date,amount
      \(code.lowercased()),yes,2026-07-12,44.00
      \(slip),yes,2026-07-12,44.00
      C9-0000,yes,2026-07-12,44.00

      """, as: "till.csv", on: disk)
    #expect((report.counts.changed, report.counts.rejected) == (1, 2))
    let offer = try later.offer(3)
    #expect((offer.state, offer.redeemed, offer.spent) == (.redeemed, day("2026-07-12"), 4_400))
    let rejected = try disk.text("/disk/till.csv.rejected.csv")
    #expect(rejected.contains("is the code of no offer"))
  }
}
