extension Condition {
  /// Whether every customer for whom this holds is one for whom another holds, as far as the form
  /// of both tells; false where it does not tell.
  ///
  /// So a filter that grew while it was typed is asked only of those whom the shorter one found.
  package func implies(_ other: Condition) -> Bool {
    if self == other { return true }
    switch (self, other) {
    case (_, .all(let parts)) where parts.allSatisfy(implies): return true
    case (.any(let parts), _): return parts.allSatisfy { $0.implies(other) }
    case (_, .any(let parts)) where parts.contains(where: implies): return true
    case (.all(let parts), _): return parts.contains { $0.implies(other) }
    case (.search(let longer), .search(let shorter)):
      guard let needle = Needle(Folding.fold(shorter)) else { return false }
      return Folding.contains(Folding.fold(longer)[...], needle.bytes)
    default: return false
    }
  }
}
