import LoyaltyModel
import TextFormats
import Testing

@testable import LoyaltyStore

/// The journal's lines, and what becomes of a journal that was torn or damaged.
struct JournalTests {
  private static let journal = Fixture.path + "/journal/000001.ndjson"

  /// A store whose journal has single events and transactions, and the bytes after each commit.
  private static func history() throws -> (disk: MemoryDisk, ends: [Int], states: [Snapshot]) {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    var (ends, states): ([Int], [Snapshot]) = ([], [])
    func note() throws {
      ends.append(try disk.readWhole(journal).count)
      states.append(store.snapshot)
    }
    try note()
    try store.commit(
      (1...3).map { .offer(from: nil, to: Fixture.offer($0)) }, at: Fixture.time)
    try note()
    try store.commit([try Fixture.decision(store, 2, .approved)], at: Fixture.time)
    try note()
    try store.commit(
      [
        try Fixture.decision(store, 1, .rejected, reason: "ü"),
        try Fixture.decision(store, 3, .approved),
      ], at: Fixture.time)
    try note()
    return (disk, ends, states)
  }

  /// The bit-by-bit definition of the checksum (RFC 3720, appendix B.4), apart from the product's.
  private static func plainCRC32C(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var register: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      for bit in 0..<8 {
        let carry = (register ^ UInt32(byte >> UInt8(bit))) & 1
        register = register >> 1 ^ (carry == 1 ? 0x82F6_3B78 : 0)
      }
    }
    return ~register
  }

  @Test func linesAreChainedByTheirChecksums() throws {
    let (disk, _, _) = try Self.history()
    var previous = "00000000"
    let lines = String(decoding: try disk.readWhole(Self.journal), as: UTF8.self)
      .split(separator: "\n")
    #expect(lines.count == 7)
    for (index, line) in lines.enumerated() {
      let parts = line.split(separator: ",\"crc\":\"")
      let checksum = String(Self.plainCRC32C(parts[0].utf8), radix: 16)
      let padded = String(repeating: "0", count: 8 - checksum.count) + checksum
      #expect(parts[1] == "\(padded)\"}")
      #expect(parts[0].hasPrefix("{\"seq\":\(index + 1),\"at\":\"2026-07-01T09:30:00Z\",\"by\":"))
      #expect(parts[0].hasSuffix(",\"prev\":\"\(previous)\""))
      previous = padded
    }
    #expect(
      lines[4].hasPrefix(
        """
        {"seq":5,"at":"2026-07-01T09:30:00Z","by":"anna","op":"offer.decide","offer":2,\
        "from":"suggested","to":"approved","prev":
        """))
    #expect(lines[5].contains(#""to":{"state":"rejected","reason":"ü"},"tx":6,"more":1,"prev":"#))
    #expect(lines[6].contains(#""tx":6,"prev":"#))
  }

  @Test func aJournalCutAnywhereOpensAtTheLastWholeTransaction() throws {
    let (disk, ends, states) = try Self.history()
    let whole = try disk.readWhole(Self.journal)
    let empty = try Fixture.reopen(Self.with(disk, []))
    for length in stride(from: whole.count, through: 0, by: -1) {
      let found = Self.with(disk, Array(whole.prefix(length)))
      let store = try Fixture.reopen(found)
      let expected = ends.lastIndex { $0 <= length }.map { states[$0] } ?? empty.snapshot
      #expect(store.snapshot == expected, "cut at \(length)")
      #expect(store.access == .readWrite)
      // Bytes that are cut off are kept, and the next commit follows the good part.
      let end = ends.last { $0 <= length } ?? 0
      let torn = found.files.filter { $0.hasSuffix(".torn") }
      #expect(torn.isEmpty == (end == length))
      if let path = torn.first {
        #expect(try found.readWhole(path) == Array(whole[end..<length]))
      }
      if length % 50 == 0 {
        try store.commit([.offer(from: nil, to: Fixture.offer(9))], at: Fixture.time)
        #expect(try Fixture.reopen(found.crashed()).snapshot == store.snapshot)
      }
    }
  }

  @Test func everyFlippedBitIsNoticed() throws {
    let (disk, ends, states) = try Self.history()
    let whole = try disk.readWhole(Self.journal)
    let empty = try Fixture.reopen(Self.with(disk, []))
    let lines = whole.indices.filter { whole[$0] == 10 }
    for offset in whole.indices {
      var bytes = whole
      bytes[offset] ^= 1 << UInt8(offset % 8)
      let store = try Fixture.reopen(Self.with(disk, bytes))
      let good = ends.lastIndex { $0 <= offset }
      #expect(
        store.snapshot == good.map { states[$0] } ?? empty.snapshot, "bit of byte \(offset)")
      // Only what stands in the last commit can be a torn write.
      guard offset < ends[ends.count - 2] else { continue }
      guard case .readOnly(.damaged(let damage)) = store.access else {
        Issue.record("a flipped bit in byte \(offset) went unnoticed")
        continue
      }
      #expect(damage.file == "journal/000001.ndjson")
      let line = lines.firstIndex { $0 >= offset } ?? 0
      #expect(damage.line == line + 1)
      #expect(damage.byte == (line == 0 ? 0 : lines[line - 1] + 1))
      #expect(throws: StoreError.readOnly(.damaged(damage))) {
        try store.commit([.offer(from: nil, to: Fixture.offer(9))], at: Fixture.time)
      }
    }
  }

  @Test func eventsThatAreMissingAreNoticed() throws {
    let (disk, ends, states) = try Self.history()
    let whole = try disk.readWhole(Self.journal)
    let gap = Array(whole[..<ends[1]] + whole[ends[2]...])
    let store = try Fixture.reopen(Self.with(disk, gap))
    #expect(store.snapshot == states[1])
    #expect(
      store.access
        == .readOnly(
          .damaged(
            Damage("journal/000001.ndjson", line: 5, byte: ends[1], .chain(expected: 5)))))
    let lost = disk.killed()
    try lost.remove(Self.journal)
    #expect(try Fixture.reopen(lost).state.sequence == 0)
    let folded = try Fixture.reopen(disk.killed())
    try folded.fold()
    #expect(folded.snapshot == states[3])
  }

  @Test func aJournalThatTheShardsHoldAlreadyIsNotAppliedAgain() throws {
    let (disk, _, states) = try Self.history()
    let old = try disk.readWhole(Self.journal)
    try Fixture.reopen(disk).fold()
    disk.put(Self.journal, old)
    let store = try Fixture.reopen(disk)
    #expect(store.snapshot == states[3])
    #expect(store.access == .readWrite)
    try store.commit([.offer(from: nil, to: Fixture.offer(9))], at: Fixture.time)
    #expect(try Fixture.reopen(disk.crashed()).snapshot == store.snapshot)
    try store.fold()
    #expect(try store.events(limit: 99).count == 8)
    #expect(try Fixture.reopen(disk.crashed()).events(limit: 99).map(\.sequence).last == 1)
  }

  private static func with(_ disk: MemoryDisk, _ journal: [UInt8]) -> MemoryDisk {
    let copy = disk.killed()
    copy.put(Self.journal, journal)
    return copy
  }
}
