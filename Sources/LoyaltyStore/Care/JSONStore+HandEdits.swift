package import LoyaltyModel

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
    let changes = try changes(of: offers.flatMap(\.changes), in: state.offers)
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

  /// The changes that take edited offers over, each once.
  private static func changes(
    of edits: [(from: Offer?, to: Offer?)], in book: OfferBook
  ) throws(StoreError) -> [Change] {
    var changes: [Change] = []
    var taken: [Int: Change] = [:]
    for (from, to) in edits {
      guard let id = (to ?? from)?.id, let change = try change(of: from, to: to, in: book) else {
        continue
      }
      guard taken[id] ?? change == change else { throw .conflict(.record(String(id))) }
      if taken.updateValue(change, forKey: id) == nil { changes.append(change) }
    }
    return changes
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
      if shard.source == shard.path {
        try replace(shard.copy, shard.found)
        try sync([Record.folder])
        try replace(shard.path, shard.sound)
        try sync([Record.folder])
      }
      copies.append(shard.copy)
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
    var taken: [String: Record] = [:]
    for change in self {
      guard let to = change.to else { continue }
      let known = now(to.key)
      if known == to { continue }
      // Of whom only purchases tell there was no record. Of a record that was edited twice, before
      // the first could be taken over, the second edit knows nothing of the first.
      guard known == change.from || change.from == nil && known?.isBare == true,
        taken[to.key] ?? to == to
      else { throw .conflict(.record(to.key)) }
      if taken.updateValue(to, forKey: to.key) == nil { due.append(to) }
    }
    return due
  }
}

extension CustomerTable {
  /// The record of a number, or nil.
  fileprivate func customer(numbered id: String) -> Customer? { row(of: id).map { customer($0) } }
}
