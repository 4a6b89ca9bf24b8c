import LoyaltyModel
import Synchronization
import TextFormats

/// Writes the files of an import as records come, each by way of a small buffer.
final class SegmentWriter: ImportWriter {
  private struct Work {
    var files: StoreFiles
    var spool: Spool?
    var segments: [String: GrowingSegment] = [:]
    var days: (first: Day, last: Day)?
  }

  private let work: Mutex<Work>
  private let store: JSONStore
  /// What was known when the import began, to tell what is new.
  private let before: StoreState
  private let source: String
  private let profile: String

  init(_ store: JSONStore, _ files: StoreFiles, source: String, profile: String)
    throws(StoreError)
  {
    (self.store, self.source, self.profile) = (store, source, profile)
    before = store.state
    work = Mutex(Work(files: files, spool: try Spool(files)))
  }

  func add(_ customer: Customer) throws(StoreError) {
    guard !customer.id.isEmpty else { throw .invalid(.text("")) }
    guard !before.erased.hold(customer) else { return }
    let earlier = before.customers.row(of: customer.id).map { before.customers.customer($0) }
    guard customer != earlier else { return }
    try write(.customers) { CustomerRecord.write(customer, replacing: earlier, to: &$0) }
  }

  func add(_ product: Product) throws(StoreError) {
    guard !product.sku.isEmpty else { throw .invalid(.text("")) }
    let earlier = before.product(product.sku)
    guard product != earlier else { return }
    try write(.products) { ProductRecord.write(product, replacing: earlier, to: &$0) }
  }

  func add(_ purchase: Purchase, row: Int) throws(StoreError) {
    guard (1...Int(UInt32.max)).contains(row) else { throw .invalid(.row(row)) }
    if !before.erased.isEmpty, before.erased.hold(number: purchase.customer) { return }
    let currency = before.programme.currency
    try write(.purchases, purchase.day) {
      PurchaseRecord.write(purchase, row: row, currency, to: &$0)
    }
  }

  /// Adds a record to the file of its kind, and month where it has a day.
  private func write(
    _ kind: SegmentPath.Kind, _ day: Day? = nil, _ record: (inout JSONWriter) -> Void
  ) throws(StoreError) {
    try work.withLock { (work) throws(StoreError) in
      guard let spool = work.spool else { throw .invalid(.importEnded) }
      let name = day?.monthName ?? "import"
      let key = kind.rawValue + "-" + name
      if work.segments[key] == nil {
        work.segments[key] = try GrowingSegment(
          kind, name: name, path: spool.folder + "/" + key, work.files)
      }
      if let day {
        let days = work.days ?? (day, day)
        work.days = (min(days.first, day), max(days.last, day))
      }
      try work.segments[key]?.add(record, work.files)
    }
  }

  func commit(
    counts: ImportCounts, rejected: String, fingerprint: ImportBatch.Fingerprint?,
    at time: Timestamp
  ) throws(StoreError) -> Event {
    try work.withLock { (work) throws(StoreError) in
      guard let spool = work.spool else { throw .invalid(.importEnded) }
      defer { work.spool = nil }
      do throws(StoreError) {
        var finished: [GrowingSegment] = []
        for key in work.segments.keys.sorted() {
          guard var segment = work.segments[key] else { continue }
          try segment.finish(work.files)
          finished.append(segment)
        }
        var batch = ImportBatch(number: 0, source: source, profile: profile, counts: counts)
        (batch.firstDay, batch.lastDay) = (work.days?.first, work.days?.last)
        (batch.rejected, batch.fingerprint) = (rejected, fingerprint)
        let event = try store.commit(batch, finished, without: before.erased, at: time)
        spool.remove()
        return event
      } catch {
        spool.remove()
        throw error
      }
    }
  }

  func cancel() {
    work.withLock { work in
      work.spool?.remove()
      work.spool = nil
    }
  }
}

/// A file of an import while it grows; it is opened for each piece only, since an import may bring
/// more months than a process may have open files.
struct GrowingSegment {
  /// What the records are.
  let kind: SegmentPath.Kind
  /// The month of purchases, or `import`.
  let name: String
  /// Where it grows.
  let path: String
  /// The records so far.
  private(set) var rows = 0
  /// The checksum of the bytes so far.
  private(set) var checksum = CRC32C()
  private var written = 0
  private var buffer = JSONWriter()

  private static let bufferSize = 1 << 16

  init(
    _ kind: SegmentPath.Kind, name: String, path: String, _ files: StoreFiles
  ) throws(StoreError) {
    (self.kind, self.name, self.path) = (kind, name, path)
    _ = try files.doing { () throws(DiskError) in
      try files.disk.open(files.full(path), .create(files.privacy))
    }
    var header = ShardFile.Header(kind.rawValue)
    if kind == .purchases { header.month = name }
    try append(ShardFile.first(header), files)
  }

  /// Adds a record.
  mutating func add(
    _ record: (inout JSONWriter) -> Void, _ files: StoreFiles
  ) throws(StoreError) {
    record(&buffer)
    buffer.newline()
    rows += 1
    if buffer.bytes.count >= Self.bufferSize { try append(buffer.take(), files) }
  }

  /// Writes the last line and waits until all is on the disk.
  mutating func finish(_ files: StoreFiles) throws(StoreError) {
    try append(buffer.take(), files)
    try append(ShardFile.last(rows: rows, checksum: checksum.checksum), files)
    try files.doing { () throws(DiskError) in
      try files.disk.open(files.full(path), .update).syncData()
    }
  }

  private mutating func append(_ bytes: [UInt8], _ files: StoreFiles) throws(StoreError) {
    let start = written
    try files.doing { () throws(DiskError) in
      let path = files.full(path)
      try files.disk.open(path, .update).writeAll(bytes[...], at: start, path: path)
    }
    checksum.update(bytes.span.bytes)
    written += bytes.count
  }
}

extension Core {
  /// Gives an import its number, puts its files in place and commits them by one event.
  mutating func commit(
    _ draft: ImportBatch, _ segments: [GrowingSegment], without erased: ErasedPeople,
    at time: Timestamp
  ) throws(StoreError) -> Event {
    if case .readOnly(let reason) = access { throw .readOnly(reason) }
    return try locked { (core) throws(StoreError) in
      try core.catchUp()
      if case .readOnly(let reason) = core.access { throw .readOnly(reason) }
      guard core.state.erased == erased else { throw .conflict(.erasedMeanwhile) }
      var batch = draft
      batch.number = core.state.lastBatch + 1
      guard batch.number <= Int(UInt16.max) else { throw .invalid(.tooManyImports) }
      do throws(StoreError) {
        for segment in segments {
          let path = SegmentPath(segment.kind, name: segment.name, batch: batch.number).path
          batch.segments.append(
            ImportBatch.Segment(
              path: path, rows: segment.rows, crc32c: segment.checksum.checksum))
          try core.files.doing { () throws(DiskError) in
            try core.files.disk.rename(core.files.full(segment.path), to: core.files.full(path))
          }
        }
        try core.files.sync(Set(segments.map(\.kind.rawValue)).sorted())
        let events = try core.append(
          [.batch(batch, present: true)], undoes: [], at: time)
        guard let event = events.first else { throw .invalid(.count) }
        return event
      } catch {
        // Nothing names the files; what cannot be removed now goes at the next opening.
        for segment in batch.segments {
          try? core.files.disk.removeIfPresent(core.files.full(segment.path))
        }
        throw error
      }
    }
  }
}
