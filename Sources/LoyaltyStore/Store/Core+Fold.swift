import LoyaltyModel
import TextFormats

// Folding: the shards are rewritten so that they hold every event, the events move to the audit,
// and a new generation of the journal begins. A crash at any point loses nothing: each shard says
// which events it holds, the journal goes only after all shards and the audit are on the disk.
extension Core {
  /// From how many customers on they are spread over ``manyShards`` files.
  static let manyCustomers = 20_000
  /// The number of files then.
  static let manyShards = 64
  /// Folding is due from so many events in the journal.
  static let mostEvents = 50_000
  /// Folding is due from so many bytes in the journal.
  static let mostBytes = 8 << 20

  /// Whether the journal has grown so long that it should be folded.
  var isFoldDue: Bool { journalEvents >= Self.mostEvents || journalBytes >= Self.mostBytes }

  /// Folds; nothing is done when no event is new.
  mutating func fold() throws(StoreError) {
    if case .readOnly(let reason) = access { throw .readOnly(reason) }
    try locked { (core) throws(StoreError) in
      try core.catchUp()
      if case .readOnly(let reason) = core.access { throw .readOnly(reason) }
      guard core.journalEvents > 0 else { return }
      var next = core
      do throws(StoreError) {
        try next.rewrite()
        core = next
      } catch {
        // Half of it may be done, which the next reading understands.
        try? core.reload()
        throw error
      }
    }
  }

  /// Writes everything anew; the lock is held.
  mutating func rewrite() throws(StoreError) {
    let folders = [
      StorePath.settings, StorePath.imports, StorePath.products, StorePath.offers,
      StorePath.customers,
    ]
    let old = try generations()
    let inForce = try generationsInForce()
    try beginGeneration((old.last ?? 0) + 1)
    try moveToAudit(inForce)
    if state.customers.count >= Self.manyCustomers, storeFile.shards == 1 {
      storeFile.shards = Self.manyShards
      try replaceSparing(StorePath.store, storeFile.bytes)
      try files.sync([""])
    }
    try writeSettings()
    try writeImports()
    try writeProducts()
    try writeOffers()
    try writeCustomers()
    try files.sync(folders)
    for generation in old {
      try files.doing { () throws(DiskError) in
        try files.disk.removeIfPresent(files.full(StorePath.journal(generation)))
      }
    }
    try files.sync([StorePath.journal])
    events = Array(events.suffix(Self.keptEvents))
    importEvents = []
    (journalBytes, journalEvents) = (0, 0)
    try checkWorkingFiles()
  }

  /// Starts a generation of the journal without events; the chain goes on in it.
  private mutating func beginGeneration(_ generation: Int) throws(StoreError) {
    let path = files.full(StorePath.journal(generation))
    let (file, inode) = try files.doing { () throws(DiskError) in
      let file = try files.disk.open(path, .create(files.privacy))
      try file.syncData()
      try files.disk.syncFolder(files.full(StorePath.journal))
      return (file, try file.status().inode)
    }
    journal = JournalFile(generation: generation, file: file, inode: inode)
  }

  /// Replaces a shard, after making sure that the disk has room for it twice.
  private mutating func replaceSparing(_ path: String, _ bytes: [UInt8]) throws(StoreError) {
    if staging != nil {
      try staging?.replace(path, bytes)
      return
    }
    try files.doing { () throws(DiskError) in
      let full = files.full(path)
      let free = try files.disk.freeSpace(files.root)
      guard free / 2 >= Int64(bytes.count) else { throw DiskError.full(full) }
      try files.disk.replace(full, bytes, files.privacy)
    }
  }

  private func header(_ kind: String) -> ShardFile.Header {
    var header = ShardFile.Header(kind)
    header.head = head
    return header
  }

  mutating func writeSettings() throws(StoreError) {
    var recorded = RecordedSettings(head: head, programme: state.programme, rules: state.rules)
    (recorded.others, recorded.erased) = (others.settings, state.erased)
    try replaceSparing(StorePath.recorded, recorded.bytes)
    shards.settings = head
  }

