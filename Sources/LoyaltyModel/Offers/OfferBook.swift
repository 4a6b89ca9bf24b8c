/// All offers ever made, by their number; cheap to copy and to change one at a time.
///
/// What was read from files stays packed; what changes is unpacked in chunks, so that a decision on
/// one of a hundred thousand offers copies one chunk at most while others still read the book as it
/// was.
package struct OfferBook: Sendable {
  private static let chunkSize = 64
  /// The offers as they were read.
  private var base = PackedOffers()
  /// What stands over them; nil where they have not changed.
  private var chunks: [[Offer?]?] = []
  /// The highest number given so far.
  package private(set) var lastID = 0
  /// How many offers there are in each state that any is in.
  package private(set) var counts: [OfferState: Int] = [:]
  /// The numbers of the offers that are put off.
  package private(set) var snoozed: Set<Int> = []

  /// An empty book.
  package init() {}

  /// A book of offers that were read.
  package init(_ base: PackedOffers) {
    (self.base, lastID) = (base, base.lastID)
    chunks = Array(repeating: nil, count: (lastID + Self.chunkSize - 1) / Self.chunkSize)
    var states = [Int](repeating: 0, count: OfferState.allCases.count)
    for id in 1..<(lastID + 1) {
      guard let state = base.state(id) else { continue }
      states[Self.number(of: state)] += 1
      if state == .snoozed { snoozed.insert(id) }
    }
    for (state, count) in zip(OfferState.allCases, states) where count > 0 {
      counts[state] = count
    }
  }

  private static func number(of state: OfferState) -> Int {
    OfferState.allCases.firstIndex(of: state) ?? 0
  }

  /// All offers, packed: those that were read and have not changed just as they were.
  package var packed: PackedOffers {
    guard chunks.contains(where: { $0 != nil }) || lastID > base.lastID else { return base }
    var packed = PackedOffers()
    forEach { packed.append($0) }
    packed.reserve(through: lastID)
    return packed
  }

  /// Lets memory go that is only looked at now and then; see ``Column/rest()``.
  package func rest() { base.packed.bytes.rest() }

  /// How many offers there are.
  package var count: Int { counts.values.reduce(0, +) }

  /// How many offers wait for a decision on a day: suggested, or put off until then.
  package func waiting(on day: Day) -> Int {
    counts[.suggested, default: 0] + snoozed.count { self[$0]?.isWaiting(on: day) == true }
  }

  /// The offer of a number, or nil; setting it adds, replaces or removes (nil) the offer.
  package subscript(id: Int) -> Offer? {
    get {
      guard id >= 1, id <= lastID else { return nil }
      return chunks[(id - 1) / Self.chunkSize].map { $0[(id - 1) % Self.chunkSize] }
        ?? base.offer(id)
    }
    set {
      precondition(id >= 1, "offers are numbered from 1")
      let chunk = (id - 1) / Self.chunkSize
      while chunks.count <= chunk { chunks.append(nil) }
      let slot = (id - 1) % Self.chunkSize
      var offers = chunks[chunk] ?? unpacked(chunk)
      chunks[chunk] = nil
      recount(offers[slot], newValue)
      offers[slot] = newValue
      chunks[chunk] = offers
      lastID = max(lastID, id)
    }
  }

  /// Packs what has changed, for when that is much: unpacked, an offer takes ten times as much
  /// memory.
  package mutating func pack() {
    for (index, chunk) in chunks.enumerated() {
      guard let chunk else { continue }
      chunks[index] = nil
      for (slot, offer) in chunk.enumerated() {
        if let offer {
          base.append(offer)
        } else {
          base.remove(index * Self.chunkSize + slot + 1)
        }
      }
    }
    base.reserve(through: lastID)
  }

  private func unpacked(_ chunk: Int) -> [Offer?] {
    (0..<Self.chunkSize).map { base.offer(chunk * Self.chunkSize + $0 + 1) }
  }

  /// Whether there is an offer of a number.
  package func has(_ id: Int) -> Bool {
    guard id >= 1, id <= lastID else { return false }
    return chunks[(id - 1) / Self.chunkSize].map { $0[(id - 1) % Self.chunkSize] != nil }
      ?? base.has(id)
  }

  /// An offer whose evidence may be left out, which is quicker where all offers are read.
  package func summary(_ id: Int) -> Offer? {
    guard id >= 1, id <= lastID else { return nil }
    return chunks[(id - 1) / Self.chunkSize].map { $0[(id - 1) % Self.chunkSize] }
      ?? base.summary(id)
  }

  /// All offers, whose evidence may be left out, by ascending number.
  package var summaries: [Offer] { (1..<(lastID + 1)).compactMap { summary($0) } }

  /// Whose an offer is, or nil.
  package func customer(of id: Int) -> String? {
    guard id >= 1, id <= lastID else { return nil }
    return chunks[(id - 1) / Self.chunkSize].map { $0[(id - 1) % Self.chunkSize]?.customer }
      ?? base.customer(of: id)
  }

  /// How many offers of each rule stand in some states, by the rule's identifier; a look at the
  /// beginning of each.
  package func counts(_ isCounted: (OfferState) -> Bool) -> [String: Int] {
    let texts = base.packed.texts
    var (packed, counts) = ([Int](repeating: 0, count: texts.count), [String: Int]())
    for (index, chunk) in chunks.enumerated() {
      if let chunk {
        for case let offer? in chunk where isCounted(offer.state) {
          counts[offer.rule.id, default: 0] += 1
        }
        continue
      }
      let first = index * Self.chunkSize + 1
      for id in first..<min(first + Self.chunkSize, lastID + 1) {
        if let (state, rule) = base.standing(id), isCounted(state) { packed[rule] += 1 }
      }
    }
    for (text, count) in zip(texts, packed) where count > 0 { counts[text, default: 0] += count }
    return counts
  }

  private mutating func recount(_ before: Offer?, _ after: Offer?) {
    if let before {
      let rest = counts[before.state, default: 0] - 1
      counts[before.state] = rest == 0 ? nil : rest
      if before.state == .snoozed { snoozed.remove(before.id) }
    }
    if let after {
      counts[after.state, default: 0] += 1
      if after.state == .snoozed { snoozed.insert(after.id) }
    }
  }

  /// The numbers whose offers may differ from those of an earlier state of the book, in ranges.
  ///
  /// Chunks that both share are passed over without a look at their offers.
  package func numbers(changedSince earlier: OfferBook) -> [Range<Int>] {
    var changed: [Range<Int>] = []
    for (index, chunk) in chunks.enumerated() {
      if index < earlier.chunks.count, isSame(chunk, earlier.chunks[index], earlier) { continue }
      let first = index * Self.chunkSize + 1
      let numbers = first..<min(first + Self.chunkSize, lastID + 1)
      if let last = changed.last, last.upperBound == numbers.lowerBound {
        changed[changed.count - 1] = last.lowerBound..<numbers.upperBound
      } else if !numbers.isEmpty {
        changed.append(numbers)
      }
    }
    return changed
  }

  /// The offers of some customers, by ascending number.
  package func offers(of customers: Set<String>) -> [String: [Offer]] {
    var offers: [String: [Offer]] = [:]
    for id in 1..<(lastID + 1) {
      guard let customer = customer(of: id), customers.contains(customer), let offer = self[id]
      else { continue }
      offers[customer, default: []].append(offer)
    }
    return offers
  }

  private func isSame(_ chunk: [Offer?]?, _ other: [Offer?]?, _ earlier: OfferBook) -> Bool {
    switch (chunk, other) {
    case (let own?, let other?): own.isSameStorage(as: other)
    case (nil, nil): base.places.isSameStorage(as: earlier.base.places)
    default: false
    }
  }

  /// Calls a function with each offer, by ascending number.
  package func forEach(_ body: (Offer) -> Void) {
    for id in 1..<(lastID + 1) {
      if let offer = self[id] { body(offer) }
    }
  }

  /// The offers that satisfy a condition, by ascending number.
  package func filter(_ isIncluded: (Offer) -> Bool) -> [Offer] {
    var offers: [Offer] = []
    forEach { if isIncluded($0) { offers.append($0) } }
    return offers
  }
}

extension Offer {
  /// Whether the offer waits for a decision on a day: suggested, or put off until then.
  package func isWaiting(on day: Day) -> Bool {
    state == .suggested || (state == .snoozed && (snoozedUntil.map { $0 <= day } ?? true))
  }
}

extension Array {
  /// Whether two arrays are one and the same in memory, and so equal for sure.
  fileprivate func isSameStorage(as other: [Element]) -> Bool {
    count == other.count
      && withUnsafeBufferPointer { own in
        other.withUnsafeBufferPointer { own.baseAddress == $0.baseAddress }
      }
  }
}
