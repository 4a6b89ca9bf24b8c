import LoyaltyModel
import TextFormats

/// Reads every file of a store and notes everything that is wrong.
///
/// Opening stops at the first flaw; this goes on. Nothing is changed.
struct Examiner {
  private let files: StoreFiles
  private(set) var found = Examination()
  private var currency: Currency?
  /// The segments that imports in force name.
  private var batches: [ImportBatch] = []

  init(files: StoreFiles) { self.files = files }

  /// Reads everything.
  mutating func run() throws(StoreError) {
    guard try noting({ (self) throws(StoreError) in try self.storeFile() }) else { return }
    try noting { (self) throws(StoreError) in try self.files.checkFolders() }
    let isSettled = try noting { (self) throws(StoreError) in try self.plan() }
    try shards(StorePath.customers)
    try shards(StorePath.offers)
    for (kind, path) in [
      (StorePath.products, StorePath.shard(StorePath.products, 0)),
      (StorePath.imports, StorePath.shard(StorePath.imports, 0)),
      (RecordedSettings.kind, StorePath.recorded),
    ] {
      try file(path, kind: kind)
    }
    try audit()
    try journal()
    try segments()
    if isSettled { try whole() }
  }

  /// Does something and notes the damage that it meets.
  @discardableResult
  private mutating func noting(
    _ body: (inout Examiner) throws(StoreError) -> Void
  ) throws(StoreError) -> Bool {
    do throws(StoreError) {
      try body(&self)
      return true
    } catch {
      guard case .damaged(let damage) = error else { throw error }
      note(damage)
      return false
    }
  }

  private mutating func note(_ damage: Damage) {
    if !found.damages.contains(damage) { found.damages.append(damage) }
  }

  private mutating func storeFile() throws(StoreError) {
    currency = try files.storeFile().currency
    found.files += 1
  }

  /// A plan that waits; while half of the files may be in their places nothing is as it should be.
  private func plan() throws(StoreError) {
    guard let bytes = try files.readIfPresent(OverhaulPlan.path) else { return }
    try files.checkSchema()
    _ = try OverhaulPlan(bytes)
    throw .readOnly(.unfinished)
  }

  private mutating func shards(_ kind: String) throws(StoreError) {
    let count = try file(StorePath.shard(kind, 0), kind: kind)?.header.shards ?? 1
    for number in 1..<max(count, 1) where number < 100 {
      try file(StorePath.shard(kind, number), kind: kind)
    }
  }

  /// A file of records: its ends, its checksum, every line.
  @discardableResult
  private mutating func file(
    _ path: String, kind: String
  ) throws(StoreError) -> ShardFile.Contents? {
    var contents: ShardFile.Contents?
    try noting { (self) throws(StoreError) in
      let read = try self.files.records(path, kind: kind)
      contents = read
      self.found.files += 1
      if let flaw = read.flaw { self.note(flaw) }
      let rows = try self.records(read, kind: kind)
      self.found.records += rows
      if rows != read.rows { self.note(Damage(path, .footer)) }
    }
    return contents
  }

  /// Reads every record of a file.
  private mutating func records(
    _ contents: ShardFile.Contents, kind: String
  ) throws(StoreError) -> Int {
    var batches: [ImportBatch] = []
    let rows = try RecordCheck(currency: currency).run(contents, kind: kind) { batches.append($0) }
    self.batches += batches
    return rows
  }

  // MARK: Events

  private mutating func audit() throws(StoreError) {
    var last: ChainHead?
    for name in try files.list(StorePath.audit) where name.hasSuffix(".ndjson") {
      let path = StorePath.audit + "/" + name
      let bytes = try files.read(path)
      found.files += 1
      let span = bytes.span.bytes
      var (offset, number) = (0, 1)
      while offset < bytes.count {
        let feed = Seal.lineFeed(span, from: offset) ?? bytes.count
        guard feed < bytes.count, let line = Seal.line(span, offset..<feed) else {
          note(Damage(path, line: number, byte: offset, .checksum))
          last = nil
          (offset, number) = (feed + 1, number + 1)
          continue
        }
        if let sequence = line.sequence {
          let follows = ChainHead(sequence: sequence - 1, checksum: line.previous)
          if let last, last != follows {
            note(Damage(path, line: number, byte: offset, .chain(expected: last.sequence + 1)))
          }
          last = ChainHead(sequence: sequence, checksum: line.checksum)
          found.records += 1
        }
        (offset, number) = (feed + 1, number + 1)
      }
    }
  }

