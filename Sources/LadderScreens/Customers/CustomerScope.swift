import LoyaltyModel
import LoyaltyWorkspace

/// The people behind one figure, to whom the list of customers is narrowed down.
struct CustomerScope: Sendable, Equatable {
  let group: CustomerGroup

  init(_ group: CustomerGroup) { self.group = group }

  /// Who they are, in words.
  var title: String {
    switch group {
    case .won(let month, nil): "won in \(month.monthName)"
    case .won(let month, let months?):
      "won in \(month.monthName), bought in \(month.adding(months: months).monthName)"
    case .moved(let period, let kind, let move): title(period, kind, move)
    }
  }

  private func title(
    _ period: Period, _ kind: CustomerGroup.Kind, _ move: CustomerGroup.Move
  ) -> String {
    func name(_ group: String) -> String { MoveWords.group(group, kind) }
    let between = "\(period.from) to \(period.to)"
    return switch move {
    case .fromTo(let from, let to) where from == to: "\(name(from)) at both ends of \(between)"
    case .fromTo(let from, let to): "\(name(from)) to \(name(to)), \(between)"
    case .began(let group): "\(name(group)) on \(period.from)"
    case .ended(let group): "\(name(group)) on \(period.to)"
    case .joined(let group): "came into \(name(group)), \(between)"
    case .left(let group): "went out of \(name(group)), \(between)"
    }
  }

  /// The line above the list.
  var line: String { "Only: \(title). Esc shows all." }
}
