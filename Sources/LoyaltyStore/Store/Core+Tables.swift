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
    let people = try (people ?? readPeople()).read.get()
    note(people.flaws)
    try loadProducts(sources(.products, [people.products]))
    try loadPeopleAndPurchases(customers(people), progress: progress)
    guard areTablesLarge, let cache = tableCache() else { return }
    state.tablesKey = cache.key
    guard canTablesBeKept else { return }
    let tables = TableCache.Tables(
      customers: state.customers, purchases: state.purchases, products: state.products)
    tablesDue = DueColumns(key: cache.key) { (file, path) throws(DiskError) in
      try cache.write(tables, to: file, path: path)
    }
  }

  /// The customers of the shards and of the imports since.
  private mutating func customers(_ people: PeopleShards.Read) throws(StoreError) -> LoadedPeople {
    let (isRebuilt, segments) = segments(.customers)
    if !isRebuilt, segments.isEmpty { return try people.customers.get() }
    var loader = isRebuilt ? CustomerLoader() : CustomerLoader(try people.customers.get())
    for segment in segments { try loader.add(self.segment(segment, kind: .customers)) }
    return loader.loaded()
  }

  private mutating func loadPeopleAndPurchases(
    _ people: consuming LoadedPeople, progress: (Double) -> Void
  ) throws(StoreError) {
    let loader = try loadPurchases(people.customers, progress: progress)
    // Purchases may name customers of whom there is no record.
    let rows = people.add(namedBy: loader.customers)
    others.customers = people.others
    state.customers = people.customers
    let products = state
    state.purchases = try loader.table(rows: rows) { products.product($0) }
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
    importEvents.contains { event in
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
    _ people: CustomerTable, progress: (Double) -> Void
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
    let ids = ByteTable(distinct: people.ids)
    func work(_ part: ArraySlice<(segment: ImportBatch.Segment, batch: Int)>, room: Int)
      -> PurchaseWork
    {
      PurchaseWork(
        files: files, segments: Array(part), customers: ids, digits: digits,
        expectedRows: min(room, 1 << 26))
    }
    let rest = work(segments[cut...], room: rows - before)
    let later = Side { rest.done { _ in } }
    // The later ones are added to these.
    var all = try work(segments[..<cut], room: rows).done {
      progress(Double($0) / Double(max(before, 1)))
    }.get()
    try all.append(later.value())
    for damage in all.damages { restrict(.damaged(damage)) }
    return all.loader
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
  /// The customers who are known.
  let customers: ByteTable
  /// How many decimals amounts have.
  let digits: Int
  /// For how many rows there shall be room.
  let expectedRows: Int

  /// What was read.
  struct Read: Sendable {
    var loader: PurchaseLoader
    /// Files that are not what their imports say.
    var damages: [Damage] = []

    /// Adds what was read of later files.
    mutating func append(_ later: consuming Read) {
      loader.append(&later.loader)
      damages += later.damages
    }
  }

  /// Reads the files, telling how many rows have been read.
  func done(_ progress: (Int) -> Void) -> Result<Read, StoreError> {
    var (done, read, spare) = (0, makeRead(), [UInt8]())
    do throws(StoreError) {
      for (segment, batch) in segments {
        let contents = try files.records(
          segment.path, kind: SegmentPath.Kind.purchases.rawValue, reusing: &spare)
        if let flaw = contents.flaw { read.damages.append(flaw) }
        if contents.checksum != segment.crc32c {
          read.damages.append(Damage(segment.path, .checksum))
        }
        try contents.with { (contents) throws(LineFlaw) in
          try read.loader.add(contents, batch: batch)
        }
        spare = contents.bytes
        done += segment.rows
        progress(done)
      }
      return .success(read)
    } catch { return .failure(error) }
  }

  private func makeRead() -> Read {
    Read(
      loader: PurchaseLoader(customers: customers, digits: digits, expectedRows: expectedRows))
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

  /// What came of it, once it has ended; it is given away, for whoever asks first.
  func value() throws(StoreError) -> Value {
    group.wait()
    let result = result.withLock { $0.take() }
    guard let result else { throw .invalid(.count) }
    return try result.get()
  }
}
