import LoyaltyModel

/// What writes itself out by what it holds, not by how.
protocol Described {
  var described: String { get }
}

extension Column: Described {
  var described: String { "\(Array(self))" }
}

extension Later: Described {
  var described: String { LoyaltyWorkspaceTests.described(value) }
}

extension LaterValues: Described {
  var described: String {
    names.map { "\($0): \(self[$0].map { LoyaltyWorkspaceTests.described($0) } ?? "none")" }
      .joined(separator: "\n")
  }
}

extension PackedBytes: Described {
  var described: String { "\(Array(bytes)) \(texts)" }
}

extension Array: Described {
  var described: String {
    // Numbers are many, and tell themselves.
    Element.self is any BinaryInteger.Type || Element.self is any BinaryFloatingPoint.Type
      ? "\(self)" : map { LoyaltyWorkspaceTests.described($0) }.joined(separator: ", ")
  }
}

/// Where two values first differ in what they store; nil where they do not.
func difference(_ one: Any, _ other: Any) -> String? {
  let (one, other) = (Array(described(one).utf8), Array(described(other).utf8))
  guard one != other else { return nil }
  let place =
    zip(one, other).enumerated().first { $1.0 != $1.1 }?.offset ?? min(one.count, other.count)
  let around = max(0, place - 300)..<place + 40
  return [one, other].map { String(decoding: $0[around.clamped(to: $0.indices)], as: UTF8.self) }
    .joined(separator: "\n")
}

/// Everything that a value stores, down to its numbers: whatever a copy lacks shows.
func described(_ value: Any) -> String {
  if let known = value as? any Described { return known.described }
  let mirror = Mirror(reflecting: value)
  guard !mirror.children.isEmpty else { return "\(value)" }
  let parts = mirror.children.map { "\($0.label ?? ""): \(described($0.value))" }
  let isOrdered = mirror.displayStyle != .dictionary && mirror.displayStyle != .set
  return "\(mirror.subjectType)(\((isOrdered ? parts : parts.sorted()).joined(separator: ", ")))"
}
