import LoyaltyModel

/// Labels in the order of their bytes, and where labels that came in another order went.
struct SortedLabels: Sendable {
  /// The distinct labels, ascending by bytes, without the empty one.
  let labels: LabelList
  private let numbers: [UInt16]

  /// Sorts labels; equal ones share a number and the empty one is unknown.
  init(_ original: [String]) {
    let sorted = Set(original).subtracting([""]).sorted { left, right in
      left.utf8.lexicographicallyPrecedes(right.utf8)
    }
    let list = LabelList(Array(sorted.prefix(Int(FactColumn.unknownChoice))))
    labels = list
    numbers = original.map { label in
      list.number(of: label).map { UInt16($0) } ?? FactColumn.unknownChoice
    }
  }

  /// The number of a label by its place in the original order; unknown for a place without one.
  func number(ofOriginal place: Int) -> UInt16 {
    numbers.indices.contains(place) ? numbers[place] : FactColumn.unknownChoice
  }
}

/// The labels of products and categories by product number.
struct ProductLabels: Sendable {
  /// Product identifiers.
  let products: SortedLabels
  /// Categories, by the number of a product that has one.
  let categories: SortedLabels

  init(_ purchases: PurchaseTable) {
    products = SortedLabels(purchases.products.map(\.sku))
    categories = SortedLabels(purchases.products.map(\.category))
  }
}
