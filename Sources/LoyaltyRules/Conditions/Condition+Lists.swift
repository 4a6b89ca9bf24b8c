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
