package import LoyaltyModel

extension Condition {
  /// Whether the condition reads a list of the customer, such as `offers`.
  package func reads(list: String) -> Bool {
    switch self {
    case .all(let parts), .any(let parts), .noneOf(let parts):
      parts.contains { $0.reads(list: list) }
    case .list(let test): test.list == list
    case .fact, .search: false
    }
  }
}

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
