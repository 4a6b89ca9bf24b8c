/// The offers that an export kept back for one reason.
package struct KeptBackGroup: Sendable, Hashable {
  /// Why, in words.
  package let reason: String
  /// How many.
  package let count: Int
  /// The customers of the first few.
  package let customers: [String]
  /// Whether only the approval is missing.
  package let isUnapproved: Bool

  /// How many customers are named.
  private static let named = 3

  /// The offers that were kept back by their reasons, the most frequent reason first.
  package static func groups(of offers: [KeptBack]) -> [KeptBackGroup] {
    Dictionary(grouping: offers, by: \.reason).map { reason, offers in
      KeptBackGroup(
        reason: reason, count: offers.count, customers: offers.prefix(named).map(\.customer),
        isUnapproved: offers.allSatisfy(\.isUnapproved))
    }
    .sorted { $0.count == $1.count ? $0.reason < $1.reason : $0.count > $1.count }
  }
}
