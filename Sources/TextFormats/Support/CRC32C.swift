import CChecksum

/// The checksum CRC-32C (Castagnoli, RFC 3720 B.4), taken over bytes as they come.
///
/// The checksum of `123456789` is e3069283.
package struct CRC32C: Sendable, Hashable {
  /// The register, inverted.
  private var register: UInt32 = 0xFFFF_FFFF

  /// The checksum of no bytes.
  package init() {}

  /// Goes on from the checksum of what came before.
  package init(resuming checksum: UInt32) { register = ~checksum }

  /// The checksum of all bytes so far.
  package var checksum: UInt32 { ~register }

  /// The checksum as eight lower-case hexadecimal digits.
  package var hexadecimal: String { Self.hexadecimal(checksum) }

  /// A checksum as eight lower-case hexadecimal digits.
  package static func hexadecimal(_ checksum: UInt32) -> String {
    let digits = String(checksum, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// The checksum of bytes.
  package static func checksum(of bytes: RawSpan) -> UInt32 {
    var crc = CRC32C()
    crc.update(bytes)
    return crc.checksum
  }

  /// The checksum of bytes.
  package static func checksum(of bytes: [UInt8]) -> UInt32 { checksum(of: bytes.span.bytes) }

  /// Takes in more bytes, by the processor's own instruction where it has one.
  package mutating func update(_ bytes: RawSpan) {
    guard Self.isInProcessor else { return updateByTables(bytes) }
    let crc = register
    register = bytes.withUnsafeBytes { bytes in
      Self.shifts.withUnsafeBufferPointer {
        ladder_crc32c(crc, bytes.baseAddress, bytes.count, $0.baseAddress)
      }
    }
  }

  private static let isInProcessor = ladder_crc32c_is_available() != 0

  /// What a block of zeros makes of a register, by each of its four bytes: so the checksums of parts
  /// that are taken side by side become that of the whole.
  private static let shifts: [UInt32] = {
    let zeros = [UInt8](repeating: 0, count: Int(LADDER_CRC32C_BLOCK))
    // A register is a sum of its bits, and so is what comes of it.
    let bits = (0..<32).map { ladder_crc32c(1 << UInt32($0), zeros, zeros.count, nil) }
    return (0..<4 * 256).map { entry in
      (0..<8).reduce(0) { $0 ^ (entry >> $1 & 1 == 1 ? bits[entry / 256 * 8 + $1] : 0) }
    }
  }()

  /// Takes in more bytes, sixteen at a time by sixteen tables ("slicing", Kounavis and Berry 2005).
  mutating func updateByTables(_ bytes: RawSpan) {
    let tables = Self.tables.span
    var crc = register
    var offset = 0
    @inline(__always) func entry(_ table: Int, _ word: UInt64, _ byte: UInt64) -> UInt32 {
      tables[table &* 256 &+ Int(truncatingIfNeeded: word &>> (byte &* 8) & 0xFF)]
    }
    while offset &+ 16 <= bytes.byteCount {
      let low = bytes.word(at: offset) ^ UInt64(crc)
      let high = bytes.word(at: offset &+ 8)
      let left =
        entry(15, low, 0) ^ entry(14, low, 1) ^ entry(13, low, 2) ^ entry(12, low, 3)
        ^ entry(11, low, 4) ^ entry(10, low, 5) ^ entry(9, low, 6) ^ entry(8, low, 7)
      let right =
        entry(7, high, 0) ^ entry(6, high, 1) ^ entry(5, high, 2) ^ entry(4, high, 3)
        ^ entry(3, high, 4) ^ entry(2, high, 5) ^ entry(1, high, 6) ^ entry(0, high, 7)
      crc = left ^ right
      offset &+= 16
    }
    while offset < bytes.byteCount {
      crc = crc &>> 8 ^ tables[Int((crc ^ UInt32(bytes.byte(at: offset))) & 0xFF)]
      offset &+= 1
    }
    register = crc
  }

  /// Table k holds the effect of a byte followed by k zero bytes.
  private static let tables: [UInt32] = {
    let polynomial: UInt32 = 0x82F6_3B78
    var tables = (0..<256).map { (index: UInt32) in
      (0..<8).reduce(index) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? polynomial : 0) }
    }
    for index in 256..<16 * 256 {
      let previous = tables[index - 256]
      tables.append(previous >> 8 ^ tables[Int(previous & 0xFF)])
    }
    return tables
  }()
}
