import TextFormats

/// Members of records, and of the objects in them, that this program does not know.
///
/// A later program of the same schema, or a person, wrote them. Folding writes them back.
struct OtherMembers: Sendable {
  /// Of customers, by identifier.
  var customers: [String: [JSONMember]] = [:]
  /// Of products, by stock-keeping unit.
  var products: [String: [JSONMember]] = [:]
  /// Of offers, by number.
  var offers: [Int: [JSONMember]] = [:]
  /// Of imports, by number.
  var imports: [Int: [JSONMember]] = [:]
  /// Of the settings.
  var settings: [JSONMember] = []
}
