/// All offers ever made, by their number; cheap to copy and to change one at a time.
///
/// Kept in chunks, so that a decision on one of a hundred thousand offers copies one chunk at most
/// while others still read the book as it was.
package struct OfferBook: Sendable {
  private static let chunkSize = 512
  private var chunks: [[Offer?]] = []
  /// The highest number given so far.
  package private(set) var lastID = 0
  /// How many offers there are.
  package private(set) var count = 0

  /// An empty book.
  package init() {}

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
      count += (newValue == nil ? 0 : 1) - (chunks[chunk][slot] == nil ? 0 : 1)
      chunks[chunk][slot] = newValue
      lastID = max(lastID, id)
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
