import LoyaltyModel
import LoyaltyWorkspace

/// Which offers the review screen lists, by where they stand.
enum ReviewScope: CaseIterable, Sendable {
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
  var title: String {
    switch self {
    case .waiting: "Waiting"
    case .approved: "Approved"
    case .rejected: "Rejected"
    case .snoozed: "Put off"
    case .exported: "Sent"
    case .all: "All offers"
    }
  }

  /// What is said when there is none.
  var emptyText: String {
    switch self {
    case .waiting: "No offer waits for a decision. Go to 7 Rules to have some suggested."
    case .approved: "No offer is approved yet."
    case .rejected: "No offer was rejected."
    case .snoozed: "No offer is put off."
    case .exported: "No offer was sent yet. 8 Export writes the approved ones to a file."
    case .all: "No offers yet. Go to 7 Rules to have some suggested."
    }
  }

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
