package import LoyaltyModel
import TextFormats

/// Compares shards that were edited by hand with what they held.
///
/// That is told from the imports, which hold every record of customers and products, and from the
/// audit, which holds every change of offers.
struct ShardComparison {
  /// How the copy of an edited shard is called while its edits are taken over.
  static let suffix = ".edited"

  /// A shard that was edited.
  struct Edited<Record: ShardRecord> {
    /// The shard.
    let path: String
    /// Where the edits were found: in the shard, or in the copy of an accepting that was cut off.
    let source: String
    /// All bytes as they were found.
    let found: [UInt8]
    /// The shard as it was, with what is not known in its records as it is now.
    let sound: [UInt8]
    /// The edits to show.
    let edits: [ShardEdit]
    /// The records that are to replace others: what was, and what was found.
    let changes: [(from: Record?, to: Record?)]
  }

  let files: StoreFiles
  let currency: Currency

  init(_ files: StoreFiles) throws(StoreError) {
    self.files = files
    currency = try files.storeFile().currency
  }

  /// The edited shards of customers.
  func customers() throws(StoreError) -> [Edited<Customer>] {
    try edited { (head) throws(StoreError) in
      var records = try self.imported(Customer.self, through: head)
      // Whom only purchases name stand in the shards with their number alone.
      records[""] = nil
      return records
    }
  }

  /// The edited shards of products.
  func products() throws(StoreError) -> [Edited<Product>] {
    try edited { (head) throws(StoreError) in try self.imported(Product.self, through: head) }
  }

  /// The edited shards of offers.
  func offers() throws(StoreError) -> [Edited<Offer>] {
    try edited { (head) throws(StoreError) in try self.audited(through: head) }
  }

  // MARK: What was found

  private func edited<Record: ShardRecord>(
    _ recorded: (ChainHead) throws(StoreError) -> [String: Record]
  ) throws(StoreError) -> [Edited<Record>] {
    var all: [Edited<Record>] = []
    for name in try files.list(Record.folder) {
      let isCopy = name.hasSuffix(Self.suffix)
      let path = Record.folder + "/" + (isCopy ? String(name.dropLast(Self.suffix.count)) : name)
      let source = Record.folder + "/" + name
      guard (0..<100).contains(where: { StorePath.shard(Record.folder, $0) == path }) else {
        continue
      }
      // A copy is of interest once the shard itself is sound again.
      guard isCopy == isSound(try files.read(path), path, Record.folder) else { continue }
      let bytes = try files.read(source)
      all.append(try compare(bytes, source: source, path: path, recorded))
    }
    return all
  }

  private func isSound(_ bytes: [UInt8], _ path: String, _ kind: String) -> Bool {
    guard let contents = try? ShardFile.read(bytes, file: path, kind: kind) else { return false }
    return contents.flaw == nil
  }

  private func compare<Record: ShardRecord>(
    _ bytes: [UInt8], source: String, path: String,
    _ recorded: (ChainHead) throws(StoreError) -> [String: Record]
  ) throws(StoreError) -> Edited<Record> {
    let found = try FoundShard<Record>(bytes, file: source, currency)
    let shards = found.header.shards ?? 1
    let was = try recorded(found.head).filter {
      StorePath.shard(Record.folder, shard(of: $0.key, shards)) == path
    }
    var (writer, rows) = (JSONWriter(), 0)
    var (edits, changes): ([ShardEdit], [(Record?, Record?)]) = ([], [])
    for key in Set(was.keys).union(found.records.keys).sorted(by: Self.precedes) {
      let now = found.records[key]
      // A bare number says nothing that an import would have to say.
      let before = was[key] ?? now.flatMap { $0.record.isBare ? $0.record : nil }
      if let before {
        before.write(currency, others: now?.others ?? [], to: &writer)
        writer.newline()
        rows += 1
      }
      guard before != now?.record else { continue }
      edits.append(
        ShardEdit(
          file: source, line: now?.line, record: key,
          differences: ShardEdit.Difference.all(
            before?.node(currency), now?.record.node(currency)),
          isAcceptable: now != nil || Record.isRemovable))
      changes.append((before, now?.record))
    }
    return Edited(
      path: path, source: source, found: bytes,
      sound: ShardFile.whole(found.header, rows: rows, writer.bytes), edits: edits,
      changes: changes)
  }

  /// The order in which shards hold records: by number where they are numbers, else by bytes.
  private static func precedes(_ one: String, _ other: String) -> Bool {
    if let one = Int(one), let other = Int(other), one != other { return one < other }
    return one.utf8.lexicographicallyPrecedes(other.utf8)
  }

  // MARK: What is recorded

