import LoyaltyModel

/// Which parts of the state an event still has to reach; shards may hold it already.
struct Reach {
  var settings = true
  var imports = true
  var offers = true
}

extension Core {
  /// How many events stay in memory at least.
  static let keptEvents = 10_000

  /// Keeps an event in memory; of many only the newest stay, older ones are read from their files.
  mutating func remember(_ event: Event) {
    events.append(event)
    if events.count >= 2 * Self.keptEvents {
      events.removeFirst(events.count - Self.keptEvents)
    }
  }

  /// Packs what changed of the offers, now and then while many events are taken in.
  mutating func packOffers(after events: Int) {
    if events % (1 << 14) == (1 << 14) - 1 { state.offers.pack() }
  }

  /// Takes an event that was read from the journal into the state.
  ///
  /// - Returns: False when it does not fit what it changes.
  mutating func apply(_ event: Event, _ reach: Reach = Reach()) -> Bool {
    state.sequence = event.sequence
    switch event.change {
    case .offer(let from, let to):
      guard reach.offers else { return true }
      guard let id = (to ?? from)?.id else { return false }
      guard (state.offers[id] == nil) == (from == nil) else { return false }
      state.offers[id] = to
    case .decision(let decision):
      guard reach.offers else { return true }
      guard state.offers[decision.offer] != nil else { return false }
      state.offers[decision.offer]?.standing = decision.to
    case .settings(_, let to):
      if reach.settings { state.programme = to }
    case .rule(let file, _, let to):
      if reach.settings { state.setRule(file, to) }
    case .batch(let batch, let present):
      importEvents.append(event)
      guard reach.imports else { return true }
      state.setBatch(batch, present: present)
      commitSequence[batch.number] = present ? event.sequence : nil
    case .erasure(let erasure): if reach.settings { state.erased.add(erasure) }
    case .export, .backup: break
    }
    return true
  }
}

extension StoreState {
  /// Sets, replaces or removes (nil) a rule's text.
  mutating func setRule(_ file: String, _ text: String?) {
    rules.removeAll { $0.file == file }
    guard let text else { return }
    let place =
      rules.firstIndex { file.utf8.lexicographicallyPrecedes($0.file.utf8) } ?? rules.endIndex
    rules.insert(RuleFile(file: file, text: text), at: place)
  }

  /// The recorded text of a rule's file.
  func rule(_ file: String) -> String? { rules.first { $0.file == file }?.text }

  /// Adds or removes an import; its tables are loaded elsewhere.
  mutating func setBatch(_ batch: ImportBatch, present: Bool) {
    batches.removeAll { $0.number == batch.number }
    lastBatch = max(lastBatch, batch.number)
    guard present else { return }
    let place = batches.firstIndex { $0.number > batch.number } ?? batches.endIndex
    batches.insert(batch, at: place)
  }
}
