import Dispatch
import LoyaltyModel
import Synchronization
import TextFormats

extension Core {
  /// Loads customers, products and purchases as the imports in force say.
  ///
  /// The customers of the imports in force are, for each identifier, the record of the latest of
  /// them that names it. Shards hold that as of their last event; only where an import was taken
  /// back or restored since are the segments of all imports read again.
  ///
  /// - Parameters:
  ///   - people: The shards of customers and products, where they have been read already.
  ///   - progress: Is told how much of the purchases has been read, from 0 to 1.
  /// - Throws: Damage of a shard or segment, or what the disk does.
  mutating func loadTables(
    _ people: PeopleShards? = nil, progress: (Double) -> Void = { _ in }
  ) throws(StoreError) {
    let people = if let people { people } else { try readPeople() }
    var customers = CustomerLoader(expected: state.customers.count)
    let sources = try sources(
      .customers, shards: people.customers, since: shards.customers)
    for contents in sources {
      try contents.with { (contents) throws(LineFlaw) in
        try customers.add(contents)
      }
    }
    try loadProducts(
      try self.sources(
        .products, shards: people.products.map { [$0] } ?? [], since: [shards.products]))
    try loadPeopleAndPurchases(customers, progress: progress)
  }

  /// Reads the customers' records on one processor while another reads the purchases.
  private mutating func loadPeopleAndPurchases(
    _ people: CustomerLoader, progress: (Double) -> Void
  ) throws(StoreError) {
    let (box, done) = (PeopleBox(), DispatchGroup())
    DispatchQueue.global(qos: .userInitiated).async(group: done) {
      let result = people.loaded(naming: people.ids)
      box.result.withLock { $0 = result }
    }
    defer { done.wait() }
    let loader = try loadPurchases(people, progress: progress)
    done.wait()
    var loaded = try box.result.withLock { $0 }?.get()
    if loaded == nil || loader.customers.count != people.ids.count {
      // Purchases name customers of whom there is no record.
      loaded = try people.loaded(naming: loader.customers).get()
    }
    guard let loaded else { return }
    others.customers = loaded.others
    let products = state
    state.customers = loaded.customers
    state.purchases = loader.table(rows: loaded.rows) { products.product($0) }
  }

  private func readPeople() throws(StoreError) -> PeopleShards {
    var people = PeopleShards()
    for number in shards.customers.indices {
      people.customers.append(
        try files.records(
          StorePath.shard(StorePath.customers, number), kind: StorePath.customers))
    }
    people.products = try files.records(
      StorePath.shard(StorePath.products, 0), kind: StorePath.products)
    return people
  }

  /// The files that make up the customers or products, in the order in which later lines win.
  private mutating func sources(
    _ kind: SegmentPath.Kind, shards: [ShardFile.Contents], since heads: [ChainHead]
  ) throws(StoreError) -> [ShardFile.Contents] {
    let held = heads.map(\.sequence).min() ?? 0
    let isRebuilt = needsRebuild(since: held)
    var sources = isRebuilt ? [] : shards
    for batch in state.batches where isRebuilt || commitSequence[batch.number] ?? 0 > held {
      for segment in batch.segments where SegmentPath(segment.path)?.kind == kind {
        sources.append(try self.segment(segment, kind: kind))
      }
    }
    return sources
  }

  /// Whether imports were taken back, or brought back after a later one, since an event.
  private func needsRebuild(since sequence: Int) -> Bool {
    events.contains { event in
      guard event.sequence > sequence, case .batch(let batch, let present) = event.change else {
        return false
      }
      return !present
        || state.batches.contains {
          $0.number > batch.number && commitSequence[$0.number] ?? 0 < event.sequence
        }
    }
  }

  /// A segment, checked against what its import says; what was changed is noted.
  private mutating func segment(
    _ segment: ImportBatch.Segment, kind: SegmentPath.Kind
  ) throws(StoreError) -> ShardFile.Contents {
    let contents = try files.records(segment.path, kind: kind.rawValue)
    if let flaw = contents.flaw { restrict(.damaged(flaw)) }
    if contents.checksum != segment.crc32c { restrict(.damaged(Damage(segment.path, .checksum))) }
    return contents
  }

  private mutating func loadProducts(_ sources: [ShardFile.Contents]) throws(StoreError) {
    // By bytes: texts that only look the same are two products.
    var products: [[UInt8]: Product] = [:]
    for contents in sources {
      try contents.forEach { (reader) throws(RecordFlaw) in
        let product = try ProductRecord.read(reader)
        products[Array(product.sku.utf8)] = product
        let unknown = reader.others(than: ProductRecord.known)
        if !unknown.isEmpty { others.products[product.sku] = unknown }
      }
    }
    state.products = products.values.sorted { $0.sku.utf8.lexicographicallyPrecedes($1.sku.utf8) }
  }

  private mutating func loadPurchases(
    _ people: CustomerLoader, progress: (Double) -> Void
  ) throws(StoreError) -> PurchaseLoader {
    let segments = purchaseSegments()
    let rows = segments.reduce(0) { $0 + $1.segment.rows }
    var loader = PurchaseLoader(
      customers: people.ids, digits: state.programme.currency.digits,
      expectedRows: min(rows, 1 << 26))
    var read = 0
    for (segment, batch) in segments {
      let contents = try self.segment(segment, kind: .purchases)
      try contents.with { (contents) throws(LineFlaw) in
        try loader.add(contents, batch: batch)
      }
      read += segment.rows
      progress(Double(read) / Double(max(rows, 1)))
    }
    return loader
  }

  /// The files of purchases by month, then import: in the order of their days, nearly.
  private func purchaseSegments() -> [(segment: ImportBatch.Segment, batch: Int)] {
    var segments: [(path: SegmentPath, segment: ImportBatch.Segment, batch: Int)] = []
    for batch in state.batches {
      for segment in batch.segments {
        guard let path = SegmentPath(segment.path), path.kind == .purchases else { continue }
        segments.append((path, segment, batch.number))
      }
    }
    segments.sort { ($0.path.name, $0.batch) < ($1.path.name, $1.batch) }
    return segments.map { ($0.segment, $0.batch) }
  }
}

extension ShardFile.Contents {
  /// Does something with the lines and says of which file a flaw is.
  func with(_ body: (ShardFile.Contents) throws(LineFlaw) -> Void) throws(StoreError) {
    do throws(LineFlaw) {
      try body(self)
    } catch { throw StoreError.damaged(error.damage(in: file)) }
  }
}

/// Takes what another processor has read.
private final class PeopleBox: Sendable {
  let result = Mutex<Result<LoadedPeople, StoreError>?>(nil)
}
