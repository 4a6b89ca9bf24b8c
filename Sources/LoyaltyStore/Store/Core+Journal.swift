import LoyaltyModel
import TextFormats

extension Core {
  /// The generations of the journal that are there, oldest first.
  func generations() throws(StoreError) -> [Int] {
    try files.list(StorePath.journal).compactMap { StorePath.generation(ofName: $0) }
  }

  /// Reads the journal over the shards.
  mutating func loadJournal() throws(StoreError) {
    let heads = shards.all
    let lowest = heads.min { $0.sequence < $1.sequence } ?? ChainHead()
    let highest = heads.max { $0.sequence < $1.sequence } ?? ChainHead()
    state.sequence = lowest.sequence
    (head, events, importEvents, journalBytes, journalEvents) = (lowest, [], [], 0, 0)
    journal.generation = try generations().last ?? 1
    journal.end = 0
    var chain: ChainHead?
    for number in try generationsInForce() {
      let bytes = try files.read(StorePath.journal(number))
      let isGood = try take(bytes, generation: number, after: &chain, lowest)
      if !isGood { return }
    }
    guard head.sequence >= highest.sequence else {
      restrict(
        .damaged(
          Damage(StorePath.journal(journal.generation), .chain(expected: head.sequence + 1))))
      return
    }
  }

  /// The generations that count, oldest first: not those of which a later one has all events, as
  /// after a failed sync, nor those before one that begins at or before what every shard holds.
  func generationsInForce() throws(StoreError) -> [Int] {
    let lowest = shards.all.min { $0.sequence < $1.sequence } ?? ChainHead()
    var kept: [Int] = []
    var earliest = Int.max
    for generation in try generations().reversed() {
      let (first, isEmpty) = try beginning(StorePath.journal(generation))
      guard let first else {
        // No whole event; what is torn or damaged there still has to be seen.
        if earliest == .max || !isEmpty { kept.append(generation) }
        continue
      }
      guard first < earliest else { continue }
      kept.append(generation)
      earliest = first
      if first <= lowest.sequence + 1 { break }
    }
    return kept.reversed()
  }

  /// The first event of a file, or nil, and whether the file is empty.
  private func beginning(_ path: String) throws(StoreError) -> (first: Int?, isEmpty: Bool) {
    var blocks = try files.lines(path)
    return try files.doing { () throws(DiskError) in
      (try blocks.next()?.lines.first?.sequence, blocks.size == 0)
    }
  }

  /// Takes in a generation.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - generation: Its number.
  ///   - chain: The place in the chain; nil before the first line.
  ///   - lowest: The last event that every shard holds.
  /// - Returns: Whether later generations can be taken in too.
  /// - Throws: Nothing but what the disk does.
  private mutating func take(
    _ bytes: [UInt8], generation: Int, after chain: inout ChainHead?, _ lowest: ChainHead
  ) throws(StoreError) -> Bool {
    let file = StorePath.journal(generation)
    let scan = JournalScan(bytes.span.bytes, after: chain)
    let first = scan.lines.first?.sequence ?? lowest.sequence + 1
    let isFirst = chain == nil
    guard !isFirst || first <= lowest.sequence + 1 && isInPlace(scan, after: lowest) else {
      restrict(.damaged(Damage(file, line: 1, byte: 0, .chain(expected: lowest.sequence + 1))))
      return false
    }
    if let flaw = replay(bytes, scan.lines, file: file) {
      restrict(.damaged(flaw))
      return false
    }
    if !scan.lines.isEmpty {
      chain = scan.head
      if scan.head.sequence >= head.sequence { head = scan.head }
    }
    journalBytes += scan.end
    journalEvents += scan.lines.count
    journal.generation = generation
    (journal.end, journal.nextLine) = (scan.end, scan.nextLine)
    if case .damaged(let line, let byte, let flaw) = scan.ending {
      restrict(.damaged(Damage(file, line: line, byte: byte, flaw)))
      return false
    }
    return true
  }

  /// Whether lines belong where they are: the one after the shards names their last event.
  private func isInPlace(_ scan: JournalScan, after lowest: ChainHead) -> Bool {
    guard let next = scan.lines.first(where: { $0.sequence == lowest.sequence + 1 }) else {
      return true
    }
    return next.previous == lowest.checksum
  }

  /// Applies lines to the state as far as the shards do not hold them.
  ///
  /// - Returns: What is wrong with the first line that cannot be applied.
  mutating func replay(_ bytes: [UInt8], _ lines: [Seal.Line], file: String) -> Damage? {
    let span = bytes.span.bytes
    let prepared = NDJSONScanner(keys: EventRecord.keys)
    for (index, line) in lines.enumerated() {
      guard let sequence = line.sequence, sequence > state.sequence else { continue }
      var scanner = prepared
      let text = span.extracting(line.range)
      do throws(LineFlaw) {
        do throws(NDJSONError) {
          _ = try scanner.next(in: text)
        } catch { throw LineFlaw(error) }
        let event = try EventRecord.read(scanner, in: text, state.programme.currency)
        guard apply(event, reach(event)) else {
          return Damage(
            file, line: index + 1, byte: line.range.lowerBound, .impossible(sequence: sequence))
        }
        remember(event)
        packOffers(after: index)
      } catch {
        return Damage(
          file, line: index + 1, byte: line.range.lowerBound + error.byte, error.flaw)
      }
    }
    return nil
  }

  /// Which parts of the state an event has to reach, since the shards do not hold it.
  private func reach(_ event: Event) -> Reach {
    var reach = Reach()
    reach.settings = event.sequence > shards.settings.sequence
    reach.imports = event.sequence > shards.imports.sequence
    switch event.change {
    case .offer(let from, let to):
      reach.offers = event.sequence > shards.offers((to ?? from)?.id ?? 0).sequence
    case .decision(let decision):
      reach.offers = event.sequence > shards.offers(decision.offer).sequence
    default: break
    }
    return reach
  }
}
