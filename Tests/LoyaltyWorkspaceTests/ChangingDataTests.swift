import LoyaltyModel
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

/// What an open programme answers after others have changed the data under it.
@Suite("Changing data")
struct ChangingDataTests {
  @Test("whoever was erased by a colleague is in no figure, list or offer any more")
  func erased() throws {
    let disk = try Shop.demo()
    let (anna, ben) = (try Shop.open(disk), try Shop.open(disk, user: "ben"))
    let victim = try #require(try anna.offers(matching: "state = suggested").first).customer
    let before = try anna.listing(matching: "")
    let row = try #require(before.roll.row(ofCustomer: victim))
    let next = try #require(before.roll.id(ofRow: row + 1))
    _ = try ben.erase(customer: victim)
    #expect(try anna.refresh())
    let after = try anna.listing(matching: "")
    #expect(after.rows.count == before.rows.count - 1)
    #expect(after.roll.mark != before.roll.mark && after.roll.row(ofCustomer: victim) == nil)
    #expect(throws: WorkspaceError.noSuchCustomer(victim)) {
      try anna.card(ofCustomer: victim)
    }
    #expect(try anna.summary(ofRow: row).id == next)
    _ = try anna.suggest()
    #expect(try anna.offers().allSatisfy { $0.customer != victim })
  }

  @Test("no offer is written for whoever was erased since the rules ran")
  func erasedSinceTheRun() throws {
    let disk = try Shop.demo()
    let (anna, ben) = (try Shop.open(disk), try Shop.open(disk, user: "ben"))
    var offer = try #require(try anna.offers(matching: "state = suggested").first)
    _ = try ben.erase(customer: offer.customer)
    offer.id = anna.state.offers.lastID + 1
    let refused = StoreError.invalid(.unknownCustomer(offer.customer))
    #expect(throws: WorkspaceError.store(refused)) {
      try anna.commit([.offer(from: nil, to: offer)])
    }
  }

  @Test("people are found again in the rows of other data; who is gone is left out")
  func rolls() throws {
    let disk = try Shop.small()
    let (anna, ben) = (try Shop.open(disk), try Shop.open(disk, user: "ben"))
    let before = try anna.listing(matching: "").roll
    try ben.take("customer,date,amount\nAA,2026-06-01,1.00\n", as: "more.csv", on: disk)
    _ = try ben.erase(customer: "C")
    #expect(try anna.refresh())
    let after = try anna.listing(matching: "").roll
    // A AA B D E F instead of A B C D E F.
    #expect(after.rows([0, 1, 2, 3, 5], of: before) == [0, 2, 3, 5])
    #expect(after.rows([0, 1], of: after) == [0, 1])
    #expect(before.rows([], of: after) == [])
  }

  @Test("a row beyond the table is an error and no trap", arguments: [-1, 6, .max])
  func rowsBeyond(row: Int) throws {
    let workspace = try Shop.open(Shop.small())
    #expect(throws: WorkspaceError.customersChanged) { try workspace.card(ofRow: row) }
    #expect(throws: WorkspaceError.customersChanged) { try workspace.summary(ofRow: row) }
  }

  @Test("a programme that holds amounts beyond all reason still tells its figures")
  func hugeAmounts() throws {
    let disk = try Shop.small()
    let store = try JSONStore.open(at: Shop.path, disk: disk, by: "ben")
    let writer = try store.beginImport(source: "huge.csv", profile: "mapped")
    for row in 1...40 {
      let (month, customer) = (row % 6 + 1, row % 2 == 0 ? "A" : "G")
      try writer.add(
        Purchase(
          customer: customer, day: day("2026-0\(month)-11"),
          amount: row % 7 == 0 ? -.max : .max), row: row + 1)
    }
    _ = try writer.commit(counts: ImportCounts(), at: Shop.now)
    let workspace = try Shop.open(disk)
    for customer in ["A", "B", "G"] { _ = try workspace.card(ofCustomer: customer) }
    _ = try workspace.overview()
    _ = try workspace.cohorts()
    _ = try workspace.pareto()
    _ = try workspace.retention()
    _ = try workspace.closestToNextCohort()
    _ = try workspace.rulesDigest()
    _ = try workspace.attrition(cohort: .high, branch: nil, since: nil)
    _ = try workspace.suggest()
    #expect(try workspace.customers(matching: "value_12m > 0").count == 5)
  }
}
