import Glibc
import LoyaltyModel
import LoyaltyStore
import TextFormats
import Testing

@testable import LoyaltyWorkspace

@Suite("Exporting offers")
struct ExportTests {
  /// The five buyers with names that a spreadsheet, a table or a terminal could take for more.
  static let names = """
    customer,name,email
    B,"=HYPERLINK(""http://x"",""Bo"")",bo@example.com
    C,Cy | <b>,@c
    D,"\u{1B}[31mDee\u{202E}",

    """
  let disk: MemoryDisk
  let workspace: LoyaltyWorkspace

  /// Every offer but that of E, who was gone for long.
  static let chosen = "state = suggested and not customer = E"

  /// A day on which all four offers still hold.
  static let today = day("2026-07-10")

  /// The store on a disk on that day.
  static func open(_ disk: MemoryDisk) throws -> LoyaltyWorkspace {
    let environment = WorkspaceEnvironment(
      disk: disk, user: "anna", now: { Shop.now }, today: { _ in today })
    return try LoyaltyWorkspace.open(at: Shop.path, asOf: nil, environment: environment)
  }

  /// Four approved offers: A a thank-you, B a gift by e-mail, C a discount, D tips.
  init() throws {
    disk = try Shop.small()
    workspace = try Self.open(disk)
    try workspace.take(Self.names, as: "names.csv", on: disk)
    try workspace.take(
      "customer,channel,given,date\nB,email,yes,2026-01-31\n", as: "consents.csv", on: disk)
    try workspace.suggest()
    _ = try workspace.decide(try workspace.ids(Self.chosen), .approve)
  }

  /// The code of an offer; its own test says how it is made.
  func code(_ offer: Int) throws -> String { OfferCode(try workspace.offer(offer)).text }

  func export(_ format: ExportFormat, _ file: String = "/disk/offers") throws -> String {
    _ = try workspace.exportOffers(ExportOptions(file: file, format: format))
    return try disk.text(file)
  }

  @Test("a table for spreadsheets, in which no cell is a formula")
  func csv() throws {
    let lines = try """
    offer,customer,name,email,phone,channel,title,text,kind,percent,amount,threshold,currency,\
    code,valid_until,rule,campaign,stage,cohort,why,state,redeemed,spent
    1,A,Ana Álvarez,ana@example.com,,till,High: first to see what is new,"Dear Ana Álvarez,

    Before anybody else: come and see our new things first, until 14 Jul 2026.

    Thank you for being with us.",early-access,,,,,\(code(1)),2026-07-14,high.thank-you,,loyal,high,\
    Bought on 4 days and spent 400.00 EUR.,exported,,
    2,B,"'=HYPERLINK(""http://x"",""Bo"")",bo@example.com,,email,\
    Mid to High: a gift above the usual basket,"Dear =HYPERLINK(""http://x"",""Bo""),

    Buy for 60.00 EUR or more by 30 Jul 2026 and a gift is waiting for you at the till.

    A small thank you for coming so often.",gift,,,60.00,EUR,\(code(2)),2026-07-30,\
    mid-high.gift-above-basket,,repeat,mid,\
    Spent 80.00 EUR within twelve months; 320.00 EUR more reaches High.,exported,,
    3,C,Cy | <b>,'@c,,till,New: the second purchase,"Dear Cy | <b>,

    Thank you for your first purchase. Come back by 21 Jul 2026 and take 10 % off from 40.00 EUR.

    We look forward to seeing you again.",discount,10,,40.00,EUR,\(code(3)),2026-07-21,\
    new.second-purchase,,new,mid,"Bought once, 20 days ago, for 40.00 EUR.",exported,,
    4,D,\u{FFFD}[31mDee\u{FFFD},,,till,Low and slipping away: tips for what they bought,\
    "Dear \u{FFFD}[31mDee\u{FFFD},

    We put together some tips on how to get the most out of what you bought. Ask for them until \
    30 Jul 2026.

    They are free, and you need not buy anything.",content,,,,,,2026-07-30,at-risk.low-tips,,\
    at risk,low,90 days without a purchase; usually 90 days.,exported,,

    """
    let text = try export(.csv)
    #expect(text.replacing("\r\n", with: "\n") == lines)
    // Rows end as the standard says; lines within a cell as they were.
    #expect(text.utf8.count { $0 == 0x0D } == 5)
  }

  @Test("other delimiters, and the mark that Excel wants")
  func csvVariants() throws {
    var options = ExportOptions(file: "/disk/excel.csv", format: .csv)
    options.delimiter = ";"
    options.byteOrderMark = true
    _ = try workspace.exportOffers(options)
    let text = try disk.text("/disk/excel.csv")
    #expect(Array(text.utf8.prefix(3)) == [0xEF, 0xBB, 0xBF])
    #expect(text.contains("offer;customer;name;email"))
    #expect(text.contains(";Bought once, 20 days ago, for 40.00 EUR."))
    options.filter = "state = exported"
    (options.file, options.delimiter) = ("/disk/tabs.csv", "\t")
    _ = try workspace.exportOffers(options)
    #expect(try disk.text("/disk/tabs.csv").contains("offer\tcustomer\tname"))
  }

