import LoyaltyModel
import LoyaltyStore
import TestSupport
import Testing

@testable import LoyaltyWorkspace

/// Lists of customers as shops keep them.
@Suite("Importing lists of customers")
struct CustomerListTests {
  let disk: MemoryDisk
  let workspace: LoyaltyWorkspace

  static let list = """
    Customer No,First name,Last name,E-mail,Phone,Newsletter consent
    1,Ana,Example,ana@example.com,0170 1,yes
    2,Bo,Example,bo@example.com,,no

    """

  init() throws {
    disk = try Shop.empty(currency: "USD")
    workspace = try Shop.open(disk)
  }

  private func consents(of customer: String) throws -> [Consent] {
    try workspace.card(ofCustomer: customer).customer.consents
  }

  @Test("is proposed on the screen with the fields of customers, and says what a consent means")
  func proposal() throws {
    disk.put("/disk/list.csv", Array(Self.list.utf8))
    let preview = try workspace.previewImport(of: "/disk/list.csv", ImportRequest())
    #expect((preview.profile, preview.isProposed) == ("mapped-customers", true))
    #expect(
      preview.proposal.map(\.field) == [
        "customer", "first_name", "last_name", "email", "phone", "newsletter",
      ])
    #expect(
      preview.notes.contains { $0.hasPrefix("Newsletter consent is taken for consent to e-mails") })
    var request = ImportRequest()
    request.mapping = preview.proposal
    let report = try workspace.importFile("/disk/list.csv", request) { _ in true }
    #expect((report.profile, report.counts.newCustomers) == ("mapped-customers", 2))
    request.profile = "sales"
    request.mapping = []
    let asSales = try workspace.previewImport(of: "/disk/list.csv", request)
    let fields = asSales.proposal.map(\.field)
    #expect((asSales.profile, fields) == (nil, ["customer", "email", "phone"]))
  }

  @Test("again on a later day changes nothing; a permission never undoes a refusal")
  func again() throws {
    try workspace.take(Self.list, as: "list.csv", on: disk)
    let first = try consents(of: "1")
    #expect(first.map(\.given) == [true] && first.map(\.source) == ["Newsletter consent"])
    var later = Shop.environment(disk)
    let today = workspace.today
    later.today = { _ in today + 40 }
    let next = try LoyaltyWorkspace.open(at: Shop.path, environment: later)
    let same = try next.take(Self.list, as: "list.csv", on: disk)
    #expect((same.counts.changed, same.counts.unchanged, same.isWritten) == (0, 2, false))
    let turned = Self.list.replacing(",yes", with: ",JA").replacing(",no", with: ",ya")
    let report = try next.take(turned, as: "turned.csv", on: disk)
    #expect(report.counts.changed == 0)
    #expect(
      report.notes.contains {
        $0 == "1 row permits e-mails that the customer is known to have refused: the refusal stays."
      })
    try next.take(Self.list.replacing(",yes", with: ",no"), as: "off.csv", on: disk)
    let ana = try next.card(ofCustomer: "1").customer.consents
    #expect(ana.map(\.given) == [true, false] && ana.last?.day == today + 40)
  }

  @Test("a consent without a day holds on the day of the figures")
  func dayOfFigures() throws {
    try workspace.take(
      "customer,date,amount\n1,2026-01-31,5.00\n", as: "sales.csv", on: disk)
    try workspace.take(Self.list, as: "list.csv", on: disk)
    #expect(try consents(of: "1").map(\.day) == [day("2026-01-31")])
  }
}
