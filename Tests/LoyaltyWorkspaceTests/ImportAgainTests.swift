import LoyaltyModel
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

/// Files that come in a second time: as they were, read otherwise, or beside what was mended.
@Suite("Importing files again")
struct ImportAgainTests {
  let disk: MemoryDisk
  let workspace: LoyaltyWorkspace

  init() throws {
    disk = try Shop.empty()
    workspace = try Shop.open(disk)
  }

  /// Two receipts with two lines each; one of the lines has no amount that could be read.
  static let till = """
    No;Day;Sum;Slip;Who
    1;2026-01-05;10,00;B1;Ana
    1;2026-01-05;5,00;B1;Anna
    2;2026-01-06;7,50;B2;Bo
    2;2026-01-07;ten;B3;Bo

    """

  static func request(_ pairs: [(String, String)]) -> ImportRequest {
    var request = ImportRequest()
    request.mapping = pairs.map { MappedColumn(field: $0.0, column: $0.1) }
    return request
  }

  static let plain = request([("customer", "No"), ("date", "Day"), ("amount", "Sum")])
  static let bySlip = request([
    ("customer", "No"), ("date", "Day"), ("amount", "Sum"), ("receipt", "Slip"),
  ])

  private func till(_ request: ImportRequest, in workspace: LoyaltyWorkspace) throws -> ImportReport
  {
    try workspace.take(Self.till, as: "till.csv", on: disk, request)
  }