  /// The records of the imports that a shard of an event holds.
  private func imported<Record: ShardRecord>(
    _: Record.Type, through head: ChainHead
  ) throws(StoreError) -> [String: Record] {
    let imports = try files.records(
      StorePath.shard(StorePath.imports, 0), kind: StorePath.imports)
    if let flaw = imports.flaw { throw .damaged(flaw) }
    var batches: [ImportBatch] = []
    try imports.forEach { (reader) throws(RecordFlaw) in
      if try reader.int("seq") <= head.sequence { batches.append(try BatchRecord.read(reader)) }
    }
    var records: [String: Record] = [:]
    for batch in batches.sorted(by: { $0.number < $1.number }) {
      for segment in batch.segments
      where SegmentPath(segment.path)?.kind.rawValue == Record.folder {
        let contents = try files.records(segment.path, kind: Record.folder)
        if let flaw = contents.flaw { throw .damaged(flaw) }
        try contents.forEach { (reader) throws(RecordFlaw) in
          let record = try Record.read(reader, currency)
          records[record.key] = record
        }
      }
    }
    return records
  }

  /// The offers that the events up to one leave.
  private func audited(through head: ChainHead) throws(StoreError) -> [String: Offer] {
    var core = Core(
      files: files, user: "", mayWrite: false,
      storeFile: StoreFile(shards: 1, currency: currency, timeZone: "UTC"))
    core.shards.offers = [ChainHead()]
    for month in try core.months() {
      let path = StorePath.audit(month: month)
      let bytes = try files.read(path)
      let lines = Core.auditLines(bytes.span.bytes)
        .filter { ($0.sequence ?? .max) <= head.sequence }
      if let damage = core.replay(bytes, lines, file: path) { throw .damaged(damage) }
    }
    guard core.state.sequence == head.sequence else {
      throw .damaged(
        Damage(StorePath.audit, .chain(expected: core.state.sequence + 1)))
    }
    var offers: [String: Offer] = [:]
    // Of an erased person's offers only the events are left.
    core.state.offers.forEach { if !$0.customer.isEmpty { offers[$0.key] = $0 } }
    return offers
  }
}

/// A shard as somebody left it: its records by key, whatever its last line says.
struct FoundShard<Record: ShardRecord> {
  /// A line of it.
  struct Line {
    var line: Int
    var record: Record
    var others: [JSONMember]
  }

  let header: ShardFile.Header
  /// The last event that the shard holds.
  let head: ChainHead
  private(set) var records: [String: Line] = [:]

  init(_ bytes: [UInt8], file: String, _ currency: Currency) throws(StoreError) {
    let span = bytes.span.bytes
    guard let feed = Seal.lineFeed(span, from: 0),
      let header = try? ShardFile.Header(RecordReader(json: Array(bytes[..<feed]))),
      header.kind == Record.folder, let head = header.head
    else { throw .damaged(Damage(file, line: 1, byte: 0, .header)) }
    (self.header, self.head) = (header, head)
    var (offset, line) = (feed + 1, 2)
    while offset < bytes.count {
      let end = Seal.lineFeed(span, from: offset) ?? bytes.count
      do throws(RecordFlaw) {
        try take(span.array(offset..<end), line: line, currency)
      } catch {
        throw .damaged(
          Damage(file, line: line, byte: offset + (error.offset ?? 0), .value(key: error.key)))
      }
      (offset, line) = (end + 1, line + 1)
    }
  }

  private mutating func take(
    _ text: [UInt8], line: Int, _ currency: Currency
  ) throws(RecordFlaw) {
    if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
    let reader = try RecordReader(json: text)
    if try reader.optionalInt("end") != nil, reader.node["crc32c"] != nil { return }
    let record = try Record.read(reader, currency)
    guard records[record.key] == nil else {
      throw reader.flaw(Record.self == Product.self ? "sku" : "id")
    }
    records[record.key] = Line(
      line: line, record: record, others: reader.others(than: Record.known))
  }
}

extension JSONStore {
  /// The records that somebody changed by hand in the files that folding writes.
  package static func shardEdits(
    at path: String, disk: any Disk
  ) throws(StoreError) -> [ShardEdit] {
    let files = StoreFiles(disk: disk, root: path)
    return try files.settled { () throws(StoreError) in
      let comparison = try ShardComparison(files)
      return try comparison.customers().flatMap(\.edits) + comparison.products().flatMap(\.edits)
        + comparison.offers().flatMap(\.edits)
    }
  }

