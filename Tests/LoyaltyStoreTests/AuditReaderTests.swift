import LoyaltyModel
import Testing

@testable import LoyaltyStore

/// The audit is read from its end, a block at a time; what it gives is what the whole file holds.
struct AuditReaderTests {
  /// A store whose audit spans many blocks: long events, short ones, and one longer than a block.
  private static let made = Result {
    () throws -> (store: JSONStore, disk: MemoryDisk, events: [Event]) in
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    var texts: [String?] = [nil]
    for step in 0..<420 {
      let length = step == 200 ? 200_000 : (step * 7_919) % 6_000
      texts.append(String(repeating: "x", count: length) + "\(step)")
    }
    var events: [Event] = []
    for (from, to) in zip(texts, texts.dropFirst()) {
      events += try store.commit([.rule(file: "long.json", from: from, to: to)], at: Fixture.time)
      if events.count % 97 == 0 { try store.fold() }
    }
    try store.fold()
    return (store, disk, events)
  }

  @Test func givesTheSameAsTheWholeFileFromEveryPlace() throws {
    let (store, _, events) = try Self.made.get()
    let all = try store.events(limit: .max, before: nil)
    #expect(Array(all.prefix(events.count)) == events.reversed())
    for before in stride(from: 1, through: all.count + 2, by: 13) {
      let expected = all.filter { $0.sequence < before }
      for limit in [1, 5, 60] {
        #expect(
          try store.events(limit: limit, before: before) == Array(expected.prefix(limit)),
          "before \(before), \(limit)")
      }
    }
    #expect(try store.events(limit: 3, before: nil) == Array(all.prefix(3)))
  }

  @Test func readsTheLastFewWithoutTheRest() throws {
    let disk = try Self.made.get().disk.killed()
    let store = try Fixture.reopen(disk)
    let path = try #require(disk.files.first { $0.contains("/audit/") })
    let bytes = try disk.readWhole(path)
    #expect(bytes.count > 1_000_000)
    // What stands far before the last events may be damaged without their being any the worse.
    var damaged = bytes
    for place in 0..<bytes.count / 2 { damaged[place] = 0x21 }
    disk.put(path, damaged)
    #expect(try store.events(limit: 3, before: nil).count == 3)
  }
}
