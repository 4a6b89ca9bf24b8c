import LoyaltyModel

/// Offers as columns in one file; see ``TableCache``.
///
/// They have a file of their own since decisions change them at every folding, while customers and
/// purchases stay as they are for long.
struct OfferCache {
  /// How the names of the files begin.
  static let prefix = "offers-"
  /// Names what they are made from.
  let key: CacheKey

  /// Writes offers to a file.
  func write(_ offers: PackedOffers, to file: any OpenFile, path: String) throws(DiskError) {
    var writer = ColumnFile.Writer(file, path: path, key: key.words)
    try writer.add(offers.places)
    try writer.add(offers.packed)
    try writer.finish()
  }

  /// The offers of a file; nil when it is not of this key, or damaged.
  func offers(_ file: any OpenFile) -> PackedOffers? {
    guard var reader = ColumnFile.Reader(file, key: key.words),
      let places = reader.numbers(UInt64.self), let packed = reader.packed()
    else { return nil }
    return PackedOffers(packed, places: places)
  }
}