  /// Takes over what was changed by hand: customers and products by an import, offers by events, so
  /// that the log has them and they can be taken back.
  ///
  /// - Parameters:
  ///   - path: The store's folder.
  ///   - disk: Where it lies.
  ///   - user: The login name that it is recorded under.
  ///   - time: When it is done.
  /// - Returns: How many records were taken over.
  /// - Throws: Damage that is no edit, or what the disk does.
  package static func acceptShardEdits(
    at path: String, disk: any Disk, by user: String, at time: Timestamp
  ) throws(StoreError) -> Int {
    var files = StoreFiles(disk: disk, root: path)
    if (try? files.storeFile())?.group != nil { files.privacy = .group }
    let (customers, products, offers, copies) = try putAside(files)
    // Not under the lock any more; what others do meanwhile is a conflict, told below.
    let store = try open(at: path, disk: disk, by: user)
    defer { store.close() }
    if case .readOnly(let reason) = store.access { throw .readOnly(reason) }
    let state = store.state
    let people = try customers.flatMap(\.changes).due { state.customers.customer(numbered: $0) }
    let goods = try products.flatMap(\.changes).due { state.product($0) }
    if !people.isEmpty || !goods.isEmpty {
      let writer = try store.beginImport(source: "by hand", profile: handProfile)
      for customer in people { try writer.add(customer) }
      for product in goods { try writer.add(product) }
      var counts = ImportCounts()
      (counts.read, counts.changed) = (people.count + goods.count, people.count + goods.count)
      _ = try writer.commit(counts: counts, at: time)
    }
    var changes: [Change] = []
    for (from, to) in offers.flatMap(\.changes) {
      if let change = try change(of: from, to: to, in: state.offers) { changes.append(change) }
    }
    if !changes.isEmpty { try store.commit(changes, at: time) }
    for copy in copies {
      try files.doing { () throws(DiskError) in try disk.removeIfPresent(files.full(copy)) }
    }
    return people.count + goods.count + changes.count
  }

  /// Compares all shards and copies the edited ones aside, while nobody writes.
  private static func putAside(
    _ files: StoreFiles
  ) throws(StoreError) -> (
    customers: [ShardComparison.Edited<Customer>], products: [ShardComparison.Edited<Product>],
    offers: [ShardComparison.Edited<Offer>], copies: [String]
  ) {
    try files.locked(by: files.openLock()) { () throws(StoreError) in
      try files.checkSchema()
      let comparison = try ShardComparison(files)
      let (customers, products, offers) = (
        try comparison.customers(), try comparison.products(), try comparison.offers()
      )
      let copies =
        try files.putAside(customers) + files.putAside(products) + files.putAside(offers)
      return (customers, products, offers, copies)
    }
  }

  /// The change that takes an edited offer over; nil when that was done already.
  ///
  /// What staff decided since the shard was written stays.
  private static func change(
    of from: Offer?, to: Offer?, in book: OfferBook
  ) throws(StoreError) -> Change? {
    guard let id = (to ?? from)?.id else { return nil }
    let now = book[id]
    if now == to { return nil }
    guard now != from else { return .offer(from: from, to: to) }
    guard let now, var from, var to, from.standing == to.standing else {
      throw .conflict(.record(String(id)))
    }
    (from.standing, to.standing) = (now.standing, now.standing)
    if now == to { return nil }
    guard now == from else { throw .conflict(.record(String(id))) }
    return .offer(from: now, to: to)
  }

  /// The profile of an import that takes over what was changed by hand.
  package static let handProfile = "hand"
}

extension StoreFiles {
  /// Copies edited shards aside and puts in their places what they held.
  ///
  /// - Returns: The copies.
  fileprivate func putAside<Record>(
    _ edited: [ShardComparison.Edited<Record>]
  ) throws(StoreError) -> [String] {
    var copies: [String] = []
    for shard in edited {
      let copy = shard.path + ShardComparison.suffix
      if shard.source == shard.path {
        try replace(copy, shard.found)
        try sync([Record.folder])
        try replace(shard.path, shard.sound)
        try sync([Record.folder])
      }
      copies.append(copy)
    }
    return copies
  }
}

extension Array {
  /// The records that are still to be taken over: what was edited, and not changed since.
  fileprivate func due<Record: ShardRecord>(
    _ now: (String) -> Record?
  ) throws(StoreError) -> [Record] where Element == (from: Record?, to: Record?) {
    var due: [Record] = []
    for change in self {
      guard let to = change.to else { continue }
      let known = now(to.key)
      if known == to { continue }
      // Of whom only purchases tell there was no record.
      guard known == change.from || change.from == nil && known?.isBare == true else {
        throw .conflict(.record(to.key))
      }
      due.append(to)
    }
    return due
  }
}

extension CustomerTable {
  /// The record of a number, or nil.
  fileprivate func customer(numbered id: String) -> Customer? { row(of: id).map { customer($0) } }
}
