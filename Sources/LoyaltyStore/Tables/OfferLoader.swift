import LoyaltyModel
import TextFormats

/// The offers of all shards.
struct OfferLoader: Sendable {
  /// The offers.
  private(set) var offers = PackedOffers()
  /// Members that are not known here, by the number of the offer.
  private(set) var others: [Int: [JSONMember]] = [:]

  /// Adds the offers of a shard.
  mutating func add(
    _ contents: ShardFile.Contents, _ compact: inout CompactOfferReader,
    _ scanning: inout OfferLineReader, _ currency: Currency
  ) throws(StoreError) {
    let bytes = contents.bytes.span.bytes
    let end = contents.records.upperBound
    var (offset, line) = (contents.records.lowerBound, 2)
    while offset < end {
      if let feed = compact.read(bytes, at: offset, into: &offers) {
        (offset, line) = (feed + 1, line + 1)
        continue
      }
      let feed = Seal.lineFeed(bytes, from: offset) ?? end
      do throws(RecordFlaw) {
        try add(bytes.extracting(offset..<feed), &scanning, currency)
      } catch {
        throw .damaged(
          Damage(
            contents.file, line: line, byte: offset + (error.offset ?? 0),
            .value(key: error.key)))
      }
      (offset, line) = (feed + 1, line + 1)
    }
    // A number is given once, even when its offer is gone.
    if let last = contents.header.last { offers.reserve(through: last) }
  }

  private mutating func add(
    _ line: RawSpan, _ scanning: inout OfferLineReader, _ currency: Currency
  ) throws(RecordFlaw) {
    if let offer = scanning.read(line) { return offers.append(offer) }
    let general = try RecordReader(json: line.array(0..<line.byteCount))
    let offer = try OfferRecord.read(general, currency)
    offers.append(offer)
    let unknown = general.others(than: OfferRecord.known)
    if !unknown.isEmpty { others[offer.id] = unknown }
  }
}

/// The shards of offers, read.
struct OfferShards: Sendable {
  let shards: ShardSet
  let loader: OfferLoader

  /// Reads them.
  init(_ files: StoreFiles, _ currency: Currency) throws(StoreError) {
    var loader = OfferLoader()
    var (compact, scanning) = (CompactOfferReader(currency), OfferLineReader(currency))
    shards = try ShardSet(files, StorePath.offers) { (contents) throws(StoreError) in
      try loader.add(contents, &compact, &scanning, currency)
    }
    self.loader = loader
  }

  /// Reads them, for another processor.
  static func read(_ files: StoreFiles, _ currency: Currency) -> Result<OfferShards, StoreError> {
    do throws(StoreError) {
      return .success(try OfferShards(files, currency))
    } catch { return .failure(error) }
  }
}
