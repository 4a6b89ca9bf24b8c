import LoyaltyModel
import TextFormats

extension Core {
  /// Makes changes, all or none, under the lock.
  mutating func commit(
    _ changes: [Change], undoes: [Int?], at time: Timestamp
  ) throws(StoreError) -> [Event] {
    guard !changes.isEmpty, undoes.isEmpty || undoes.count == changes.count else {
      throw .invalid(.count)
    }
    return try upToDate { (core) throws(StoreError) in
      try core.append(changes, undoes: undoes, at: time)
    }
  }

  /// Makes changes to offers, all or none, under the lock; each is asked for when it is its turn.
  mutating func commit(
    offers changes: some Collection<OfferChange>, at time: Timestamp
  ) throws(StoreError) {
    guard !changes.isEmpty else { throw .invalid(.count) }
    try upToDate { (core) throws(StoreError) in try core.append(offers: changes, at: time) }
  }

  /// Does something under the lock when everything is known that others did.
  private mutating func upToDate<Result>(
    _ body: (inout Core) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    if case .readOnly(let reason) = access { throw .readOnly(reason) }
    return try locked { (core) throws(StoreError) in
      try core.catchUp()
      if case .readOnly(let reason) = core.access { throw .readOnly(reason) }
      return try body(&core)
    }
  }

  /// Checks changes against the state, writes them to the journal and takes them in; the lock is
  /// held and the state is the newest.
  mutating func append(
    _ changes: [Change], undoes: [Int?], at time: Timestamp
  ) throws(StoreError) -> [Event] {
    var next = self
    var recorded: [Event] = []
    for (index, change) in changes.enumerated() {
      try next.check(change)
      let event = Event(
        sequence: state.sequence + index + 1, at: time, by: user, change: change,
        undoes: undoes.isEmpty ? nil : undoes[index],
        transaction: changes.count > 1 ? state.sequence + 1 : nil)
      guard next.apply(event) else { throw .invalid(.count) }
      recorded.append(event)
    }
    if next.importEvents.count > importEvents.count {
      // Before anything is written, so that a damaged segment refuses the import.
      try next.loadTables()
    }
    // Let go of here, so that adding to them below copies none.
    next.events = []
    let working = workingFiles(of: changes, next.state)
    try checkUnedited(changes)
    do throws(StoreError) {
      if !working.isEmpty { try prepare(working) }
      var pen = try next.pen()
      for (index, event) in recorded.enumerated() {
        try next.write(event, more: index + 1 < recorded.count, with: &pen)
      }
      try next.finish(&pen)
    } catch {
      abandon(working)
      (journal, access) = (next.journal, next.access)
      throw error
    }
    swap(&events, &next.events)
    for event in recorded { next.remember(event) }
    self = next
    if !working.isEmpty {
      complete(working)
      try? checkWorkingFiles()
    }
    return recorded
  }

  /// The same for changes to offers, of which there may be more than memory should hold: each is
  /// checked, taken in and written before the next one is asked for.
  private mutating func append(
    offers changes: some Collection<OfferChange>, at time: Timestamp
  ) throws(StoreError) {
    var next = self
    var pen = try next.pen()
    let (first, last) = (state.sequence + 1, state.sequence + changes.count)
    do throws(StoreError) {
      for change in changes {
        let change = Change.offer(from: change.from, to: change.to)
        try next.check(change)
        let event = Event(
          sequence: next.state.sequence + 1, at: time, by: user, change: change,
          transaction: first < last ? first : nil)
        guard next.apply(event) else { throw .invalid(.count) }
        next.remember(event)
        next.packOffers(after: event.sequence - first)
        try next.write(event, more: event.sequence < last, with: &pen)
      }
      try next.finish(&pen)
    } catch {
      next.cut(&pen)
      (journal, access) = (next.journal, next.access)
      throw error
    }
    next.state.offers.pack()
    self = next
  }

  // MARK: Checking

  /// Makes sure that a change makes sense and that what it says was before is so now.
  private func check(_ change: Change) throws(StoreError) {
    switch change {
    case .offer(let from, let to): try check(offer: from, to)
    case .decision(let decision):
      guard state.offers[decision.offer]?.standing == decision.from else {
        throw conflict(offer: decision.offer)
      }
    case .settings(let from, let to):
      guard state.programme == from else { throw .conflict(.settings) }
      guard from.currency == to.currency || state.batches.isEmpty && state.offers.count == 0 else {
        throw .invalid(.currency)
      }
    case .rule(let file, let from, _):
      guard Self.isRuleName(file) else { throw .invalid(.ruleName(file)) }
      guard state.rule(file).isSame(as: from) else { throw .conflict(.rule(file: file)) }
    case .batch(let batch, let present): try check(batch, present: present)
    case .erasure: throw .invalid(.count)  // Only by rewriting every file, see `erase`.
    case .export, .backup: break
    }
  }

