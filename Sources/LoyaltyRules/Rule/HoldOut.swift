import LoyaltyModel

/// A comparison group: a share of customers who are left out, chosen by a hash of their identifiers.
///
/// The group is a function of the salt and the customer alone. The bytes that are hashed are the
/// UTF-8 bytes of the salt, one byte `0x7C` (`|`), and the UTF-8 bytes of the identifier, nothing
/// else. They are folded with 64-bit FNV-1a (start `0xcbf29ce484222325`; for each byte: exclusive
/// or, then multiply by `0x00000100000001b3`, modulo 2⁶⁴). FNV's low bits follow the last byte too
/// closely, so the result passes the finaliser of MurmurHash3: `h ^= h >> 33`,
/// `h *= 0xff51afd7ed558ccd`, `h ^= h >> 33`, `h *= 0xc4ceb9fe1a85ec53`, `h ^= h >> 33`. The bucket
/// is that number modulo 10,000. A customer is held out when the bucket is less than the share in
/// ten-thousandths, so that a wider share keeps everybody who was out before.
package struct HoldOut: Sendable, Hashable {
  /// The share in ten-thousandths, from 0 to 10,000.
  package var share: Int
  /// What tells this group from others.
  package var salt: String

  /// A group of a share in ten-thousandths.
  package init(share: Int, salt: String) { (self.share, self.salt) = (share, salt) }

  /// Nobody.
  package static let nobody = HoldOut(share: 0, salt: "")

  /// Whether a customer is in the group.
  package func contains(_ customer: some Sequence<UInt8>) -> Bool {
    share > 0 && HoldOut.bucket(salt: salt, customer: customer) < share
  }

  /// The bucket of a customer, from 0 to 9,999.
  package static func bucket(salt: String, customer: some Sequence<UInt8>) -> Int {
    var hash = Hash64()
    hash.add(salt.utf8)
    hash.add(CollectionOfOne(UInt8(ascii: "|")))
    hash.add(customer)
    return Int(hash.avalanched % 10_000)
  }
}
