package import LoyaltyModel
package import TextFormats

/// The people who were erased, as keyed hashes, so that no import brings them back.
package struct ErasedPeople: Sendable, Hashable {
  /// The hash function; nil while nobody was erased.
  package private(set) var function: SipHash?
  /// The hashes of their numbers and e-mail addresses.
  package private(set) var hashes: Set<UInt64> = []

  /// Nobody.
  package init() {}

  /// People by the hashes of a function.
  init(_ function: SipHash, _ hashes: [UInt64]) {
    (self.function, self.hashes) = (function, Set(hashes))
  }

  /// Whether nobody was erased.
  package var isEmpty: Bool { hashes.isEmpty }

  /// Whether somebody with this number was erased.
  package func hold(number: String) -> Bool {
    guard let function, !number.isEmpty else { return false }
    return hashes.contains(function.hash(Self.numbered(number)))
  }

  /// Whether the person of a record was erased: by number or e-mail address.
  package func hold(_ customer: Customer) -> Bool {
    guard let function else { return false }
    return Self.marks(of: customer).contains { hashes.contains(function.hash($0)) }
  }

  /// Adds what an event of erasing says.
  mutating func add(_ erasure: Erasure) {
    function = SipHash(hexadecimal: erasure.key) ?? function
    hashes.formUnion(erasure.hashes)
  }

  /// The texts by which somebody is known again.
  static func marks(of customer: Customer) -> [String] {
    let address = customer.email.filter { !$0.isWhitespace }.lowercased()
    return [numbered(customer.id)] + (address.isEmpty ? [] : ["email:" + address])
  }

  private static func numbered(_ number: String) -> String { "id:" + number }
}
