import LoyaltyModel
import LoyaltyWorkspace

/// The people behind one figure, to whom the list of customers is narrowed down.
struct CustomerScope: Sendable, Equatable {
  let group: CustomerGroup

  init(_ group: CustomerGroup) { self.group = group }

  /// Who they are, in words.
  func title(_ texts: Texts) -> String {
    switch group {
    case .won(let month, nil): texts("scope.won", ["month": texts.month(month)])
    case .won(let month, let months?):
      texts(
        "scope.won-bought",
        ["month": texts.month(month), "later": texts.month(month.adding(months: months))])
    case .moved(let period, let kind, let move): title(period, kind, move, texts)
    }
  }

  private func title(
    _ period: Period, _ kind: CustomerGroup.Kind, _ move: CustomerGroup.Move, _ texts: Texts
  ) -> String {
    func name(_ group: String) -> String { MoveWords(texts).group(group, kind) }
    let between = texts.between(period)
    return switch move {
    case .fromTo(let from, let to) where from == to:
      texts("scope.stayed", ["group": name(from), "period": between])
    case .fromTo(let from, let to):
      texts("scope.moved", ["from": name(from), "to": name(to), "period": between])
    case .began(let group):
      texts("scope.on-day", ["group": name(group), "day": texts.day(period.from)])
    case .ended(let group):
      texts("scope.on-day", ["group": name(group), "day": texts.day(period.to)])
    case .joined(let group):
      texts("scope.joined", ["group": name(group), "period": between])
    case .left(let group): texts("scope.left", ["group": name(group), "period": between])
    }
  }

  /// The line above the list.
  func line(_ texts: Texts) -> String { texts("scope.line", ["who": title(texts)]) }
}
