import Foundation
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

  /// Members within the objects of a record, by the text behind which each is put.
  @Test(arguments: [
    ("customers", #"{"channel":"email","given":true"#), ("customers", #"{"what":"newsletter""#),
    ("customers", #"{"name":"Björn""#), ("customers", #"{"kind":"rating""#),
    ("offers", #"{"id":"low-mid.second""#), ("offers", #"{"template":"second""#),
    ("offers", #"{"facts":[{"fact":"recency_days","seen":"45","at":"/when/all/1"}]"#),
    ("offers", #"{"fact":"recency_days""#), ("offers", #"{"rule":"thanks""#),
    ("imports", #"{"read":4"#), ("imports", #""rows":1"#),
  ])
  func membersOfNestedObjectsSurviveFolding(_ folder: String, _ place: String) throws {
    let disk = MemoryDisk()
    var store = try Fixture.store(on: disk)
    try Fixture.importSome(into: store)
    try store.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
    try store.fold()
    let path = folder + "/00.ndjson"
    let lines = try disk.text(path).split(separator: "\n").map(String.init)
    let extended = lines.map {
      $0.replacing(place, with: place + "," + Self.added, maxReplacements: 1)
    }
    let body = Array((extended.dropLast().joined(separator: "\n") + "\n").utf8)
    try #require(String(decoding: body, as: UTF8.self).contains(Self.added))
    disk.put(
      Fixture.path + "/" + path,
      body + ShardFile.last(rows: lines.count - 2, checksum: CRC32C.checksum(of: body)))
    store = try Fixture.reopen(disk)
    #expect(store.access == .readWrite)
    try store.commit([try Fixture.decision(store, 1, .approved)], at: Fixture.time)
    try store.fold()
    let text = try disk.text(path)
    #expect(text.components(separatedBy: Self.added).count == 2)
    // At the end of the object that it stood in: nothing else in it moved.
    let merged = try #require(text.split(separator: "\n").first { $0.contains(Self.added) })
    let plain = merged.replacing("," + Self.added, with: "")
    #expect(folder == "offers" || lines.contains { $0 == plain })
    #expect(try Fixture.reopen(disk.crashed()).snapshot == store.snapshot)
  }

  /// Settings that use every kind of object.
  private static var programme: Programme {
    var programme = Fixture.programme
    programme.cohorts.amounts = CohortCut(
      measure: .lifetime, high: 900, mid: 300, day: Fixture.day("2026-01-01"))
    programme.floors = [
      OfferFloor(.cohort(.low), least: 100), OfferFloor(.stage(.atRisk), least: 250, isSpend: true),
    ]
    programme.segments = [
      SavedSegment(name: "Nord", filter: "city = Kiel"),
      SavedSegment(name: "Ost", filter: "city = Jena"),
    ]
    programme.reviewing = [
      ReviewBatch(user: "anna", offers: [1, 2], until: Fixture.time),
      ReviewBatch(user: "ben", offers: [3], until: Fixture.time),
    ]
    return programme
  }

  /// Members within the settings and the objects in them, by the text behind which each is put.
  private static let places = [
    #"{"#, #""stages":{"#, #""cohorts":{"#, #""amounts":{"#, #""contacts":{"#,
    #"{"cohort":"low","#, #"{"stage":"at risk","#, #"{"name":"Nord","#, #"{"name":"Ost","#,
    #"{"user":"anna","#, #"{"user":"ben","#,
  ]

  /// Puts a member behind a place in a text of JSON, blanks aside.
  private static func extended(_ text: String, _ place: String) throws -> String {
    let dense = text.split(separator: "\n").map { line in
      line.drop { $0 == " " }.replacing("\": ", with: "\":")
    }.joined()
    try #require(dense.contains(place))
    return dense.replacing(place, with: place + added + ",", maxReplacements: 1)
  }

  /// The settings' file is written anew whenever one setting changes, and elements of lists go.
  @Test(arguments: places) func theSettingsMembersAreWrittenBack(_ place: String) throws {
    let disk = MemoryDisk()
    let path = "settings/programme.json"
    var store = try Fixture.store(on: disk)
    try store.commit([.settings(from: Fixture.programme, to: Self.programme)], at: Fixture.time)
    store.close()
    let text = try Self.extended(try disk.text(path), place)
    disk.put(Fixture.path + "/" + path, Array(text.utf8))
    store = try Fixture.reopen(disk)
    #expect(store.handEdits.isEmpty)
    var programme = Self.programme
    programme.stages.loyalDays = 9
    for list in ["Nord", "anna", "low"] where !place.contains(list) {
      // The first element goes, and the place of the other is another.
      if list == "Nord" { programme.segments.removeFirst() }
      if list == "anna" { programme.reviewing.removeFirst() }
      if list == "low" { programme.floors.removeFirst() }
    }
    try store.commit([.settings(from: Self.programme, to: programme)], at: Fixture.time)
    let written = try JSONDocument(parsing: Array(try disk.text(path).utf8)).root
    #expect(written["stages"]?["loyal_days"]?.int64 == 9)
    let holders = Self.objects(written).filter { $0["future"] != nil }
    #expect(holders.count == 1)
    let holder = try #require(holders.first)
    #expect(holder["future"]?["a"]?.elements?.first?.numberText == "1.50")
    if place.hasPrefix("{\"") {
      // An element of a list: it is still the same one.
      let (key, name) = (place.split(separator: "\"")[1], place.split(separator: "\"")[3])
      #expect(holder[String(key)]?.string == String(name))
    }
    #expect(try Fixture.reopen(disk.crashed()).handEdits.isEmpty)
  }

  /// What a person wrote into one campaign stays with it, wherever others come and go.
  @Test func aCampaignsMembersStayWithItsName() throws {
    let disk = MemoryDisk()
    let path = "settings/programme.json"
    let store = try Fixture.store(on: disk)
    var programme = Fixture.programme
    programme.campaigns = [Campaign(name: "Autumn"), Campaign(name: "Spring", budget: 100)]
    try store.commit([.settings(from: Fixture.programme, to: programme)], at: Fixture.time)
    let text = try disk.text(path).replacing(
      "\"name\": \"Spring\"", with: "\(Self.added), \"name\": \"Spring\"")
    disk.put(Fixture.path + "/" + path, Array(text.utf8))
    let edited = try Fixture.reopen(disk)
    #expect(edited.handEdits.isEmpty)
    var next = programme
    next.campaigns = [Campaign(name: "Easter"), Campaign(name: "Spring", budget: 250)]
    try edited.commit([.settings(from: programme, to: next)], at: Fixture.time)
    let document = try JSONDocument(parsing: Array(try disk.text(path).utf8))
    let campaigns = try #require(document.root["campaigns"]?.elements)
    #expect(campaigns.map { $0["name"]?.string } == ["Easter", "Spring"])
    #expect(campaigns[0]["future"] == nil)
    #expect(campaigns[1]["future"]?["a"]?.elements?.first?.numberText == "1.50")
    #expect(campaigns[1]["budget"]?.string == "2.50")
  }

  /// What folding recorded of the settings is written anew by the next folding.
  @Test(arguments: places) func theRecordedSettingsMembersSurviveFolding(_ place: String) throws {
    let disk = MemoryDisk()
    let path = Fixture.path + "/settings/recorded.ndjson"
    var store = try Fixture.store(on: disk)
    try store.commit([.settings(from: Fixture.programme, to: Self.programme)], at: Fixture.time)
    try store.fold()
    store.close()
    var lines = try disk.text("settings/recorded.ndjson").split(separator: "\n").map(String.init)
    let line = try #require(lines.indices.dropFirst().first)
    let start = #"{"programme":"#
    lines[line] = start + (try Self.extended(String(lines[line].dropFirst(start.count)), place))
    let body = Array((lines.dropLast().joined(separator: "\n") + "\n").utf8)
    disk.put(
      path, body + ShardFile.last(rows: lines.count - 2, checksum: CRC32C.checksum(of: body)))
    store = try Fixture.reopen(disk)
    #expect(store.access == .readWrite)
    try store.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
    try store.fold()
    #expect(
      try disk.text("settings/recorded.ndjson").components(separatedBy: Self.added).count == 2)
    #expect(try Fixture.reopen(disk.crashed()).snapshot == store.snapshot)
  }

  /// All objects in a piece of JSON.
  private static func objects(_ node: JSONNode) -> [JSONNode] {
    let inside = (node.members ?? []).map(\.value) + (node.elements ?? [])
    return (node.members == nil ? [] : [node]) + inside.flatMap { objects($0) }
  }
}
