import Testing

@testable import TextFormats

struct ChecksumTests {
  // The vectors of RFC 3720, B.4, and the usual check value.
  @Test(
    arguments: [
      ([], 0), (utf8("123456789"), 0xE306_9283), (Array(repeating: 0, count: 32), 0x8A91_36AA),
      (Array(repeating: 0xFF, count: 32), 0x62A8_AB43), (Array(0..<32), 0x46DD_794E),
      (Array((0..<32).reversed()), 0x113F_DB5C),
    ] as [([UInt8], UInt32)])
  func givesThePublishedValues(bytes: [UInt8], checksum: UInt32) {
    #expect(CRC32C.checksum(of: bytes) == checksum)
  }

  /// The processor's instruction and the tables agree, whatever the length and the place in memory.
  @Test func theTablesGiveTheSameAsTheProcessor() {
    let bytes = (0..<300).map { UInt8($0 * 31 % 251) }
    for start in 0..<9 {
      for end in start...bytes.count {
        var (one, other) = (CRC32C(), CRC32C())
        one.update(bytes.span.bytes.extracting(start..<end))
        other.updateByTables(bytes.span.bytes.extracting(start..<end))
        #expect(one == other)
      }
    }
  }

  /// Long runs are taken in three parts side by side.
  @Test(arguments: [6_143, 6_144, 6_145, 12_288, 20_003])
  func longRunsGiveTheSameAsTheTables(count: Int) {
    let bytes = (0..<count).map { UInt8($0 * $0 % 251) }
    for start in 0..<9 {
      var (one, other) = (CRC32C(resuming: 0xDEAD_BEEF), CRC32C(resuming: 0xDEAD_BEEF))
      one.update(bytes.span.bytes.extracting(start..<count))
      other.updateByTables(bytes.span.bytes.extracting(start..<count))
      #expect(one == other)
    }
  }

  @Test func piecesGiveTheSameAsTheWhole() {
    let bytes = (0..<100).map { UInt8($0 * 37 & 0xFF) }
    // Bit by bit, as the definition has it.
    let plain = ~bytes.reduce(UInt32.max) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0x82F6_3B78 : 0) }
    }
    for cut in 0...bytes.count {
      var crc = CRC32C()
      crc.update(bytes.span.bytes.extracting(0..<cut))
      var resumed = CRC32C(resuming: crc.checksum)
      resumed.update(bytes.span.bytes.extracting(cut..<bytes.count))
      #expect(resumed.checksum == plain)
    }
    #expect(CRC32C.hexadecimal(0xAB) == "000000ab")
  }
}