  private func check(offer from: Offer?, _ to: Offer?) throws(StoreError) {
    guard let id = (to ?? from)?.id else { throw .invalid(.emptyOffer) }
    guard (1...OfferRecord.maximumOfferNumber).contains(id), from?.id ?? id == id else {
      throw .invalid(.offerNumber(id))
    }
    guard state.offers[id] == from else { throw conflict(offer: id) }
    if let to, state.erased.hold(number: to.customer) {
      throw .invalid(.unknownCustomer(to.customer))
    }
  }

  private func check(_ batch: ImportBatch, present: Bool) throws(StoreError) {
    let standing = state.batches.first { $0.number == batch.number }
    if !present {
      guard standing == batch else {
        throw .conflict(.batch(batch.number, isPresent: standing != nil))
      }
      return
    }
    guard standing == nil else { throw .conflict(.batch(batch.number, isPresent: true)) }
    guard (1...Int(UInt16.max)).contains(batch.number) else { throw .invalid(.tooManyImports) }
    for segment in batch.segments {
      guard SegmentPath(segment.path) != nil,
        try files.readIfPresent(segment.path).map(CRC32C.checksum(of:)) == segment.crc32c
      else { throw .invalid(.segmentsGone(batch.number)) }
    }
  }

  /// Makes sure that no edit by hand would be overwritten: the files hold what was recorded, or
  /// what is now to be recorded.
  private func checkUnedited(_ changes: [Change]) throws(StoreError) {
    for change in changes {
      switch change {
      case .rule(let file, let from, let to):
        guard let bytes = try files.readIfPresent(StorePath.rules + "/" + file) else { continue }
        let text = String(decoding: bytes, as: UTF8.self) as String?
        guard text.isSame(as: from) || text.isSame(as: to) else {
          throw .conflict(.rule(file: file))
        }
      case .settings(_, let to):
        for edit in handEdits {
          guard case .settings(_, let found) = edit, found != to else { continue }
          throw .conflict(.settings)
        }
      default: break
      }
    }
  }

  private func conflict(offer id: Int) -> StoreError {
    let last = events.last { event in
      switch event.change {
      case .offer(let from, let to): (to ?? from)?.id == id
      case .decision(let decision): decision.offer == id
      default: false
      }
    }
    return .conflict(
      .offer(id, now: state.offers[id]?.standing, by: last?.by, at: last?.at))
  }

  // MARK: Writing

  /// A pen at the end of the journal.
  private func pen() throws(StoreError) -> JournalPen {
    guard let file = journal.file else { throw .readOnly(.closed) }
    return JournalPen(
      file, path: files.full(StorePath.journal(journal.generation)), at: journal.end, after: head,
      state.programme.currency)
  }

  private mutating func write(
    _ event: Event, more: Bool, with pen: inout JournalPen
  ) throws(StoreError) {
    do throws(DiskError) {
      try pen.add(event, more: more)
    } catch {
      cut(&pen)
      throw .disk(error)
    }
  }

  /// Cuts off what a pen wrote of an action that will not be finished.
  private mutating func cut(_ pen: inout JournalPen) {
    guard pen.isBegun else { return }
    pen.rest()
    do throws(DiskError) {
      try pen.file.truncate(to: journal.end)
    } catch { restrict(.diskFailed(error)) }
  }

  /// Waits until everything that a pen wrote is on the disk, so that it counts.
  private mutating func finish(_ pen: inout JournalPen) throws(StoreError) {
    pen.rest()
    do throws(DiskError) {
      try pen.file.syncData()
    } catch {
      leaveJournal(pen.file)
      throw .disk(error)
    }
    journal.nextLine += pen.events
    journalEvents += pen.events
    journalBytes += pen.end - journal.end
    (journal.end, head) = (pen.end, pen.head)
  }

  /// After a failed sync nobody knows what of the file is on the disk, and trying again proves
  /// nothing; so the good events go to a new file, which takes the old one's place.
  private mutating func leaveJournal(_ file: any OpenFile) {
    do throws(DiskError) {
      let good = try file.read(journal.end, at: 0)
      let path = files.full(StorePath.journal(journal.generation + 1))
      try files.disk.writeWhole(path, good, overwrite: true, files.privacy)
      let next = try files.disk.open(path, .update)
      // The old file may hold the refused events, now or after a power cut.
      try files.disk.remove(files.full(StorePath.journal(journal.generation)))
      try files.disk.syncFolder(files.full(StorePath.journal))
      journal.inode = try next.status().inode
      journal.file = next
      journal.generation += 1
    } catch {
      try? file.truncate(to: journal.end)
      restrict(.diskFailed(error))
    }
  }
}

extension String? {
  /// Whether two texts are the same bytes; `==` takes texts as equal that only look the same.
  func isSame(as other: String?) -> Bool {
    switch (self, other) {
    case (nil, nil): true
    case (let one?, let other?): one.utf8.elementsEqual(other.utf8)
    default: false
    }
  }
}
