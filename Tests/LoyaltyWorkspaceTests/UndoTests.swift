import LoyaltyModel
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

@Suite("Taking back and doing again")
struct UndoTests {
  let disk: MemoryDisk
  let workspace: LoyaltyWorkspace
  let ids: [Int]

  init() throws {
    disk = try Shop.small()
    workspace = try Shop.open(disk)
    try workspace.suggest()
    ids = try workspace.ids("state = suggested")
  }

  func states(_ workspace: LoyaltyWorkspace? = nil) throws -> [OfferState] {
    try ids.map { try (workspace ?? self.workspace).offerCard($0).offer.state }
  }

  @Test("a decision comes back and goes again, as often as wanted")
  func decision() throws {
    #expect(ids.count >= 3)
    let before = try states()
    _ = try workspace.decide([ids[0]], .approve)
    _ = try workspace.decide([ids[1]], .reject(reason: "bad timing"))
    let after = try states()
    for _ in 0..<3 {
      #expect(try workspace.undo()?.offers == [ids[1]])
      #expect(try workspace.undo()?.offers == [ids[0]])
      #expect(try states() == before)
      #expect(try workspace.redo()?.offers == [ids[0]])
      #expect(try workspace.redo()?.offers == [ids[1]])
      #expect(try workspace.redo() == nil)
      #expect(try states() == after)
    }
    #expect(try workspace.offerCard(ids[1]).offer.reason == "bad timing")
  }

  @Test("a bulk decision is taken back as a whole")
  func bulk() throws {
    _ = try workspace.decide(ids, .approve)
    let receipt = try #require(try workspace.undo())
    #expect(receipt.offers == ids.sorted())
    #expect(receipt.text == "Took back: \(ids.count) offers approved")
    #expect(try states().allSatisfy { $0 == .suggested })
  }

  @Test("what was done since keeps what was taken back from being done again")
  func redoEnds() throws {
    _ = try workspace.decide([ids[0]], .approve)
    _ = try workspace.undo()
    _ = try workspace.decide([ids[1]], .approve)
    #expect(try workspace.redo() == nil)
    #expect(try workspace.undo()?.offers == [ids[1]])
  }

  @Test("everything can be taken back, step by step to the empty programme, and done again")
  func everything() throws {
    let expected = try workspace.overview()
    _ = try workspace.decide([ids[0]], .approve)
    _ = try workspace.exportOffers(ExportOptions(file: "/disk/offers.csv", format: .csv))
    _ = try workspace.recutCohorts(shares: [40, 40, 20])
    let steps = [
      "the cut", "the export", "the decision", "the suggestions", "people.csv", "sales.csv",
    ]
    var texts: [String] = []
    for step in steps { texts.append(try #require(try workspace.undo(), "\(step)").text) }
    #expect(
      texts == [
        "Took back: changed the programme's settings",
        "Took back: export of 1 offer to offers.csv; the file itself is still there",
        "Took back: offer \(ids[0]): waiting → approved",
        texts[3],
        "Took back: imported people.csv: 1 new and 2 changed customers",
        "Took back: imported sales.csv: 10 new purchases, 5 new customers",
      ])
    #expect(texts[3].hasPrefix("Took back: ran the rules: "))
    #expect(workspace.status().customers == 0)
    #expect(try workspace.offers().isEmpty)
    for step in steps.dropLast(3) {
      #expect(try workspace.redo() != nil, "\(step)")
    }
    let again = try workspace.overview()
    #expect((again.customers, again.purchases) == (expected.customers, expected.purchases))
    #expect(again.offers == expected.offers)
    #expect(try workspace.redo()?.offers == [ids[0]])
    #expect(try workspace.redo()?.offers == [ids[0]])
    #expect(try workspace.offerCard(ids[0]).offer.state == .exported)
  }

  @Test("it works after the program was closed and opened")
  func reopened() throws {
    _ = try workspace.decide([ids[0]], .approve)
    let opened = try Shop.open(disk)
    #expect(try opened.undo()?.offers == [ids[0]])
    let again = try Shop.open(disk)
    #expect(try again.redo()?.offers == [ids[0]])
    #expect(try states(again)[0] == .approved)
  }

  @Test("a colleague's work is never taken back unasked")
  func colleague() throws {
    _ = try workspace.decide([ids[0]], .approve)
    let colleague = try Shop.open(disk, user: "bob")
    #expect(try colleague.undo() == nil)
    #expect(try colleague.redo() == nil)
    _ = try colleague.decide([ids[1]], .approve)
    #expect(try workspace.undo()?.offers == [ids[0]])
    #expect(try states(Shop.open(disk))[1] == .approved)
  }

  @Test("what a colleague changed since is a conflict, not overwritten")
  func changedSince() throws {
    _ = try workspace.decide([ids[0]], .approve)
    let colleague = try Shop.open(disk, user: "bob")
    _ = try colleague.decide([ids[0]], .reject(reason: "bad timing"))
    let error = #expect(throws: WorkspaceError.self) { try workspace.undo() }
    #expect(error?.message(.english).contains("changed by bob") == true)
    #expect(try states(Shop.open(disk))[0] == .rejected)
  }

  @Test("any action is taken back by the number of any of its events, once")
  func byEvent() throws {
    let events = try workspace.decide([ids[0], ids[1]], .approve).events
    _ = try workspace.decide([ids[2]], .approve)
    let colleague = try Shop.open(disk, user: "bob")
    #expect(try colleague.undo(event: events[1])?.offers == [ids[0], ids[1]].sorted())
    #expect(try states(colleague)[0...2] == [.suggested, .suggested, .approved])
    #expect(throws: WorkspaceError.takenBackAlready(events[0])) {
      try colleague.undo(event: events[0])
    }
    #expect(throws: WorkspaceError.noSuchEvent(9999)) { try colleague.undo(event: 9999) }
    // What bob took back can be taken back in turn.
    #expect(try colleague.redo()?.offers == [ids[0], ids[1]].sorted())
    #expect(try states(colleague)[0] == .approved)
  }

