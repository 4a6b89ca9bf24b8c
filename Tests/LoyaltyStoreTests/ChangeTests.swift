import LoyaltyModel
import Testing

@testable import LoyaltyStore

/// Every change reaches the disk and comes back.
struct ChangeTests {
  @Test func everyChangeSurvivesReopeningAndFolding() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try Fixture.importSome(into: store)
    try store.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
    try store.commit(
      [.offer(from: nil, to: Fixture.offer(2)), .offer(from: nil, to: Fixture.offer(3))],
      at: Fixture.time)
    try store.commit([try Fixture.decision(store, 1, .approved)], at: Fixture.time)
    try store.commit(
      [
        try Fixture.decision(store, 2, .snoozed, reason: "später", until: Fixture.day("2026-07-09"))
      ],
      at: Fixture.time)
    var changed = Fixture.offer(3)
    changed.terms.percent = nil
    changed.target = nil
    try store.commit([.offer(from: Fixture.offer(3), to: changed)], at: Fixture.time)
    try store.commit([.offer(from: changed, to: nil)], at: Fixture.time)
    var programme = Fixture.programme
    programme.cohorts.amounts = CohortCut(
      measure: .lifetime, high: 25_000, mid: 9_999, day: Fixture.day("2026-06-30"))
    programme.cohorts.shares = [10, 20, 70]
    programme.stages.loyalDays = 5
    programme.contacts.most = 3
    programme.margin = 0.35
    programme.dataCompleteTo = Fixture.day("2026-06-30")
    try store.commit([.settings(from: Fixture.programme, to: programme)], at: Fixture.time)
    try store.commit(
      [.rule(file: "second.json", from: Fixture.rule.text, to: "{ \"é\": \"e\u{301}\" }")],
      at: Fixture.time)
    try store.commit([.rule(file: "new.json", from: nil, to: "{}")], at: Fixture.time)
    try store.commit([.rule(file: "new.json", from: "{}", to: nil)], at: Fixture.time)
    let export = ExportRecord(file: "o.csv", format: "csv", offers: [1], crc32c: 0x0000_beef)
    try store.commit([.export(export)], undoes: [2], at: Fixture.time)

    let before = store.snapshot
    let events = try store.events(limit: 100)
    #expect(before.customers == [Fixture.customer, Customer(id: "00002")])
    #expect(before.offers.map(\.id) == [1, 2])
    #expect(before.lastOffer == 3)
    #expect(before.programme == programme)
    #expect(events.map(\.sequence) == Array((1...14).reversed()))
    #expect(events.first?.change == .export(export))
    #expect(events.first?.undoes == 2)
    #expect(events[10].transaction == 4 && events[11].transaction == nil)

    let reopened = try Fixture.reopen(disk.killed())
    #expect(reopened.snapshot == before)
    #expect(try reopened.events(limit: 100) == events)
    #expect(try Fixture.reopen(disk.crashed()).snapshot == before)

