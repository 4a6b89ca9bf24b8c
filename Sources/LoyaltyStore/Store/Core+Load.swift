import LoyaltyModel
import TextFormats

extension Core {
  /// Reads everything: shards, then the journal over them, then the tables.
  ///
  /// - Parameter progress: Is told how much has been read, from 0 to 1.
  /// - Throws: Damage, or what the disk does.
  mutating func load(progress: (Double) -> Void = { _ in }) throws(StoreError) {
    try loadSettings()
    try loadImports()
    try loadOffers()
    // About what offers take of the whole.
    let begun = 0.3
    progress(begun)
    let people = try loadPeople()
    try loadJournal()
    try loadTables(people) { progress(begun + (1 - begun) * $0) }
    try checkWorkingFiles()
  }

  /// Makes the store one that can only be read, unless it is one for a weightier reason.
  mutating func restrict(_ reason: ReadOnlyReason) {
    if case .readWrite = access { access = .readOnly(reason) }
  }

  private mutating func note(_ contents: ShardFile.Contents) {
    if let flaw = contents.flaw { restrict(.damaged(flaw)) }
  }

  /// A shard; what its last line found changed is noted.
  private mutating func shard(
    _ path: String, _ kind: String
  ) throws(StoreError) -> (ShardFile.Contents, ChainHead) {
    let contents = try files.records(path, kind: kind)
    note(contents)
    guard let head = contents.header.head else {
      throw .damaged(Damage(path, line: 1, byte: 0, .header))
    }
    return (contents, head)
  }

  /// The shards of a kind: as many as the first one says.
  private mutating func shards(
    _ folder: String
  ) throws(StoreError) -> [(contents: ShardFile.Contents, head: ChainHead)] {
    let first = try shard(StorePath.shard(folder, 0), folder)
    let count = first.0.header.shards ?? 1
    guard (1...99).contains(count) else {
      throw .damaged(Damage(first.0.file, line: 1, byte: 0, .header))
    }
    var all = [(contents: first.0, head: first.1)]
    for number in 1..<max(count, 1) {
      let next = try shard(StorePath.shard(folder, number), folder)
      all.append((next.0, next.1))
    }
    return all
  }

  private mutating func loadSettings() throws(StoreError) {
    let (contents, _) = try shard(StorePath.recorded, RecordedSettings.kind)
    let recorded = try RecordedSettings(contents)
    shards.settings = recorded.head
    state.programme = recorded.programme
    others.settings = recorded.others
    state.erased = recorded.erased
    state.rules = recorded.rules
  }

  private mutating func loadImports() throws(StoreError) {
    let (contents, head) = try shard(StorePath.shard(StorePath.imports, 0), StorePath.imports)
    shards.imports = head
    state.lastBatch = contents.header.last ?? 0
    try contents.forEach { (reader) throws(RecordFlaw) in
      let batch = try BatchRecord.read(reader)
      state.setBatch(batch, present: true)
      commitSequence[batch.number] = try reader.int("seq")
      let unknown = reader.others(than: BatchRecord.known)
      if !unknown.isEmpty { others.imports[batch.number] = unknown }
    }
  }

  private mutating func loadOffers() throws(StoreError) {
    offersDue = nil
    if mayHaveColumns(OfferCache.prefix), let heads = headers(StorePath.offers),
      let cache = offerCache(shards: heads.count), let kept = keptOffers(cache)
    {
      shards.offers = heads
      state.offers = OfferBook(kept)
      return
    }
    let offers = try readOffers()
    state.offers = OfferBook(offers)
    guard areWorthKeeping(offers), let cache = offerCache(shards: shards.offers.count) else {
      return
    }
    offersDue = DueColumns(key: cache.key) { (file, path) throws(DiskError) in
      try cache.write(offers, to: file, path: path)
    }
  }

  private mutating func readOffers() throws(StoreError) -> PackedOffers {
    let all = try shards(StorePath.offers)
    shards.offers = all.map(\.head)
    let currency = state.programme.currency
    var (offers, reader) = (PackedOffers(), OfferLineReader(currency))
    for (contents, _) in all {
      try contents.forEachLine { (line) throws(RecordFlaw) in
        if let offer = reader.read(line) { return offers.append(offer) }
        let general = try RecordReader(json: line.array(0..<line.byteCount))
        let offer = try OfferRecord.read(general, currency)
        offers.append(offer)
        let unknown = general.others(than: OfferRecord.known)
        if !unknown.isEmpty { others.offers[offer.id] = unknown }
      }
      // A number is given once, even when its offer is gone.
      if let last = contents.header.last { offers.reserve(through: last) }
    }
    return offers
  }

  /// The shards of customers and products, still as lines; nil when only their first lines were
  /// read, since the rest may be kept as columns.
  private mutating func loadPeople() throws(StoreError) -> PeopleShards? {
    if mayHaveColumns(TableCache.prefix), let customers = headers(StorePath.customers),
      let products = header(StorePath.shard(StorePath.products, 0), StorePath.products)?.head
    {
      (shards.customers, shards.products) = (customers, products)
      return nil
    }
    let people = try readPeople()
    shards.customers = people.customers.compactMap(\.header.head)
    shards.products = people.products?.header.head ?? ChainHead()
    return people
  }

  /// Reads the shards of customers and products.
  mutating func readPeople() throws(StoreError) -> PeopleShards {
    let customers = try shards(StorePath.customers)
    let (products, _) = try shard(StorePath.shard(StorePath.products, 0), StorePath.products)
    return PeopleShards(customers: customers.map(\.contents), products: products)
  }

  /// What the shards of a kind hold, by their first lines; nil where these do not tell.
  private func headers(_ folder: String) -> [ChainHead]? {
    guard let first = header(StorePath.shard(folder, 0), folder), let head = first.head,
      (1...99).contains(first.shards ?? 1)
    else { return nil }
    var heads = [head]
    for number in 1..<max(first.shards ?? 1, 1) {
      guard let head = header(StorePath.shard(folder, number), folder)?.head else { return nil }
      heads.append(head)
    }
    return heads
  }

  private func header(_ path: String, _ kind: String) -> ShardFile.Header? {
    guard let bytes = try? files.disk.open(files.full(path), .readInside).read(1_024, at: 0),
      let feed = bytes.firstIndex(of: 10),
      let header = try? ShardFile.Header(RecordReader(json: Array(bytes[..<feed]))),
      header.kind == kind, header.schema <= ShardFile.schema
    else { return nil }
    return header
  }
}

/// The shards of customers and products, still as lines.
struct PeopleShards {
  var customers: [ShardFile.Contents] = []
  var products: ShardFile.Contents?
}
