extension CaseIterable where Self: Equatable, AllCases == [Self] {
  /// The case some steps further, around the ends.
  func neighbour(_ step: Int) -> Self { Self.allCases.neighbour(of: self, step) }
}

extension Array where Element: Equatable {
  /// The element some steps further, around the ends; the first where there is no such element.
  func neighbour(of element: Element, _ step: Int) -> Element {
    guard let place = firstIndex(of: element) else { return self[0] }
    return self[((place + step) % count + count) % count]
  }
}
