import LoyaltyModel
import TextFormats

/// The line of a product.
enum ProductRecord {
  static let keys: [StaticString] = ["sku", "name", "category", "margin", "role", "from"]

  static let known = KnownKeys(keys)

  /// Reads a product from an object.
  static func read(_ reader: RecordReader) throws(RecordFlaw) -> Product {
    var product = Product(sku: try reader.requiredText("sku"))
    product.name = try reader.text("name")
    product.category = try reader.text("category")
    product.margin = try reader.optionalDouble("margin")
    product.role = try reader.optionalChoice("role")
    return product
  }

  /// Writes a product as an object.
  ///
  /// - Parameters:
  ///   - product: The record.
  ///   - earlier: The record that it replaces, where an import's line keeps that.
  ///   - others: Members that are not known here.
  ///   - writer: Takes the object.
  static func write(
    _ product: Product, replacing earlier: Product? = nil, others: [JSONMember] = [],
    to writer: inout JSONWriter
  ) {
    writer.object(with: others, of: known) { write(product, replacing: earlier, &$0) }
  }

  private static func write(
    _ product: Product, replacing earlier: Product?, _ writer: inout JSONWriter
  ) {
    writer.beginObject()
    writer.key("sku")
    writer.string(product.sku)
    writer.member("name", product.name)
    writer.member("category", product.category)
    writer.member("margin", product.margin)
    writer.member("role", product.role?.rawValue ?? "")
    if let earlier {
      writer.key("from")
      write(earlier, to: &writer)
    }
    writer.endObject()
  }
}
