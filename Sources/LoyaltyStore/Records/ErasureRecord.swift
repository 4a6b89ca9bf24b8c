import LoyaltyModel
import TextFormats

/// What the event of an erasing says.
enum ErasureRecord {
  /// Writes the members.
  static func write(_ erasure: Erasure, to writer: inout JSONWriter) {
    writer.member("people", erasure.people)
    writer.member("purchases", erasure.purchases)
    writer.member("offers", erasure.offers)
    writer.member("key", erasure.key)
    writer.member("hashes", erasure.hashes.map { SipHash.hexadecimal($0) })
    writer.member("head", checksum: erasure.head)
    writer.member("new_head", checksum: erasure.newHead)
  }

  /// Reads the members.
  static func read(_ reader: RecordReader) throws(RecordFlaw) -> Erasure {
    let key = try reader.text("key")
    guard SipHash(hexadecimal: key) != nil else { throw reader.flaw("key") }
    return Erasure(
      people: try reader.int("people"), purchases: try reader.int("purchases"),
      offers: try reader.int("offers"), key: key, hashes: try hashes(reader),
      head: try reader.checksum("head"), newHead: try reader.checksum("new_head"))
  }

  /// The hashes in the member of that name.
  static func hashes(_ reader: RecordReader) throws(RecordFlaw) -> [UInt64] {
    var hashes: [UInt64] = []
    for text in try reader.texts("hashes") {
      guard text.utf8.count == 16, let hash = UInt64(text, radix: 16) else {
        throw reader.flaw("hashes")
      }
      hashes.append(hash)
    }
    return hashes
  }
}
