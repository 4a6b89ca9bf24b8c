import Foundation
import LoyaltyExchange
import LoyaltyModel
import Testing
import TextFormats

@Suite struct OfferExportTests {
  static let rows: [ExportRow] = {
    var first = ExportRow(
      offer: 161, customer: "00001", channel: .email, kind: .discount,
      validUntil: day("2026-07-31"),
      stage: .repeat, cohort: .low)
    (first.name, first.email, first.phone) = ("Łucja \"Lu\" Nowak", "lu@example.com", "+48 22 1")
    (first.title, first.text) = ("10 % above 50.00", "Dear Łucja,\nyours from 50.00 on.")
    (first.percent, first.threshold, first.code) = (10, 5000, "LU-10")
    (first.rule, first.why) = ("low-mid.second-category", "2 purchase days; | 45 days ago")
    first.campaign = "Summer, 2026"
    var second = ExportRow(
      offer: 162, customer: "=cmd|'/C calc'!A0", channel: .post, kind: .content,
      validUntil: day("2026-08-01"), stage: .loyal, cohort: .high)
    (second.name, second.title) = ("\u{1B}[31mEve\u{202E}", "<b>*Thanks*</b>")
    second.text = "@you; thanks"
    (second.state, second.redeemed, second.spent) = (.redeemed, day("2026-07-30"), 1250)
    return [first, second]
  }()

  private func written(_ format: OfferExport.Format, _ rows: [ExportRow] = Self.rows) -> String {
    var text: [UInt8] = []
    OfferExport.write(rows, as: format, currency: currency("EUR")) { text += $0 }
    return String(decoding: text, as: UTF8.self)
  }

  static let header =
    "offer,customer,name,email,phone,channel,title,text,kind,percent,amount,threshold,currency,"
    + "code,valid_until,rule,campaign,stage,cohort,why,state,redeemed,spent\r\n"

