import Foundation
import LoyaltyModel
import LoyaltyStore
import TestSupport
import Testing

@testable import LoyaltyWorkspace

@Suite("Importing files")
struct ImportTests {
  let disk: MemoryDisk
  let workspace: LoyaltyWorkspace

  init() throws {
    disk = try Shop.empty(currency: "USD")
    workspace = try Shop.open(disk)
  }

  /// Three lines in the layout of CDNOW, of which the first two are equal.
  static let cdnow = """
     00001 19970101  1   11.77
     00001 19970101  1   11.77
     00002 19970112  5   77.00

    """

  @Test("a file in the layout of CDNOW is recognised, and each of two equal lines counts")
  func cdnowExcerpt() throws {
    let report = try workspace.take(Self.cdnow, as: "excerpt.txt", on: disk)
    #expect(report.profile == "cdnow")
    #expect((report.counts.read, report.counts.new, report.counts.rejected) == (3, 3, 0))
    #expect((report.counts.newCustomers, report.customers) == (2, 2))
    #expect((report.firstDay, report.lastDay) == (day("1997-01-01"), day("1997-01-12")))
    #expect(workspace.dataCompleteTo == day("1997-01-12"))
    let card = try workspace.card(ofCustomer: "00001")
    #expect(card.purchases.map(\.amount) == [1177, 1177])
    #expect(card.summary.purchaseDays == 1)
  }

