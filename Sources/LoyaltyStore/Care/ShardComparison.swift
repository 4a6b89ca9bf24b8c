import LoyaltyModel
import TextFormats

/// Compares shards that were edited by hand with what they held.
///
/// That is told from the imports, which hold every record of customers and products, and from the
/// audit, which holds every change of offers.
struct ShardComparison {
  /// How the name of a copy of an edited shard ends while its edits are taken over.
  static let suffix = ".edited"

  /// A shard that was edited.
  struct Edited<Record: ShardRecord> {
    /// The shard.
    let path: String
    /// Where the edits were found: in the shard, or in the copy of an accepting that was cut off.
    let source: String
    /// The copy in which they are kept meanwhile; it is there where that is the source.
    let copy: String
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
    let names = try files.list(Record.folder)
    for path in (0..<100).map({ StorePath.shard(Record.folder, $0) }) {
      let name = path.dropFirst(Record.folder.utf8.count + 1)
      guard names.contains(String(name)) else { continue }
      let bytes = try files.read(path)
      var copies: [(path: String, number: Int, bytes: [UInt8])] = []
      for (copy, number) in Self.copies(of: path, named: String(name), among: names) {
        copies.append((copy, number, try files.read(copy)))
      }
      var found = copies.map { (source: $0.path, copy: $0.path, bytes: $0.bytes) }
      if !isSound(bytes, path, Record.folder) {
        // The last copy may be of these edits: an accepting was cut off right after it was made.
        let same = copies.last.flatMap { $0.bytes == bytes ? $0.path : nil }
        if same != nil { found.removeLast() }
        let next = Self.copy(of: path, (copies.last?.number ?? 0) + 1)
        found.append((path, same ?? next, bytes))
      }
      for one in found { all.append(try compare(one, path: path, recorded)) }
    }
    return all
  }

  /// The copies of a shard in the order in which they were made: a shard that was edited again
  /// before the edits in its copy were taken over has several.
  private static func copies(
    of path: String, named name: String, among names: [String]
  ) -> [(path: String, number: Int)] {
    names.filter { $0.hasPrefix(name + ".") && $0.hasSuffix(suffix) }.compactMap { copy in
      let number = Int(copy.dropFirst(name.count + 1).dropLast(suffix.count)) ?? 1
      let path = Self.copy(of: path, number)
      return path.hasSuffix("/" + copy) ? (path, number) : nil
    }.sorted { $0.number < $1.number }
  }

  private static func copy(of path: String, _ number: Int) -> String {
    path + (number == 1 ? "" : ".\(number)") + suffix
  }

  private func isSound(_ bytes: [UInt8], _ path: String, _ kind: String) -> Bool {
    guard let contents = try? ShardFile.read(bytes, file: path, kind: kind) else { return false }
    return contents.flaw == nil
  }

  private func compare<Record: ShardRecord>(
    _ edited: (source: String, copy: String, bytes: [UInt8]), path: String,
    _ recorded: (ChainHead) throws(StoreError) -> [String: Record]
  ) throws(StoreError) -> Edited<Record> {
    let source = edited.source
    let found = try FoundShard<Record>(edited.bytes, file: source, currency)
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
      path: path, source: source, copy: edited.copy, found: edited.bytes,
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
