import LoyaltyExchange
import LoyaltyModel
import Testing
import TextFormats

/// The files that services take, compared with the columns that they document.
@Suite struct CampaignToolTests {
  static let rows: [ExportRow] = {
    var row = ExportRow(
      offer: 161, customer: "00001", channel: .email, kind: .discount,
      validUntil: day("2026-07-31"), stage: .repeat, cohort: .low)
    (row.name, row.email, row.phone) = ("Łucja Nowak", "lu@example.com", "+48 22 123-45-67")
    (row.city, row.country, row.tags) = ("Łódź", "PL", ["club", "press"])
    (row.title, row.text) = ("10 % above 50.00", "Dear Łucja,\nyours from 50.00 on.")
    (row.percent, row.threshold, row.code) = (10, 5000, "C51-7QX4")
    (row.rule, row.campaign, row.firstDay) = ("low-mid", "Summer, 2026", day("2026-07-10"))
    row.mayBeTexted = true
    var other = ExportRow(
      offer: 162, customer: "=cmd", channel: .email, kind: .voucher,
      validUntil: day("2026-08-01"), stage: .advocate, cohort: .high)
    (other.name, other.email, other.phone) = ("=Eve", "eve@example.com", "+48 22 1")
    (other.amount, other.code, other.firstDay) = (1250, "C52-0000", day("2026-07-10"))
    return [row, other]
  }()

  private func written(_ tool: CampaignTool, _ code: String = "EUR") -> String {
    var text: [UInt8] = []
    OfferExport.write(Self.rows, as: .tool(tool), currency: currency(code)) { text += $0 }
    return String(decoding: text, as: UTF8.self).replacing("\r\n", with: "\n")
  }

  static let offerHeader =
    "Offer Number,Offer Code,Offer Title,Offer Text,Offer Valid Until,Offer Kind,Offer Percent,"
    + "Offer Amount,Offer From Basket,Offer Currency,Offer Campaign\n"
  static let first =
    "161,C51-7QX4,10 % above 50.00,\"Dear Łucja,\nyours from 50.00 on.\",2026-07-31,discount,10,,"
    + "50.00,EUR,\"Summer, 2026\"\n"
  static let second = "162,C52-0000,,,2026-08-01,voucher,,12.50,,EUR,\n"

  @Test func klaviyo() {
    #expect(
      written(.klaviyo)
        == "Email,Phone Number,First Name,Last Name,City,State / Region,Country,Zip Code,"
        + Self.offerHeader + "lu@example.com,+48221234567,Łucja Nowak,,Łódź,,PL,," + Self.first
        + "eve@example.com,,'=Eve,,,,,," + Self.second)
  }

  @Test func mailchimp() {
    #expect(
      written(.mailchimp)
        == "Email Address,First Name,Last Name,Address,Phone Number,Birthday,Tags,"
        + Self.offerHeader
        + "lu@example.com,Łucja Nowak,,\"Łódź, PL\",+48221234567,,\"club, press\"," + Self.first
        + "eve@example.com,'=Eve,,,,,," + Self.second)
  }

  @Test func hubspot() {
    #expect(
      written(.hubspot)
        == "Email,First Name,Last Name,Phone Number,City,Country/Region,Lifecycle stage,"
        + Self.offerHeader + "lu@example.com,Łucja Nowak,,+48221234567,Łódź,PL,customer,"
        + Self.first + "eve@example.com,'=Eve,,,,,evangelist," + Self.second)
  }

  @Test(arguments: [("EUR", "1250"), ("JPY", "1250")])
  func voucherify(code: String, value: String) {
    #expect(
      written(.voucherify, code) == """
        code,voucher_type,value,discount_type,campaign,category,start_date,expiration_date,\
        redemption_quantity,redemption_count,active,customer_id,customer_source_id
        C51-7QX4,DISCOUNT_VOUCHER,10,PERCENT,"Summer, 2026",low-mid,2026-07-10T00:00:00.000Z,\
        2026-07-31T23:59:59.000Z,1,0,TRUE,,00001
        C52-0000,DISCOUNT_VOUCHER,\(value),AMOUNT,,,2026-07-10T00:00:00.000Z,\
        2026-08-01T23:59:59.000Z,1,0,TRUE,,'=cmd

        """)
  }

  @Test(
    "a number stands as services read it where it is whole, else as it was given",
    arguments: [
      ("+48 22 123-45-67", "+48221234567"), ("+49 (0) 30 123456", "+4930123456"),
      ("030 123456", "030 123456"), ("+1", "'+1"), ("+1 30 12x456789", "'+1 30 12x456789"),
    ])
  func phone(given: String, written: String) {
    var row = Self.rows[0]
    row.phone = given
    var text: [UInt8] = []
    OfferExport.write([row], as: .tool(.klaviyo), currency: currency("EUR")) { text += $0 }
    let line = String(decoding: text, as: UTF8.self).split(separator: "\r\n")[1]
    #expect(line.hasPrefix("lu@example.com,\(written),Łucja"))
  }

  @Test func everyFileHasAsManyCellsAsColumns() throws {
    for tool in CampaignTool.allCases {
      for row in Self.rows { #expect(tool.cells(row, currency("EUR")).count == tool.columns.count) }
    }
  }
}