  @Test("a file under ~ is looked for in the user's own folder, as a shell would")
  func underHome() throws {
    var environment = Shop.environment(disk)
    environment.home = "/disk/anna"
    let workspace = try LoyaltyWorkspace.open(at: Shop.path, environment: environment)
    try disk.makeFolder("/disk/anna", .owner)
    disk.put("/disk/anna/till.txt", Array(Self.cdnow.utf8))
    #expect(try workspace.previewImport(of: "~/till.txt", ImportRequest()).profile == "cdnow")
    let report = try workspace.importFile("~/till.txt", ImportRequest()) { _ in true }
    #expect(report.counts.new == 3)
    #expect(throws: WorkspaceError.self) {
      try workspace.previewImport(of: "~anna/till.txt", ImportRequest())
    }
  }

  @Test("the same file again adds nothing and leaves no event")
  func twice() throws {
    try workspace.take(Self.cdnow, as: "excerpt.txt", on: disk)
    let before = workspace.revision
    let again = try workspace.take(Self.cdnow, as: "excerpt.txt", on: disk)
    #expect((again.counts.read, again.counts.new, again.counts.unchanged) == (3, 0, 3))
    #expect(again.counts.newCustomers == 0)
    #expect(again.batch == nil)
    #expect(workspace.revision == before)
  }

  @Test("of a file that overlaps only the rest is new")
  func overlapping() throws {
    try workspace.take(Self.cdnow, as: "one.txt", on: disk)
    let more =
      Self.cdnow + " 00001 19970101  1   11.77\n 00002 19970301  1    9.99\n"
    let report = try workspace.take(more, as: "two.txt", on: disk)
    #expect((report.counts.read, report.counts.new, report.counts.unchanged) == (5, 2, 3))
    #expect(report.counts.newCustomers == 0)
    #expect(try workspace.card(ofCustomer: "00001").summary.valueTotal == 3 * 1177)
  }

  @Test("columns picked by hand bring names and addresses")
  func mapped() throws {
    var request = ImportRequest()
    request.mapping = [
      MappedColumn(field: "customer", column: "KdNr"), MappedColumn(field: "date", column: "Tag"),
      MappedColumn(field: "amount", column: "Summe"), MappedColumn(field: "name", column: "Wer"),
      MappedColumn(field: "email", column: "Post"),
    ]
    let text = """
      KdNr;Tag;Summe;Wer;Post
      0007;2026-05-04;1.234,56;Jürgen Groß;jg@example.com
      0008;2026-05-05;9,90;李娜;

      """
    let report = try workspace.take(text, as: "kasse.csv", on: disk, request)
    #expect((report.counts.new, report.counts.rejected, report.counts.newCustomers) == (2, 0, 2))
    let card = try workspace.card(ofCustomer: "0007")
    #expect(card.customer.name == "Jürgen Groß")
    #expect(card.customer.email == "jg@example.com")
    #expect(card.purchases.map(\.amount) == [123_456])
    #expect(try workspace.card(ofCustomer: "0008").customer.name == "李娜")
  }

  @Test("a dry run counts and writes nothing")
  func dryRun() throws {
    let before = try disk.storeFiles()
    var request = ImportRequest()
    request.dryRun = true
    let bad = Self.cdnow + " 00003 19970231  1   1.00\n"
    let report = try workspace.take(bad, as: "excerpt.txt", on: disk, request)
    #expect((report.counts.new, report.counts.rejected, report.customers) == (3, 1, 2))
    #expect(report.dryRun)
    #expect(report.rejectedFile == nil)
    #expect(try disk.storeFiles() == before)
    #expect(!disk.files.contains("/disk/excerpt.txt.rejected.csv"))
  }

  @Test("bad rows land beside the file with line and reason, and can be mended there")
  func rejected() throws {
    let text = """
      customer,date,receipt,amount
      A,2026-01-31,1,10.00
      B,2026-02-31,2,20.00
      C,2026-03-01,3,much

      """
    let report = try workspace.take(text, as: "sales.csv", on: disk)
    #expect((report.counts.read, report.counts.new, report.counts.rejected) == (3, 1, 2))
    #expect(!report.isUnusable)
    #expect(report.rejectedFile == "/disk/sales.csv.rejected.csv")
    #expect(
      report.rejections == [
        "line 3: date: month 2 of 2026 has no day 31 in 2026-02-31; write the date as YYYY-MM-DD",
        "line 4: amount: \"much\" is no amount.",
      ])
    let written = try disk.text("/disk/sales.csv.rejected.csv")
    #expect(written.contains("B,2026-02-31,2,20.00,3,"))
    let mended = written.replacingOccurrences(of: "2026-02-31,2", with: "2026-02-28,2")
      .replacingOccurrences(of: "much", with: "30.00")
    let again = try workspace.take(mended, as: "sales.csv.rejected.csv", on: disk)
    #expect((again.counts.new, again.counts.rejected) == (2, 0))
    #expect(try workspace.card(ofCustomer: "B").purchases.map(\.amount) == [2000])
  }

  @Test("a file of which no row can be used changes nothing, and its rows are kept")
  func unusable() throws {
    let before = try disk.storeFiles()
    let text = "customer,date,amount\nA,yesterday,1.00\nB,tomorrow,2.00\n"
    let report = try workspace.take(text, as: "sales.csv", on: disk)
    #expect(report.isUnusable)
    #expect((report.counts.read, report.counts.rejected) == (2, 2))
    #expect(report.rejectedFile == "/disk/sales.csv.rejected.csv")
    #expect(try disk.storeFiles() == before)
  }

  @Test("dates like 19971301 and amounts like 1.234,56 are read right or rejected with a reason")
  func hostileValues() throws {
    let text = """
      customer,date,amount
      A,19971301,5.00
      A,19971201,"1.234,56"
      A,19971202,"1,234.56"
      A,19971203,7.00

      """
    let report = try workspace.take(text, as: "sales.csv", on: disk)
    #expect((report.counts.new, report.counts.rejected) == (3, 1))
    #expect(
      report.rejections == [
        "line 2: date: no month 13 in 19971301; write the date as YYYY-MM-DD"
      ])
    let amounts = try workspace.card(ofCustomer: "A").purchases.map(\.amount)
    #expect(amounts == [700, 123_456, 123_456])
    #expect(report.notes.contains { $0.hasPrefix("Amounts are written in two ways") })
  }

  @Test("UTF-16 is read, Windows-1252 too")
  func encodings() throws {
    let text = "customer,date,amount,name\nU,2026-01-31,5.00,Łukasz\n"
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    disk.put("/disk/wide.csv", bytes)
    var request = ImportRequest()
    for field in ["customer", "date", "amount", "name"] {
      request.mapping.append(MappedColumn(field: field, column: field))
    }
    let report = try workspace.importFile("/disk/wide.csv", request, progress: { _ in true })
    #expect((report.counts.new, report.counts.rejected) == (1, 0))
    #expect(try workspace.card(ofCustomer: "U").customer.name == "Łukasz")
    let old = Array("customer,date,amount,name\nW,2026-01-31,5.00,Andr".utf8) + [0xE9, 0x0A]
    disk.put("/disk/old.csv", old)
    _ = try workspace.importFile("/disk/old.csv", request, progress: { _ in true })
    #expect(try workspace.card(ofCustomer: "W").customer.name == "André")
  }

  /// Files that are none, and a part of what is said of each.
  static let hopeless: [(name: String, bytes: [UInt8], words: String)] = [
    ("empty.csv", [], "empty"),
    ("picture.csv", [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 1, 0xFF, 0, 3], "binary file"),
    ("stock.csv", Array("article,shelf\nspade,3\n".utf8), "article, shelf"),
    ("nobody.csv", Array("date,amount\n2026-01-31,5.00\n".utf8), "--map customer=COLUMN"),
  ]

  @Test("a file that is no sales file is refused by name, and nothing is changed", arguments: 0..<4)
  func hopelessFile(index: Int) throws {
    let file = Self.hopeless[index]
    let before = try disk.storeFiles()
    disk.put("/disk/" + file.name, file.bytes)
    let error = #expect(throws: WorkspaceError.self) {
      try workspace.importFile("/disk/" + file.name, ImportRequest(), progress: { _ in true })
    }
    let message = try #require(error?.message(.english))
    #expect(message.hasPrefix(file.name + ": "))
    #expect(message.contains(file.words), "\(message)")
    #expect(error?.exitCode == 1)
    #expect(try disk.storeFiles() == before)
  }

  @Test("a folder and a file that is missing are told apart")
  func noFile() throws {
    try disk.makeFolder("/disk/folder", .owner)
    func fails(_ path: String) -> WorkspaceError? {
      #expect(throws: WorkspaceError.self) {
        try workspace.importFile(path, ImportRequest(), progress: { _ in true })
      }
    }
    #expect(
      fails("/disk/folder")?.message(.english)
        == "/disk/folder is a folder, not a file. Name a file in it.")
    #expect(
      fails("/disk/none.csv")?.message(.english)
        == "/disk/none.csv: there is no such file or folder. Check the name.")
  }

  @Test("an import that is stopped leaves nothing", arguments: [0, 1, 2])
  func cancelled(after calls: Int) throws {
    let lines = (0..<25_000).map { " \(10_000 + $0 % 900) 19970101  1   \(1 + $0 % 97).00\n" }
    let before = try disk.storeFiles()
    disk.put("/disk/long.txt", Array(lines.joined().utf8))
    let stop = StopAfter(calls)
    #expect(throws: WorkspaceError.cancelled) {
      try workspace.importFile("/disk/long.txt", ImportRequest(), progress: stop.handler)
    }
    #expect(try disk.storeFiles() == before)
    #expect(workspace.status().customers == 0)
    #expect(try Shop.open(disk.killed()).status().customers == 0)
  }

  @Test("customer files complete people; what is known is kept where that is asked")
  func people() throws {
    try workspace.take(Shop.people, as: "people.csv", on: disk)
    let changed = "customer,name,email\nA,Ana Alt,\nB,Bo Berg,bo@example.com\n"
    var keep = ImportRequest()
    keep.replacesKnown = false
    let kept = try workspace.take(changed, as: "again.csv", on: disk, keep)
    #expect((kept.counts.new, kept.counts.changed, kept.counts.unchanged) == (0, 0, 2))
    let replaced = try workspace.take(changed, as: "again.csv", on: disk)
    #expect((replaced.counts.changed, replaced.counts.unchanged) == (1, 1))
    let customer = try workspace.card(ofCustomer: "A").customer
    #expect((customer.name, customer.email) == ("Ana Alt", "ana@example.com"))
  }

  @Test("sales without a customer are counted, and belong to nobody")
  func anonymous() throws {
    let text = "customer,date,amount\n,2026-01-31,5.00\nA,2026-01-31,6.00\n"
    let report = try workspace.take(text, as: "sales.csv", on: disk)
    #expect((report.counts.new, report.counts.anonymous, report.customers) == (2, 1, 1))
    #expect(try workspace.overview().anonymousLines == 1)
  }

  @Test("a disk that fails at any moment during an import leaves the store as it was, or done")
  func failingDisk() throws {
    let base = disk.killed()
    base.put("/disk/sales.csv", Array(Shop.sales.utf8))
    var (failed, operation) = (0, 0)
    while true {
      operation += 1
      let failing = base.killed()
      let workspace = try Shop.open(failing)
      failing.fail(at: operation)
      do {
        _ = try workspace.importFile("/disk/sales.csv", ImportRequest(), progress: { _ in true })
        if failing.operations < operation { break }
      } catch {
        failed += 1
      }
      failing.mend()
      let after = try Shop.open(failing.killed())
      #expect([0, 5].contains(after.status().customers), "at operation \(operation)")
      #expect(after.status().readOnlyReason == nil, "at operation \(operation)")
    }
    #expect(failed > 10)
  }

  @Test(
    "all of CDNOW comes in, and comes in once",
    .enabled(if: SharedData.isPresent, "\(SharedData.reason)"))
  func wholeSample() throws {
    let url = SharedData.url("cdnow/CDNOW_sample.txt")
    disk.put("/disk/CDNOW_sample.txt", Array(try Data(contentsOf: url)))
    let report = try workspace.importFile(
      "/disk/CDNOW_sample.txt", ImportRequest(), progress: { _ in true })
    #expect((report.counts.read, report.counts.new, report.counts.rejected) == (6919, 6919, 0))
    #expect(report.customers == 2357)
    let again = try workspace.importFile(
      "/disk/CDNOW_sample.txt", ImportRequest(), progress: { _ in true })
    #expect(again.counts.new == 0)
  }
}
