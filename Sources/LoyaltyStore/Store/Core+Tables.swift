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
    (tablesDue, state.tablesKey) = (nil, nil)
    if mayHaveColumns(TableCache.prefix), let cache = tableCache(), let kept = keptTables(cache) {
      (state.customers, state.purchases, state.products) = (
        kept.customers, kept.purchases, kept.products
      )
      (others.customers, others.products) = ([:], [:])
      state.tablesKey = cache.key
      return progress(1)
    }
    let people = if let people { people } else { try readPeople() }
    var customers = CustomerLoader(expected: state.customers.count)
    for contents in try sources(.customers, people.customers) {
      try contents.with { (contents) throws(LineFlaw) in
        try customers.add(contents)
      }
    }
    try loadProducts(sources(.products, people.products.map { [$0] } ?? []))
    try loadPeopleAndPurchases(customers, progress: progress)
    guard areTablesLarge, let cache = tableCache() else { return }
    state.tablesKey = cache.key
    guard canTablesBeKept else { return }
    let tables = TableCache.Tables(
      customers: state.customers, purchases: state.purchases, products: state.products)
    tablesDue = DueColumns(key: cache.key) { (file, path) throws(DiskError) in
      try cache.write(tables, to: file, path: path)
    }
  }

  /// Reads the customers' records and the later half of the purchases on other processors while
  /// this one reads the earlier half.
  private mutating func loadPeopleAndPurchases(
    _ people: CustomerLoader, progress: (Double) -> Void
  ) throws(StoreError) {
    let box = Side<LoadedPeople> { people.loaded(naming: people.ids) }
    let loader = try loadPurchases(people, progress: progress)
    var loaded = try box.value()
    if loader.customers.count != people.ids.count {
      // Purchases name customers of whom there is no record.
      loaded = try people.loaded(naming: loader.customers).get()
    }
    others.customers = loaded.others
    let products = state
    state.customers = loaded.customers
    state.purchases = loader.table(rows: loaded.rows) { products.product($0) }
  }

  /// The files that make up the customers or products, in the order in which later lines win.
  private mutating func sources(
    _ kind: SegmentPath.Kind, _ shards: [ShardFile.Contents]
  ) throws(StoreError) -> [ShardFile.Contents] {
    let (isRebuilt, segments) = segments(kind)
    var sources = isRebuilt ? [] : shards
    for segment in segments { sources.append(try self.segment(segment, kind: kind)) }
    return sources
  }

  /// The files of imports that are read for customers or products, and whether the shards are not.
  func segments(
    _ kind: SegmentPath.Kind
  ) -> (isRebuilt: Bool, segments: [ImportBatch.Segment]) {
    let heads = kind == .customers ? shards.customers : [shards.products]
    let held = heads.map(\.sequence).min() ?? 0
    let isRebuilt = needsRebuild(since: held)
    let batches = state.batches.filter { isRebuilt || commitSequence[$0.number] ?? 0 > held }
    return (
      isRebuilt,
      batches.flatMap(\.segments).filter { SegmentPath($0.path)?.kind == kind }
    )
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
    // The later half of the rows, by whole files.
    var (cut, before) = (0, 0)
    while cut < segments.count, before * 2 < rows {
      before += segments[cut].segment.rows
      cut += 1
    }
    let (files, digits) = (files, state.programme.currency.digits)
    let work = [segments[..<cut], segments[cut...]].map { part in
      PurchaseWork(
        files: files, segments: Array(part),
        loader: PurchaseLoader(
          customers: people.ids, digits: digits,
          expectedRows: min(part.reduce(0) { $0 + $1.segment.rows }, 1 << 26)))
    }
    let later = Side<PurchaseWork> { work[1].done { _ in } }
    let earlier = try work[0].done { progress(Double($0) / Double(max(before, 1))) }.get()
    let rest = try later.value()
    for damage in earlier.damages + rest.damages { restrict(.damaged(damage)) }
    var loader = earlier.loader
    loader.append(rest.loader, knowing: people.ids.count)
    return loader
  }

  /// The files of purchases by month, then import: in the order of their days, nearly.
  func purchaseSegments() -> [(segment: ImportBatch.Segment, batch: Int)] {
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

/// The reading of some files of purchases.
struct PurchaseWork: Sendable {
  let files: StoreFiles
  let segments: [(segment: ImportBatch.Segment, batch: Int)]
  /// What was read.
  var loader: PurchaseLoader
  /// Files that are not what their imports say.
  var damages: [Damage] = []

  /// Reads the files, telling how many rows have been read.
  func done(_ progress: (Int) -> Void) -> Result<PurchaseWork, StoreError> {
    var (work, read) = (self, 0)
    do throws(StoreError) {
      for (segment, batch) in segments {
        let contents = try files.records(
          segment.path, kind: SegmentPath.Kind.purchases.rawValue)
        if let flaw = contents.flaw { work.damages.append(flaw) }
        if contents.checksum != segment.crc32c {
          work.damages.append(Damage(segment.path, .checksum))
        }
        try contents.with { (contents) throws(LineFlaw) in
          try work.loader.add(contents, batch: batch)
        }
        read += segment.rows
        progress(read)
      }
      return .success(work)
    } catch { return .failure(error) }
  }
}

/// Work that another processor does meanwhile.
final class Side<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, StoreError>?>(nil)
  private let group = DispatchGroup()

  init(_ work: @escaping @Sendable () -> Result<Value, StoreError>) {
    group.enter()
    DispatchQueue.global(qos: .userInitiated).async {
      let value = work()
      self.result.withLock { $0 = value }
      self.group.leave()
    }
  }

  /// What came of it, once it has ended.
  func value() throws(StoreError) -> Value {
    group.wait()
    guard let result = result.withLock({ $0 }) else { throw .invalid(.count) }
    return try result.get()
  }
}
