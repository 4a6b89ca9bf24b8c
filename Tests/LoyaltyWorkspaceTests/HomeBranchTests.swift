import LoyaltyModel
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

@Suite("Branches and towns of a till file")
struct HomeBranchTests {
  /// Branches stand on the lines of sale alone, but for Dora, whose record names one.
  static let sales = """
    customer,date,receipt,amount,branch
    A,2026-01-05,1,100.00,Ulm
    A,2026-02-05,2,100.00,Bonn
    A,2026-03-05,3,100.00,Ulm
    B,2026-02-01,4,300.00,Bonn
    C,2024-02-01,5,20.00,Bonn
    D,2026-02-01,6,20.00,Bonn
    E,2026-02-01,7,20.00,

    """
  static let people = """
    customer,name,city,country,branch
    A,Ana,Hamburg,DE,
    B,Bo,München,DE,
    C,Cem,,AT,
    D,Dora,Bad Urach,,Ulm

    """

  private let disk: MemoryDisk
  private let workspace: LoyaltyWorkspace

  init() throws {
    disk = try Shop.empty()
    workspace = try Shop.open(disk)
    try workspace.take(Self.sales, as: "till.csv", on: disk)
    try workspace.take(Self.people, as: "people.csv", on: disk)
  }

  private func ids(_ filter: String) throws -> [String] {
    try workspace.customers(matching: filter).map { try workspace.summary(ofRow: $0).id }
  }

  @Test(
    "a filter finds them",
    arguments: [
      ("branch = Ulm", "AD"), ("branch = Bonn", "BC"), ("branch unknown", "E"),
      ("branch in (Ulm, Bonn)", "ABCD"), ("city = Hamburg", "A"), ("city = hamburg", "A"),
      ("city = munchen", "B"), ("city = \"Bad Urach\"", "D"), ("city != Hamburg", "BD"),
      ("city unknown", "CE"), ("country = DE", "AB"), ("country in (AT, CH)", "C"),
      ("city = Hamburg and branch = Ulm", "A"),
    ])
  func filters(filter: String, found: String) throws {
    let ids = try ids(filter)
    #expect(ids.sorted().joined() == found)
    _ = try workspace.saveSegment("theirs", filter: filter)
    #expect(try self.ids("saved:theirs") == ids)
  }

  @Test("slipping away, campaigns and cards go by the same branches")
  func everywhere() throws {
    #expect(workspace.branches == ["Bonn", "Ulm"])
    for cohort in [ValueCohort.high, .mid, .low] {
      let all = try workspace.attrition(cohort: cohort).rows
      for branch in ["Bonn", "Ulm"] {
        let part = try workspace.attrition(cohort: cohort, branch: branch).rows
        #expect(part == all.filter { $0.branch == branch })
      }
    }
    #expect(
      try [ValueCohort.high, .mid, .low].flatMap { try workspace.attrition(cohort: $0).rows }
        .allSatisfy { $0.branch.isEmpty == ($0.id == "E") })
    #expect(throws: WorkspaceError.self) { try workspace.attrition(branch: "Atlantis") }
    var draft = workspace.campaignDraft()
    (draft[.name], draft[.branches]) = ("Summer", "Bonn")
    let report = workspace.check(draft)
    #expect(report.mistakes.isEmpty && report.customers == 2)
    draft[.branches] = "Atlantis"
    #expect(!workspace.check(draft).mistakes.isEmpty)
    func why(_ id: String) throws -> String {
      let figures = try workspace.card(ofCustomer: id).figures
      let home = figures.first { $0.label == "Home branch" }
      return home.map { "\($0.value): \($0.why)" } ?? ""
    }
    #expect(try why("A").hasPrefix("Ulm: Most purchases there: 2 of 3 days with a purchase in"))
    #expect(try why("C").hasPrefix("Bonn: Most purchases there: 1 of 1 days with a purchase of"))
    #expect(try why("D").hasPrefix("Ulm: As the customer's record names it. As at"))
    #expect(try why("E").isEmpty)
  }
}
