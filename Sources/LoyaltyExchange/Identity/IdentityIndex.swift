/// Tells new purchases from those that are there already, so that importing a file twice, or files
/// that overlap, changes nothing.
///
/// Equal lines are counted: the n-th equal line of a file is new only if fewer than n such
/// purchases are known. So two equal lines in one file are two purchases, and stay two. A table
/// with open addressing: 16 bytes a slot, at most three quarters full.
package struct IdentityIndex: Sendable {
  /// What a line is.
  package enum Verdict: Sendable, Hashable {
    /// A purchase that is not known yet; from now on it is.
    case new
    /// A purchase that is known.
    case unchanged
  }

  private struct Slot {
    /// The hash; zero in a free slot.
    var key: UInt64 = 0
    /// How many such purchases are known.
    var known: UInt32 = 0
    /// How many such lines the present file had so far.
    var seen: UInt32 = 0
  }

  private var slots: [Slot]
  /// How many different identities are known.
  package private(set) var count = 0

  /// An index that knows nothing yet.
  ///
  /// - Parameter minimumCapacity: How many identities to make room for.
  package init(minimumCapacity: Int = 0) {
    var size = 1024
    while size * 3 / 4 < minimumCapacity { size *= 2 }
    slots = Array(repeating: Slot(), count: size)
  }

  /// Makes a purchase known that the store holds.
  package mutating func seed(_ identity: PurchaseIdentity) {
    let index = slot(of: identity.key)
    slots[index].known &+= 1
  }

  /// Begins a file: its lines are counted anew.
  package mutating func beginFile() {
    for index in slots.indices { slots[index].seen = 0 }
  }

  /// Says whether a line of the present file is a new purchase, and makes it known.
  package mutating func classify(_ identity: PurchaseIdentity) -> Verdict {
    let index = slot(of: identity.key)
    slots[index].seen &+= 1
    guard slots[index].seen > slots[index].known else { return .unchanged }
    slots[index].known &+= 1
    return .new
  }

  /// The slot of a key, taken where the key is new.
  private mutating func slot(of key: UInt64) -> Int {
    let index = place(of: key, in: slots)
    guard slots[index].key == 0 else { return index }
    slots[index].key = key
    count += 1
    guard count > slots.count / 4 * 3 else { return index }
    grow()
    return place(of: key, in: slots)
  }

  private func place(of key: UInt64, in slots: [Slot]) -> Int {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: key) & mask
    while slots[index].key != 0, slots[index].key != key { index = (index + 1) & mask }
    return index
  }

  private mutating func grow() {
    var larger = Array(repeating: Slot(), count: slots.count * 2)
    for slot in slots where slot.key != 0 { larger[place(of: slot.key, in: larger)] = slot }
    slots = larger
  }
}
