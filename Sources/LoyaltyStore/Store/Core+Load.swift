import LoyaltyModel
import TextFormats

extension Core {
  /// Reads everything: shards, then the journal over them, then the tables.
  ///
  /// Offers are read on another processor than customers.
  ///
  /// - Parameter progress: Is told how much has been read, from 0 to 1.
  /// - Throws: Damage, or what the disk does.
  mutating func load(progress: (Double) -> Void = { _ in }) throws(StoreError) {
    try loadSettings()
    try loadImports()
    let offers = beginOffers()
    let people = hasKeptPeople() ? nil : readPeople()
    try finishOffers(offers)
    if let people { try finishPeople(people) }
    // About what these take of the whole.
    let begun = 0.4
    progress(begun)
    try loadJournal()
    try loadTables(people) { progress(begun + (1 - begun) * $0) }
    try checkWorkingFiles()
  }

  /// Makes the store one that can only be read, unless it is one for a weightier reason.
  mutating func restrict(_ reason: ReadOnlyReason) {
    if case .readWrite = access { access = .readOnly(reason) }
  }

  /// Notes what the last lines of files found changed.
  mutating func note(_ flaws: [Damage]) {
    for flaw in flaws { restrict(.damaged(flaw)) }
  }

  /// A shard; what its last line found changed is noted.
  private mutating func shard(
    _ path: String, _ kind: String
  ) throws(StoreError) -> (ShardFile.Contents, ChainHead) {
    let contents = try files.records(path, kind: kind)
    note(contents.flaw.map { [$0] } ?? [])
    guard let head = contents.header.head else {
      throw .damaged(Damage(path, line: 1, byte: 0, .header))
    }
    return (contents, head)
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

  /// Begins to read the offers; nil where they were kept as columns.
  private mutating func beginOffers() -> Side<OfferShards>? {
    offersDue = nil
    if mayHaveColumns(OfferCache.prefix), let heads = headers(StorePath.offers),
      let cache = offerCache(shards: heads.count), let kept = keptOffers(cache)
    {
      shards.offers = heads
      state.offers = OfferBook(kept)
      return nil
    }
    let (files, currency) = (files, state.programme.currency)
    return Side { OfferShards.read(files, currency) }
  }

  private mutating func finishOffers(_ work: Side<OfferShards>?) throws(StoreError) {
    guard let work else { return }
    let loaded = try work.value()
    note(loaded.shards.flaws)
    shards.offers = loaded.shards.heads
    others.offers = loaded.loader.others
    let offers = loaded.loader.offers
    state.offers = OfferBook(offers)
    guard areWorthKeeping(offers), let cache = offerCache(shards: shards.offers.count) else {
      return
    }
    offersDue = DueColumns(key: cache.key) { (file, path) throws(DiskError) in
      try cache.write(offers, to: file, path: path)
    }
  }

  /// Whether the shards of customers and products may be kept as columns, so that only their first
  /// lines are read.
  private mutating func hasKeptPeople() -> Bool {
    guard mayHaveColumns(TableCache.prefix), let customers = headers(StorePath.customers),
      let products = header(StorePath.shard(StorePath.products, 0), StorePath.products)?.head
    else { return false }
    (shards.customers, shards.products) = (customers, products)
    return true
  }

  /// Reads the shards of customers and products.
  func readPeople() -> PeopleShards { PeopleShards(files) }

  /// Takes what the shards of customers and products say of themselves.
  private mutating func finishPeople(_ people: PeopleShards) throws(StoreError) {
    let read = try people.read.get()
    note(read.flaws)
    shards.customers = read.shards.heads
    shards.products = read.products.header.head ?? ChainHead()
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
