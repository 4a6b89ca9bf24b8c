import LoyaltyModel
import TextFormats
import Testing

@testable import LoyaltyStore

/// What a later program of the same schema wrote is kept and written back.
struct UnknownMemberTests {
  private static let added = #""future":{"a":[1.50,null,"ü"]}"#

  /// Adds a member to the first record of a file and seals the file anew.
  private static func extend(_ path: String, on disk: MemoryDisk) throws {
    var lines = try disk.text(path).split(separator: "\n").map(String.init)
    try #require(lines.count >= 3)
    lines[1].removeLast()
    lines[1] += "," + added + "}"
    let kept = Array((lines.dropLast().joined(separator: "\n") + "\n").utf8)
    let last = ShardFile.last(rows: lines.count - 2, checksum: CRC32C.checksum(of: kept))
    disk.put(Fixture.path + "/" + path, kept + last)
  }

  @Test(arguments: ["customers", "products", "offers", "imports"])
  func aRecordsMembersSurviveFolding(_ folder: String) throws {
    let disk = MemoryDisk()
    var store = try Fixture.store(on: disk)
    try Fixture.importSome(into: store)
    try store.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
    try store.fold()
    try Self.extend(folder + "/00.ndjson", on: disk)
    store = try Fixture.reopen(disk)
    try store.commit([.offer(from: nil, to: Fixture.offer(2))], at: Fixture.time)
    try store.fold()
    let line = try disk.text(folder + "/00.ndjson").split(separator: "\n")[1]
    #expect(line.contains(Self.added))
    #expect(try Fixture.reopen(disk.crashed()).snapshot == store.snapshot)
  }

  @Test func theSettingsMembersAreWrittenBack() throws {
    let disk = MemoryDisk()
    let path = "settings/programme.json"
    _ = try Fixture.store(on: disk)
    let text = try disk.text(path).replacing(
      "{\n  \"cohorts\"", with: "{\(Self.added), \"cohorts\"")
    disk.put(Fixture.path + "/" + path, Array(text.utf8))
    let store = try Fixture.reopen(disk)
    #expect(store.handEdits.isEmpty)
    var programme = Fixture.programme
    programme.stages.loyalDays = 9
    try store.commit([.settings(from: Fixture.programme, to: programme)], at: Fixture.time)
    let written = try disk.text(path)
    #expect(written.contains("\"future\"") && written.contains("1.50"))
    #expect(written.contains("\"loyal_days\": 9"))
    #expect(try Fixture.reopen(disk.crashed()).handEdits.isEmpty)
  }
}
