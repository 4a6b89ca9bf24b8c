package import LoyaltyModel
package import TextFormats

// Erasing people: everything that tells of them goes from every file, at one moment. The events
// that told of them are changed, so the chain of events is sealed anew; the event of the erasing
// names both checksums of its last link.
extension Core {
  /// Erases people; the store is folded on the way.
  ///
  /// - Parameters:
  ///   - ids: Their numbers.
  ///   - others: Hashes, by the function, of people who are not here and shall not come back.
  ///   - function: The hash function to begin with, where nobody was erased before.
  ///   - time: When it is done.
  /// - Returns: The event that says so.
  /// - Throws: An error when one of them is unknown or an import is running, or what the disk does.
  mutating func erase(
    _ ids: [String], and others: Set<UInt64> = [], _ function: SipHash, at time: Timestamp
  ) throws(StoreError) -> Event {
    if case .readOnly(let reason) = access { throw .readOnly(reason) }
    return try locked { (core) throws(StoreError) in
      try core.catchUp()
      if case .readOnly(let reason) = core.access { throw .readOnly(reason) }
      var next = core
      do throws(StoreError) {
        let event = try next.eraseUnderLock(ids, others, function, at: time)
        // It is done, so that a reading that fails is only tried again: now, and by whatever comes.
        if (try? core.reload()) == nil { try? core.reload() }
        return event
      } catch {
        try? core.reload()
        throw error
      }
    }
  }

  private mutating func eraseUnderLock(
    _ ids: [String], _ absent: Set<UInt64>, _ function: SipHash, at time: Timestamp
  ) throws(StoreError) -> Event {
    guard !ids.isEmpty || !absent.isEmpty else { throw .invalid(.count) }
    let people = try people(ids)
    guard try files.list(StorePath.spool).isEmpty else { throw .conflict(.importRunning) }
    if journalEvents > 0 { try rewrite() }
    var overhaul = try Overhaul(files, before: journal.generation)
    var traces = PersonTraces(people)
    let (segments, purchases) = try eraseSegments(traces, &overhaul)
    let oldHead = head
    try eraseAudit(&traces, segments, &overhaul)
    let offers = state.offers.filter { traces.ids.contains($0.customer) }.map(\.id)
    forget(traces, offers, segments)
    try stageShards(&overhaul, without: traces.ids)
    let known = state.erased.function ?? function
    let marks = Set(people.flatMap { ErasedPeople.marks(of: $0) }.map { known.hash($0) })
    let erasure = Erasure(
      people: people.count, purchases: purchases, offers: traces.offers.union(offers).count,
      key: known.hexadecimal,
      hashes: marks.union(known == function ? absent : []).sorted(),
      head: oldHead.checksum, newHead: head.checksum)
    let event = Event(
      sequence: head.sequence + 1, at: time, by: user, change: .erasure(erasure))
    try stageRest(event, &overhaul)
    try overhaul.commit()
    return event
  }

  private func people(_ ids: [String]) throws(StoreError) -> [Customer] {
    var people: [Customer] = []
    for id in Set(ids).sorted() {
      guard let row = state.customers.row(of: id) else { throw .invalid(.unknownCustomer(id)) }
      people.append(state.customers.customer(row))
    }
    return people
  }

  /// Every file that an import ever added, in force or not.
  private func eraseSegments(
    _ traces: PersonTraces, _ overhaul: inout Overhaul
  ) throws(StoreError) -> (now: [String: ImportBatch.Segment], purchases: Int) {
    let eraser = SegmentEraser(traces: traces, currency: state.programme.currency)
    var (now, purchases) = ([String: ImportBatch.Segment](), 0)
    let inForce = Set(state.batches.flatMap { $0.segments.map(\.path) })
    for folder in [StorePath.customers, StorePath.purchases] {
      for name in try files.list(folder) {
        guard let path = SegmentPath(folder + "/" + name), path.kind != .products else { continue }
        let contents = try files.records(path.path, kind: path.kind.rawValue)
        guard let result = try eraser.run(contents, path.kind) else { continue }
        try overhaul.replace(path.path, result.bytes)
        now[path.path] = result.segment(path.path)
        if path.kind == .purchases, inForce.contains(path.path) { purchases += result.touched }
      }
    }
    return (now, purchases)
  }

