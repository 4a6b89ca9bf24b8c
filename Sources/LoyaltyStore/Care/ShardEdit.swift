import LoyaltyModel
import TextFormats

/// A record that somebody changed by hand in a file that folding writes.
package struct ShardEdit: Sendable, Hashable {
  /// A member of the record: as it was and as it was found; nil where it is absent.
  package struct Difference: Sendable, Hashable {
    /// The key.
    package let key: String
    /// The value that is recorded, as JSON.
    package let recorded: String?
    /// The value that was found, as JSON.
    package let found: String?
  }

  /// The file within the store.
  package let file: String
  /// The line, from 1; nil where the record was taken out.
  package let line: Int?
  /// The customer's, product's or offer's number.
  package let record: String
  /// The members that differ.
  package let differences: [Difference]
  /// Whether accepting takes it over: taking out a line removes no customer and no product.
  package let isAcceptable: Bool
}

/// A record of which shards hold one a line.
protocol ShardRecord: Equatable {
  /// The folder of the shards, and the kind in their first line.
  static var folder: String { get }
  /// The keys that are known.
  static var known: KnownKeys { get }
  /// What tells it from others.
  var key: String { get }
  /// Whether a record can go by taking out its line.
  static var isRemovable: Bool { get }
  /// Whether it says nothing but its key.
  var isBare: Bool { get }
  /// Reads one.
  static func read(_ reader: RecordReader, _ currency: Currency) throws(RecordFlaw) -> Self
  /// Writes one.
  func write(_ currency: Currency, others: [JSONMember], to writer: inout JSONWriter)
}

extension Customer: ShardRecord {
  static var folder: String { StorePath.customers }
  static var known: KnownKeys { CustomerRecord.known }
  static var isRemovable: Bool { false }
  var key: String { id }
  var isBare: Bool { self == Customer(id: id) }
  static func read(_ reader: RecordReader, _: Currency) throws(RecordFlaw) -> Customer {
    try CustomerRecord.read(reader)
  }
  func write(_: Currency, others: [JSONMember], to writer: inout JSONWriter) {
    CustomerRecord.write(self, others: others, to: &writer)
  }
}

extension Product: ShardRecord {
  static var folder: String { StorePath.products }
  static var known: KnownKeys { ProductRecord.known }
  static var isRemovable: Bool { false }
  var key: String { sku }
  var isBare: Bool { self == Product(sku: sku) }
  static func read(_ reader: RecordReader, _: Currency) throws(RecordFlaw) -> Product {
    try ProductRecord.read(reader)
  }
  func write(_: Currency, others: [JSONMember], to writer: inout JSONWriter) {
    ProductRecord.write(self, others: others, to: &writer)
  }
}

extension Offer: ShardRecord {
  static var folder: String { StorePath.offers }
  static var known: KnownKeys { OfferRecord.known }
  static var isRemovable: Bool { true }
  var key: String { String(id) }
  var isBare: Bool { false }
  static func read(_ reader: RecordReader, _ currency: Currency) throws(RecordFlaw) -> Offer {
    try OfferRecord.read(reader, currency)
  }
  func write(_ currency: Currency, others: [JSONMember], to writer: inout JSONWriter) {
    OfferRecord.write(self, currency, others: others, to: &writer)
  }
}

extension ShardRecord {
  /// The record as a JSON object.
  func node(_ currency: Currency) -> JSONNode? {
    var writer = JSONWriter()
    write(currency, others: [], to: &writer)
    return try? JSONDocument(parsing: writer.bytes).root
  }
}

extension ShardEdit.Difference {
  /// The members of two objects that differ, in the order of the first, then of the second.
  static func all(_ recorded: JSONNode?, _ found: JSONNode?) -> [ShardEdit.Difference] {
    let (old, new) = (recorded?.members ?? [], found?.members ?? [])
    let keys = old.map(\.key) + new.map(\.key).filter { key in !old.contains { $0.key == key } }
    return keys.compactMap { key in
      let (was, now) = (recorded?[key].map(text), found?[key].map(text))
      return was == now ? nil : ShardEdit.Difference(key: key, recorded: was, found: now)
    }
  }

  private static func text(_ node: JSONNode) -> String {
    var writer = JSONWriter()
    writer.node(node)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
