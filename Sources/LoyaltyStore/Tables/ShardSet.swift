import LoyaltyModel
import TextFormats

/// The shards of a kind, as many as the first one says, read one after the other.
struct ShardSet: Sendable {
  /// What the shards hold.
  private(set) var heads: [ChainHead] = []
  /// What the last lines found changed; the records may still be readable.
  private(set) var flaws: [Damage] = []

  /// Reads the shards of a folder.
  ///
  /// - Parameters:
  ///   - files: The store's files.
  ///   - folder: The folder, which is called as its kind.
  ///   - body: Takes each shard.
  /// - Throws: Damage, or what the disk does, or what the body throws.
  init(
    _ files: StoreFiles, _ folder: String,
    _ body: (ShardFile.Contents) throws(StoreError) -> Void
  ) throws(StoreError) {
    var (number, count, spare) = (0, 1, [UInt8]())
    while number < count {
      let contents = try files.records(
        StorePath.shard(folder, number), kind: folder, reusing: &spare)
      if let flaw = contents.flaw { flaws.append(flaw) }
      guard let head = contents.header.head else {
        throw .damaged(Damage(contents.file, line: 1, byte: 0, .header))
      }
      heads.append(head)
      if number == 0 { count = contents.header.shards ?? 1 }
      guard (1...99).contains(count) else {
        throw .damaged(Damage(contents.file, line: 1, byte: 0, .header))
      }
      try body(contents)
      spare = contents.bytes
      number += 1
    }
  }
}

/// The shards of customers and products, read.
struct PeopleShards: Sendable {
  /// What was read.
  struct Read: Sendable {
    var shards: ShardSet
    var products: ShardFile.Contents
    /// The customers, or the damage that there is for whoever needs them.
    var customers: Result<LoadedPeople, StoreError>

    /// What the last lines found changed.
    var flaws: [Damage] { shards.flaws + (products.flaw.map { [$0] } ?? []) }
  }

  let read: Result<Read, StoreError>

  /// Reads them.
  init(_ files: StoreFiles) {
    do throws(StoreError) {
      var (customers, failure) = (CustomerLoader(), StoreError?.none)
      let shards = try ShardSet(files, StorePath.customers) { (contents) throws(StoreError) in
        guard failure == nil else { return }
        do throws(StoreError) {
          try customers.add(contents)
        } catch { failure = error }
      }
      let products = try files.records(
        StorePath.shard(StorePath.products, 0), kind: StorePath.products)
      guard products.header.head != nil else {
        throw .damaged(Damage(products.file, line: 1, byte: 0, .header))
      }
      read = .success(
        Read(
          shards: shards, products: products,
          customers: failure.map { .failure($0) } ?? .success(customers.loaded())))
    } catch { read = .failure(error) }
  }
}
