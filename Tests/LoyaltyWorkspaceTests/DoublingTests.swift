import LoyaltyModel
import LoyaltyStore
import TestSupport
import Testing

@testable import LoyaltyWorkspace

/// Sales that would count twice without a word: the same file in another form, and equal lines.
@Suite("Sales that count twice")
struct DoublingTests {
  let disk: MemoryDisk
  let workspace: LoyaltyWorkspace

  init() throws {
    disk = try Shop.empty(currency: "EUR")
    workspace = try Shop.open(disk)
  }

  /// So many sales as a till tells them: with receipts.
  private static func till(_ rows: Range<Int>) -> String {
    "customer,date,amount,receipt\n"
      + rows.map { "K\($0 % 7),2026-01-\(10 + $0 % 20),\($0 + 1).50,R\($0)\n" }.joined()
  }

  /// The same sales without receipts.
  private static func list(_ rows: Range<Int>) -> String {
    "customer,date,amount\n"
      + rows.map { "K\($0 % 7),2026-01-\(10 + $0 % 20),\($0 + 1).50\n" }.joined()
  }

  private func cautions(_ notes: [String]) -> [String] {
    notes.filter { $0.contains("have the customer, day and amount") || $0.contains("very same") }
  }

  private func preview(_ text: String, as name: String) throws -> [String] {
    disk.put("/disk/" + name, Array(text.utf8))
    return cautions(try workspace.previewImport(of: "/disk/" + name, ImportRequest()).cautions)
  }

  @Test("the same file in another form is told of before, on trial and after, and is no refusal")
  func otherForm() throws {
    try workspace.take(Self.till(0..<40), as: "till.csv", on: disk)
    let text = Self.list(0..<50)
    let words = "40 of 50 new rows have the customer, day and amount of sales that "
    let before = words + "are there already: if it is the same file in another form, they would "
    #expect(try preview(text, as: "list.csv").map { $0.hasPrefix(before) } == [true])
    var trial = ImportRequest()
    trial.dryRun = true
    let tried = try workspace.take(text, as: "list.csv", on: disk, trial)
    #expect(cautions(tried.cautions).map { $0.hasPrefix(before) } == [true])
    let report = try workspace.take(text, as: "list.csv", on: disk)
    #expect(report.counts.new == 50)
    #expect(cautions(report.cautions).map { $0.hasPrefix(words + "were there already") } == [true])
    #expect(report.cautions.first?.contains("take this import back with ladder undo") == true)
  }

  @Test(
    "files that overlap, new sales and a few that are alike by chance are no reason for caution",
    arguments: [till(0..<40), till(20..<60), list(40..<60), list(39..<139)])
  func noCaution(text: String) throws {
    try workspace.take(Self.till(0..<40), as: "till.csv", on: disk)
    #expect(try preview(text, as: "next.csv") == [])
    #expect(cautions(try workspace.take(text, as: "next.csv", on: disk).cautions) == [])
  }

  @Test("lines that are the very same are counted as sales, and told with the first")
  func sameLines() throws {
    let text = """
      customer,date,amount,time
      K1,2026-01-10,5.00,10:00
      K1,2026-01-10,5.00,11:00
      K2,2026-01-10,5.00,10:00
      K1,2026-01-10,5.00,10:00
      K2,2026-01-10,5.00,10:00

      """
    let note = "2 lines are the very same as one before them (the first: line 5), and count as"
    #expect(try preview(text, as: "a.csv").map { $0.hasPrefix(note) } == [true])
    let report = try workspace.take(text, as: "a.csv", on: disk)
    #expect(report.counts.new == 5)
    #expect(cautions(report.cautions).map { $0.hasPrefix(note) } == [true])
  }
}
