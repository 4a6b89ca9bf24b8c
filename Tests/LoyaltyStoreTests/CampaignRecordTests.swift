import LoyaltyModel
import TextFormats
import Testing

@testable import LoyaltyStore

/// Campaigns as the settings keep them: readable and editable by hand.
struct CampaignRecordTests {
  private static let path = "settings/programme.json"

  private static var programme: Programme {
    var programme = Fixture.programme
    programme.campaigns = [
      Campaign(name: "Back to school"),
      Campaign(
        name: "Summer 2026", from: Fixture.day("2026-07-01"), until: Fixture.day("2026-09-30"),
        branches: ["Köln", "web"], budget: 120_050, note: "with the \"street\" market"),
    ]
    return programme
  }

  @Test func theyComeBackAsTheyWereWritten() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try store.commit([.settings(from: Fixture.programme, to: Self.programme)], at: Fixture.time)
    #expect(try Fixture.reopen(disk.crashed()).state.programme == Self.programme)
    try store.fold()
    let reopened = try Fixture.reopen(disk.crashed())
    #expect(reopened.state.programme == Self.programme)
    #expect(reopened.handEdits.isEmpty)
    let events = try reopened.events(limit: 1)
    #expect(events.map(\.change) == [.settings(from: Fixture.programme, to: Self.programme)])
  }

  /// A member a line: another budget is one line of a diff.
  @Test func aChangeIsOneLine() throws {
    let before = String(decoding: SettingsFile.bytes(Self.programme), as: UTF8.self)
    var changed = Self.programme
    changed.campaigns[1].budget = 200_000
    let after = String(decoding: SettingsFile.bytes(changed), as: UTF8.self)
    let lines = zip(before.split(separator: "\n"), after.split(separator: "\n"))
      .filter { $0 != $1 }.map { $1.trimmed }
    #expect(lines == [#""budget": "2000.00","#])
  }

  @Test func aBudgetThatIsEditedByHandIsNoticed() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try store.commit([.settings(from: Fixture.programme, to: Self.programme)], at: Fixture.time)
    let text = try disk.text(Self.path).replacing("1200.50", with: "900")
    disk.put(Fixture.path + "/" + Self.path, Array(text.utf8))
    var found = Self.programme
    found.campaigns[1].budget = 90_000
    #expect(
      try Fixture.reopen(disk).handEdits == [.settings(recorded: Self.programme, found: found)])
  }

  @Test(arguments: [
    (#"{ }"#, "name"), (#"{ "name": "" }"#, "name"),
    (#"{ "name": "A", "from": "2026-13-01" }"#, "from"),
    (#"{ "name": "A", "from": "2026-07-02", "until": "2026-07-01" }"#, "until"),
    (#"{ "name": "A", "budget": "-1" }"#, "budget"),
    (#"{ "name": "A", "budget": "lots" }"#, "budget"),
    (#"{ "name": "A", "branches": "web" }"#, "branches"),
    (#"{ "name": "A" }, { "name": "A" }"#, "campaigns"),
  ])
  func aMistakeIsNamed(_ campaigns: String, _ key: String) throws {
    var programme = Fixture.programme
    #expect {
      let reader = try RecordReader(json: Array("{ \"campaigns\": [\(campaigns)] }".utf8))
      try ProgrammeRecord.readSettings(reader, into: &programme)
    } throws: {
      ($0 as? RecordFlaw)?.key == key
    }
  }

  /// The campaign stands with the offer, as it was when the rule suggested it.
  @Test func anOfferKeepsItsCampaign() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    var offer = Fixture.offer(1)
    offer.rule.campaign = "Summer 2026"
    try store.commit([.offer(from: nil, to: offer)], at: Fixture.time)
    #expect(try Fixture.reopen(disk.crashed()).state.offers[1] == offer)
    try store.fold()
    #expect(try disk.text("offers/00.ndjson").contains(#""campaign":"Summer 2026""#))
    #expect(try Fixture.reopen(disk.crashed()).state.offers[1] == offer)
  }
}

extension Substring {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
