/// Something that is sold.
package struct Product: Hashable, Sendable {
  /// The stock-keeping unit: the product's identifier, verbatim.
  package var sku: String
  /// The name as given; empty when unknown.
  package var name = ""
  /// The category; empty when unknown.
  package var category = ""
  /// The margin as a share of the net price, from 0 to 1, where known.
  package var margin: Double?
  /// What the product is in the range for, where staff said so.
  package var role: ProductRole?

  /// A product of which only the stock-keeping unit is known.
  package init(sku: String) { self.sku = sku }
}

/// What a product is in the range for.
package enum ProductRole: String, Sendable, CaseIterable {
  /// Brings people in.
  case engage
  /// Keeps people who may leave.
  case stabilise
  /// Sells in numbers.
  case volume
  /// Earns.
  case profit
}
