import TextFormats

/// Members of records that this program does not know: a later program of the same schema, or a
/// person, wrote them. Folding writes them back.
struct OtherMembers: Sendable {
  /// Of customers, by identifier.
  var customers: [String: [JSONMember]] = [:]
  /// Of products, by stock-keeping unit.
  var products: [String: [JSONMember]] = [:]
  /// Of offers, by number.
  var offers: [Int: [JSONMember]] = [:]
  /// Of imports, by number.
  var imports: [Int: [JSONMember]] = [:]
}

extension RecordReader {
  /// The members that are not among those known, in their order.
  func others(than known: [StaticString]) -> [JSONMember] {
    (node.members ?? []).filter { member in
      !known.contains { $0.description.utf8.elementsEqual(member.key.utf8) }
    }
  }
}

extension JSONWriter {
  /// Writes members as they were read.
  mutating func members(_ members: [JSONMember]) {
    for member in members {
      key(text: member.key)
      node(member.value)
    }
  }
}