  @Test("an export that was taken back is so by the number of its own record, too")
  func exportByEvent() throws {
    _ = try workspace.decide([ids[0]], .approve)
    _ = try workspace.exportOffers(ExportOptions(file: "/disk/offers.csv", format: .csv))
    let log = try workspace.store.events(limit: 9)
    let record = try #require(log.first { $0.change.inverse == nil })
    _ = try #require(try workspace.undo(event: record.sequence))
    #expect(throws: WorkspaceError.takenBackAlready(record.sequence)) {
      try workspace.undo(event: record.sequence)
    }
    // Done again, it can be taken back again.
    _ = try workspace.redo()
    #expect(try workspace.undo(event: record.sequence)?.offers == [ids[0]])
  }

  @Test("after an export was taken back, the next undo goes on to what came before it")
  func exportThenUndo() throws {
    _ = try workspace.decide([ids[0]], .approve)
    _ = try workspace.exportOffers(ExportOptions(file: "/disk/offers.csv", format: .csv))
    _ = try workspace.undo()
    #expect(try states()[0] == .approved)
    #expect(disk.files.contains("/disk/offers.csv"))
    _ = try workspace.undo()
    #expect(try states()[0] == .suggested)
  }

  @Test("an export that moved nothing is passed over; by its number it cannot be taken back")
  func exportAlone() throws {
    var options = ExportOptions(file: "/disk/list.csv", format: .csv)
    options.filter = "state = suggested"
    options.includesUnapproved = true
    _ = try workspace.decide([ids[0]], .approve)
    _ = try workspace.exportOffers(options)
    let event = try #require(try workspace.log(limit: 1).first).event.sequence
    #expect(throws: WorkspaceError.cannotTakeBack(event)) { try workspace.undo(event: event) }
    #expect(try workspace.undo()?.offers == [ids[0]])
  }

  @Test("a rule that was edited by hand comes back as it was")
  func handEdit() throws {
    let file = Shop.path + "/rules/high.thank-you.json"
    let text = try disk.text(file)
    disk.put(file, Array(text.replacing("\"priority\": 55", with: "\"priority\": 99").utf8))
    let opened = try Shop.open(disk)
    #expect(try opened.rules().first?.id == "high.thank-you")
    #expect(try opened.undo()?.text == "Took back: changed rule high.thank-you.json")
    #expect(try disk.text(file) == text)
    #expect(try Shop.open(disk).rules().first?.id != "high.thank-you")
  }
}
