import LoyaltyModel
package import TextFormats

/// The hash that tells versions of a rule's content apart.
///
/// The rule is written as compact JSON with the keys of every object in the order of their bytes and
/// numbers as they stand in the file; `status` and `tests` are left out, since switching a rule off or
/// testing it better does not change what it does. The hash is 64-bit FNV-1a of these bytes with the
/// finaliser of MurmurHash3, as 16 lower-case hexadecimal digits.
package enum RuleHash {
  /// The hash of a rule file's root object.
  package static func hash(of root: JSONNode) -> String {
    var hash = Hash64()
    hash.add(canonical(root))
    let digits = String(hash.avalanched, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The bytes that are hashed.
  package static func canonical(_ root: JSONNode) -> [UInt8] {
    var writer = JSONWriter()
    writer.node(sorted(root, leavingOut: ["status", "tests"]))
    return writer.bytes
  }

  private static func sorted(_ node: JSONNode, leavingOut keys: [String] = []) -> JSONNode {
    switch node.value {
    case .array(let elements):
      return JSONNode(range: node.range, value: .array(elements.map { sorted($0) }))
    case .object(let members):
      let kept = members.filter { !keys.contains($0.key) }
        .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { JSONMember(key: $0.key, keyRange: $0.keyRange, value: sorted($0.value)) }
      return JSONNode(range: node.range, value: .object(kept))
    default: return node
    }
  }
}
