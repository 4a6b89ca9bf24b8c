import TextFormats

/// The keys that a record of a kind can have here, and those of the objects in it.
///
/// Everything else was written by a later program of the same schema, or by a person, and is kept.
struct KnownKeys {
  private let keys: [String: KnownKeys]
  /// What tells the elements of a list of such objects apart; none where their places do.
  private let identity: [String]

  /// Keys that hold no objects, and those that hold an object or a list of them.
  ///
  /// - Parameters:
  ///   - keys: The keys.
  ///   - nested: Those that hold objects, with what is known in these.
  ///   - identity: The keys that tell the elements of a list apart from which any may be taken out.
  init(
    _ keys: [StaticString], _ nested: [String: KnownKeys] = [:], identity: [StaticString] = []
  ) {
    var all = nested
    for key in keys where all[key.description] == nil { all[key.description] = KnownKeys([]) }
    self.keys = all
    self.identity = identity.map(\.description)
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

  /// The same of the value of a known key; of a list, an element each, null where all is known.
  private func unknownValue(in node: JSONNode) -> JSONNode? {
    if let elements = node.elements {
      let values = elements.map { unknownValue(in: $0) }
      guard values.contains(where: { $0 != nil }) else { return nil }
      if !identity.isEmpty {
        return JSONNode(range: 0..<0, value: .array(zip(elements, values).map(identified)))
      }
      return JSONNode(
        range: 0..<0, value: .array(values.map { $0 ?? JSONNode(range: 0..<0, value: .null) }))
    }
    let members = unknown(in: node)
    return members.isEmpty ? nil : JSONNode(range: 0..<0, value: .object(members))
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
    var rest = unknowns
    let merged = elements.enumerated().map { index, element in
      // Other lists grow at their end, so that a place stays that of the same element.
      if identity.isEmpty {
        return index < unknowns.count ? merging(element, unknowns[index]) : element
      }
      let name = name(of: element)
      guard let same = rest.firstIndex(where: { self.name(of: $0) == name }) else {
        return element
      }
      return merging(element, rest.remove(at: same))
    }
    return JSONNode(range: 0..<0, value: .array(merged))
  }

  /// What is not known in an element of a list, with what tells the element from others.
  private func identified(_ element: JSONNode, _ unknown: JSONNode?) -> JSONNode {
    let names = (element.members ?? []).filter { identity.contains($0.key) }
    return JSONNode(range: 0..<0, value: .object(names + (unknown?.members ?? [])))
  }

  /// What tells an element from others.
  private func name(of element: JSONNode) -> [String?] { identity.map { element[$0]?.string } }
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