  private mutating func journal() throws(StoreError) {
    for name in try files.list(StorePath.journal) {
      let path = StorePath.journal + "/" + name
      if name.hasSuffix(".torn") { found.tornFiles.append(path) }
      guard StorePath.generation(ofName: name) != nil else { continue }
      let bytes = try files.read(path)
      let scan = JournalScan(bytes.span.bytes, after: nil)
      found.files += 1
      found.records += scan.lines.count
      if case .damaged(let line, let byte, let flaw) = scan.ending {
        note(Damage(path, line: line, byte: byte, flaw))
      }
      for batch in Self.commits(bytes, scan, currency) { batches.append(batch) }
    }
  }

  /// The imports that events of a journal commit.
  private static func commits(
    _ bytes: [UInt8], _ scan: JournalScan, _ currency: Currency?
  ) -> [ImportBatch] {
    guard let currency else { return [] }
    let span = bytes.span.bytes
    return scan.lines.compactMap { line in
      var scanner = NDJSONScanner(keys: EventRecord.keys)
      let text = span.extracting(line.range)
      guard (try? scanner.next(in: text)) == true,
        case .batch(let batch, present: true) =
          (try? EventRecord.read(scanner, in: text, currency))?
          .change
      else { return nil }
      return batch
    }
  }

  // MARK: Imports

  private mutating func segments() throws(StoreError) {
    var seen: Set<String> = []
    for batch in batches {
      for segment in batch.segments where seen.insert(segment.path).inserted {
        guard let kind = SegmentPath(segment.path)?.kind else { continue }
        guard let contents = try file(segment.path, kind: kind.rawValue) else { continue }
        if contents.checksum != segment.crc32c { note(Damage(segment.path, .checksum)) }
      }
    }
  }

  /// What only shows when all is put together.
  private mutating func whole() throws(StoreError) {
    try noting { (self) throws(StoreError) in
      let core = try Core(
        at: self.files.root, disk: self.files.disk, user: "", mayWrite: false, progress: { _ in })
      if case .readOnly(.damaged(let damage)) = core.access { self.note(damage) }
      for case .unreadable(let damage) in core.handEdits { self.note(damage) }
    }
  }
}

/// Reads the records of a file by kind, for what they are worth.
struct RecordCheck {
  let currency: Currency?

  /// Reads all records.
  ///
  /// - Parameters:
  ///   - contents: The file.
  ///   - kind: What its records are.
  ///   - onBatch: Takes the imports in it.
  /// - Returns: How many there are.
  /// - Throws: The first that cannot be read.
  func run(
    _ contents: ShardFile.Contents, kind: String, onBatch: (ImportBatch) -> Void
  ) throws(StoreError) -> Int {
    switch kind {
    case StorePath.customers:
      var loader = CustomerLoader()
      try loader.add(contents)
    case StorePath.purchases:
      var loader = PurchaseLoader(
        customers: ByteTable(), digits: currency?.digits ?? 2, expectedRows: 0)
      try contents.with { (contents) throws(LineFlaw) in try loader.add(contents, batch: 1) }
    default:
      try contents.forEach { (reader) throws(RecordFlaw) in
        switch kind {
        case StorePath.products: _ = try ProductRecord.read(reader)
        case StorePath.offers:
          if let currency { _ = try OfferRecord.read(reader, currency) }
        case StorePath.imports: onBatch(try BatchRecord.read(reader))
        default: break
        }
      }
    }
    return contents.lineCount
  }
}

extension ShardFile.Contents {
  /// How many lines stand between the first and the last.
  var lineCount: Int {
    bytes[records].reduce(0) { $0 + ($1 == 10 ? 1 : 0) }
  }
}

extension JSONStore {
  /// Examines every file of a store; nothing is changed.
  ///
  /// - Parameters:
  ///   - path: The store's folder.
  ///   - disk: Where it lies.
  /// - Returns: What was found.
  /// - Throws: An error when there is no store there, ``ReadOnlyReason/unfinished`` where an erasing
  ///   was cut off and nobody has completed it, or what the disk does.
  package static func examine(
    at path: String, disk: any Disk
  ) throws(StoreError) -> Examination {
    var examiner = Examiner(files: StoreFiles(disk: disk, root: path))
    try examiner.run()
    return examiner.found
  }
}