  private mutating func eraseAudit(
    _ traces: inout PersonTraces, _ segments: [String: ImportBatch.Segment],
    _ overhaul: inout Overhaul
  ) throws(StoreError) {
    var eraser = AuditEraser(
      traces: traces, currency: state.programme.currency, segments: segments)
    for month in try months() {
      let path = StorePath.audit(month: month)
      if let bytes = try eraser.take(try files.read(path), path: path) {
        try overhaul.replace(path, bytes)
      }
    }
    traces = eraser.traces
    // Of a store whose audit was taken away the shards still know where the chain ended.
    if eraser.head.sequence == head.sequence { head = eraser.head }
  }

  /// Takes people out of what is known, as far as shards are written from it.
  private mutating func forget(
    _ traces: PersonTraces, _ offers: [Int], _ segments: [String: ImportBatch.Segment]
  ) {
    for id in offers {
      state.offers[id] = nil
      others.offers[id] = nil
    }
    for offer in state.offers.filter({ traces.isNamed(in: $0.reason) }) {
      state.offers[offer.id]?.reason = traces.redacted(offer.reason)
    }
    for index in state.batches.indices {
      let batch = state.batches[index]
      state.batches[index].segments = batch.segments.map { segments[$0.path] ?? $0 }
    }
  }

  /// Writes the shards of the state, as folding does, into an overhaul.
  private mutating func stageShards(
    _ overhaul: inout Overhaul, without ids: Set<String>
  ) throws(StoreError) {
    staging = overhaul
    defer { staging = nil }
    try writeSettings()
    try writeImports()
    try writeProducts()
    try writeOffers()
    try writeCustomers(without: ids)
    if let staging { overhaul = staging }
  }

  /// The event, in a new generation of the journal; what may hold bytes of anybody goes.
  private func stageRest(_ event: Event, _ overhaul: inout Overhaul) throws(StoreError) {
    for name in try files.list(StorePath.journal) {
      if StorePath.generation(ofName: name) != nil || name.hasSuffix(".torn") {
        overhaul.remove(StorePath.journal + "/" + name)
      }
    }
    for name in try files.list(StorePath.cache) {
      overhaul.remove(StorePath.cache + "/" + name)
    }
    for folder in [StorePath.customers, StorePath.products, StorePath.offers] {
      for name in try files.list(folder) where name.hasSuffix(ShardComparison.suffix) {
        overhaul.remove(folder + "/" + name)
      }
    }
    let line = EventRecord.line(
      event, more: false, after: head.checksum, state.programme.currency)
    try overhaul.replace(StorePath.journal(journal.generation + 1), line.bytes)
  }
}

extension JSONStore {
  /// Erases people from every file of the store, at one moment: their records, consents and offers
  /// are gone, their purchases are sales without a customer, and no import brings them back.
  ///
  /// - Parameters:
  ///   - ids: Their numbers.
  ///   - function: The hash function that keeps them from coming back, where there is none yet.
  ///   - time: When it is done.
  /// - Returns: The event that says so.
  /// - Throws: ``InvalidChange/unknownCustomer(_:)``, ``Conflict/importRunning``, or what the disk
  ///   does.
  package func erase(
    _ ids: [String], by function: SipHash, at time: Timestamp
  ) throws(StoreError) -> Event {
    try changing { (core) throws(StoreError) in try core.erase(ids, function, at: time) }
  }

  /// Erases those people again whom a store knew as erased that this one takes the place of.
  ///
  /// - Parameters:
  ///   - people: The people who were erased there.
  ///   - time: When it is done.
  /// - Returns: The event; nil when there was nothing to do.
  /// - Throws: What the disk does.
  package func erase(
    again people: ErasedPeople, at time: Timestamp
  ) throws(StoreError) -> Event? {
    guard let function = people.function, !people.hashes.isSubset(of: state.erased.hashes) else {
      return nil
    }
    let table = state.customers
    let ids = (0..<table.count).map { table.customer($0) }.filter { people.hold($0) }.map(\.id)
    return try changing { (core) throws(StoreError) in
      try core.erase(ids, and: people.hashes, function, at: time)
    }
  }
}