  @Test("read with other columns the same bytes are refused, in a later session as well")
  func otherColumns() throws {
    #expect(try till(Self.plain, in: workspace).counts.new == 3)
    let same = try till(Self.plain, in: workspace)
    #expect((same.counts.new, same.counts.unchanged, same.batch) == (0, 3, nil))
    let event = try #require(try workspace.log(limit: 1).first).event.sequence
    let later = try Shop.open(disk.killed())
    for dryRun in [false, true] {
      var request = Self.bySlip
      request.dryRun = dryRun
      let error = #expect(throws: WorkspaceError.self) { try till(request, in: later) }
      #expect(
        error?.message(.english) == """
          till.csv was imported on 2026-07-15, with other columns: 3 of its sales would count twice. \
          To read it anew, take that import back first: ladder undo \(event). If they are really to \
          count twice: --again
          """)
      #expect((error?.exitCode, error?.importedBefore?.purchases) == (1, 3))
    }
    #expect(try later.overview().purchases == 3)
    // So it is when the import stands in the tables, and no longer in the journal.
    try later.store.fold()
    #expect(throws: WorkspaceError.self) { try till(Self.bySlip, in: later) }
  }

  @Test("it comes in when that is wanted, or when the earlier import was taken back")
  func wanted() throws {
    _ = try till(Self.plain, in: workspace)
    var again = Self.bySlip
    again.again = true
    #expect(try till(again, in: workspace).counts.new == 3)
    #expect(try till(again, in: workspace).counts.new == 0)
    #expect(try workspace.undo() != nil)
    #expect(try workspace.undo() != nil)
    #expect(try till(Self.bySlip, in: workspace).counts.new == 3)
  }

  @Test("rows that only now can be read are no repetition")
  func nowReadable() throws {
    let text = "customer,date,amount\nA,2026-01-05,5.00\nA,3/4/2026,6.00\n"
    #expect(try workspace.take(text, as: "a.csv", on: disk).counts.rejected == 1)
    var request = ImportRequest()
    request.dayFirst = true
    let report = try workspace.take(text, as: "a.csv", on: disk, request)
    #expect((report.counts.new, report.counts.unchanged, report.counts.rejected) == (1, 1, 0))
  }

  @Test("a customer of whom a file says one thing and then another stays as the last line has it")
  func changesItsMind() throws {
    var named = Self.plain
    named.mapping.append(MappedColumn(field: "name", column: "Who"))
    let first = try till(named, in: workspace)
    #expect((first.counts.newCustomers, first.changedCustomers) == (2, 0))
    for _ in 0..<2 {
      let again = try till(named, in: workspace)
      #expect((again.counts.new, again.changedCustomers, again.batch) == (0, 0, nil))
      #expect(try workspace.card(ofCustomer: "1").customer.name == "Anna")
    }
    let changed = Self.till.replacing("Anna", with: "Anne").replacing("10,00", with: "11,00")
    let report = try workspace.take(changed, as: "other.csv", on: disk, named)
    #expect((report.counts.new, report.changedCustomers, report.changedRows) == (1, 1, 0))
    let counts = report.counts
    #expect(counts.read == counts.new + counts.unchanged + counts.rejected + report.changedRows)
    #expect(try workspace.card(ofCustomer: "1").customer.name == "Anne")
  }

  @Test("a file of rejected rows that somebody mended is never replaced")
  func mendedStays() throws {
    let first = try till(Self.plain, in: workspace)
    let place = try #require(first.rejectedFile)
    #expect(place == "/disk/till.csv.rejected.csv")
    // As it was written it is found again.
    #expect(try till(Self.plain, in: workspace).rejectedFile == place)
    let mended = Array(try disk.text(place).replacing("ten", with: "10,00").utf8)
    disk.put(place, mended)
    for _ in 0..<2 {
      let again = try till(Self.plain, in: workspace)
      #expect(again.rejectedFile == "/disk/till.csv.rejected-2.csv")
      #expect(
        again.notes.contains {
          $0.hasPrefix("/disk/till.csv.rejected.csv holds something else, perhaps mended by hand")
        })
    }
    #expect(try disk.readWhole(place, .read) == mended)
    #expect(try disk.text("/disk/till.csv.rejected-2.csv").contains("ten"))
  }

  @Test("more rejected rows than are told are counted")
  func manyRejected() throws {
    let rows = (1...8).map { "\($0),2026-01-05,none\n" }.joined()
    let report = try workspace.take("customer,date,amount\n" + rows, as: "a.csv", on: disk)
    #expect((report.rejections.count, report.untoldRejections) == (5, 3))
  }

  @Test("a file that no profile fits is shown as its columns' names suggest")
  func proposal() throws {
    disk.put("/disk/till.csv", Array("Kd-Nr;Datum;Betrag\n1;05.01.2026;3,00\n".utf8))
    let preview = try workspace.previewImport(of: "/disk/till.csv", ImportRequest())
    let pairs = [
      MappedColumn(field: "customer", column: "Kd-Nr"),
      MappedColumn(field: "date", column: "Datum"), MappedColumn(field: "amount", column: "Betrag"),
    ]
    #expect((preview.profile, preview.mapping, preview.proposal) == ("mapped", pairs, pairs))
    #expect(preview.isProposed)
    disk.put("/disk/half.csv", Array("Kd-Nr;Wann;Betrag\n1;05.01.2026;3,00\n".utf8))
    let half = try workspace.previewImport(of: "/disk/half.csv", ImportRequest())
    #expect((half.profile, half.proposal, half.isProposed) == (nil, [pairs[0], pairs[2]], false))
    let byHand = Self.request(pairs.map { ($0.field, $0.column) })
    let chosen = try workspace.previewImport(of: "/disk/till.csv", byHand)
    #expect((chosen.profile, chosen.isProposed) == ("mapped", false))
  }

  @Test(
    "a path is completed as far as all names agree",
    arguments: [
      ("/disk/in/s", "/disk/in/sales-", ["sales-a.csv", "sales-b.csv"]),
      ("/disk/in/sales-b", "/disk/in/sales-b.csv", ["sales-b.csv"]),
      ("/disk/in/o", "/disk/in/old/", ["old/"]),
      ("~/s", "~/sales-", ["sales-a.csv", "sales-b.csv"]),
      ("/disk/in/", "/disk/in/", ["old/", "sales-a.csv", "sales-b.csv"]),
      ("/disk/in/.", "/disk/in/.hidden", [".hidden"]), ("/disk/in/x", "/disk/in/x", []),
      ("/nowhere/x", "/nowhere/x", []),
    ])
  func completesPaths(written: String, path: String, names: [String]) throws {
    var environment = Shop.environment(disk)
    environment.home = "/disk/in"
    for folder in ["/disk/in", "/disk/in/old"] { try disk.makeFolder(folder, .owner) }
    for name in ["sales-a.csv", "sales-b.csv", ".hidden"] { disk.put("/disk/in/" + name, [1]) }
    let workspace = try LoyaltyWorkspace.open(at: Shop.path, environment: environment)
    let completion = workspace.completion(of: written)
    #expect((completion.path, completion.names) == (path, names))
  }

  @Test("a time with its distance from UTC is of the day that it was in the programme's zone")
  func zone() throws {
    var environment = Shop.environment(disk)
    environment.offset = { name in { _ in name == "Europe/Berlin" ? 3600 : 0 } }
    let workspace = try LoyaltyWorkspace.open(at: Shop.path, environment: environment)
    let text = """
      customer,date,receipt,amount
      A,2026-01-05T23:30:00Z,1,1.00
      A,2026-01-05 23:30:00 -0300,2,2.00
      A,2026-01-05T22:59:59Z,3,3.00
      A,2026-01-06T00:30:00+02:00,4,4.00
      A,2026-01-05 23:30:00,5,5.00
      A,1969-12-31T23:30:00Z,6,6.00

      """
    _ = try workspace.take(text, as: "shop.csv", on: disk)
    let purchases = try workspace.card(ofCustomer: "A").purchases
    let days = Dictionary(purchases.map { ($0.amount, $0.day) }) { first, _ in first }
    #expect(
      days == [
        100: day("2026-01-06"), 200: day("2026-01-06"), 300: day("2026-01-05"),
        400: day("2026-01-05"), 500: day("2026-01-05"), 600: day("1970-01-01"),
      ])
  }
}
