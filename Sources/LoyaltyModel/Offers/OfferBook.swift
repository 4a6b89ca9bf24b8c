/// All offers ever made, by their number; cheap to copy and to change one at a time.
///
/// Kept in chunks, so that a decision on one of a hundred thousand offers copies one chunk at most
/// while others still read the book as it was.
package struct OfferBook: Sendable {
  private static let chunkSize = 64
  private var chunks: [[Offer?]] = []
  /// The highest number given so far.
  package private(set) var lastID = 0
  /// How many offers there are in each state that any is in.
  package private(set) var counts: [OfferState: Int] = [:]
  /// The numbers of the offers that are put off.
  package private(set) var snoozed: Set<Int> = []

  /// An empty book.
  package init() {}

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
      return chunks[(id - 1) / Self.chunkSize][(id - 1) % Self.chunkSize]
    }
    set {
      precondition(id >= 1, "offers are numbered from 1")
      let chunk = (id - 1) / Self.chunkSize
      while chunks.count <= chunk {
        chunks.append(Array(repeating: nil, count: Self.chunkSize))
      }
      let slot = (id - 1) % Self.chunkSize
      recount(chunks[chunk][slot], newValue)
      chunks[chunk][slot] = newValue
      lastID = max(lastID, id)
    }
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

  /// Calls a function with each offer, by ascending number.
  package func forEach(_ body: (Offer) -> Void) {
    for chunk in chunks { for case let offer? in chunk { body(offer) } }
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
