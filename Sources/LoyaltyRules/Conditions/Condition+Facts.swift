package import LoyaltyModel

extension Condition {
  /// The facts that it compares, in order; those of list entries left out.
  package var facts: [Fact] {
    switch self {
    case .fact(let test): [test.fact]
    case .all(let parts), .any(let parts), .noneOf(let parts): parts.flatMap(\.facts)
    case .list, .search: []
    }
  }
}
