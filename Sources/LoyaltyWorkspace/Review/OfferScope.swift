package import LoyaltyModel

/// Which offers a list holds, by where they stand.
package enum OfferScope: String, CaseIterable, Sendable {
  case waiting
  /// Those waiting that the user has taken to decide on.
  case batch
  case approved, rejected, snoozed, exported
  /// Those kept back to compare with, which nobody gets and which no other list holds.
  case withheld
  case withdrawn, all

  /// Whether offers of a state belong to it on a day.
  ///
  /// - Parameters:
  ///   - state: Where the offer stands.
  ///   - snoozedUntil: Until when it is put off, where it is.
  ///   - day: The day on which the list is looked at.
  /// - Returns: Whether the list holds them.
  package func contains(_ state: OfferState, snoozedUntil: Day?, on day: Day) -> Bool {
    let isDue = state == .snoozed && (snoozedUntil.map { $0 <= day } ?? true)
    return switch self {
    case .waiting, .batch: state == .suggested || isDue
    case .approved: state == .approved
    case .rejected: state == .rejected
    case .snoozed: state == .snoozed && !isDue
    case .exported: state == .exported || state == .redeemed || state == .expired
    case .withheld: state == .withheld
    case .withdrawn: state == .withdrawn || state == .recalled
    case .all: state != .withheld
    }
  }
}
