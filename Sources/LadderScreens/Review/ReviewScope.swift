import LoyaltyModel
import LoyaltyWorkspace

/// Which offers the review screen lists, by where they stand.
enum ReviewScope: String, CaseIterable, Sendable {
  case waiting, approved, rejected, snoozed, exported, all, batch

  /// The scope that holds offers of a state.
  init(_ state: OfferState) {
    self =
      switch state {
      case .suggested: .waiting
      case .approved: .approved
      case .rejected: .rejected
      case .snoozed: .snoozed
      case .exported, .redeemed, .expired: .exported
      default: .all
      }
  }

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
    case .all: .all
    }
  }
}
