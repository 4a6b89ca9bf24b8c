import TextFormats

/// The keys that a record of a kind can have here, and those of the objects in it.
///
/// Everything else was written by a later program of the same schema, or by a person, and is kept.
struct KnownKeys {
  private let keys: [String: KnownKeys]
  /// The key that tells the objects of a list apart, where their places do not.
  private let identity: String?

  /// Keys that hold no objects, and those that hold an object or a list of them.
  ///
  /// - Parameters:
  ///   - keys: The keys.
  ///   - nested: The keys of the objects in it.
  ///   - identity: Of objects in a list, the key whose text names each; nil where their places do.
  init(
    _ keys: [StaticString], _ nested: [String: KnownKeys] = [:],
    identifiedBy identity: StaticString? = nil
  ) {
    self.identity = identity?.description
    var all = nested
    for key in keys where all[key.description] == nil { all[key.description] = KnownKeys([]) }
    self.keys = all
  }

  /// What is not known in an object: its own members, and for known ones the same of what they hold.
  ///
  /// An empty list means that all is known.
  func unknown(in node: JSONNode) -> [JSONMember] {
    var found: [JSONMember] = []
    for member in node.members ?? [] {
      guard let nested = keys[member.key] else {
        found.append(member)
        continue
      }
      guard !nested.keys.isEmpty, let value = nested.unknownValue(in: member.value) else {
        continue
      }
      found.append(JSONMember(key: member.key, keyRange: 0..<0, value: value))
    }
    return found
  }

  /// The same of the value of a known key; of a list, an element each, null where all is known; where
  /// a key names them, only those in which something is not known, each with its name.
  private func unknownValue(in node: JSONNode) -> JSONNode? {
    if let elements = node.elements {
      if let identity { return named(elements, by: identity) }
      let values = elements.map { unknownValue(in: $0) }
      guard values.contains(where: { $0 != nil }) else { return nil }
      return JSONNode(
        range: 0..<0, value: .array(values.map { $0 ?? JSONNode(range: 0..<0, value: .null) }))
    }
    let members = unknown(in: node)
    return members.isEmpty ? nil : JSONNode(range: 0..<0, value: .object(members))
  }

  private func named(_ elements: [JSONNode], by identity: String) -> JSONNode? {
    let values = elements.compactMap { element -> JSONNode? in
      let members = unknown(in: element)
      guard !members.isEmpty, let name = element[identity] else { return nil }
      let member = JSONMember(key: identity, keyRange: 0..<0, value: name)
      return JSONNode(range: 0..<0, value: .object([member] + members))
    }
    return values.isEmpty ? nil : JSONNode(range: 0..<0, value: .array(values))
  }

  /// An object with what was not known in an earlier version of it.
  func merging(_ node: JSONNode, _ unknown: [JSONMember]) -> JSONNode {
    var members = node.members ?? []
    for member in unknown {
      guard let nested = keys[member.key] else {
        members.append(member)
        continue
      }
      // What held it may be gone.
      guard let place = members.firstIndex(where: { $0.key == member.key }) else { continue }
      members[place] = JSONMember(
        key: member.key, keyRange: 0..<0, value: nested.merging(members[place].value, member.value))
    }
    return JSONNode(range: 0..<0, value: .object(members))
  }

  private func merging(_ node: JSONNode, _ unknown: JSONNode) -> JSONNode {
    if let members = unknown.members, node.members != nil { return merging(node, members) }
    guard let elements = node.elements, let unknowns = unknown.elements else { return node }
    if let identity {
      let merged = elements.map { element in
        let own = unknowns.first { $0[identity]?.string == element[identity]?.string }
        let members = (own?.members ?? []).filter { $0.key != identity }
        return members.isEmpty ? element : merging(element, members)
      }
      return JSONNode(range: 0..<0, value: .array(merged))
    }
    // Lists grow at their end, so that a place stays that of the same element.
    let merged = elements.enumerated().map { index, element in
      index < unknowns.count ? merging(element, unknowns[index]) : element
    }
    return JSONNode(range: 0..<0, value: .array(merged))
  }
}

extension RecordReader {
  /// The members that are not known, and those of the objects within.
  func others(than known: KnownKeys) -> [JSONMember] { known.unknown(in: node) }
}

extension JSONWriter {
  /// Writes an object, and into it what is not known here.
  mutating func object(
    with others: [JSONMember], of known: KnownKeys, _ write: (inout JSONWriter) -> Void
  ) {
    guard !others.isEmpty else { return write(&self) }
    var writer = JSONWriter()
    write(&writer)
    guard let document = try? JSONDocument(parsing: writer.bytes) else { return write(&self) }
    node(known.merging(document.root, others))
  }
}