  mutating func writeImports() throws(StoreError) {
    var header = header(StorePath.imports)
    header.last = state.lastBatch
    var writer = JSONWriter()
    for batch in state.batches {
      BatchRecord.write(
        batch, sequence: commitSequence[batch.number] ?? 0,
        others: others.imports[batch.number] ?? [], to: &writer)
      writer.newline()
    }
    try replaceSparing(
      StorePath.shard(StorePath.imports, 0),
      ShardFile.whole(header, rows: state.batches.count, writer.bytes))
    shards.imports = head
  }

  mutating func writeProducts() throws(StoreError) {
    var writer = JSONWriter()
    for product in state.products {
      ProductRecord.write(product, others: others.products[product.sku] ?? [], to: &writer)
      writer.newline()
    }
    try replaceSparing(
      StorePath.shard(StorePath.products, 0),
      ShardFile.whole(header(StorePath.products), rows: state.products.count, writer.bytes))
    shards.products = head
  }

  mutating func writeOffers() throws(StoreError) {
    let (offers, currency) = (state.offers, state.programme.currency)
    let rows = ShardRows(1..<(offers.lastID + 1), storeFile.shards) { id in
      offers.has(id) ? String(id) : nil
    }
    var header = header(StorePath.offers)
    header.last = offers.lastID
    try writeShards(StorePath.offers, header, rows) { core, id, writer in
      guard let offer = offers[id] else { return }
      OfferRecord.write(offer, currency, others: core.others.offers[id] ?? [], to: &writer)
    }
    shards.offers = Array(repeating: head, count: storeFile.shards)
  }

  mutating func writeCustomers(without erased: Set<String> = []) throws(StoreError) {
    let customers = state.customers
    let rows = ShardRows(0..<customers.count, storeFile.shards) { row in
      let id = customers.ids[row]
      return erased.contains(id) ? nil : id
    }
    try writeShards(StorePath.customers, header(StorePath.customers), rows) { core, row, writer in
      let customer = customers.customer(row)
      CustomerRecord.write(
        customer, others: core.others.customers[customer.id] ?? [], to: &writer)
    }
    shards.customers = Array(repeating: head, count: storeFile.shards)
  }

  /// Writes the shards of a kind, one after the other and the first of them last.
  ///
  /// That one says how many there are, so that until it is replaced the others are not looked at, or
  /// hold the same as before and more.
  private mutating func writeShards(
    _ folder: String, _ header: ShardFile.Header, _ rows: ShardRows,
    _ write: (Core, Int, inout JSONWriter) -> Void
  ) throws(StoreError) {
    var (header, writer) = (header, JSONWriter())
    header.shards = rows.shards
    for number in (0..<rows.shards).reversed() {
      if number == 0, staging == nil { try files.sync([folder]) }
      writer.removeAll()
      for row in rows[number] {
        write(self, row, &writer)
        writer.newline()
      }
      try replaceSparing(
        StorePath.shard(folder, number),
        ShardFile.whole(header, rows: rows[number].count, writer.bytes))
    }
  }
}

/// Which records each shard of a kind holds.
private struct ShardRows {
  /// How many shards there are.
  let shards: Int
  /// The records, by shard and then in their order.
  private var rows: [Int]
  /// Where the records of each shard begin.
  private var starts: [Int]

  /// Spreads records over shards by their identifiers; those without one are left out.
  init(_ records: Range<Int>, _ shards: Int, id: (Int) -> String?) {
    self.shards = shards
    let none = UInt8.max
    let numbers = records.map { record in
      id(record).map { UInt8(clamping: shard(of: $0, shards)) } ?? none
    }
    starts = Array(repeating: 0, count: shards + 1)
    for number in numbers where number != none { starts[Int(number) + 1] += 1 }
    for number in 0..<shards { starts[number + 1] += starts[number] }
    rows = Array(repeating: 0, count: starts[shards])
    var places = starts
    for (record, number) in zip(records, numbers) where number != none {
      rows[places[Int(number)]] = record
      places[Int(number)] += 1
    }
  }

  /// The records of a shard, in their order.
  subscript(shard: Int) -> ArraySlice<Int> { rows[starts[shard]..<starts[shard + 1]] }
}