    try store.fold()
    #expect(store.snapshot == before)
    #expect(store.handEdits.isEmpty)
    let folded = try Fixture.reopen(disk.crashed())
    #expect(folded.snapshot == before)
    #expect(try folded.events(limit: 100) == events)
    #expect(try folded.events(limit: 2, before: 9) == [events[6], events[7]])
    #expect(folded.access == .readWrite)
    #expect(folded.handEdits.isEmpty)
  }

  @Test func aFoldedStoreGoesOn() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    for id in 1...3 {
      try store.commit([.offer(from: nil, to: Fixture.offer(id))], at: Fixture.time)
      try store.fold()
      try store.commit([try Fixture.decision(store, id, .approved)], at: Fixture.time)
    }
    let reopened = try Fixture.reopen(disk.crashed())
    #expect(reopened.snapshot == store.snapshot)
    #expect(try reopened.events(limit: 100).map(\.sequence) == [7, 6, 5, 4, 3, 2, 1])
    let audit = try disk.text("audit/2026-07.ndjson")
    #expect(audit.split(separator: "\n").count { $0.hasPrefix("{\"checkpoint\":") } == 3)
  }

  @Test func numbersAreGivenOnceEvenAfterFolding() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try store.commit([.offer(from: nil, to: Fixture.offer(5))], at: Fixture.time)
    try store.commit([.offer(from: Fixture.offer(5), to: nil)], at: Fixture.time)
    try Fixture.importSome(into: store)
    try store.takeBack(import: 1, at: Fixture.time)
    try store.fold()
    let reopened = try Fixture.reopen(disk.crashed())
    #expect(reopened.state.offers.lastID == 5)
    #expect(try Fixture.importSome(into: reopened).change.batch?.number == 2)
  }

  @Test(arguments: [
    (Change.offer(from: nil, to: nil), InvalidChange.emptyOffer),
    (.offer(from: nil, to: Fixture.offer(0)), .offerNumber(0)),
    (.rule(file: "../x.json", from: nil, to: ""), .ruleName("../x.json")),
    (.rule(file: ".json", from: nil, to: ""), .ruleName(".json")),
    (.rule(file: "x.txt", from: nil, to: ""), .ruleName("x.txt")),
  ])
  func senselessChangesAreRefused(_ change: Change, _ expected: InvalidChange) throws {
    let store = try Fixture.store()
    let before = store.snapshot
    #expect(throws: StoreError.invalid(expected)) {
      try store.commit([change], at: Fixture.time)
    }
    #expect(store.snapshot == before)
  }

  @Test("the day and the amount of a use come back from the journal and from the folded files")
  func whatCameOfAnOffer() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    let sent = OfferDecision.Standing(state: .exported, exported: Fixture.day("2026-07-10"))
    var used = sent
    (used.state, used.redeemed, used.spent) = (.redeemed, Fixture.day("2026-07-12"), 12_345)
    var offer = Fixture.offer(1)
    offer.standing = sent
    try store.commit([.offer(from: nil, to: offer)], at: Fixture.time)
    let change = Change.decision(OfferDecision(offer: 1, from: sent, to: used))
    try store.commit([change], at: Fixture.time)
    let reopened = try Fixture.reopen(disk.crashed())
    #expect(reopened.state.offers[1]?.standing == used)
    #expect(try reopened.events(limit: 1).map(\.change) == [change])
    try store.fold()
    #expect(try Fixture.reopen(disk.crashed()).state.offers[1]?.standing == used)
  }

  @Test func aConflictSaysWhatStandsNow() throws {
    let store = try Fixture.store()
    try store.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
    let mine = try Fixture.decision(store, 1, .rejected, reason: "no")
    try store.commit([try Fixture.decision(store, 1, .approved)], at: Fixture.time)
    let now = OfferDecision.Standing(state: .approved)
    #expect(
      throws: StoreError.conflict(.offer(1, now: now, by: "anna", at: Fixture.time))
    ) { try store.commit([mine], at: Fixture.time) }
    #expect(throws: StoreError.conflict(.settings)) {
      try store.commit(
        [
          .settings(from: Programme(currency: Fixture.euro, timeZone: "UTC"), to: Fixture.programme)
        ],
        at: Fixture.time)
    }
    #expect(throws: StoreError.conflict(.rule(file: "second.json"))) {
      try store.commit([.rule(file: "second.json", from: nil, to: "{}")], at: Fixture.time)
    }
  }

  @Test func aTransactionWithOneConflictChangesNothing() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try store.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
    let before = (store.snapshot, try disk.text("journal/000001.ndjson"))
    #expect(throws: StoreError.self) {
      try store.commit(
        [
          try Fixture.decision(store, 1, .approved), .offer(from: nil, to: Fixture.offer(1)),
        ], at: Fixture.time)
    }
    #expect(store.snapshot == before.0)
    #expect(try disk.text("journal/000001.ndjson") == before.1)
  }

  @Test func ruleVersionsAreKept() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try store.keepRuleVersion(hash: "00ff", text: "{\"v\":1}")
    #expect(try store.ruleVersion(hash: "00ff") == "{\"v\":1}")
    #expect(try store.ruleVersion(hash: "00fe") == nil)
    #expect(throws: StoreError.self) { try store.keepRuleVersion(hash: "../x", text: "") }
  }

  @Test func editsByHandAreNoticedAndRecorded() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    disk.put(Fixture.path + "/rules/second.json", Array("{}".utf8))
    disk.put(Fixture.path + "/rules/third.json", Array("[]".utf8))
    let settings = try disk.text("settings/programme.json")
      .replacing("\"loyal_days\": 4", with: "\"loyal_days\": 6")
    disk.put(Fixture.path + "/settings/programme.json", Array(settings.utf8))
    #expect(try store.refresh())
    var programme = Fixture.programme
    programme.stages.loyalDays = 6
    #expect(
      store.handEdits == [
        .settings(recorded: Fixture.programme, found: programme),
        .rule(file: "second.json", recorded: Fixture.rule.text, found: "{}"),
        .rule(file: "third.json", recorded: nil, found: "[]"),
      ])
    #expect(throws: StoreError.conflict(.rule(file: "second.json"))) {
      try store.commit(
        [.rule(file: "second.json", from: Fixture.rule.text, to: "other")], at: Fixture.time)
    }
    try store.commit(store.handEdits.compactMap(\.change), at: Fixture.time)
    #expect(store.handEdits.isEmpty)
    let reopened = try Fixture.reopen(disk.crashed())
    #expect(reopened.handEdits.isEmpty)
    #expect(reopened.state.programme.stages.loyalDays == 6)
    #expect(reopened.state.rules.map(\.text) == ["{}", "[]"])
  }

  @Test func membersOfStoreJSONThatAreNotKnownAreKept() throws {
    let disk = MemoryDisk()
    var store = try Fixture.store(on: disk)
    let text = try disk.text("store.json").replacing(
      "\"schema\": 2", with: "\"schema\": 2, \"future\": {\"a\": [1.50, null]}")
    disk.put(Fixture.path + "/store.json", Array(text.utf8))
    store = try Fixture.reopen(disk)
    var programme = Fixture.programme
    programme.timeZone = "UTC"
    try store.commit([.settings(from: Fixture.programme, to: programme)], at: Fixture.time)
    let written = try disk.text("store.json")
    #expect(written.contains("\"future\"") && written.contains("1.50"))
    #expect(written.contains("\"time_zone\": \"UTC\""))
  }
}

extension Change {
  var batch: ImportBatch? { if case .batch(let batch, _) = self { batch } else { nil } }
}