  /// The third offer as an object on a line.
  static let object = #"""
    {"offer":3,"customer":"C","name":"Cy | <b>","email":"@c","phone":null,"channel":"till",\#
    "title":"New: the second purchase","text":"Dear Cy | <b>,\n\n\#
    Thank you for your first purchase. Come back by 21 Jul 2026 and take 10 % off from 40.00 EUR.\n\n\#
    We look forward to seeing you again.","kind":"discount","percent":10,"amount":null,\#
    "threshold":"40.00","currency":"EUR","code":"CODE","valid_until":"2026-07-21",\#
    "rule":"new.second-purchase","campaign":null,"stage":"new","cohort":"mid",\#
    "why":"Bought once, 20 days ago, for 40.00 EUR.","state":"exported",\#
    "redeemed":null,"spent":null}
    """#

  @Test("one object a line; an array of the same objects")
  func json() throws {
    let lines = try export(.ndjson, "/disk/o.ndjson")
      .split(separator: "\n").map(String.init)
    #expect(lines.count == 4)
    #expect(try lines[2] == Self.object.replacing("CODE", with: code(3)))
    var options = ExportOptions(file: "/disk/o.json", format: .json)
    options.filter = "state = exported"
    _ = try workspace.exportOffers(options)
    let array = try disk.text("/disk/o.json")
    #expect(array == "[\n" + lines.joined(separator: ",\n") + "\n]\n")
    // Nothing that steers a terminal is in it.
    #expect(!array.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
  }

  @Test("a table for people, in which no cell is markup")
  func markdown() throws {
    let lines = try export(.markdown).split(separator: "\n").map(String.init)
    #expect(lines.count == 6)
    #expect(
      lines[0] == #"""
        | offer | customer | name | channel | title | text | threshold | valid\_until | campaign | stage | \#
        cohort | why |
        """#)
    #expect(
      lines[1] == "| ---: | --- | --- | --- | --- | --- | ---: | --- | --- | --- | --- | --- |")
    #expect(
      lines[4] == #"""
        | 3 | C | Cy \| &lt;b&gt; | till | New: the second purchase | Dear Cy \| &lt;b&gt;,  \#
        Thank you for your first purchase. Come back by 21 Jul 2026 and take 10 % off from 40.00 \#
        EUR.  We look forward to seeing you again. | 40.00 EUR | 2026-07-21 |  | new | mid | Bought \#
        once, 20 days ago, for 40.00 EUR. |
        """#)
  }

  @Test("approved offers become exported, by one recorded event, and are not sent again")
  func moves() throws {
    let report = try workspace.exportOffers(ExportOptions(file: "/disk/o.csv", format: .csv))
    #expect((report.written, report.moved, report.keptBack) == (4, 4, []))
    let offers = try workspace.offers(matching: "not customer = E")
    #expect(offers.allSatisfy { $0.state == .exported && $0.exported == Self.today })
    let bytes = try disk.readWhole("/disk/o.csv", .read)
    let record = try #require(
      try workspace.log(limit: 10).compactMap { entry -> ExportRecord? in
        if case .export(let record) = entry.event.change { return record }
        return nil
      }.first)
    #expect(
      record
        == ExportRecord(
          file: "o.csv", format: "csv", offers: [1, 2, 3, 4],
          crc32c: CRC32C.checksum(of: bytes),
          path: "/disk/o.csv"))
    let error = #expect(throws: WorkspaceError.self) {
      try workspace.exportOffers(ExportOptions(file: "/disk/p.csv", format: .csv))
    }
    #expect(
      error?.message(.english) == """
        There is no offer to write, so no list was written.
        1 waits for a decision: approve it first, or write it without approval with --unapproved \
        --where 'state = suggested'.
        """)
    #expect(error?.exitCode == 1)
    #expect(!disk.files.contains("/disk/p.csv"))
    try workspace.suggest()
    #expect(try workspace.ids(Self.chosen) == [])
  }

  @Test("a file that is there is not replaced unless asked")
  func refuses() throws {
    disk.put("/disk/o.csv", Array("mine".utf8))
    let before = workspace.revision
    var options = ExportOptions(file: "/disk/o.csv", format: .csv)
    #expect(throws: WorkspaceError.fileExists("/disk/o.csv")) {
      try workspace.exportOffers(options)
    }
    #expect(try disk.text("/disk/o.csv") == "mine")
    #expect(workspace.revision == before)
    options.overwrites = true
    #expect(try workspace.exportOffers(options).moved == 4)
    #expect(try disk.text("/disk/o.csv").hasPrefix("offer,customer"))
  }

  @Test("who may no longer be contacted is kept back, with the reason")
  func keptBack() throws {
    let late = try Shop.open(disk, asOf: "2026-07-15")
    try late.take(
      "customer,channel,given,date\nB,email,no,2026-07-10\n", as: "refusals.csv", on: disk)
    try late.take(
      "customer,name,do_not_contact_since\nC,Cy,2026-07-12\n", as: "stop.csv", on: disk)
    let preview = try late.previewExport(ExportOptions(file: "", format: .csv), rows: 10)
    let report = try late.exportOffers(ExportOptions(file: "/disk/o.csv", format: .csv))
    #expect(
      report.keptBack == [
        KeptBack(offer: 1, customer: "A", reason: "the offer ran out on 2026-07-14"),
        KeptBack(offer: 2, customer: "B", reason: "no consent for email any more"),
        KeptBack(offer: 3, customer: "C", reason: "asked not to be contacted"),
      ])
    #expect((report.written, report.moved) == (1, 1))
    #expect((preview.total, preview.keptBack) == (1, report.keptBack))
    #expect(preview.rows.map { Array($0.prefix(2)) } == [["4", "D"]])
    #expect(try late.ids("state = approved").sorted() == [1, 2, 3])
  }

  @Test("what nobody approved goes out only when that is said, and is not marked as sent")
  func unapproved() throws {
    _ = try workspace.decide([1], .reopen)
    _ = try workspace.decide([2], .reject(reason: "bad timing"))
    _ = try workspace.decide([3], .snooze(until: day("2026-08-01")))
    var options = ExportOptions(file: "/disk/o.csv", format: .csv)
    options.filter = "not customer = E"
    let preview = try workspace.previewExport(options, rows: 10)
    #expect((preview.total, preview.approved, preview.hasRunOut) == (1, 1, false))
    let report = try workspace.exportOffers(options)
    #expect((report.written, report.moved) == (1, 1))
    #expect(
      report.keptBack.map(\.reason) == [
        "not approved, but waiting", "not approved, but rejected", "not approved, but put off",
      ])
    #expect(report.keptBack.allSatisfy { $0.isUnapproved })
    // The fourth was sent before: it goes out again without a word.
    (options.file, options.includesUnapproved) = ("/disk/all.csv", true)
    let all = try workspace.exportOffers(options)
    #expect((all.written, all.moved, all.keptBack.count) == (4, 0, 0))
    let states = try [1, 2, 3, 4].map { try workspace.offer($0).state }
    #expect(states == [.suggested, .rejected, .snoozed, .exported])
  }

  @Test("where all is kept back no list is written, and the reasons are counted")
  func allKeptBack() throws {
    var options = ExportOptions(file: "/disk/o.csv", format: .csv)
    options.filter = "state = approved"
    _ = try workspace.decide([1, 2, 3, 4], .reopen)
    options.filter = "not customer = E"
    let error = #expect(throws: WorkspaceError.self) { try workspace.exportOffers(options) }
    let message = try #require(error?.message(.english))
    #expect(message.contains("\nKept back: 4, not approved, but waiting.\n"))
    #expect(!disk.files.contains("/disk/o.csv"))
  }

  @Test("reasons are told with their most frequent first, and a few of the customers")
  func groups() {
    let kept = (1...5).map { number in
      KeptBack(
        offer: number, customer: "C\(number)", reason: number == 2 ? "b" : "a",
        isUnapproved: number == 2)
    }
    let groups = KeptBackGroup.groups(of: kept)
    #expect(groups.map(\.reason) == ["a", "b"])
    #expect(groups.map(\.count) == [4, 1])
    #expect(groups.map(\.customers) == [["C1", "C3", "C4"], ["C2"]])
    #expect(groups.map(\.isUnapproved) == [false, true])
  }

  @Test(
    "a list is never called as a spreadsheet program's own file",
    arguments: ["/disk/o.xls", "/disk/o.XLSX", "/disk/o.ods"])
  func spreadsheet(file: String) throws {
    let error = #expect(throws: WorkspaceError.self) {
      try workspace.exportOffers(ExportOptions(file: file, format: .csv))
    }
    #expect(error?.message(.english).contains("Write /disk/o.csv") == true)
    #expect(error?.exitCode == 2)
    #expect(!disk.files.contains(file))
  }

  @Test("offers that ran out by today are kept back, unless all have, which is said")
  func runOut() throws {
    // As of 30 June still; today only A's offer, until 14 July, cannot be used any more.
    let later = try Shop.open(disk)
    #expect(later.asOf == day("2026-06-30"))
    var options = ExportOptions(file: "/disk/o.csv", format: .csv)
    let mixed = try later.previewExport(options, rows: 10)
    #expect((mixed.total, mixed.hasRunOut) == (3, false))
    #expect(mixed.keptBack.map(\.reason) == ["the offer ran out on 2026-07-14"])
    #expect(
      try later.offerCard(1).cautions == ["Ran out on 2026-07-14."]
        && later.offerCard(2).cautions.isEmpty)
    options.filter = "state = approved and customer = A"
    let alone = try later.previewExport(options, rows: 10)
    #expect((alone.total, alone.hasRunOut, alone.keptBack.count) == (1, true, 0))
    let report = try later.exportOffers(options)
    #expect((report.written, report.moved, report.hasRunOut) == (1, 1, true))
  }
}
