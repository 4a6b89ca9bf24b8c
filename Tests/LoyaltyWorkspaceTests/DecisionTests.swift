import Glibc
import LoyaltyModel
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

@Suite("Deciding offers")
struct DecisionTests {
  let disk: MemoryDisk
  let workspace: LoyaltyWorkspace
  let ids: [Int]

  init() throws {
    disk = try Shop.demo()
    workspace = try Shop.open(disk)
    ids = try workspace.ids("state = suggested")
  }

  func offer(_ id: Int, in workspace: LoyaltyWorkspace) throws -> Offer {
    try workspace.offerCard(id).offer
  }

  @Test("a decision is on the disk when it returns, and is said in words")
  func approve() throws {
    let receipt = try workspace.decide([ids[0]], .approve)
    let offer = try offer(ids[0], in: workspace)
    #expect(offer.state == .approved)
    let name = try workspace.card(ofCustomer: offer.customer).customer.name
    try #require(!name.isEmpty)
    #expect(
      receipt.text
        == "Approved: offer \(offer.id), \(name) (\(offer.customer)), \(offer.rule.title)")
    #expect(try workspace.log(limit: 1).first?.text.contains(name) == false)
    let back = try #require(try workspace.undo())
    #expect(back.text == "Took back: offer \(offer.id) (\(name)): waiting → approved")
    #expect(try workspace.log(limit: 1).first?.text.contains(name) == false)
    _ = try workspace.redo()
    #expect(receipt.offers == [offer.id])
    let found = try Shop.open(disk.crashed())
    #expect(try self.offer(ids[0], in: found).state == .approved)
    #expect(workspace.status().waiting == ids.count - 1)
  }

  @Test("an offer that loses says why it was suggested, and no other does")
  func loss() throws {
    for filter in ["worth < 0", "worth >= 0", "gain >= 0"] {
      let id = try #require(try workspace.ids(filter).first)
      let card = try workspace.offerCard(id)
      let brings = DisplayFormat().money(
        card.offer.expectedValue + card.offer.expectedCost, workspace.currency)
      let told = "What responses bring, \(brings) an offer, does not cover its cost."
      #expect(card.money.last?.why.contains(told) == (filter == "worth < 0"))
    }
  }

  @Test("a rejection keeps its reason and needs one", arguments: ["", "  \t "])
  func reject(empty: String) throws {
    #expect(throws: WorkspaceError.reasonMissing) {
      try workspace.decide([ids[0]], .reject(reason: empty))
    }
    #expect(try offer(ids[0], in: workspace).state == .suggested)
    _ = try workspace.decide([ids[0]], .reject(reason: "bad timing"))
    let rejected = try offer(ids[0], in: try Shop.open(disk))
    #expect((rejected.state, rejected.reason) == (.rejected, "bad timing"))
  }

  @Test("a snoozed offer is back in the queue on its day, not before")
  func snooze() throws {
    _ = try workspace.decide([ids[0]], .snooze(until: day("2026-07-10")))
    #expect(workspace.status().waiting == ids.count - 1)
    #expect(try Shop.open(disk, asOf: "2026-07-09").status().waiting == ids.count - 1)
    #expect(try Shop.open(disk, asOf: "2026-07-10").status().waiting == ids.count)
  }

  @Test("a decided offer can be decided otherwise, and put back into the queue")
  func reopen() throws {
    for verdict in [
      Verdict.approve, .reject(reason: "r"), .snooze(until: day("2026-08-01")), .approve, .reopen,
    ] {
      _ = try workspace.decide([ids[0]], verdict)
    }
    let offer = try offer(ids[0], in: workspace)
    #expect(offer.state == .suggested)
    #expect(offer.reason.isEmpty && offer.snoozedUntil == nil)
    #expect(workspace.status().waiting == ids.count)
  }

  @Test("many are one action; what stands so already is left alone")
  func bulk() throws {
    _ = try workspace.decide([ids[1]], .approve)
    let before = workspace.revision
    let receipt = try workspace.decide(Array(ids[0..<10]), .approve)
    #expect(receipt.text == "Approved: 9 offers")
    #expect(receipt.events.count == 9)
    #expect(workspace.revision == before + 9)
    let again = try workspace.decide(Array(ids[0..<10]), .approve)
    #expect(again.events.isEmpty)
    #expect(again.text == "Nothing to do: decided so already.")
    #expect(workspace.revision == before + 9)
  }

  @Test("an offer that is named twice is decided once")
  func namedTwice() throws {
    let receipt = try workspace.decide([ids[0], ids[1], ids[0]], .approve)
    #expect(receipt.offers == [ids[0], ids[1]])
    #expect(try offer(ids[0], in: workspace).state == .approved)
  }

  @Test("one that does not exist keeps all others from being decided")
  func missing() throws {
    let before = workspace.revision
    #expect(throws: WorkspaceError.noSuchOffer(99_999)) {
      try workspace.decide([ids[0], 99_999], .approve)
    }
    #expect(workspace.revision == before)
  }

  @Test("an offer that is kept back or has left the house can no longer be decided")
  func closed() throws {
    let withheld = try #require(workspace.state.offers.filter { $0.state == .withheld }.first)
    #expect(throws: WorkspaceError.offerNotOpen(withheld.id, state: .withheld)) {
      try workspace.decide([withheld.id], .approve)
    }
    _ = try workspace.decide([ids[0]], .approve)
    _ = try workspace.exportOffers(ExportOptions(file: "/disk/offers.csv", format: .csv))
    let error = #expect(throws: WorkspaceError.self) {
      try workspace.decide([ids[0]], .reject(reason: "too late"))
    }
    #expect(error?.message(.english) == "Offer \(ids[0]) is exported and can no longer be decided.")
  }

  @Test("what a colleague decided meanwhile is shown, never overwritten")
  func conflict() throws {
    let colleague = try Shop.open(disk, user: "bob")
    _ = try workspace.decide([ids[0]], .approve)
    let error = #expect(throws: WorkspaceError.self) {
      try colleague.decide([ids[0], ids[1]], .reject(reason: "bad timing"))
    }
    #expect(
      error?.message(.english) == """
        Offer \(ids[0]) was changed by anna at 2026-07-15T12:00:00Z and is now approved. Nothing \
        was changed; look at it again.
        """)
    #expect(error?.exitCode == 1)
    #expect(try offer(ids[0], in: colleague).state == .approved)
    #expect(try offer(ids[1], in: colleague).state == .suggested)
    _ = try colleague.decide([ids[1]], .reject(reason: "bad timing"))
    #expect(try workspace.refresh())
    #expect(try offer(ids[1], in: workspace).state == .rejected)
  }

  @Test("a store of a newer version is shown, and refuses to change with what to do")
  func readOnly() throws {
    let file = Shop.path + "/store.json"
    let text = try disk.text(file)
    disk.put(file, Array(text.replacing(/"schema": \d+/, with: "\"schema\": 9").utf8))
    let newer = try Shop.open(disk)
    #expect(newer.status().readOnlyReason?.contains("schema 9") == true)
    #expect(try newer.offers().count == (try workspace.offers().count))
    let before = try disk.storeFiles()
    let error = #expect(throws: WorkspaceError.self) { try newer.decide([ids[0]], .approve) }
    #expect(error?.exitCode == 3)
    #expect(error?.message(.english).contains("Update the program") == true)
    #expect(throws: WorkspaceError.self) {
      try newer.take(Shop.sales, as: "sales.csv", on: disk)
    }
    #expect(throws: WorkspaceError.self) { try newer.suggest() }
    #expect(try disk.storeFiles() == before)
  }

  @Test("a disk that fails at any moment loses no decision and makes none up")
  func failingDisk() throws {
    let base = try Shop.small()
    try Shop.open(base).suggest()
    let ids = try Shop.open(base).ids("state = suggested")
    var (operation, failed) = (0, 0)
    while true {
      operation += 1
      let failing = base.killed()
      let workspace = try Shop.open(failing)
      failing.fail(at: operation)
      let receipt = try? workspace.decide([ids[0], ids[1]], .approve)
      let isDone = failing.operations < operation
      failing.mend()
      let found = try Shop.open(failing.killed())
      let states = try [ids[0], ids[1]].map { try offer($0, in: found).state }
      #expect(Set(states).count == 1, "half at operation \(operation)")
      if receipt != nil { #expect(states[0] == .approved, "at operation \(operation)") }
      if receipt == nil { failed += 1 }
      if isDone { break }
    }
    #expect(failed > 2)
  }

  @Test("the log says who did what, newest first")
  func log() throws {
    _ = try workspace.decide([ids[0]], .reject(reason: "bad timing"))
    let colleague = try Shop.open(disk, user: "bob")
    _ = try colleague.decide([ids[1]], .approve)
    let log = try colleague.log(limit: 2)
    #expect(log.map(\.event.by) == ["bob", "anna"])
    #expect(
      log.map(\.text) == [
        "offer \(ids[1]): waiting → approved",
        "offer \(ids[0]): waiting → rejected (bad timing)",
      ])
  }
}
