import Testing

@testable import TextFormats

/// The vectors that the authors published with SipHash-2-4: key 00…0f, messages 00, 01, 02, ….
struct SipHashTests {
  private static let function = SipHash(low: 0x0706_0504_0302_0100, high: 0x0F0E_0D0C_0B0A_0908)

  @Test(
    arguments: [
      (0, 0x726F_DB47_DD0E_0E31), (1, 0x74F8_39C5_93DC_67FD), (7, 0xAB02_00F5_8B01_D137),
      (8, 0x93F5_F579_9A93_2462), (15, 0xA129_CA61_49BE_45E5),
    ] as [(Int, UInt64)])
  func published(_ length: Int, _ expected: UInt64) {
    #expect(Self.function.hash((0..<length).map { UInt8($0) }) == expected)
  }

  @Test func theKeyIsWrittenAndRead() {
    #expect(Self.function.hexadecimal == "07060504030201000f0e0d0c0b0a0908")
    #expect(SipHash(hexadecimal: Self.function.hexadecimal) == Self.function)
    #expect(SipHash(hexadecimal: "07") == nil)
    #expect(SipHash.hexadecimal(7) == "0000000000000007")
  }
}
