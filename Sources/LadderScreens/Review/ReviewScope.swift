import LoyaltyModel
import LoyaltyWorkspace

/// Which offers the review screen lists, by where they stand.
enum ReviewScope: String, CaseIterable, Sendable {
  case waiting, approved, rejected, snoozed, exported, all

  /// The scope that holds offers of a state.
  init(_ state: OfferState) {
    self =
      switch state {
      case .suggested: .waiting
      case .approved: .approved
      case .rejected: .rejected
      case .snoozed: .snoozed
      case .exported, .redeemed: .exported
      default: .all
      }
  }

  /// The name on screen.
  func title(_ texts: Texts) -> String { texts["review.scope.\(rawValue)"] }

  /// What is said when there is none.
  func emptyText(_ texts: Texts) -> String { texts["review.empty.\(rawValue)"] }

  /// Whether an offer belongs to it on a day.
  func contains(_ offer: Offer, on day: Day) -> Bool {
    switch self {
    case .waiting: offer.isWaiting(on: day)
    case .approved: offer.state == .approved
    case .rejected: offer.state == .rejected
    case .snoozed: offer.state == .snoozed && !offer.isWaiting(on: day)
    case .exported: offer.state == .exported || offer.state == .redeemed
    case .all: true
    }
  }

  /// The one after it, around the end.
  var next: ReviewScope {
    let all = Self.allCases
    let place = all.firstIndex(of: self) ?? 0
    return all[(place + 1) % all.count]
  }
}
