import LoyaltyModel
import LoyaltyWorkspace

/// Which offers the review screen lists, by where they stand.
enum ReviewScope: String, CaseIterable, Sendable {
  case waiting, approved, rejected, snoozed, exported, withheld, withdrawn, all, batch

  /// The scope that holds offers of a state.
  init(_ state: OfferState) {
    self =
      switch state {
      case .suggested: .waiting
      case .approved: .approved
      case .rejected: .rejected
      case .snoozed: .snoozed
      case .exported, .redeemed, .expired: .exported
      case .withheld: .withheld
      case .withdrawn, .recalled: .withdrawn
      }
  }

  /// Whether its offers are there to be looked at only.
  var isClosed: Bool { self == .withheld || self == .withdrawn || self == .exported }

  /// The name on screen.
  func title(_ texts: Texts) -> String { texts["review.scope.\(rawValue)"] }

  /// What is said when there is none.
  func emptyText(_ texts: Texts) -> String { texts["review.empty.\(rawValue)"] }

  /// The offers in it.
  var offers: OfferScope {
    switch self {
    case .waiting: .waiting
    case .batch: .batch
    case .approved: .approved
    case .rejected: .rejected
    case .snoozed: .snoozed
    case .exported: .exported
    case .withheld: .withheld
    case .withdrawn: .withdrawn
    case .all: .all
    }
  }
}
