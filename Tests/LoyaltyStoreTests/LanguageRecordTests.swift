import LoyaltyModel
import Testing
import TextFormats

@testable import LoyaltyStore

/// The language of what customers read, as the settings keep it.
@Suite struct LanguageRecordTests {
  private static let path = "settings/programme.json"

  private static var indonesian: Programme {
    var programme = Fixture.programme
    programme.language = .indonesian
    return programme
  }

  @Test func itComesBackAsItWasWritten() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try store.commit([.settings(from: Fixture.programme, to: Self.indonesian)], at: Fixture.time)
    #expect(try Fixture.reopen(disk.crashed()).state.programme == Self.indonesian)
    try store.fold()
    let reopened = try Fixture.reopen(disk.crashed())
    #expect(reopened.state.programme == Self.indonesian && reopened.handEdits.isEmpty)
    #expect(
      try reopened.events(limit: 1).map(\.change)
        == [.settings(from: Fixture.programme, to: Self.indonesian)])
    #expect(try disk.text(Self.path).contains("\"language\": \"id\""))
  }

  /// Stores of before say none: their customers go on reading English, and not a byte changes.
  @Test func withoutOneItIsEnglish() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    #expect(store.state.programme.language == .english)
    #expect(try !disk.text(Self.path).contains("language"))
    try store.commit([.settings(from: Fixture.programme, to: Self.indonesian)], at: Fixture.time)
    try store.commit([.settings(from: Self.indonesian, to: Fixture.programme)], at: Fixture.time)
    #expect(try !disk.text(Self.path).contains("language"))
  }

  @Test func oneThatIsEditedByHandIsNoticed() throws {
    let disk = MemoryDisk()
    _ = try Fixture.store(on: disk)
    let text = try disk.text(Self.path)
      .replacing("{\n  \"cohorts\"", with: "{\n  \"language\": \"id\",\n  \"cohorts\"")
    disk.put(Fixture.path + "/" + Self.path, Array(text.utf8))
    #expect(
      try Fixture.reopen(disk).handEdits
        == [.settings(recorded: Fixture.programme, found: Self.indonesian)])
  }

  @Test(arguments: ["\"fr\"", "\"ID\"", "7", "\"\""])
  func aMistakeIsNamed(_ value: String) throws {
    var programme = Fixture.programme
    #expect {
      let reader = try RecordReader(json: Array("{ \"language\": \(value) }".utf8))
      try ProgrammeRecord.readSettings(reader, into: &programme)
    } throws: {
      ($0 as? RecordFlaw)?.key == "language"
    }
  }
}
