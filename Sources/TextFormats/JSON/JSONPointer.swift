/// The path to a value within a JSON text, as RFC 6901 writes it: `/when/all/1/is`.
package struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
  /// The keys and indices, unescaped; empty for the whole text.
  package private(set) var tokens: [String]

  package init(_ tokens: [String] = []) { self.tokens = tokens }

  /// Reads the written form; nil when it does not begin with `/` or has a stray `~`.
  package init?(parsing text: String) {
    guard !text.isEmpty else {
      self.init()
      return
    }
    guard text.utf8.first == 0x2F else { return nil }
    var tokens: [String] = []
    for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let token = Self.unescape(part) else { return nil }
      tokens.append(token)
    }
    self.init(tokens)
  }

  /// The pointer to a member of the object that this one points to.
  package func appending(_ key: String) -> JSONPointer { JSONPointer(tokens + [key]) }

  /// The pointer to an element, from 0, of the array that this one points to.
  package func appending(_ index: Int) -> JSONPointer { JSONPointer(tokens + [String(index)]) }

  /// The written form.
  package var description: String { tokens.map { "/" + Self.escape($0) }.joined() }

  private static func escape(_ token: String) -> String {
    guard token.utf8.contains(where: { $0 == 0x7E || $0 == 0x2F }) else { return token }
    var result = String.UnicodeScalarView()
    for scalar in token.unicodeScalars {
      switch scalar {
      case "~": result.append(contentsOf: "~0".unicodeScalars)
      case "/": result.append(contentsOf: "~1".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static func unescape(_ part: Substring) -> String? {
    var result = String.UnicodeScalarView()
    var scalars = part.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      guard scalar == "~" else {
        result.append(scalar)
        continue
      }
      switch scalars.next() {
      case "0": result.append("~")
      case "1": result.append("/")
      default: return nil
      }
    }
    return String(result)
  }
}

extension JSONDocument {
  /// The value that a pointer leads to, nil when there is none.
  package func node(at pointer: JSONPointer) -> JSONNode? {
    var node = root
    for token in pointer.tokens {
      guard let next = node.child(token) else { return nil }
      node = next
    }
    return node
  }

  /// The path to the innermost value whose bytes, or whose key's bytes, hold an offset.
  package func pointer(toOffset offset: Int) -> JSONPointer {
    var pointer = JSONPointer()
    var node = root
    while let (token, child) = node.child(holding: offset) {
      pointer = pointer.appending(token)
      node = child
    }
    return pointer
  }
}

extension JSONNode {
  fileprivate func child(_ token: String) -> JSONNode? {
    guard let elements else { return self[token] }
    // RFC 6901 allows no leading zero and no sign in an index.
    guard let index = Int(token), String(index) == token, elements.indices.contains(index) else {
      return nil
    }
    return elements[index]
  }

  fileprivate func child(holding offset: Int) -> (String, JSONNode)? {
    switch value {
    case .array(let elements):
      guard let index = elements.firstIndex(where: { $0.range.contains(offset) }) else {
        return nil
      }
      return (String(index), elements[index])
    case .object(let members):
      let found = members.first {
        ($0.keyRange.lowerBound..<$0.value.range.upperBound).contains(offset)
      }
      return found.map { ($0.key, $0.value) }
    default: return nil
    }
  }
}
