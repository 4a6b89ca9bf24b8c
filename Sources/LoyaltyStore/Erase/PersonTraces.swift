import LoyaltyModel
import TextFormats

/// What tells of people who are to be erased, and how records look without them.
struct PersonTraces {
  /// Their numbers.
  let ids: Set<String>
  private let idBytes: [[UInt8]]
  /// Texts by which they are found in what staff wrote about anybody.
  private let texts: [WholeWord]
  /// Words by which they are found in what staff wrote about them.
  private let words: [WholeWord]
  /// The offers to them that were met so far.
  private(set) var offers: Set<Int> = []

  /// Traces of people.
  init(_ people: [Customer]) {
    ids = Set(people.map(\.id))
    idBytes = people.map { Array($0.id.utf8) }
    texts = people.flatMap { person in
      // Shorter ones are words of other meanings.
      [person.id, person.name, person.email, person.phone].filter { $0.utf8.count >= 4 }
    }.map { WholeWord($0) }
    words = people.flatMap { person in
      ([person.name] + person.consumers.map(\.name)).flatMap { $0.split(separator: " ") }
        .filter { $0.utf8.count >= 3 }
    }.map { WholeWord(String($0)) }
  }

  /// Whether a text that staff wrote names one of them.
  func isNamed(in text: String) -> Bool { texts.contains { $0.stands(in: text) } }

  /// Whether the value of a scanner's key is one of their numbers.
  func isOne(_ key: Int, _ scanner: NDJSONScanner, _ bytes: RawSpan) throws(NDJSONError) -> Bool {
    guard scanner.has(key) else { return false }
    if let range = try scanner.plainRange(key) {
      return idBytes.contains { bytes.equals(range, $0) }
    }
    return ids.contains(try scanner.string(key, in: bytes))
  }

  /// A change without them; nil where nothing in it is about them.
  ///
  /// - Parameters:
  ///   - change: The change.
  ///   - segments: What files of imports are now, by path.
  /// - Returns: The change to be told instead.
  mutating func redacted(
    _ change: Change, _ segments: [String: ImportBatch.Segment]
  ) -> Change? {
    switch change {
    case .offer(let from, let to):
      let isTheirs = [from, to].contains { $0.map { ids.contains($0.customer) } ?? false }
      if isTheirs, let id = (to ?? from)?.id { offers.insert(id) }
      let now = Change.offer(from: from.map(redacted), to: to.map(redacted))
      return now == change ? nil : now
    case .decision(var decision):
      let isTheirs = offers.contains(decision.offer)
      decision.from.reason = redacted(decision.from.reason, isTheirs: isTheirs)
      decision.to.reason = redacted(decision.to.reason, isTheirs: isTheirs)
      return .decision(decision) == change ? nil : .decision(decision)
    case .batch(var batch, let present):
      batch.segments = batch.segments.map { segments[$0.path] ?? $0 }
      return .batch(batch, present: present) == change ? nil : .batch(batch, present: present)
    default: return nil
    }
  }

  private func redacted(_ offer: Offer) -> Offer {
    var offer = offer
    offer.reason = redacted(offer.reason, isTheirs: ids.contains(offer.customer))
    guard ids.contains(offer.customer) else { return offer }
    (offer.customer, offer.evidence) = ("", Evidence())
    return offer
  }

  /// What staff wrote, or that it was erased.
  func redacted(_ reason: String, isTheirs: Bool = false) -> String {
    let isTold = isTheirs && words.contains { $0.stands(in: reason) }
    return isTold || isNamed(in: reason) ? "(erased)" : reason
  }
}