  @Test func csv() {
    #expect(
      written(.csv()) == Self.header
        + "161,00001,\"Łucja \"\"Lu\"\" Nowak\",lu@example.com,'+48 22 1,email,10 % above 50.00,"
        + "\"Dear Łucja,\nyours from 50.00 on.\",discount,10,,50.00,EUR,LU-10,2026-07-31,"
        + "low-mid.second-category,\"Summer, 2026\",repeat,low,2 purchase days; | 45 days ago,"
        + "exported,,\r\n"
        + "162,'=cmd|'/C calc'!A0,\u{FFFD}[31mEve\u{FFFD},,,post,<b>*Thanks*</b>,'@you; thanks,"
        + "content,,,,EUR,,2026-08-01,,,loyal,high,,redeemed,2026-07-30,12.50\r\n")
  }

  @Test(arguments: OfferExport.Delimiter.allCases, [true, false])
  func csvIsReadBackWithEveryDelimiter(delimiter: OfferExport.Delimiter, mark: Bool) throws {
    let text = written(.csv(delimiter: delimiter, byteOrderMark: mark))
    #expect(text.unicodeScalars.starts(with: ["\u{FEFF}"]) == mark)
    let reader = try TableReader(Array(text.utf8))
    #expect(reader.layout == .delimited(by: delimiter.rawValue))
    #expect(reader.header?.strings == ExportField.allCases.map(\.rawValue))
    let first = try #require(try reader.next())
    #expect(first[7] == Self.rows[0].text)
    let second = try #require(try reader.next())
    #expect(SpreadsheetGuard.unguarded(second[1] ?? "") == Self.rows[1].customer)
    #expect(try reader.next() == nil)
  }

  static let objects = [
    #"{"offer":161,"customer":"00001","name":"Łucja \"Lu\" Nowak","email":"lu@example.com","#
      + #""phone":"+48 22 1","channel":"email","title":"10 % above 50.00","#
      + #""text":"Dear Łucja,\nyours from 50.00 on.","kind":"discount","percent":10,"#
      + #""amount":null,"threshold":"50.00","currency":"EUR","code":"LU-10","#
      + #""valid_until":"2026-07-31","rule":"low-mid.second-category","campaign":"Summer, 2026","#
      + #""stage":"repeat","cohort":"low","why":"2 purchase days; | 45 days ago","#
      + #""state":"exported","redeemed":null,"spent":null}"#,
    #"{"offer":162,"customer":"=cmd|'/C calc'!A0","name":"\u001b[31mEve\u202e","email":null,"#
      + #""phone":null,"channel":"post","title":"<b>*Thanks*</b>","text":"@you; thanks","#
      + #""kind":"content","percent":null,"amount":null,"threshold":null,"currency":"EUR","#
      + #""code":null,"valid_until":"2026-08-01","rule":null,"campaign":null,"stage":"loyal","#
      + #""cohort":"high","why":null,"state":"redeemed","redeemed":"2026-07-30","spent":"12.50"}"#,
  ]

  @Test func ndjson() {
    #expect(written(.ndjson) == Self.objects.map { $0 + "\n" }.joined())
  }

  @Test func json() throws {
    let text = written(.json)
    #expect(text == "[\n" + Self.objects.joined(separator: ",\n") + "\n]\n")
    let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
    #expect(parsed?.count == 2)
    #expect(parsed?[1]["name"] as? String == Self.rows[1].name)
  }

  @Test func markdown() {
    #expect(
      written(.markdown) == #"""
        | offer | customer | name | channel | title | text | threshold | valid\_until | campaign | stage | cohort | why |
        | ---: | --- | --- | --- | --- | --- | ---: | --- | --- | --- | --- | --- |
        | 161 | 00001 | Łucja "Lu" Nowak | email | 10 % above 50.00 | Dear Łucja, yours from 50.00 on. | 50.00 EUR | 2026-07-31 | Summer, 2026 | repeat | low | 2 purchase days; \| 45 days ago |
        | 162 | =cmd\|'/C calc'\!A0 | �\[31mEve� | post | &lt;b&gt;\*Thanks\*&lt;/b&gt; | @you; thanks |  | 2026-08-01 |  | loyal | high |  |

        """#)
  }

  @Test(arguments: [
    (OfferExport.Format.csv(), header), (.json, "[]\n"), (.ndjson, ""),
  ])
  func emptyLists(format: OfferExport.Format, text: String) {
    #expect(written(format, []) == text)
  }

  @Test(arguments: [OfferExport.Format.csv(), .json, .ndjson, .markdown])
  func chunksMakeNoDifference(format: OfferExport.Format) {
    let rows = (0..<3000).map { number in
      var row = Self.rows[number % 2]
      row.offer = number
      return row
    }
    var chunks: [[UInt8]] = []
    OfferExport.write(rows, as: format, currency: currency("EUR")) { chunks.append(copy $0) }
    #expect(chunks.count == 3)
    var export = OfferExport(format, currency: currency("EUR"))
    for row in rows { export.append(row) }
    export.finish()
    #expect(export.count == 3000)
    #expect(Array(chunks.joined()) == export.take())
  }

  @Test func amountsFollowTheCurrency() {
    var row = Self.rows[0]
    (row.amount, row.threshold) = (1500, nil)
    for (code, text) in [("JPY", "\"1500\""), ("EUR", "\"15.00\""), ("KWD", "\"1.500\"")] {
      var export = OfferExport(.ndjson, currency: currency(code))
      export.append(row)
      let line = String(decoding: export.take(), as: UTF8.self)
      #expect(line.contains("\"amount\":\(text),\"threshold\":null,\"currency\":\"\(code)\""))
    }
  }

  @Test func whatTheSinkThrowsIsThrownOn() {
    struct Full: Error {}
    #expect(throws: Full.self) {
      try OfferExport.write(Self.rows, as: .json, currency: currency("EUR")) { _ throws(Full) in
        throw Full()
      }
    }
  }
}
